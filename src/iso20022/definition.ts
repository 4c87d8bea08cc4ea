/**
 * The model of a message definition: which elements stand where, how often, and what their values look like.
 *
 * It holds exactly what the schemas published by ISO 20022 use and no more. There a complex type is a plain sequence or a plain
 * choice of elements (a choice wrapped in a sequence says the same and is kept as a choice), text with attributes, or one
 * wildcard; groups never nest and never repeat. So a type is a flat list, and checking it needs a position instead of a grammar.
 */
export interface MessageDefinition {
  /** The message name, e.g. `pain.001.001.03`. */
  readonly name: string;
  /** The only namespace its elements stand in. */
  readonly namespace: string;
  /** Its types by name; `Document` is the one of the root element. */
  readonly types: TypeTable;
}

/** Types by the name ISO gave them. */
export type TypeTable = ReadonlyMap<string, TypeDefinition>;

export type TypeDefinition = ElementsType | ContentType | AnyType | SimpleType;

/** A child element: name, name of its type, and how often it may occur. */
export interface ElementParticle {
  readonly name: string;
  readonly type: string;
  readonly min: number;
  /** `Infinity` where the schema says unbounded. */
  readonly max: number;
}

/** `sequence`: all elements in this order. `choice`: one of them, as often as its own min and max say. */
export interface ElementsType {
  readonly kind: 'sequence' | 'choice';
  readonly elements: readonly ElementParticle[];
}

/** A value of the simple type `base`, with attributes (an amount with its currency). */
export interface ContentType {
  readonly kind: 'content';
  readonly base: string;
  readonly attributes: readonly AttributeUse[];
}

/** An attribute in no namespace. */
export interface AttributeUse {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

/** Exactly one element of any name. `lax`: what the definition knows in it is checked; `skip`: nothing in it is. */
export interface AnyType {
  readonly kind: 'any';
  readonly processContents: 'lax' | 'skip';
}

export type SimpleType = TextType | CodeType | DecimalType | BinaryType | LexicalType;

/** xs:string: white space is kept as it is; lengths count Unicode characters, not UTF-16 units. */
export interface TextType {
  readonly kind: 'text';
  readonly lengthMin: number;
  readonly lengthMax: number;
  /** Matches whole values. */
  readonly pattern?: RegExp;
  /** The pattern as it stands in the table, for messages. */
  readonly patternText?: string;
}

/** xs:string limited to a list of values. */
export interface CodeType {
  readonly kind: 'code';
  readonly codes: ReadonlySet<string>;
}

/** xs:decimal; both digit counts apply to the value, so leading zeros and zeros ending the fraction are free. */
export interface DecimalType {
  readonly kind: 'decimal';
  readonly totalDigits: number;
  readonly fractionDigits: number;
  readonly atLeastZero: boolean;
}

/** xs:base64Binary; the lengths count octets. */
export interface BinaryType {
  readonly kind: 'base64Binary';
  readonly lengthMin: number;
  readonly lengthMax: number;
}

/** The built-in types that ISO 20022 uses without further facets; white space around them does not count. */
export interface LexicalType {
  readonly kind: 'boolean' | 'date' | 'dateTime' | 'time' | 'gYear' | 'gYearMonth';
}
