// Elixir-O lists that attack what is paid, or whoever reads them: the format has neither an end, nor counts, nor an encoding.

import { BENEFICIARY, elixirFile, elixirLine } from '../erp/elixir-o/elixir-o-file.ts';
import { withBytes, type HostileCase } from './hostile-case.ts';

const NEVER_GUESSED = 'An amount is never rounded, shortened or guessed.';
const ONE_LINE = 'One line is one order; what one reader takes for a text another takes for an order.';
const ORDER = (reference: string): string => elixirFile({ 16: `"${reference}"` });
const MEGABYTE = 1 << 20;

const [BEFORE = '', AFTER = ''] = elixirFile({ 9: '"Huta#"' }).split('#');

type Row = readonly [name: string, outcome: string, because: string, make: () => Uint8Array | string];

/** Each of the sound ones has ids and amounts of its own. */
const ROWS: readonly Row[] = [
  ['a line of 30 MB', 'elixir-o.line-length', 'No line is held beyond a limit.', () => `${ORDER('A1')}${'x'.repeat(30 * MEGABYTE)}\n`], // prettier-ignore
  ['a quote that never ends', 'elixir-o.quotes', ONE_LINE, () => `${elixirLine({ 12: '"FV' }).slice(0, 190)}\r\n${ORDER('B1')}`], // prettier-ignore
  ['30 MB of quotes', 'elixir-o.line-length', 'Its time grows with its length alone.', () => '"'.repeat(30 * MEGABYTE)], // prettier-ignore
  ['30 MB of commas', 'elixir-o.line-length', 'Its time grows with its length alone.', () => ','.repeat(30 * MEGABYTE)], // prettier-ignore
  ['30 MB of line ends', 'elixir-o.fields', 'Its time grows with its length alone.', () => `${ORDER('H1')}${'\n'.repeat(30 * MEGABYTE)}x\n`], // prettier-ignore
  ['a million lines that are none', 'elixir-o.fields', 'Faults are counted, and a bounded number kept.', () => 'x\n'.repeat(MEGABYTE)], // prettier-ignore
  ['half a line', 'elixir-o.cut', 'What stands behind the last line end may go on.', () => ORDER('C1') + elixirLine().slice(0, 100)], // prettier-ignore
  ['an amount cut short at the end of the file', 'elixir-o.cut', 'What stands behind the last line end may go on.', () => '110,20261124,10'], // prettier-ignore
  [
    'NUL in a name',
    'elixir-o.character',
    'A reader in C stops there.',
    () => elixirFile({ 9: '"Huta\0Szkla"' }),
  ],
  ['NUL behind the list', 'elixir-o.cut', 'A server that reserves a size shows zeros.', () => withBytes(ORDER('D1'), [0, 0, 0, 0], '')], // prettier-ignore
  [
    'an escape in a title',
    'elixir-o.character',
    'A terminal would obey it.',
    () => elixirFile({ 12: '"\x1b[2J"' }),
  ],
  ['a carriage return within a line', 'elixir-o.character', ONE_LINE, () => elixirFile({ 12: '"a\rb"' })],
  ['an order inside a text', 'elixir-o.lines', ONE_LINE, () => elixirFile({ 12: `"${elixirLine().replaceAll('"', '""')}"` })], // prettier-ignore
  ['an order inside a text, with a real line end', 'elixir-o.quotes', ONE_LINE, () => elixirFile({ 12: `"a\r\n${elixirLine()}"` })], // prettier-ignore
  ['an amount with a minus', 'elixir-o.amount', NEVER_GUESSED, () => elixirFile({ 3: '-1' })],
  ['an amount in scientific form', 'elixir-o.amount', NEVER_GUESSED, () => elixirFile({ 3: '1e3' })],
  ['an amount in Arabic digits', 'elixir-o.amount', NEVER_GUESSED, () => elixirFile({ 3: '١٠٠' })],
  ['an amount of a million digits', 'elixir-o.line-length', NEVER_GUESSED, () => elixirFile({ 3: '9'.repeat(MEGABYTE) })], // prettier-ignore
  ['an account with a blank too many', 'elixir-o.account', 'The check digits would be those of another text.', () => elixirFile({ 7: `"${BENEFICIARY}1"` })], // prettier-ignore
  [
    'broken UTF-8',
    'elixir-o.character',
    'Two readers would read two names.',
    () => withBytes(BEFORE, [0xc3, 0x28], AFTER),
  ],
  ['markup and a formula in the texts', 'planned 7.77', 'They are texts as good as any other, and escaped where they are shown.', () => elixirFile({ 3: '777', 9: '"</Nm><Nm>=cmd()|<!--"', 12: '"]]>&amp;"', 16: '"F1"' })], // prettier-ignore
  ['a direction character in a name', 'planned 7.78', 'It is shown written out.', () => elixirFile({ 3: '778', 9: '"Huta \u202egnp"', 16: '"F2"' })], // prettier-ignore
  ['UTF-16', 'elixir-o.encoding', 'Neither the configured encoding nor XML.', () => Buffer.from(ORDER('G1'), 'utf16le')], // prettier-ignore
];

export const LIST_CASES: readonly HostileCase[] = ROWS.map(([name, outcome, because, make]) => ({
  name,
  outcome,
  because,
  bytes: make,
}));
