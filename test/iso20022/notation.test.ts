import { describe, expect, test } from 'vitest';
import { withElement } from '../../src/iso20022/extend.ts';
import { message } from '../../src/iso20022/message.ts';
import { types } from '../../src/iso20022/notation.ts';

describe('the notation', () => {
  test('writes sequences and choices with how often each element may occur', () => {
    const table = types`
# A comment line.
Sequence
  A Text
  B?  Text
  C*  Text
  D+  Text
  E{0,10}  Text
Choice one of
  A Text
`;
    expect(table.get('Sequence')).toEqual({
      kind: 'sequence',
      elements: [
        { name: 'A', type: 'Text', min: 1, max: 1 },
        { name: 'B', type: 'Text', min: 0, max: 1 },
        { name: 'C', type: 'Text', min: 0, max: Infinity },
        { name: 'D', type: 'Text', min: 1, max: Infinity },
        { name: 'E', type: 'Text', min: 0, max: 10 },
      ],
    });
    expect(table.get('Choice')).toMatchObject({ kind: 'choice', elements: [{ name: 'A' }] });
  });

  test('writes values with attributes, wildcards and simple types', () => {
    const table = types`
Amount content Number
  @Ccy Code
  @Note? Code
Envelope any lax
Closed any skip
Number decimal 18.5 >=0
Code code A B
  C
Text text 1..35
Pattern text /[0-9()+\-]{1,30}/
`;
    expect(table.get('Amount')).toEqual({
      kind: 'content',
      base: 'Number',
      attributes: [
        { name: 'Ccy', type: 'Code', required: true },
        { name: 'Note', type: 'Code', required: false },
      ],
    });
    expect(table.get('Envelope')).toEqual({ kind: 'any', processContents: 'lax' });
    expect(table.get('Closed')).toEqual({ kind: 'any', processContents: 'skip' });
    expect(table.get('Number')).toEqual({
      kind: 'decimal',
      totalDigits: 18,
      fractionDigits: 5,
      atLeastZero: true,
    });
    expect(table.get('Code')).toEqual({ kind: 'code', codes: new Set(['A', 'B', 'C']) });
    expect(table.get('Text')).toEqual({ kind: 'text', lengthMin: 1, lengthMax: 35 });
    expect(table.get('Pattern')).toMatchObject({ patternText: '[0-9()+\\-]{1,30}', lengthMax: Infinity });
  });

  test('refuses what it cannot read', () => {
    expect(() => types`A strange`).toThrow('"strange" is no kind of type');
    expect(() => types`A text x..y`).toThrow('is no pair of numbers');
    expect(() => types`A decimal`).toThrow('is no pair of numbers');
    expect(() => types`A\n  B`).toThrow();
    expect(
      () => types`
A boolean
A boolean
`,
    ).toThrow('Type A is defined twice.');
    expect(
      () => types`
A
  B! Text
`,
    ).toThrow('"B! Text" is no element.');
    expect(
      () => types`
A content B
  Ccy Text
`,
    ).toThrow('"Ccy Text" is no attribute.');
  });
});

describe('a message', () => {
  const table = types`
Root
  A  Flag
Flag boolean
Unused boolean
`;

  test('has the types it uses and no other', () => {
    const definition = message({ name: 'x.001.001.01', root: 'R', type: 'Root', tables: [table] });
    expect([...definition.types.keys()]).toEqual(['Document', 'Root', 'Flag']);
    expect(definition.namespace).toBe('urn:iso:std:iso:20022:tech:xsd:x.001.001.01');
  });

  test('cannot be made of tables that contradict each other or lack a type', () => {
    const parts = { name: 'x', root: 'R', type: 'Root' };
    expect(() => message({ ...parts, tables: [table, table] })).toThrow('stands in two tables');
    expect(() =>
      message({
        ...parts,
        tables: [
          types`
Root
  A  Gone
`,
        ],
      }),
    ).toThrow('x: type Gone stands in no table.');
  });

  test('can be extended by one element', () => {
    const definition = message({ name: 'x', root: 'R', type: 'Root', tables: [table] });
    const element = { name: 'B', type: 'Flag', min: 0, max: 1 };
    const extended = withElement(definition, { type: 'Root', after: 'A', element });
    expect(extended.types.get('Root')).toMatchObject({ elements: [{ name: 'A' }, { name: 'B' }] });
    expect(definition.types.get('Root')).toMatchObject({ elements: [{ name: 'A' }] });
    expect(() => withElement(definition, { type: 'Flag', after: 'A', element })).toThrow(
      'no type Flag with elements',
    );
    expect(() => withElement(definition, { type: 'Root', after: 'Z', element })).toThrow(
      'Root has no element Z',
    );
    expect(() =>
      withElement(definition, { type: 'Root', after: 'A', element: { ...element, type: 'Gone' } }),
    ).toThrow('no type Gone');
  });
});

test('below a wildcard that says skip nothing is looked at', async () => {
  const { checked } = await import('./support/checked.ts');
  const definition = message({ name: 'x', root: 'R', type: 'Closed', tables: [types`Closed any skip`] });
  const document = `<Document xmlns="${definition.namespace}"><R><Document><Nonsense/></Document></R></Document>`;
  expect(checked(document, definition).faults).toEqual([]);
  expect(checked(document.replace('</R>', '<x/></R>'), definition).faults).toMatchObject([
    { rule: 'schema.too-many' },
  ]);
});
