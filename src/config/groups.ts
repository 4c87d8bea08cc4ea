// Keys of the configuration that hold other keys: groups, lists of groups, and the way down to a key.

import type { Finding, KeyPath } from './config-problem.ts';
import { faulty, readList, taken, together, type Key, type Keys, type Reading } from './keys.ts';
import { nearestName } from './nearest-name.ts';

/** What a group of keys is read as. */
export type Content<K extends Keys> = {
  readonly [Name in keyof K]: K[Name] extends Key<infer T> ? T : never;
};

/** A group that may be left out and then says nothing. */
export function optionalGroup<const K extends Keys>(keys: K, about: string): Key<Content<K> | undefined> {
  const read = (value: unknown): Reading<Content<K> | undefined> =>
    value === undefined ? taken(undefined) : readGroup(keys, value);
  return { about, presence: 'optional', keys, read };
}

/** A group that, left out, means the defaults of its keys: each of them must have one or be optional. */
export function defaultedGroup<const K extends Keys>(keys: K, about: string): Key<Content<K>> {
  return { about, presence: 'optional', keys, read: (value) => readGroup(keys, value ?? {}) };
}

/** `none`, or a group of keys; both `none` and nothing read as undefined. */
export function groupOrNone<const K extends Keys>(keys: K, about: string): Key<Content<K> | undefined> {
  const { read } = optionalGroup(keys, about);
  return { about, presence: 'optional', keys, read: (value) => read(value === 'none' ? undefined : value) };
}

/** At least one group of keys. */
export function listOfGroups<const K extends Keys>(keys: K, about: string): Key<readonly Content<K>[]> {
  return {
    about,
    presence: 'required',
    keys,
    isList: true,
    read(value) {
      if (value === undefined)
        return faulty('is missing', 'Add it, each entry on a line of its own that starts with "- ".');
      if (Array.isArray(value) && value.length === 0) return faulty('is empty', 'Add at least one.');
      return readList(value, (item) => readGroup(keys, item));
    },
  };
}

/** Any number of groups of keys, none when left out. */
export function optionalListOfGroups<const K extends Keys>(
  keys: K,
  about: string,
): Key<readonly Content<K>[]> {
  const read = (value: unknown): Reading<readonly Content<K>[]> =>
    readList(value ?? [], (item) => readGroup(keys, item));
  return { about, presence: 'optional', keys, isList: true, read };
}

/** The keys and no others. */
export function readGroup<const K extends Keys>(
  keys: K,
  value: unknown,
  otherwise = 'must be a group of keys',
): Reading<Content<K>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return faulty(otherwise, 'Write its keys below it, each on a line of its own, indented.');
  const written = new Map<string, unknown>(Object.entries(value));
  const names = Object.keys(keys);
  const read = together(names.map((name) => [name, keys[name]?.read(written.get(name)) ?? taken(undefined)]));
  const unknown = [...written.keys()].filter((name) => !names.includes(name));
  if (read.kind === 'faulty' || unknown.length > 0)
    return {
      kind: 'faulty',
      findings: [
        ...(read.kind === 'faulty' ? read.findings : []),
        ...unknown.map((name) => unknownKey(name, names)),
      ],
    };
  return taken(Object.fromEntries(names.map((name, index) => [name, read.value[index]])) as Content<K>);
}

/** What is declared at the path, where indexes of lists do not matter; undefined where nothing is. */
export function keyAt(keys: Keys, path: KeyPath): Key<unknown> | undefined {
  const [name, ...below] = path.filter((step) => typeof step === 'string');
  const key = name !== undefined && Object.hasOwn(keys, name) ? keys[name] : undefined;
  return below.length === 0 ? key : keyAt(key?.keys ?? {}, below);
}

function unknownKey(name: string, known: readonly string[]): Finding {
  const near = nearestName(name, known);
  return {
    path: [name],
    message: 'is not a key that is known here',
    remedy: near === undefined ? `Take it out. Known are: ${known.join(', ')}.` : `Did you mean "${near}"?`,
  };
}
