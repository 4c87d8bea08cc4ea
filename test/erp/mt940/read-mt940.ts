// Reads MT940 and MT942 as a program could that knows the formats and nothing of us: for tests.

export interface ReadBalance {
  readonly sign: string;
  readonly day: string;
  readonly currency: string;
  /** With a decimal comma, as written. */
  readonly amount: string;
}

export interface ReadEntry {
  readonly valueDay: string;
  readonly bookingDay: string;
  readonly mark: string;
  readonly amount: string;
  readonly kind: string;
  readonly reference: string;
  readonly bankReference: string;
  readonly supplement: string;
  readonly information: readonly string[];
}

export interface ReadMessage {
  /** By tag, those that stand once. */
  readonly fields: ReadonlyMap<string, string>;
  readonly opening: ReadBalance | undefined;
  readonly closing: ReadBalance | undefined;
  readonly available: ReadBalance | undefined;
  readonly entries: readonly ReadEntry[];
}

/** Throws for anything that does not have the form of a field. */
export function readMessages(text: string): ReadMessage[] {
  const lines = text.split(/\r?\n/);
  if (lines.pop() !== '') throw new Error('The file does not end with a line end.');
  const messages: ReadMessage[] = [];
  let fields: [tag: string, lines: string[]][] = [];
  for (const line of lines) {
    const tagged = /^:(\d\d[A-Z]?):(.*)$/s.exec(line);
    if (line === '-') {
      messages.push(messageOf(fields));
      fields = [];
    } else if (tagged !== null) fields.push([tagged[1] ?? '', [tagged[2] ?? '']]);
    else if (fields.length === 0) throw new Error(`A line outside of any field: ${line}`);
    else fields.at(-1)?.[1].push(line);
  }
  if (fields.length > 0) throw new Error('The last message has no end.');
  return messages;
}

/** The texts of field 86 by the number of their subfield; the code of the operation under `code`. */
export function subfieldsOf({ information }: ReadEntry, separator: string): ReadonlyMap<string, string> {
  const [code = '', ...others] = information.join('').split(separator);
  return new Map([
    ['code', code],
    ...others.map((text): [string, string] => [text.slice(0, 2), text.slice(2)]),
  ]);
}

/** What stands in these subfields, one after the other. */
export function joined(subfields: ReadonlyMap<string, string>, ...numbers: readonly number[]): string {
  return numbers.map((number) => subfields.get(number.toString().padStart(2, '0')) ?? '').join('');
}

function messageOf(fields: readonly [string, string[]][]): ReadMessage {
  const entries: ReadEntry[] = [];
  const single = new Map<string, string>();
  fields.forEach(([tag, lines], index) => {
    const [next, information = []] = fields[index + 1] ?? [];
    if (tag === '61') entries.push(entryOf(lines, next === '86' ? information : []));
    else if (tag !== '86') {
      if (single.has(tag)) throw new Error(`Field ${tag} stands there twice.`);
      single.set(tag, lines.join('\n'));
    }
  });
  return {
    fields: single,
    opening: balanceOf(single.get('60F')),
    closing: balanceOf(single.get('62F')),
    available: balanceOf(single.get('64')),
    entries,
  };
}

function balanceOf(text: string | undefined): ReadBalance | undefined {
  if (text === undefined) return undefined;
  const [whole, sign = '', day = '', currency = '', amount = ''] =
    /^([CD])(\d{6})([A-Z]{3})(\d[\d]*,\d*)$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`No balance: ${text}`);
  return { sign, day: fullDay(day), currency, amount };
}

function entryOf(
  [line = '', supplement = '', ...more]: readonly string[],
  information: readonly string[],
): ReadEntry {
  const [
    whole,
    value = '',
    booking = '',
    mark = '',
    amount = '',
    kind = '',
    reference = '',
    ,
    bankReference = '',
  ] = /^(\d{6})(\d{4})(R?[CD])(\d+,\d*)N(\w{3})(.{1,16}?)(\/\/(.{1,16}))?$/.exec(line) ?? [];
  if (whole === undefined || more.length > 0 || amount.length > 15)
    throw new Error(`No statement line: ${line}`);
  const valueDay = fullDay(value);
  const bookingDay = nearest(valueDay, booking);
  return { valueDay, bookingDay, mark, amount, kind, reference, bankReference, supplement, information };
}

function fullDay(text: string): string {
  const century = text.slice(0, 2) >= '80' ? '19' : '20';
  return `${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`;
}

/** Of the years around it the one in which month and day are nearest. */
function nearest(valueDay: string, monthAndDay: string): string {
  const year = Number(valueDay.slice(0, 4));
  const days = [year - 1, year, year + 1].map(
    (one) => `${one}-${monthAndDay.slice(0, 2)}-${monthAndDay.slice(2)}`,
  );
  const apart = (day: string): number => Math.abs(Date.parse(day) - Date.parse(valueDay));
  return (
    days.filter((day) => !Number.isNaN(Date.parse(day))).toSorted((a, b) => apart(a) - apart(b))[0] ?? ''
  );
}
