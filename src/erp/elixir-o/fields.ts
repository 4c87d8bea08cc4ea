// The fields of one line: separated by commas, texts in quotes, in which a quote is written twice.

export const FIELD_COUNT = 16;

/** What the fields are called in faults, by their number. */
export const FIELD_NAMES: readonly string[] = [
  'type',
  'execution date',
  'amount in grosze',
  "orderer's sort code",
  'reserved, 0',
  "orderer's account",
  "beneficiary's account",
  'orderer',
  'beneficiary',
  'reserved, 0',
  "beneficiary's sort code",
  'title',
  'reserved, empty',
  'reserved, empty',
  'classification',
  'client reference',
];

export interface Field {
  readonly text: string;
  readonly isQuoted: boolean;
  /** From 1, in characters. */
  readonly column: number;
}

export type Fields =
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'broken'; readonly column: number; readonly problem: 'open-quote' | 'after-quote' };

/** However many fields there are. Blanks around a text in quotes are no part of it. */
export function readFields(line: string): Fields {
  const fields: Field[] = [];
  let at = 0;
  for (;;) {
    const start = afterBlanks(line, at);
    const isQuoted = line[start] === '"';
    const end = isQuoted ? quoteEnd(line, start) : commaFrom(line, at);
    if (end === undefined) return { kind: 'broken', column: start + 1, problem: 'open-quote' };
    const text = isQuoted ? line.slice(start + 1, end).replaceAll('""', '"') : line.slice(at, end).trim();
    const after = isQuoted ? afterBlanks(line, end + 1) : end;
    fields.push({ text, isQuoted, column: start + 1 });
    if (after >= line.length) return { kind: 'fields', fields };
    if (line[after] !== ',') return { kind: 'broken', column: after + 1, problem: 'after-quote' };
    at = after + 1;
  }
}

function commaFrom(line: string, from: number): number {
  const comma = line.indexOf(',', from);
  return comma < 0 ? line.length : comma;
}

/** The place of the quote that ends the text begun at `start`. */
function quoteEnd(line: string, start: number): number | undefined {
  for (let at = line.indexOf('"', start + 1); at >= 0; at = line.indexOf('"', at + 2))
    if (line[at + 1] !== '"') return at;
  return undefined;
}

function afterBlanks(line: string, from: number): number {
  let at = from;
  while (line[at] === ' ') at++;
  return at;
}
