// Writes Elixir-O files for tests: a sound list, of which a test changes what it is about.

/** Each field as it stands between the commas. */
export type FieldsOfLine = Readonly<Record<number, string>>;

export const ORDERER = '61109010140000071219812874';
export const BENEFICIARY = '27114020040000300201355387';

/** One order without its line end; fields by their number from 1. */
export function elixirLine(changes: FieldsOfLine = {}): string {
  const fields: FieldsOfLine = {
    1: '110',
    2: '20261124',
    3: '1001',
    4: ORDERER.slice(2, 10),
    5: '0',
    6: `"${ORDERER}"`,
    7: `"${BENEFICIARY}"`,
    8: '"Fabryka Sp. z o.o.|ul. Prosta 1|00-001 Warszawa"',
    9: '"Huta Szkła|ul. Żółta 5|30-002 Kraków"',
    10: '0',
    11: BENEFICIARY.slice(2, 10),
    12: '"FV/1/2026"',
    13: '""',
    14: '""',
    15: '"51"',
    16: '"REF1"',
    ...changes,
  };
  return Array.from({ length: 16 }, (_, index) => fields[index + 1] ?? '').join(',');
}

/** Orders with their line ends. */
export function elixirFile(...lines: readonly FieldsOfLine[]): string {
  return lines.map((changes) => `${elixirLine(changes)}\r\n`).join('');
}
