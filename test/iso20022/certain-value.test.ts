import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certainlyValid } from '../../src/iso20022/certain-value.ts';
import type { SimpleType } from '../../src/iso20022/definition.ts';
import { pain00100103 } from '../../src/iso20022/messages/pain.001.001.03.ts';
import { pain00100109 } from '../../src/iso20022/messages/pain.001.001.09.ts';
import { camt05300102 } from '../../src/iso20022/messages/camt.053.001.02.ts';
import { schemaValue, valueProblem } from '../../src/iso20022/simple-value.ts';

function isCertain(type: SimpleType, text: string): boolean {
  const bytes = Buffer.from(text);
  // Bytes before and behind the value, as a document has them.
  return certainlyValid(type)(
    Buffer.concat([Buffer.from('A0'), bytes, Buffer.from('0A')]),
    2,
    2 + bytes.length,
  );
}

function typeNamed(name: string): SimpleType {
  const type = pain00100103.types.get(name);
  if (type === undefined || type.kind === 'content' || type.kind === 'any' || 'elements' in type)
    throw new Error(name);
  return type;
}

const simpleTypes = [pain00100103, pain00100109, camt05300102]
  .flatMap(({ types }) => [...types])
  .flatMap(([name, type]) =>
    type.kind === 'content' || type.kind === 'any' || 'elements' in type ? [] : [[name, type] as const],
  );

/** Texts near the values the types are for, right and wrong. */
const text = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.stringMatching(/^[A-Z]{0,12}[0-9]{0,30}$/),
  fc.stringMatching(/^[+-]?[0-9]{0,20}\.?[0-9]{0,20}$/),
  fc.stringMatching(/^ ?[0-9]{4}-[0-3][0-9]-[0-4][0-9](T[0-9]{2}:[0-9]{2}:[0-9]{2}Z?)? ?$/),
  fc.stringMatching(/^[A-Z]{6}[A-Z0-9]{2,5}$/),
  fc.constantFrom('TRF', 'CHK', 'HIGH', 'NORM', 'SHAR', 'SLEV', 'TRFX', 'ADDR', 'DEBT', 'PL', 'PLN', 'true'),
);

describe('a value that is certainly valid by its bytes', () => {
  it('is valid by its text, for every type there is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...simpleTypes), text, ([, type], value) => {
        if (isCertain(type, value)) expect(valueProblem(type, schemaValue(type, value))).toBeUndefined();
      }),
      { numRuns: 20_000 },
    );
  });

  it('is every common value of a payment', () => {
    for (const [type, value] of [
      ['Max35Text', 'E2E-1'],
      ['Max35Text', 'Ł'.repeat(35)],
      ['Max70Text', 'ul. Marszałkowska 1'],
      ['IBAN2007Identifier', 'PL61109010140000071219812874'],
      ['BICIdentifier', 'BREXPLPW'],
      ['BICIdentifier', 'BREXPLPWXXX'],
      ['CountryCode', 'PL'],
      ['ActiveOrHistoricCurrencyCode', 'PLN'],
      ['Max15NumericText', '100000'],
      ['PaymentMethod3Code', 'TRF'],
      ['ChargeBearerType1Code', 'SHAR'],
      ['ActiveOrHistoricCurrencyAndAmount_SimpleType', '1234.56'],
      ['DecimalNumber', '70'],
      ['ISODate', '2026-11-23'],
      ['ISODateTime', '2026-11-23T10:15:00'],
    ] as const)
      expect([value, isCertain(typeNamed(type), value)]).toEqual([value, true]);
  });

  it('is none that the type does not allow', () => {
    expect(isCertain(typeNamed('Max35Text'), '')).toBe(false);
    expect(isCertain(typeNamed('Max35Text'), 'Ł'.repeat(36))).toBe(false);
    expect(isCertain(typeNamed('BICIdentifier'), 'BREXPLPWX')).toBe(false);
    expect(isCertain(typeNamed('PaymentMethod3Code'), 'TR')).toBe(false);
    expect(isCertain(typeNamed('ISODate'), '2026-02-30')).toBe(false);
  });
});
