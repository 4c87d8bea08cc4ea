// Field 86 (information to account owner): title, counterparty and account of one entry, in the subfields of a dialect.

import { isIban, polishSortCode } from '../../domain/iban.ts';
import type { Findings } from '../account-file/findings.ts';
import type { StatementEntry } from '../account-file/statement.ts';
import { piecesOf } from '../text/pieces.ts';
import type { Dialect } from './dialects.ts';

const SUBFIELD_LENGTH = 27;
const LINE_LENGTH = 65;
const LINES_MAX = 6;
const ACCOUNT_LENGTH = 34;
/** Of a Polish number, behind check digits and sort code. */
const ACCOUNT_IN_BANK_LENGTH = 16;
const ID_LENGTH = 35;

/** The code of the operation where the bank has none of three digits, as Polish banks write it for transfers. */
const ANY_OPERATION = '020';

type Subfield = readonly [number: number, text: string];

/** The lines of the field. `holds` says which characters the file holds; numbers and ids are written as they are, or not at all. */
export function information(
  entry: StatementEntry,
  dialect: Dialect,
  holds: (character: string) => boolean,
  findings: Findings,
): string[] {
  const fits = (character: string): boolean => character !== dialect.separator && holds(character);
  const through = (text: string, numbers: readonly number[]): Subfield[] =>
    findings
      .pieces(findings.held(text, fits), SUBFIELD_LENGTH, numbers.length)
      .map((piece, index) => [numbers[index] ?? 0, piece]);
  const whole = (text: string, lengthMax: number, number: number | undefined): Subfield[] => {
    if (text === '' || number === undefined) return [];
    if (text.length <= lengthMax && [...text].every(fits)) return [[number, text]];
    findings.leftOut();
    return [];
  };
  const subfields: Subfield[] = [
    ...through(entry.description, [dialect.description]),
    ...through(entry.title, dialect.title),
    ...numbersOf(entry.counterparty.account, dialect).flatMap(([number, text]) =>
      whole(text, ACCOUNT_LENGTH, number),
    ),
    ...through(entry.counterparty.name, dialect.name),
    ...whole(entry.endToEndId ?? '', ID_LENGTH, dialect.endToEndId),
  ];
  const { bankCode } = entry;
  const code = bankCode !== undefined && /^\d{3}$/.test(bankCode) ? bankCode : ANY_OPERATION;
  const texts = subfields
    .toSorted(([a], [b]) => a - b)
    .map(([number, text]) => `${dialect.separator}${number.toString().padStart(2, '0')}${text}`);
  return dialect.lines === 'subfields' ? inSubfields(code, texts) : filled(code, texts);
}

/** Of a Polish account its sort code and the rest of it apart as well, because some readers look there. */
function numbersOf(number: string, { sortCode, account, iban }: Dialect): Subfield[] {
  if (iban === undefined || !isIban(number)) return [[account, number]];
  const code = polishSortCode(number);
  if (code === undefined) return [[iban, number]];
  return [
    [sortCode, code],
    [account, number.slice(-ACCOUNT_IN_BANK_LENGTH)],
    [iban, number],
  ];
}

/** As Polish banks write it; with the first of them the code of the operation. */
function inSubfields(code: string, [first = '', ...others]: readonly string[]): string[] {
  return [`:86:${code}${first}`, ...others];
}

/** No line begins like a field or the end of the message, and none ends with a blank, which some reader would drop. */
function filled(code: string, texts: readonly string[]): string[] {
  const { pieces, isCut } = piecesOf(
    `${code}${texts.join('')}`,
    LINE_LENGTH,
    LINES_MAX,
    (begin) => !/[:-]/.test(begin),
  );
  if (isCut) throw new Error('The subfields of field 86 are longer than its six lines.');
  const [first = '', ...others] = pieces;
  return [`:86:${first}`, ...others];
}
