// The compact notation of the message definitions, and its reader.

import type { AttributeUse, ElementParticle, SimpleType, TypeDefinition, TypeTable } from './definition.ts';

/**
 * Reads the compact notation in which the message definitions are written.
 *
 * A line at the margin names a type and says what it is; the indented lines below it are its parts; `#` starts a comment line.
 *
 *     Max35Text text 1..35                       a text of 1 to 35 characters
 *     CountryCode text /[A-Z]{2}/                a text that matches the pattern
 *     Priority2Code code HIGH NORM               one of the codes (indented lines may go on with the list)
 *     DecimalNumber decimal 18.17                at most 18 digits, at most 17 of them in the fraction; `>=0` may follow
 *     ISODate date                               also dateTime, time, gYear, gYearMonth, boolean
 *     Max10KBinary base64Binary 1..10240         lengths in octets
 *     CurrencyAndAmount content Amount           a value of type Amount ...
 *       @Ccy CurrencyCode                        ... with a required attribute (`@Ccy?` optional)
 *     Envelope any lax                           exactly one element of any name
 *     Payment                                    a sequence:
 *       PmtId Identification                       exactly once
 *       Amt? Amount                                at most once; `*` any number, `+` once or more, `{0,10}` as it says
 *     Account one of                             a choice: exactly one of the elements below
 *
 * Throws an Error naming the line when the table cannot be read: tables are part of the program, so that is our bug.
 */
export function types(table: TemplateStringsArray): TypeTable {
  const result = new Map<string, TypeDefinition>();
  for (const entry of entriesOf(table.raw.join(''))) {
    if (result.has(entry.name)) throw new Error(`Type ${entry.name} is defined twice.`);
    result.set(entry.name, typeOf(entry));
  }
  return result;
}

interface Entry {
  readonly name: string;
  /** The words after the name. */
  readonly head: readonly string[];
  /** The indented lines, as words. */
  readonly parts: string[][];
}

function entriesOf(text: string): Entry[] {
  const entries: Entry[] = [];
  for (const line of text.split('\n')) {
    const words = line.split(' ').filter((word) => word !== '');
    const [name, ...head] = words;
    if (name === undefined || name.startsWith('#')) continue;
    if (!line.startsWith(' ')) entries.push({ name, head, parts: [] });
    else entries.at(-1)?.parts.push(words);
  }
  return entries;
}

function typeOf(entry: Entry): TypeDefinition {
  const [kind = 'sequence', first = ''] = entry.head;
  switch (kind) {
    case 'sequence':
      return { kind, elements: entry.parts.map(elementOf) };
    case 'one':
      return { kind: 'choice', elements: entry.parts.map(elementOf) };
    case 'content':
      return { kind, base: first, attributes: entry.parts.map(attributeOf) };
    case 'any':
      return { kind, processContents: first === 'skip' ? 'skip' : 'lax' };
    default:
      return simpleTypeOf(kind, entry.head.slice(1), entry);
  }
}

function simpleTypeOf(kind: string, facets: readonly string[], entry: Entry): SimpleType {
  switch (kind) {
    case 'text':
      return textOf(facets);
    case 'code':
      return { kind, codes: new Set([...facets, ...entry.parts.flat()]) };
    case 'decimal': {
      const [total, fraction] = numbersOf(facets[0], '.');
      return { kind, totalDigits: total, fractionDigits: fraction, atLeastZero: facets[1] === '>=0' };
    }
    case 'base64Binary': {
      const [lengthMin, lengthMax] = numbersOf(facets[0], '..');
      return { kind, lengthMin, lengthMax };
    }
    case 'boolean':
    case 'date':
    case 'dateTime':
    case 'time':
    case 'gYear':
    case 'gYearMonth':
      return { kind };
    default:
      throw new Error(`Type ${entry.name}: "${kind}" is no kind of type.`);
  }
}

function textOf(facets: readonly string[]): SimpleType {
  const facet = facets[0] ?? '0..';
  if (!facet.startsWith('/')) {
    const [lengthMin, lengthMax] = numbersOf(facet, '..');
    return { kind: 'text', lengthMin, lengthMax };
  }
  const patternText = facet.slice(1, -1);
  // A pattern of XML Schema always means the whole value; the ones of ISO 20022 are also patterns of JavaScript.
  const pattern = new RegExp(`^(?:${patternText})$`, 'u');
  return { kind: 'text', lengthMin: 0, lengthMax: Infinity, pattern, patternText };
}

function elementOf(words: readonly string[]): ElementParticle {
  const [written = '', type = ''] = words;
  const parts = /^(\w+)(\?|\*|\+|\{\d+,\d+\})?$/.exec(written);
  if (parts?.[1] === undefined || type === '' || words.length > 2)
    throw new Error(`"${words.join(' ')}" is no element.`);
  const [min, max] = occurrenceOf(parts[2]);
  return { name: parts[1], type, min, max };
}

function occurrenceOf(sign: string | undefined): [number, number] {
  if (sign === undefined) return [1, 1];
  if (sign === '?') return [0, 1];
  if (sign === '*') return [0, Infinity];
  return sign === '+' ? [1, Infinity] : numbersOf(sign.slice(1, -1), ',');
}

function attributeOf(words: readonly string[]): AttributeUse {
  const parts = /^@(\w+)(\?)?$/.exec(words[0] ?? '');
  if (parts?.[1] === undefined || words[1] === undefined)
    throw new Error(`"${words.join(' ')}" is no attribute.`);
  return { name: parts[1], type: words[1], required: parts[2] === undefined };
}

/** Two numbers with a separator; the second may be left out and then means no limit. */
function numbersOf(text: string | undefined, separator: string): [number, number] {
  const [low, high] = (text ?? '').split(separator);
  const pair: [number, number] = [Number(low), high === undefined || high === '' ? Infinity : Number(high)];
  if (low === undefined || low === '' || pair.some(Number.isNaN))
    throw new Error(`"${text ?? ''}" is no pair of numbers.`);
  return pair;
}
