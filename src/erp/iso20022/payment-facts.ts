// Puts the values of a pain.001 together into facts. Version 3 and version 9 give the same facts: where they name a thing
// differently both names are asked for.

import type {
  AccountId,
  AddressFacts,
  BlockFacts,
  GroupFacts,
  PaymentType,
  Place,
  TransferFacts,
} from '../../domain/payment.ts';
import { ZERO } from '../../domain/decimal.ts';
import type { Placed } from '../../domain/payment.ts';
import type { CollectedValues } from './collected-values.ts';
import { BLOCK, GROUP, TRANSFER } from './payment-paths.ts';

export function groupFacts(values: CollectedValues, place: Place): GroupFacts {
  return {
    messageId: values.required(`${GROUP}/MsgId`, place),
    creationDateTime: values.text(`${GROUP}/CreDtTm`) ?? '',
    declaredCount: values.required(`${GROUP}/NbOfTxs`, place),
    declaredSum: values.decimal(`${GROUP}/CtrlSum`),
    initiatingParty: values.optional(`${GROUP}/InitgPty/Nm`),
  };
}

export function blockFacts(
  values: CollectedValues,
  place: Place,
  index: number,
  texts: readonly Placed<string>[],
): BlockFacts {
  return {
    index,
    paymentInformationId: values.required(`${BLOCK}/PmtInfId`, place),
    method: values.text(`${BLOCK}/PmtMtd`) ?? '',
    declaredCount: values.optional(`${BLOCK}/NbOfTxs`),
    declaredSum: values.decimal(`${BLOCK}/CtrlSum`),
    type: paymentType(values, BLOCK),
    executionDate: executionDate(values, place),
    debtorName: values.text(`${BLOCK}/Dbtr/Nm`),
    debtorAccount: account(values, `${BLOCK}/DbtrAcct`),
    debtorAccountCurrency: values.text(`${BLOCK}/DbtrAcct/Ccy`),
    chargeBearer: values.text(`${BLOCK}/ChrgBr`),
    texts,
    place,
  };
}

/** PstlAdr of the debtor, which all transfers of a block share. */
export function debtorAddress(values: CollectedValues): AddressFacts | undefined {
  return address(values, `${BLOCK}/Dbtr/PstlAdr`);
}

/** What a transfer takes over from its surroundings. */
export interface TransferContext {
  readonly index: number;
  readonly block: number;
  readonly place: Place;
  readonly texts: readonly Placed<string>[];
  readonly debtorAddress: AddressFacts | undefined;
}

export function transferFacts(values: CollectedValues, context: TransferContext): TransferFacts {
  const { index, block, place, texts } = context;
  const amountPath = values.get(AMOUNT) === undefined ? EQUIVALENT : AMOUNT;
  return {
    index,
    block,
    instructionId: values.optional(INSTRUCTION_ID),
    endToEndId: values.required(END_TO_END_ID, place),
    type: values.get(PAYMENT_TYPE) === undefined ? undefined : paymentType(values, TRANSFER),
    amount: values.decimal(amountPath) ?? { value: ZERO, place },
    currency: values.get(amountPath)?.currency ?? '',
    equivalent: values.get(EQUIVALENT) !== undefined,
    creditorName: values.optional(CREDITOR_NAME),
    creditorAccount: account(values, CREDITOR_ACCOUNT),
    creditorAgentBic: values.text(CREDITOR_BIC) ?? values.text(CREDITOR_BICFI),
    creditorAgentMember: values.text(CREDITOR_MEMBER),
    creditorAddress: address(values, CREDITOR_ADDRESS),
    debtorAddress: context.debtorAddress,
    remittance: remittance(values),
    texts,
    place,
  };
}

/** Version 9 allows several service levels; the first is the one that decides. */
function paymentType(values: CollectedValues, owner: string): PaymentType {
  const coded = (name: string): string | undefined =>
    values.text(`${owner}/PmtTpInf/${name}/Cd`) ?? values.text(`${owner}/PmtTpInf/${name}/Prtry`);
  return {
    serviceLevel: coded('SvcLvl'),
    localInstrument: coded('LclInstrm'),
    categoryPurpose: coded('CtgyPurp'),
  };
}

/** The day alone: neither a time nor the offset that xs:date allows says on which day the bank is to act. */
function executionDate(values: CollectedValues, place: Place): Placed<string> {
  const found =
    values.optional(`${BLOCK}/ReqdExctnDt`) ??
    values.optional(`${BLOCK}/ReqdExctnDt/Dt`) ??
    values.required(`${BLOCK}/ReqdExctnDt/DtTm`, place);
  return { value: found.value.slice(0, 'YYYY-MM-DD'.length), place: found.place };
}

function account(values: CollectedValues, path: string): AccountId | undefined {
  const iban = values.optional(`${path}/Id/IBAN`);
  if (iban !== undefined) return { kind: 'iban', ...iban };
  const other = values.optional(`${path}/Id/Othr/Id`);
  return other === undefined ? undefined : { kind: 'other', ...other };
}

function address(values: CollectedValues, path: string): AddressFacts | undefined {
  const found = values.get(path);
  if (found === undefined) return undefined;
  return {
    place: found.place,
    town: values.text(`${path}/TwnNm`),
    country: values.text(`${path}/Ctry`),
    lines: values.all(`${path}/AdrLine`).map((line) => line.value),
  };
}

/** The free text; where there is none, the structured references, because they are then what tells payments apart. */
function remittance(values: CollectedValues): string {
  const free = values.all(`${TRANSFER}/RmtInf/Ustrd`);
  const found = free.length > 0 ? free : values.all(STRUCTURED_REMITTANCE);
  return found.map((text) => text.value).join(' ');
}

/** Under this path the listener keeps the references inside `Strd`, whatever element they stand in. */
export const STRUCTURED_REMITTANCE = `${TRANSFER}/RmtInf/Strd`;

// Joined once, because these are asked for with every transfer.
const PAYMENT_TYPE = `${TRANSFER}/PmtTpInf`;
const INSTRUCTION_ID = `${TRANSFER}/PmtId/InstrId`;
const END_TO_END_ID = `${TRANSFER}/PmtId/EndToEndId`;
const AMOUNT = `${TRANSFER}/Amt/InstdAmt`;
const EQUIVALENT = `${TRANSFER}/Amt/EqvtAmt/Amt`;
const CREDITOR_NAME = `${TRANSFER}/Cdtr/Nm`;
const CREDITOR_ACCOUNT = `${TRANSFER}/CdtrAcct`;
const CREDITOR_ADDRESS = `${TRANSFER}/Cdtr/PstlAdr`;
const CREDITOR_BIC = `${TRANSFER}/CdtrAgt/FinInstnId/BIC`;
const CREDITOR_BICFI = `${TRANSFER}/CdtrAgt/FinInstnId/BICFI`;
const CREDITOR_MEMBER = `${TRANSFER}/CdtrAgt/FinInstnId/ClrSysMmbId/MmbId`;
