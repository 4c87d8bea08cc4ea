// Account numbers: IBAN (ISO 13616) and the Polish NRB, with their check digits (ISO 7064, mod 97-10).

import type { AccountId, Place } from './payment.ts';

/** Lengths of the countries whose IBAN length is registered; a country not listed is checked by its digits alone. */
// prettier-ignore
const LENGTHS: Readonly<Record<string, number>> = {
  AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BI: 27, BR: 29, BY: 28, CH: 21, CR: 22,
  CY: 28, CZ: 24, DE: 22, DJ: 27, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18, FK: 18, FO: 18, FR: 27, GB: 22,
  GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30, KW: 30,
  KZ: 20, LB: 28, LC: 32, LI: 21, LT: 20, LU: 20, LV: 21, LY: 25, MC: 27, MD: 24, ME: 22, MK: 19, MN: 20, MR: 27,
  MT: 31, MU: 30, NI: 28, NL: 18, NO: 15, OM: 23, PK: 24, PL: 28, PS: 29, PT: 25, QA: 29, RO: 24, RS: 22, RU: 33,
  SA: 24, SC: 31, SD: 18, SE: 24, SI: 19, SK: 24, SM: 27, SO: 23, ST: 25, SV: 28, TL: 23, TN: 24, TR: 26, UA: 29,
  VA: 22, VG: 24, XK: 20, YE: 30,
};

/** Why a text is not an IBAN; undefined when it is one. The text must be in electronic form: no spaces, capitals. */
export function ibanFault(text: string): string | undefined {
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$/.test(text))
    return 'is not written as an IBAN (two letters, two digits, then letters and digits)';
  const country = text.slice(0, 2);
  const length = LENGTHS[country];
  if (length !== undefined && text.length !== length) {
    return `has ${text.length} characters, but an IBAN of ${country} has ${length}`;
  }
  if (remainder97(text) !== 1) return 'has wrong check digits';
  return undefined;
}

/** True for a valid IBAN in electronic form. */
export function isIban(text: string): boolean {
  return ibanFault(text) === undefined;
}

/** The sort code of a Polish IBAN: digits 3 to 10 of the NRB; undefined for another country. */
export function polishSortCode(iban: string): string | undefined {
  return iban.startsWith('PL') && iban.length === 28 ? iban.slice(4, 12) : undefined;
}

/** The IBAN meant by a domestic number: `PL` + 26 digits when the text is a bare NRB, else the text without spaces. */
export function asIban(account: string): string {
  if (ELECTRONIC_IBAN.test(account)) return account;
  const bare = account.replace(/\s+/g, '').toUpperCase();
  return BARE_NRB.test(bare) ? `PL${bare}` : bare;
}

/** An account with the IBAN it stands for, also where it is written as a bare NRB. */
export function accountId(kind: AccountId['kind'], value: string, place: Place): AccountId {
  const iban = kind === 'iban' || BARE_NRB.test(value) ? asIban(value) : undefined;
  return { kind, value, iban, place };
}

const ELECTRONIC_IBAN = /^[A-Z]{2}[A-Z0-9]*$/;
const BARE_NRB = /^\d{26}$/;

/** Begins with the fifth character; a letter counts as its place in the alphabet and nine more. */
function remainder97(iban: string): number {
  let remainder = 0;
  for (let i = 0; i < iban.length; i++) {
    const code = iban.charCodeAt((i + 4) % iban.length);
    const value = code <= DIGIT_NINE ? code - DIGIT_ZERO : code - LETTER_A + 10;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;
const LETTER_A = 0x41;

/** Whether both mean one account: an IBAN and the same number without its country are the same, an unnamed one is any. */
export function isSameAccount(named: string, asked: string): boolean {
  const [a, b] = [bare(named), bare(asked)];
  return a === '' || a === b;
}

function bare(account: string): string {
  return account
    .replace(/\s+/g, '')
    .toUpperCase()
    .replace(/^[A-Z]{2}(?=\d{2})/, '');
}
