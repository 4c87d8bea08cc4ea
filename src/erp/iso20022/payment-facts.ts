// Puts the values of header and blocks of a pain.001 together into facts. Version 3 and version 9 give the same facts: where
// they name a thing differently both names are asked for.

import { accountId } from '../../domain/iban.ts';
import type {
  AccountId,
  AddressFacts,
  BlockFacts,
  GroupFacts,
  PaymentType,
  Place,
  Placed,
} from '../../domain/payment.ts';
import { BLOCK, GROUP, placeKey } from './payment-paths.ts';
import type { Values } from './values.ts';

export function groupFacts(values: Values, place: Place): GroupFacts {
  return {
    messageId: values.required(MESSAGE_ID, place),
    creationDateTime: values.text(CREATED) ?? '',
    declaredCount: values.required(GROUP_COUNT, place),
    declaredSum: values.decimal(GROUP_SUM),
    initiatingParty: values.optional(INITIATING_PARTY),
  };
}

export function blockFacts(values: Values, place: Place, index: number): BlockFacts {
  return {
    index,
    paymentInformationId: values.required(BLOCK_ID, place),
    method: values.text(METHOD) ?? '',
    declaredCount: values.optional(BLOCK_COUNT),
    declaredSum: values.decimal(BLOCK_SUM),
    type: paymentType(values, BLOCK_TYPE),
    executionDate: executionDate(values, place),
    debtorName: values.text(DEBTOR_NAME),
    debtorAccount: account(values, DEBTOR_ACCOUNT),
    debtorAccountCurrency: values.text(DEBTOR_CURRENCY),
    chargeBearer: values.text(CHARGE_BEARER),
    texts: values.restricted(),
    place,
  };
}

/** PstlAdr of the debtor, which all transfers of a block share. */
export function debtorAddress(values: Values): AddressFacts | undefined {
  return address(values, DEBTOR_ADDRESS);
}

/** The keys of `PmtTpInf` in a block or a transfer. */
export interface PaymentTypeKeys {
  readonly serviceLevel: readonly [code: number, own: number];
  readonly localInstrument: readonly [code: number, own: number];
  readonly categoryPurpose: readonly [code: number, own: number];
}

export function paymentTypeKeys(owner: string): PaymentTypeKeys {
  const both = (name: string): readonly [number, number] => [
    placeKey(`${owner}/PmtTpInf/${name}/Cd`),
    placeKey(`${owner}/PmtTpInf/${name}/Prtry`),
  ];
  return {
    serviceLevel: both('SvcLvl'),
    localInstrument: both('LclInstrm'),
    categoryPurpose: both('CtgyPurp'),
  };
}

/** Version 9 allows several service levels; the first is the one that decides. */
export function paymentType(values: Values, keys: PaymentTypeKeys): PaymentType {
  const coded = ([code, own]: readonly [number, number]): string | undefined =>
    values.text(code) ?? values.text(own);
  return {
    serviceLevel: coded(keys.serviceLevel),
    localInstrument: coded(keys.localInstrument),
    categoryPurpose: coded(keys.categoryPurpose),
  };
}

/** The day alone: neither a time nor the offset that xs:date allows says on which day the bank is to act. */
function executionDate(values: Values, place: Place): Placed<string> {
  const found =
    values.optional(EXECUTION_DATE) ??
    values.optional(EXECUTION_DAY) ??
    values.required(EXECUTION_INSTANT, place);
  return { value: found.value.slice(0, 'YYYY-MM-DD'.length), place: found.place };
}

/** The keys of the two ways to name an account. */
export interface AccountKeys {
  readonly iban: number;
  readonly other: number;
}

export function accountKeys(path: string): AccountKeys {
  return { iban: placeKey(`${path}/Id/IBAN`), other: placeKey(`${path}/Id/Othr/Id`) };
}

export function account(values: Values, keys: AccountKeys): AccountId | undefined {
  const kind = values.has(keys.iban) ? 'iban' : 'other';
  const found = values.optional(keys[kind]);
  return found && accountId(kind, found.value, found.place);
}

/** The keys of a postal address. */
export interface AddressKeys {
  readonly whole: number;
  readonly town: number;
  readonly country: number;
  readonly line: number;
}

export function addressKeys(path: string): AddressKeys {
  return {
    whole: placeKey(path),
    town: placeKey(`${path}/TwnNm`),
    country: placeKey(`${path}/Ctry`),
    line: placeKey(`${path}/AdrLine`),
  };
}

export function address(values: Values, keys: AddressKeys): AddressFacts | undefined {
  const place = values.place(keys.whole);
  if (place === undefined) return undefined;
  return {
    place,
    town: values.text(keys.town),
    country: values.text(keys.country),
    lines: values.all(keys.line),
  };
}

const MESSAGE_ID = placeKey(`${GROUP}/MsgId`);
const CREATED = placeKey(`${GROUP}/CreDtTm`);
const GROUP_COUNT = placeKey(`${GROUP}/NbOfTxs`);
const GROUP_SUM = placeKey(`${GROUP}/CtrlSum`);
const INITIATING_PARTY = placeKey(`${GROUP}/InitgPty/Nm`);
const BLOCK_ID = placeKey(`${BLOCK}/PmtInfId`);
const METHOD = placeKey(`${BLOCK}/PmtMtd`);
const BLOCK_COUNT = placeKey(`${BLOCK}/NbOfTxs`);
const BLOCK_SUM = placeKey(`${BLOCK}/CtrlSum`);
const BLOCK_TYPE = paymentTypeKeys(BLOCK);
const EXECUTION_DATE = placeKey(`${BLOCK}/ReqdExctnDt`);
const EXECUTION_DAY = placeKey(`${BLOCK}/ReqdExctnDt/Dt`);
const EXECUTION_INSTANT = placeKey(`${BLOCK}/ReqdExctnDt/DtTm`);
const DEBTOR_NAME = placeKey(`${BLOCK}/Dbtr/Nm`);
const DEBTOR_ADDRESS = addressKeys(`${BLOCK}/Dbtr/PstlAdr`);
const DEBTOR_ACCOUNT = accountKeys(`${BLOCK}/DbtrAcct`);
const DEBTOR_CURRENCY = placeKey(`${BLOCK}/DbtrAcct/Ccy`);
const CHARGE_BEARER = placeKey(`${BLOCK}/ChrgBr`);
