import type { SimpleType } from '../../../src/iso20022/definition.ts';
import { textMatching } from './pattern-text.ts';
import type { Random } from './random.ts';

/** Writes a valid value of a simple type, often one at the edge of what is allowed. */
export function validValue(type: SimpleType, random: Random): string {
  switch (type.kind) {
    case 'text':
      return type.patternText === undefined
        ? textOfLength(lengthFor(type, random), random)
        : textMatching(type.patternText, random);
    case 'code':
      return random.pick([...type.codes]);
    case 'decimal':
      return spaced(decimal(type.totalDigits, type.fractionDigits, type.atLeastZero, random), random);
    case 'base64Binary':
      return Buffer.from(textOfLength(type.lengthMin, random)).toString('base64');
    case 'boolean':
      return spaced(random.pick(['true', 'false', '1', '0']), random);
    case 'date':
      return random.pick(DATES) + random.pick(ZONES);
    case 'dateTime':
      return `${random.pick(DATES)}T${random.pick(TIMES)}${random.pick(ZONES)}`;
    case 'time':
      return random.pick(TIMES) + random.pick(ZONES);
    case 'gYear':
      return `2024${random.pick(ZONES)}`;
    case 'gYearMonth':
      return `2024-02${random.pick(ZONES)}`;
  }
}

const DATES = [
  '2026-03-31',
  '2024-02-29',
  '2000-02-29',
  '0001-01-01',
  '12026-12-31',
  '-0044-03-15',
  '2026-04-30',
];
const TIMES = ['00:00:00', '23:59:59', '17:05:00.123456789', '24:00:00', '12:30:59.0'];
const ZONES = ['', '', 'Z', '+01:00', '-14:00', '+14:00', '-00:00', '+13:59'];

/** Letters of one, two, three and four bytes, and blanks, which count like any other character. */
const LETTERS = ['a', 'B', '7', ' ', '.', '-', 'ł', 'Ż', '€', '日', '😀', '𐍈', '<', '&', '>', "'", '"'];

export function textOfLength(length: number, random: Random): string {
  return Array.from({ length }, () => random.pick(LETTERS)).join('');
}

function lengthFor(type: { lengthMin: number; lengthMax: number }, random: Random): number {
  const max = Math.min(type.lengthMax, type.lengthMin + 3000);
  return random.percent(30) ? max : random.between(type.lengthMin, Math.min(max, 40));
}

function decimal(total: number, fraction: number, atLeastZero: boolean, random: Random): string {
  const decimals = random.percent(30) ? fraction : random.between(0, Math.min(fraction, 2));
  const integers = random.percent(30)
    ? total - decimals
    : random.between(decimals === total ? 0 : 1, Math.min(total - decimals, 6));
  const sign = random.pick(atLeastZero ? ['', '+', ''] : ['', '-', '+']);
  const written = digits(integers, random) + (decimals > 0 ? `.${digits(decimals, random)}` : '');
  return (
    sign +
    (random.percent(10) ? '000' : '') +
    written +
    (written.includes('.') && random.percent(10) ? '000' : '')
  );
}

function digits(count: number, random: Random): string {
  return Array.from({ length: count }, () => String(random.below(10))).join('');
}

/** White space around a value of these types does not count; around dates neither, but libxml2 does not know that. */
function spaced(text: string, random: Random): string {
  return random.percent(85) ? text : random.pick([' ', '\n', '\t ']) + text + random.pick(['', ' ', '\n']);
}
