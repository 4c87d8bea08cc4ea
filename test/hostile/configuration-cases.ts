// Configuration files that attack whoever reads them.

import type { HostileCase } from './hostile-case.ts';

type Row = readonly [name: string, outcome: string, because: string, make: () => Uint8Array | string];

const BOUNDED = 'No configuration needs it, and the parser would be busy for minutes.';
const PLAIN = 'Values are plain texts and numbers; nothing is ever made from a tag.';
const ONCE = 'Readers differ in which of two counts.';
const UNKNOWN = 'A key that is not known is a typing mistake until it is put right.';

const laughs = 'a: &a [x,x,x,x,x,x,x,x,x]\n' + Array.from('bcdefghij', (name, k) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[k] ?? ''}`).join(',')}]`).join('\n'); // prettier-ignore

const ROWS: readonly Row[] = [
  ['a bomb of aliases', 'alias', BOUNDED, () => laughs],
  ['five thousand aliases', 'alias', BOUNDED, () => `a: &a x\nb: [${Array(5_000).fill('*a').join(',')}]`],
  ['an alias inside what it refers to', 'alias', 'It would never end.', () => 'state: &a [*a]'],
  ['the whole file in itself', 'alias', 'It would never end.', () => '&a\nstate: *a'],
  ['an alias of nothing', 'alias', 'It says nothing.', () => 'state: *nowhere'],
  ['half a million brackets', 'deeper', BOUNDED, () => '['.repeat(500_000)],
  ['brackets that are closed', 'deeper', BOUNDED, () => `state: ${'['.repeat(3_000)}${']'.repeat(3_000)}`],
  ['braces', 'deeper', BOUNDED, () => `state: ${'{a: '.repeat(3_000)}${'}'.repeat(3_000)}`],
  ['a thousand levels of indentation', 'deeper', BOUNDED, () => Array.from({ length: 1_000 }, (_, k) => `${' '.repeat(k)}a:`).join('\n')], // prettier-ignore
  ['lists on one line', 'deeper', BOUNDED, () => `state:\n  ${'- '.repeat(5_000)}x`],
  [
    'fifty thousand keys',
    'more than',
    BOUNDED,
    () => Array.from({ length: 50_000 }, (_, k) => `k${k}: 1`).join('\n'),
  ],
  ['more than a megabyte', 'larger', BOUNDED, () => `state: ${'x'.repeat(1 << 20)}`],
  ['one key twice', 'twice', ONCE, () => 'state: a\nstate: b'],
  ['one key twice in another writing', 'twice', ONCE, () => 'state: a\n"st\\x61te": b'],
  ['a key merged over another', 'known', 'YAML 1.2 has no merge.', () => 'x: &a {state: evil}\n<<: *a'],
  ['the prototype of an object', '__proto__', UNKNOWN, () => '__proto__: { state: evil }'],
  ['a constructor', 'constructor', UNKNOWN, () => 'constructor: { prototype: { state: evil } }'],
  ['toString', 'toString', UNKNOWN, () => 'toString: x'],
  ['a function', 'tag', PLAIN, () => 'state: !!js/function "function () {}"'],
  ['an object of Python', 'tag', PLAIN, () => 'state: !!python/object/apply:os.system ["id"]'],
  ['a tag of its own', 'tag', PLAIN, () => 'state: !evil x'],
  ['bytes in place of a text', 'text', PLAIN, () => 'state: !!binary aGVsbG8='],
  ['a list in place of a text', 'text', PLAIN, () => 'state: [a]'],
  ['a text in place of a list', 'list', PLAIN, () => 'companies: x'],
  ['a group as a key', 'keys', PLAIN, () => '? [a, b]\n: 1'],
  ['two documents', 'more than one', ONCE, () => 'state: a\n---\nstate: b'],
  ['a tab as indentation', 'tab', 'Editors show it in different widths.', () => 'log:\n\tlevel: debug'],
  ['a quote that never ends', 'quote', 'The rest of the file would be a text.', () => 'state: "abc'],
  ['bytes that are not UTF-8', 'UTF-8', 'Another reader could see other characters.', () => Buffer.from([0x73, 0x3a, 0x20, 0xff])], // prettier-ignore
  [
    'UTF-16',
    'UTF-8',
    'Another reader could see other characters.',
    () => Buffer.from('\ufeffstate: a', 'utf16le'),
  ],
  ['nothing', 'companies', 'What is needed is missing.', () => ''],
  ['only a comment', 'companies', 'What is needed is missing.', () => '# state: a'],
  ['only a number', 'group', 'It is no group of keys.', () => '42'],
  ['the direction turned in a key', '\\u{202e}', UNKNOWN, () => 'st\u202eeta: x'],
  ['an escape sequence in a key', '\\u{1b}', UNKNOWN, () => '"\\e[2J": x'],
];

export const configurationCases: readonly HostileCase[] = ROWS.map(([name, outcome, because, bytes]) => ({
  name,
  outcome,
  because,
  bytes,
}));
