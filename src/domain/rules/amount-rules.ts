// Amounts: above zero, in a currency that exists, with no more decimals than it has.

import { minorUnits } from '../currency.ts';
import { compareDecimals, decimalsNeeded, formatDecimal, ZERO } from '../decimal.ts';
import type { Fault } from '../fault.ts';
import type { TransferFacts } from '../payment.ts';
import { fault, NO_FAULTS } from './fault-at.ts';

export function amountFaults(transfer: TransferFacts): readonly Fault[] {
  const { value } = transfer.amount;
  const units = minorUnits(transfer.currency);
  const isPlain = !transfer.equivalent && units !== undefined && value.scale <= units;
  return isPlain && value.coefficient > 0n ? NO_FAULTS : closerLook(transfer, units);
}

function closerLook(transfer: TransferFacts, units: number | undefined): Fault[] {
  const { value, place } = transfer.amount;
  const text = `${formatDecimal(value)} ${transfer.currency}`;
  const faults: Fault[] = [];
  if (transfer.equivalent) {
    faults.push(
      fault(
        'rule.equivalent-amount',
        place,
        text,
        'The amount is given as an equivalent in another currency.',
        'Give the amount in the currency of the transfer (InstdAmt).',
      ),
    );
  }
  if (compareDecimals(value, ZERO) <= 0) {
    faults.push(
      fault(
        'rule.amount-zero',
        place,
        text,
        'The amount is not above zero.',
        'Correct the amount or leave the transfer out.',
      ),
    );
  }
  if (units === undefined) {
    faults.push(
      fault(
        'rule.currency',
        place,
        transfer.currency,
        'This is no currency of ISO 4217.',
        'Correct the Ccy attribute.',
      ),
    );
  } else if (decimalsNeeded(value) > units) {
    faults.push(
      fault(
        'rule.currency-decimals',
        place,
        text,
        `The amount has more than the ${units} decimals that ${transfer.currency} has.`,
        'Round the amount in the ERP; Goniec never rounds money.',
      ),
    );
  }
  return faults;
}
