// Checks the text of one element against its simple type.

import { decimalProblem } from './decimal-value.ts';
import type { BinaryType, CodeType, SimpleType, TextType } from './definition.ts';
import { isLexicalValue, lexicalRules } from './lexical-value.ts';
import type { Problem } from './problem.ts';

/**
 * What is wrong with a value of a simple type; undefined when nothing is (XML Schema 1.0 part 2).
 * The text must have been through `schemaValue`.
 */
export function valueProblem(type: SimpleType, text: string): Problem | undefined {
  switch (type.kind) {
    case 'text':
      return textProblem(type, text);
    case 'code':
      return type.codes.has(text) ? undefined : codeProblem(type);
    case 'decimal':
      return decimalProblem(type, text);
    case 'base64Binary':
      return binaryProblem(type, text);
    default: {
      if (isLexicalValue(type.kind, text)) return undefined;
      const { rule, example } = lexicalRules[type.kind];
      return { rule, message: `The value is not a valid ${type.kind}.`, remedy: `Write ${example}.` };
    }
  }
}

/** The text that counts: as it is for texts and codes, without white space around it for all others (the whiteSpace facet). */
export function schemaValue(type: SimpleType, text: string): string {
  if (type.kind === 'text' || type.kind === 'code') return text;
  // Not trim(), which also takes away blanks that XML does not count as white space, such as U+00A0.
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (from < to && isSpace(text.charCodeAt(to - 1))) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function textProblem(type: TextType, text: string): Problem | undefined {
  if (type.pattern !== undefined) return type.pattern.test(text) ? undefined : patternProblem(type);
  // A text has at most as many characters as UTF-16 units, so most texts need no counting.
  if (text.length <= type.lengthMax && text.length >= 2 * type.lengthMin) return undefined;
  return lengthProblem(type, charactersIn(text), 'character');
}

/** Characters of Unicode: a surrogate pair is one. */
function charactersIn(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) count--;
  return count;
}

function lengthProblem(type: TextType | BinaryType, length: number, unit: string): Problem | undefined {
  const rule = 'schema.length';
  if (length > type.lengthMax) {
    const message = `The value has ${counted(length, unit)}, at most ${type.lengthMax} are allowed.`;
    return { rule, message, remedy: `Shorten it to ${counted(type.lengthMax, unit)}.` };
  }
  if (length >= type.lengthMin) return undefined;
  if (length > 0) {
    const message = `The value has ${counted(length, unit)}, at least ${type.lengthMin} are needed.`;
    return { rule, message, remedy: `Write at least ${counted(type.lengthMin, unit)}.` };
  }
  return {
    rule,
    message: 'The element is empty.',
    remedy: 'Fill it, or leave the element out where it is optional.',
  };
}

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

function patternProblem(type: TextType): Problem {
  const message = `The value does not match the pattern ${type.patternText ?? ''}.`;
  return {
    rule: 'schema.pattern',
    message,
    remedy: 'Write it in the form the pattern asks for, without blanks around it.',
  };
}

function codeProblem(type: CodeType): Problem {
  const remedy = `Write one of ${[...type.codes].join(', ')}.`;
  return { rule: 'schema.code', message: 'The value is not one of the codes allowed here.', remedy };
}

function binaryProblem(type: BinaryType, text: string): Problem | undefined {
  if (!BASE64.test(text)) {
    return {
      rule: 'schema.base64',
      message: 'The value is not base64.',
      remedy: 'Encode the octets as base64.',
    };
  }
  const digits = text.replaceAll(/[^A-Za-z0-9+/]/g, '').length;
  return lengthProblem(type, Math.floor((digits * 3) / 4), 'octet');
}

/** Groups of four, white space between any two characters; the unused bits before the padding are zero. */
const S = '[ \\t\\r\\n]*';
const BASE64 = new RegExp(
  `^(?:[A-Za-z0-9+/]${S}[A-Za-z0-9+/]${S}[A-Za-z0-9+/]${S}[A-Za-z0-9+/]${S})*` +
    `(?:[A-Za-z0-9+/]${S}[A-Za-z0-9+/]${S}[AEIMQUYcgkosw048]${S}=|[A-Za-z0-9+/]${S}[AQgw]${S}=${S}=)?$`,
);
