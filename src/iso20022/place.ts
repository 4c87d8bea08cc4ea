// The compiled form of a definition: one node for each place in the tree, made when first met.

import type { XmlName } from '../xml/xml-reader.ts';
import { certainlyValid, type CertainlyValid } from './certain-value.ts';
import type { ElementParticle, MessageDefinition, SimpleType, TypeDefinition } from './definition.ts';
import { KnownShapes } from './known-shapes.ts';

/** What may stand inside an element: as its definition says, or anything (`open`) because a wildcard stands above it. */
export type Content = 'sequence' | 'choice' | 'value' | 'any' | 'any-unchecked' | 'open';

/** An attribute with its simple type looked up. */
export interface PlaceAttribute {
  readonly name: string;
  readonly type: SimpleType;
  readonly required: boolean;
}

/** The only attribute of an element, with its value. */
export interface KnownAttribute {
  readonly value: string;
  readonly found: Readonly<Record<string, string>>;
  /** As Canonical XML writes it, with the blank before and the `>` of the tag behind. */
  readonly written: Uint8Array;
}

const NO_BYTES: Uint8Array = new Uint8Array(0);

/**
 * One place in the tree of a message: an element with its type looked up and its path written out once.
 * Places are made when a document first reaches them, so a document pays for what it uses.
 */
export class Place {
  readonly name: string;
  /** Names joined by '/', without indexes and without 'Document'; always the same string object. */
  readonly path: string;
  readonly min: number;
  readonly max: number;
  readonly typeName: string;
  readonly content: Content;
  /** The type of its text; undefined unless the content is `value`. */
  readonly valueType: SimpleType | undefined;
  /** Recognises values of that type by their bytes. */
  readonly isCertain: CertainlyValid | undefined;
  readonly attributes: readonly PlaceAttribute[];
  /** Whether a wildcard stands above it: checked, but not part of the message and not told to listeners. */
  readonly foreign: boolean;
  /** The name under which the reader last delivered it; comparing it spares comparing strings. */
  xmlName: XmlName | undefined;
  /** That name as it stands in a tag; empty before, and where its prefix is not plain ASCII. */
  written: Uint8Array = NO_BYTES;
  /** The number the listener has given it: negative when nothing of it is told, undefined before it was asked. */
  key: number | undefined;
  /** Of elements here that were recognised, under the name in `written`. */
  readonly shapes = new KnownShapes();
  readonly #definition: MessageDefinition;
  #children: readonly Place[] | undefined;
  #required: readonly number[] | undefined;
  #requiredFrom: readonly number[] | undefined;
  /** For each child, and at 0 for none, the one after it that followed the last time: a guess that `nextInOrder` checks. */
  readonly followers: number[] = [];
  /** Attributes that elements here were found to have, and to be in order: mostly the next one has them too. */
  readonly knownAttributes: KnownAttribute[] = [];

  constructor(definition: MessageDefinition, particle: ElementParticle, path: string, foreign: boolean) {
    const type = definition.types.get(particle.type);
    this.name = particle.name;
    this.path = path;
    this.min = particle.min;
    this.max = particle.max;
    this.typeName = particle.type;
    this.content = contentOf(type);
    this.valueType = valueTypeOf(definition, type);
    this.isCertain = this.valueType && certainlyValid(this.valueType);
    this.attributes = attributesOf(definition, type);
    this.foreign = foreign;
    this.xmlName = undefined;
    this.key = foreign ? -1 : undefined;
    this.#definition = definition;
  }

  /** The places inside, in the order of the definition; none where anything may stand inside. */
  get children(): readonly Place[] {
    return (this.#children ??= this.#makeChildren());
  }

  /** Which of the children may not be missing, by index. */
  get required(): readonly number[] {
    return (this.#required ??= this.children.flatMap(({ min }, slot) => (min > 0 ? [slot] : [])));
  }

  /** For each child, and at the end: the first one from there on that may not be missing, or how many there are. */
  get requiredFrom(): readonly number[] {
    return (this.#requiredFrom ??= Array.from({ length: this.children.length + 1 }, (_, from) => {
      return this.required.find((slot) => slot >= from) ?? this.children.length;
    }));
  }

  /** The reader delivered it under this name, in the namespace of the message. */
  met(name: XmlName): void {
    this.xmlName = name;
    this.shapes.clear();
    const text = name.prefix === '' ? name.local : `${name.prefix}:${name.local}`;
    const bytes = Uint8Array.from(Buffer.from(text));
    this.written = bytes.length === text.length ? bytes : NO_BYTES;
  }

  #makeChildren(): Place[] {
    const type = this.#definition.types.get(this.typeName);
    if (type === undefined || !('elements' in type)) return [];
    const before = this.path === '' ? '' : `${this.path}/`;
    return type.elements.map(
      (child) => new Place(this.#definition, child, before + child.name, this.foreign),
    );
  }
}

/** One step of a path with indexes. */
export function pathStep({ name, max }: Place, index: number): string {
  return max > 1 || index > 1 ? `${name}[${index}]` : name;
}

/** The place of `Document`; below a wildcard it has the path given and is foreign. */
export function documentPlace(definition: MessageDefinition, pathBelowWildcard?: string): Place {
  const particle = { name: 'Document', type: 'Document', min: 1, max: 1 };
  return new Place(definition, particle, pathBelowWildcard ?? '', pathBelowWildcard !== undefined);
}

/** The place of an element below a wildcard that the definition does not have: of the type it names, or free to hold anything (''). */
export function foreignPlace(definition: MessageDefinition, name: string, type: string, path: string): Place {
  return new Place(definition, { name, type, min: 1, max: 1 }, path, true);
}

function contentOf(type: TypeDefinition | undefined): Content {
  if (type === undefined) return 'open';
  switch (type.kind) {
    case 'sequence':
    case 'choice':
      return type.kind;
    case 'any':
      return type.processContents === 'skip' ? 'any-unchecked' : 'any';
    default:
      return 'value';
  }
}

function valueTypeOf(
  definition: MessageDefinition,
  type: TypeDefinition | undefined,
): SimpleType | undefined {
  if (type === undefined || type.kind === 'any' || 'elements' in type) return undefined;
  return type.kind === 'content' ? simpleType(definition, type.base) : type;
}

function attributesOf(
  definition: MessageDefinition,
  type: TypeDefinition | undefined,
): readonly PlaceAttribute[] {
  if (type?.kind !== 'content') return NO_ATTRIBUTES;
  return type.attributes.map((use) => ({ ...use, type: simpleType(definition, use.type) }));
}

const NO_ATTRIBUTES: readonly PlaceAttribute[] = [];

/** Throws an Error where the name is not that of a simple type: that would be a bug in a table. */
function simpleType(definition: MessageDefinition, name: string): SimpleType {
  const type = definition.types.get(name);
  if (type === undefined || type.kind === 'content' || type.kind === 'any' || 'elements' in type) {
    throw new Error(`${definition.name}: ${name} is no simple type.`);
  }
  return type;
}
