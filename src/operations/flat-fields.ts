// Fields of a log line made flat and harmless: scalars only, secrets hidden, bytes counted instead of shown.

import { visibleText } from './visible-text.ts';

export type FlatField = readonly [name: string, value: string | number | boolean | null];

/** Deeper objects are named, not shown: a log line is no place for a document. */
const DEPTH_MAX = 3;

/** Names of the line itself, which a field must not be able to replace. */
const RESERVED: ReadonlySet<string> = new Set(['time', 'level', 'event']);

const SECRET_NAME = /secret|passphrase|password|passwd|token|credential|private|key/i;

/**
 * The fields as name and scalar, nested names joined by a point. Values under a name that speaks of a secret are
 * `[hidden]`; `undefined` is left out. Never throws, whatever a field's getter does.
 */
export function flatFields(fields: Readonly<Record<string, unknown>>): FlatField[] {
  try {
    return Object.entries(fields).flatMap(([name, value]) =>
      flat(RESERVED.has(name) ? `field.${name}` : name, value, 1),
    );
  } catch (error) {
    return [
      ['fields', `[unreadable: ${visibleText(error instanceof Error ? error.message : typeof error)}]`],
    ];
  }
}

function flat(name: string, value: unknown, depth: number): FlatField[] {
  if (value === undefined) return [];
  if (SECRET_NAME.test(name)) return [[visibleText(name), '[hidden]']];
  if (isPlainObject(value) && depth < DEPTH_MAX) {
    return Object.entries(value).flatMap(([inner, content]) => flat(`${name}.${inner}`, content, depth + 1));
  }
  return [[visibleText(name), scalar(value)]];
}

function scalar(value: unknown): FlatField[1] {
  switch (typeof value) {
    case 'string':
      return visibleText(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return value.toString();
    case 'object':
      return value === null ? null : objectText(value);
    case 'undefined':
    case 'symbol':
    case 'function':
      return `[${typeof value}]`;
  }
}

function objectText(value: object): string {
  if (value instanceof Error) return visibleText(`${value.name}: ${value.message}`);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return visibleText(value.map(item).join(', '));
  return '[object]';
}

function item(value: unknown): string {
  return Array.isArray(value) ? '[list]' : String(scalar(value));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
