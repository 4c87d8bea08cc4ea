// Recognises by their bytes values that are certainly valid, so that no string is made of what is in order.

import type { DecimalType, SimpleType, TextType } from './definition.ts';

/**
 * True for values that `valueProblem` has nothing to say about. False means nothing: such a value is judged by `valueProblem`,
 * so a form that is rare in payments may be left out here. The value is UTF-8 and fills the first `length` bytes.
 */
export type CertainlyValid = (bytes: Uint8Array, length: number) => boolean;

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
      return (bytes, length) => length === DATE_LENGTH && isPlainDate(bytes);
    case 'dateTime':
      return (bytes, length) => length === DATE_TIME_LENGTH && isPlainDate(bytes) && isPlainTime(bytes);
    default:
      return () => false;
  }
}

/** A character of Unicode has up to four bytes in UTF-8, so most texts need no counting. */
function lengthWithin({ lengthMin, lengthMax }: TextType): CertainlyValid {
  return (bytes, length) => {
    if (length <= lengthMax && (length >= 4 * lengthMin || (lengthMin === 1 && length > 0))) return true;
    if (length > 4 * lengthMax) return false;
    let characters = length;
    for (let i = 0; i < length; i++) if (((bytes[i] ?? 0) & 0xc0) === 0x80) characters--;
    return characters >= lengthMin && characters <= lengthMax;
  };
}

const CODE_BYTES_MAX = 4;

/** Codes of up to four letters, which almost all are, each read as one number. */
function oneOf(codes: ReadonlySet<string>): CertainlyValid {
  const known = new Set<number>();
  for (const code of codes) {
    if (code.length <= CODE_BYTES_MAX && /^[\x21-\x7e]+$/.test(code))
      known.add(packed(Buffer.from(code), code.length));
  }
  return (bytes, length) => length > 0 && length <= CODE_BYTES_MAX && known.has(packed(bytes, length));
}

function packed(bytes: Uint8Array, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i++) value = (value << 8) | (bytes[i] ?? 0);
  return value;
}

/** Digits with at most one point between them, so few that not even zeros at the ends could be too many. */
function plainDecimal({ totalDigits, fractionDigits }: DecimalType): CertainlyValid {
  return (bytes, length) => {
    if (length === 0 || length > totalDigits) return false;
    let point = -1;
    for (let i = 0; i < length; i++) {
      const byte = bytes[i] ?? 0;
      if (isDigit(byte)) continue;
      if (byte !== POINT || point >= 0 || i === 0) return false;
      point = i;
    }
    return point < 0 || (point < length - 1 && length - 1 - point <= fractionDigits);
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
  return (bytes, length) => {
    let at = 0;
    for (const { fits, min, max, mayEnd } of steps) {
      if (mayEnd && at === length) return true;
      const last = Math.min(length, at + max);
      const from = at;
      while (at < last && fits[bytes[at] ?? 0] === 1) at++;
      if (at - from < min) return false;
    }
    return at === length;
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
const DATE_TIME_LENGTH = 'YYYY-MM-DDThh:mm:ss'.length;

/** A day that every month has. */
function isPlainDate(bytes: Uint8Array): boolean {
  const month = twoDigits(bytes, 5);
  const day = twoDigits(bytes, 8);
  return (
    twoDigits(bytes, 0) > 0 &&
    twoDigits(bytes, 2) >= 0 &&
    bytes[4] === HYPHEN &&
    month >= 1 &&
    month <= 12 &&
    bytes[7] === HYPHEN &&
    day >= 1 &&
    day <= 28
  );
}

function isPlainTime(bytes: Uint8Array): boolean {
  const hour = twoDigits(bytes, 11);
  const minute = twoDigits(bytes, 14);
  const second = twoDigits(bytes, 17);
  return (
    bytes[10] === LETTER_T &&
    hour >= 0 &&
    hour <= 23 &&
    bytes[13] === COLON &&
    minute >= 0 &&
    minute <= 59 &&
    bytes[16] === COLON &&
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
