// How one key of the configuration is declared: what it takes, whether it may be left out, and what it means to a person.

import type { Finding } from './config-problem.ts';

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

/** What was made of what stands in the file, or all that is wrong with it; paths begin below the key. */
export type Reading<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'faulty'; readonly findings: readonly Finding[] };

/** A key as it is declared. */
export interface Key<T> extends KeyFacts {
  /** `undefined` stands for a key that is not there. */
  readonly read: (value: unknown) => Reading<T>;
  /** The keys below it, where it is a group or a list of groups. */
  readonly keys?: Keys;
  readonly isList?: true;
}

export type Keys = Readonly<Record<string, Key<unknown>>>;

/** A key that must be there. */
export function required<T>(leaf: Leaf<T>, about: string): Key<T> {
  return { about, kind: leaf.kind, presence: 'required', read: (value) => readLeaf(leaf, value) };
}

/** A key that may be left out and then says nothing. */
export function optional<T>(leaf: Leaf<T>, about: string): Key<T | undefined> {
  return {
    about,
    kind: leaf.kind,
    presence: 'optional',
    read: (value) => (value === undefined ? taken(undefined) : readLeaf(leaf, value)),
  };
}

/** A key that may be left out and then means `otherwise`, written as in the file. */
export function defaulted<T>(leaf: Leaf<T>, otherwise: string | number | boolean, about: string): Key<T> {
  return {
    about,
    kind: leaf.kind,
    presence: 'optional',
    otherwise: String(otherwise),
    read: (value) => readLeaf(leaf, value ?? otherwise),
  };
}

/** A list of values that is empty when left out. */
export function listOf<T>(leaf: Leaf<T>, about: string): Key<readonly T[]> {
  return {
    about,
    kind: `list of ${leaf.kind}`,
    presence: 'optional',
    otherwise: '[]',
    read: (value) => readList(value ?? [], (item) => readLeaf(leaf, item)),
  };
}

/** A list of values, each at most once, that means `otherwise` when left out and is never empty. */
export function filledListOf<T>(
  leaf: Leaf<T>,
  otherwise: readonly NoInfer<T>[],
  about: string,
): Key<readonly T[]> {
  return {
    about,
    kind: `list of ${leaf.kind}`,
    presence: 'optional',
    otherwise: `[${otherwise.join(', ')}]`,
    read(value) {
      const items = value ?? otherwise;
      if (Array.isArray(items) && items.length === 0)
        return faulty('is empty', 'Name at least one, or leave the key out.');
      if (Array.isArray(items) && new Set(items).size < items.length)
        return faulty('names one thing twice', 'Name each once.');
      return readList(items, (item) => readLeaf(leaf, item));
    },
  };
}

/** A list of values of which no two have the same mark; empty when left out. */
export function listOfDistinct<T>(
  leaf: Leaf<T>,
  markOf: (value: NoInfer<T>) => string,
  about: string,
): Key<readonly T[]> {
  const list = listOf(leaf, about);
  return {
    ...list,
    read(value) {
      const reading = list.read(value);
      if (reading.kind === 'faulty') return reading;
      const marks = reading.value.map(markOf);
      const twice = marks.find((mark, index) => marks.indexOf(mark) < index);
      return twice === undefined ? reading : faulty(`says ${twice} twice`, 'Say it once.');
    },
  };
}

/** A list of values that must be there, each at most once. */
export function requiredListOf<T>(leaf: Leaf<T>, about: string): Key<readonly T[]> {
  const { read } = filledListOf(leaf, [], about);
  return {
    about,
    kind: `list of ${leaf.kind}`,
    presence: 'required',
    read: (value) => (value === undefined ? faulty('is missing', 'Add it.') : read(value)),
  };
}

export function taken<T>(value: T): Reading<T> {
  return { kind: 'value', value };
}

/** Refused as a whole. */
export function faulty(message: string, remedy: string): Reading<never> {
  return { kind: 'faulty', findings: [{ path: [], message, remedy }] };
}

/** Every item, or what is wrong with any of them. */
export function readList<T>(value: unknown, readItem: (item: unknown) => Reading<T>): Reading<readonly T[]> {
  if (!Array.isArray(value))
    return faulty('must be a list', 'Start each entry on a line of its own with "- ".');
  return together(value.map((item, index) => [index, readItem(item)] as const));
}

/** What was read below one key, in its order. */
export function together<T>(
  parts: readonly (readonly [step: string | number, reading: Reading<T>])[],
): Reading<readonly T[]> {
  const findings = parts.flatMap(([step, reading]) =>
    reading.kind === 'value'
      ? []
      : reading.findings.map((finding) => ({ ...finding, path: [step, ...finding.path] })),
  );
  if (findings.length > 0) return { kind: 'faulty', findings };
  return taken(parts.flatMap(([, reading]) => (reading.kind === 'value' ? [reading.value] : [])));
}

function readLeaf<T>(leaf: Leaf<T>, value: unknown): Reading<T> {
  const read = value === undefined ? new Refusal('is missing', 'Add it.') : leaf.read(value);
  return read instanceof Refusal ? faulty(read.message, read.remedy) : taken(read);
}
