import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountId, asIban, ibanFault, isIban, polishSortCode } from '../../src/domain/iban.ts';
import { OURS, place } from './sketches.ts';

/** The examples countries registered for their IBANs. */
const EXAMPLES =
  `PL61109010140000071219812874 DE89370400440532013000 GB29NWBK60161331926819 FR1420041010050500013M02606
  NL91ABNA0417164300 ES9121000418450200051332 IT60X0542811101000000123456 CH9300762011623852957 BE68539007547034
  NO9386011117947 AT611904300234573201 CZ6508000000192000145399 SE4550000000058398257466
  MT84MALT011000012345MTLCAST001S SK3112000000198742637541 UA213223130000026007233566001 LT121000011101001000
  DK5000400440116243 FI2112345600000785 HU42117730161111101800000000 IE29AIBK93115212345678
  PT50000201231234567890154 RO49AAAA1B31007593840000 TR330006100519786457841326 SA0380000000608010167519
  VG96VPVG0000012345678901 XK051212012345678906`.split(/\s+/);

describe('a valid number', () => {
  it.each(EXAMPLES)('%s is taken', (iban) => {
    expect(ibanFault(iban)).toBeUndefined();
  });

  it('of a country whose length is not known is checked by its digits alone', () => {
    expect(isIban('ZZ43123')).toBe(true);
    expect(isIban('ZZ44123')).toBe(false);
  });
});

describe('a mistyped number', () => {
  it('is always found when one digit was changed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), fc.nat(), fc.integer({ min: 1, max: 9 }), (iban, at, by) => {
        const positions = [...iban.matchAll(/\d/g)].map(({ index }) => index);
        const position = positions[at % positions.length] ?? 0;
        const digit = (Number(iban[position]) + by) % 10;
        expect(isIban(iban.slice(0, position) + digit.toString() + iban.slice(position + 1))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is always found when two neighbouring digits changed places', () => {
    for (const iban of EXAMPLES) {
      for (let at = 2; at + 1 < iban.length; at += 1) {
        const [a = '', b = ''] = iban.slice(at, at + 2);
        if (a === b || !/\d\d/.test(a + b)) continue;
        expect(isIban(iban.slice(0, at) + b + a + iban.slice(at + 2)), iban).toBe(false);
      }
    }
  });

  it('says how long it should have been', () => {
    expect(ibanFault(OURS.slice(0, -1))).toBe('has 27 characters, but an IBAN of PL has 28');
  });

  it.each([
    '',
    'PL',
    'pl61109010140000071219812874',
    'PL61 1090 1014 0000 0712 1981 2874',
    '61109010140000071219812874',
    `${OURS}\n`,
  ])('is told when it is not in electronic form: "%s"', (text) => {
    expect(ibanFault(text)).toContain('is not written as an IBAN');
  });

  it('is told when only the check digits are wrong', () => {
    expect(ibanFault('PL62109010140000071219812874')).toBe('has wrong check digits');
  });
});

describe('Polish numbers', () => {
  it('carry their sort code in digits 3 to 10', () => {
    expect(polishSortCode(OURS)).toBe('10901014');
    expect(polishSortCode('DE89370400440532013000')).toBeUndefined();
    expect(polishSortCode('PL6110901014')).toBeUndefined();
  });

  it('become an IBAN from the bare 26 digits, with or without spaces', () => {
    expect(asIban('61 1090 1014 0000 0712 1981 2874')).toBe(OURS);
    expect(asIban('pl61 1090 1014 0000 0712 1981 2874')).toBe(OURS);
    expect(asIban('12345')).toBe('12345');
  });

  it('stand for an IBAN also where the file names them as another identification', () => {
    expect(accountId('other', OURS.slice(2), place()).iban).toBe(OURS);
    expect(accountId('iban', OURS, place()).iban).toBe(OURS);
    expect(accountId('other', '123456789', place()).iban).toBeUndefined();
  });
});
