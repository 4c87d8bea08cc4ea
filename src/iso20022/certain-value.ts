// Recognises by their bytes values that are certainly valid, so that no string is made of what is in order.

import type { DecimalType, SimpleType, TextType } from './definition.ts';

/**
 * True for values that `valueProblem` has nothing to say about. False means nothing: such a value is judged by `valueProblem`,
 * so a form that is rare in payments may be left out here. The value is UTF-8 and stands from `from` up to, not with, `to`.
 */
export type CertainlyValid = (bytes: Uint8Array, from: number, to: number) => boolean;

/** The same function for the same type. */
export function certainlyValid(type: SimpleType): CertainlyValid {
  const known = compiled.get(type);
  if (known !== undefined) return known;
  const made = compile(type);
  compiled.set(type, made);
  return made;
}

const compiled = new WeakMap<SimpleType, CertainlyValid>();

function compile(type: SimpleType): CertainlyValid {
  switch (type.kind) {
    case 'text':
      return type.pattern === undefined ? lengthWithin(type) : matching(type.patternText ?? '');
    case 'code':
      return oneOf(type.codes);
    case 'decimal':
      return plainDecimal(type);
    case 'date':
      return (bytes, from, to) => to - from === DATE_LENGTH && isPlainDate(bytes, from);
    case 'dateTime':
      return (bytes, from, to) =>
        to - from === DATE_TIME_LENGTH && isPlainDate(bytes, from) && isPlainTime(bytes, from + TIME_AT);
    default:
      return () => false;
  }
}

/** A character of Unicode has up to four bytes in UTF-8, so most texts need no counting. */
function lengthWithin({ lengthMin, lengthMax }: TextType): CertainlyValid {
  return (bytes, from, to) => {
    const length = to - from;
    if (length <= lengthMax && (length >= 4 * lengthMin || (lengthMin === 1 && length > 0))) return true;
    if (length > 4 * lengthMax) return false;
    let characters = length;
    for (let i = from; i < to; i++) if (((bytes[i] ?? 0) & 0xc0) === 0x80) characters--;
    return characters >= lengthMin && characters <= lengthMax;
  };
}

const CODE_BYTES_MAX = 4;

/** Codes of up to four letters, which almost all are, each read as one number. */
function oneOf(codes: ReadonlySet<string>): CertainlyValid {
  const known = new Set<number>();
  for (const code of codes) {
    if (code.length <= CODE_BYTES_MAX && /^[\x21-\x7e]+$/.test(code))
      known.add(packed(Buffer.from(code), 0, code.length));
  }
  return (bytes, from, to) => to > from && to - from <= CODE_BYTES_MAX && known.has(packed(bytes, from, to));
}

function packed(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = (value << 8) | (bytes[i] ?? 0);
  return value;
}

/** Digits with at most one point between them, so few that not even zeros at the ends could be too many. */
function plainDecimal({ totalDigits, fractionDigits }: DecimalType): CertainlyValid {
  return (bytes, from, to) => {
    if (to === from || to - from > totalDigits) return false;
    let point = -1;
    for (let i = from; i < to; i++) {
      const byte = bytes[i] ?? 0;
      if (isDigit(byte)) continue;
      if (byte !== POINT || point >= 0 || i === from) return false;
      point = i;
    }
    return point < 0 || (point < to - 1 && to - 1 - point <= fractionDigits);
  };
}

interface PatternStep {
  /** 1 for each ASCII character that fits. */
  readonly fits: Uint8Array;
  readonly min: number;
  readonly max: number;
  /** The value may end before this step. */
  readonly mayEnd: boolean;
}

/**
 * Patterns that are a row of character classes with counts, the last of them perhaps in a group that may be missing. Each
 * step takes all it can, without going back; what fits only in another way is not certain here.
 */
function matching(pattern: string): CertainlyValid {
  const steps = stepsOf(pattern);
  if (steps === undefined) return () => false;
  return (bytes, from, to) => {
    let at = from;
    for (const { fits, min, max, mayEnd } of steps) {
      if (mayEnd && at === to) return true;
      const last = Math.min(to, at + max);
      const start = at;
      while (at < last && fits[bytes[at] ?? 0] === 1) at++;
      if (at - start < min) return false;
    }
    return at === to;
  };
}

function stepsOf(pattern: string): readonly PatternStep[] | undefined {
  const parts = /^(?<row>[^()|]*)(?:\((?<group>[^()|]*)\)\?)?$/.exec(pattern);
  const row = rowOf(parts?.groups?.row ?? '(');
  const group = rowOf(parts?.groups?.group ?? '');
  if (row === undefined || group === undefined) return undefined;
  return [...row, ...group.map((step, position) => ({ ...step, mayEnd: position === 0 }))];
}

function rowOf(text: string): PatternStep[] | undefined {
  const steps: PatternStep[] = [];
  let rest = text;
  while (rest !== '') {
    const found = /^\[((?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9])+)\](?:\{(\d+)(?:,(\d+))?\})?/.exec(rest);
    if (found === null) return undefined;
    const [whole, set = '', low = '1', high = low] = found;
    steps.push({ fits: tableOf(set), min: Number(low), max: Number(high), mayEnd: false });
    rest = rest.slice(whole.length);
  }
  return steps;
}

function tableOf(set: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const [, from = '', to = from] of set.matchAll(/(.)(?:-(.))?/g))
    table.fill(1, from.charCodeAt(0), to.charCodeAt(0) + 1);
  return table;
}

const DATE_LENGTH = 'YYYY-MM-DD'.length;
const TIME_AT = 'YYYY-MM-DDT'.length;
const DATE_TIME_LENGTH = 'YYYY-MM-DDThh:mm:ss'.length;

/** A day of a year of four digits, but for the last ones of a February. */
function isPlainDate(bytes: Uint8Array, at: number): boolean {
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  return (
    twoDigits(bytes, at) > 0 &&
    twoDigits(bytes, at + 2) >= 0 &&
    bytes[at + 4] === HYPHEN &&
    bytes[at + 7] === HYPHEN &&
    day >= 1 &&
    day <= (CERTAIN_DAYS[month] ?? 0)
  );
}

/** By month. */
const CERTAIN_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Follows the letter T. */
function isPlainTime(bytes: Uint8Array, at: number): boolean {
  const hour = twoDigits(bytes, at);
  const minute = twoDigits(bytes, at + 3);
  const second = twoDigits(bytes, at + 6);
  return (
    bytes[at - 1] === LETTER_T &&
    hour >= 0 &&
    hour <= 23 &&
    bytes[at + 2] === COLON &&
    minute >= 0 &&
    minute <= 59 &&
    bytes[at + 5] === COLON &&
    second >= 0 &&
    second <= 59
  );
}

/** Negative where there are not two digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const high = bytes[at] ?? 0;
  const low = bytes[at + 1] ?? 0;
  return isDigit(high) && isDigit(low) ? (high - DIGIT_ZERO) * 10 + low - DIGIT_ZERO : -1;
}

function isDigit(byte: number): boolean {
  return byte >= DIGIT_ZERO && byte <= DIGIT_ZERO + 9;
}

const DIGIT_ZERO = 0x30;
const POINT = 0x2e;
const HYPHEN = 0x2d;
const COLON = 0x3a;
const LETTER_T = 0x54;
