// How one key of the configuration is declared: what it takes, whether it may be left out, and what it means to a person.

import { z } from 'zod';

/** Why a value is not taken. */
export class Refusal {
  readonly message: string;
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    this.message = message;
    this.remedy = remedy;
  }
}

/** Something a key can hold: how it is described, and how what stands in the file becomes a value. */
export interface Leaf<T> {
  /** Kind, unit and bounds for the reference: `duration, 10ms to 1m`. */
  readonly kind: string;
  readonly read: (value: unknown) => T | Refusal;
}

/** A key for the reference. */
export interface KeyFacts {
  readonly about: string;
  /** Absent for a group of keys or a list of groups. */
  readonly kind?: string;
  readonly presence: 'required' | 'optional';
  /** As it would be written in the file. */
  readonly otherwise?: string | undefined;
}

export const keyFacts = z.registry<KeyFacts>();

/** A key that must be there. */
export function required<T>(leaf: Leaf<T>, about: string): z.ZodType<T> {
  return noted(schemaOf(leaf), { about, kind: leaf.kind, presence: 'required' });
}

/** A key that may be left out and then says nothing. */
export function optional<T>(leaf: Leaf<T>, about: string): z.ZodOptional<z.ZodType<T>> {
  return noted(schemaOf(leaf).optional(), { about, kind: leaf.kind, presence: 'optional' });
}

/** A key that may be left out and then means `otherwise`, written as in the file. */
export function defaulted<T>(
  leaf: Leaf<T>,
  otherwise: string | number | boolean,
  about: string,
): z.ZodType<T> {
  const facts = { about, kind: leaf.kind, presence: 'optional', otherwise: String(otherwise) } as const;
  return noted(schemaOf(leaf).prefault(otherwise), facts);
}

/** A list of values that is empty when left out. */
export function listOf<T>(leaf: Leaf<T>, about: string): z.ZodType<T[]> {
  const facts = { about, kind: `list of ${leaf.kind}`, presence: 'optional', otherwise: '[]' } as const;
  return noted(z.array(schemaOf(leaf)).prefault([]), facts);
}

/** Keys under a name of their own. No others are taken. */
export function requiredGroup<T extends z.ZodRawShape>(
  keys: T,
  about: string,
): z.ZodObject<T, z.core.$strict> {
  return noted(z.strictObject(keys), { about, presence: 'required' });
}

/** A group that may be left out and then says nothing. */
export function optionalGroup<T extends z.ZodRawShape>(
  keys: T,
  about: string,
): z.ZodOptional<z.ZodObject<T, z.core.$strict>> {
  return noted(z.strictObject(keys).optional(), { about, presence: 'optional' });
}

/** A group that, left out, means the defaults of its keys: each of them must have one or be optional. */
export function defaultedGroup<T extends z.ZodRawShape>(
  keys: T,
  about: string,
): z.ZodPrefault<z.ZodObject<T, z.core.$strict>> {
  const none = {} as z.input<z.ZodObject<T, z.core.$strict>>;
  return noted(z.strictObject(keys).prefault(none), { about, presence: 'optional' });
}

/** At least one group of keys. */
export function listOfGroups<T extends z.ZodRawShape>(
  keys: T,
  about: string,
): z.ZodArray<z.ZodObject<T, z.core.$strict>> {
  return noted(z.array(z.strictObject(keys)).min(1), { about, presence: 'required' });
}

/** `none`, or a group of keys; both `none` and nothing read as undefined. */
export function groupOrNone<T extends z.ZodRawShape>(
  keys: T,
  about: string,
): z.ZodType<z.output<z.ZodObject<T, z.core.$strict>> | undefined> {
  const schema = z.preprocess(
    (value) => (value === 'none' ? undefined : value),
    z.strictObject(keys).optional(),
  );
  return noted(schema.optional(), { about, presence: 'optional' });
}

function schemaOf<T>(leaf: Leaf<T>): z.ZodType<T> {
  return z.unknown().transform((value, context): T => {
    const read = value === undefined ? new Refusal('is missing', 'Add it.') : leaf.read(value);
    if (!(read instanceof Refusal)) return read;
    context.addIssue({ code: 'custom', message: read.message, params: { remedy: read.remedy } });
    return z.NEVER;
  });
}

function noted<S extends z.ZodType>(schema: S, facts: KeyFacts): S {
  keyFacts.add(schema, facts);
  return schema;
}
