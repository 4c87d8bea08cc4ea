/** What the streaming reader tells its visitor, and the bounds and faults both sides share. */

/** One qualified name; the same (prefix, local, namespace) gives the same object for the life of a reader, so names compare by identity. */
export interface XmlName {
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
}

/** An attribute that is not a namespace declaration; the value is normalised per XML 1.0 section 3.3.3 with references resolved. */
export interface XmlAttribute {
  readonly name: XmlName;
  readonly value: string;
}

/** A namespace declaration; prefix '' is the default namespace, namespace '' takes the default back. */
export interface NamespaceDeclaration {
  readonly prefix: string;
  readonly namespace: string;
}

/** A place in the input: line and column from 1, the column in characters; the offset in bytes of the UTF-8 input, a byte order mark counted. */
export interface XmlPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** How a tag is written: `bytes` from `from` to `to`, which are valid only until `release`. */
export interface XmlWritten {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /**
   * Written as Canonical XML writes it, as far as the tag alone can tell: blanks, quotes and values, but neither the
   * order of attributes nor which namespaces have to be declared.
   */
  readonly canonical: boolean;
}

/** A start tag or an empty-element tag, at its '<'; the root element has depth 1. */
export interface XmlStart extends XmlPosition, XmlWritten {
  readonly name: XmlName;
  readonly attributes: readonly XmlAttribute[];
  readonly declarations: readonly NamespaceDeclaration[];
  readonly depth: number;
}

/** The end of an element, at '</' (or at the '<' of an empty-element tag); endOffset is the byte offset just after its '>'. */
export interface XmlEnd extends XmlPosition, XmlWritten {
  readonly name: XmlName;
  /** Of the element. */
  readonly depth: number;
  readonly endOffset: number;
}

/**
 * What a document is delivered to, in document order; every method may be left out. A start, an end and the position
 * of a text are objects that the reader uses again: they are valid only during the call. The names, attributes and
 * declarations in them may be kept.
 */
export interface XmlVisitor {
  start?(start: XmlStart): void;
  /**
   * Character data as UTF-8, references resolved, CRLF and CR turned to LF. It may come in several pieces, each of
   * whole characters; the bytes are valid only during the call. With `canonical` they are a piece of the input as it
   * stands, and written as Canonical XML writes it; they are then valid until `release`.
   */
  text?(bytes: Uint8Array, from: number, to: number, position: XmlPosition, canonical?: boolean): void;
  end?(end: XmlEnd): void;
  /** A comment; from and to are the byte offsets of the whole of it, the position that of its '<'. */
  comment?(text: string, from: number, to: number, position: XmlPosition): void;
  /** A processing instruction, never the XML declaration; from and to are the byte offsets of the whole of it. */
  instruction?(target: string, data: string, from: number, to: number): void;
  /** The bytes told so far are about to change. */
  release?(): void;
  /** Of a visitor that need not hear of every element, only pass on its bytes. */
  readonly passing?: XmlPassing;
}

/** A visitor that reads some elements by itself. */
export interface XmlWholeVisitor extends XmlVisitor {
  readonly wholes?: XmlWholes | undefined;
}

/** A visitor may take no more than this of the document as one element. */
export const WHOLE_BYTES_MAX = 1 << 16;

/**
 * Another way around it, for a visitor that recognises whole elements faster than it could be told of them: where `wanted`
 * holds, an element that starts is offered before it is read. The visitor answers for what it takes: that it is
 * well-formed and declares nothing, and that its names were told before, in the same namespaces and at the same depth.
 */
export interface XmlWholes {
  readonly wanted: boolean;
  /**
   * From the '<' of an element: the index after it with the cursor moved there, or a negative one with nothing changed.
   * What lies behind `end` is no part of the document. The bytes are valid only during the call.
   */
  take(bytes: Uint8Array, at: number, end: number, cursor: XmlCursor): number;
}

/** How indexes into the bytes at hand become positions. */
export interface XmlCursor {
  /** Offset in the document of byte 0 of the bytes. */
  readonly base: number;
  line: number;
  /** An offset in the document such that `offset - lineBase` is the number of characters before it in its line. */
  lineBase: number;
}

/**
 * A way around being told of each of a million elements. Right after a start without attributes was told, `mayPass` is
 * asked. Where it holds, elements of this name without attributes, at this depth or deeper, are then not told while
 * `version` stays the same; their tags, and text, come in long runs of bytes instead, each written as Canonical XML
 * writes it. What was told with a start is told with an end.
 */
export interface XmlPassing {
  readonly version: number;
  mayPass(name: XmlName, depth: number): boolean;
  /** The bytes are valid until `release`. */
  pass(bytes: Uint8Array, from: number, to: number): void;
}

/** Why a document is refused: a short stable rule such as 'xml.unclosed', a sentence, and where. */
export interface XmlFault extends XmlPosition {
  readonly rule: string;
  readonly message: string;
}

/** Bounds against documents made to exhaust the reader. */
export interface XmlLimits {
  readonly depthMax: number;
  /** One qualified name. */
  readonly nameBytesMax: number;
  /** Different names, and different namespaces of one name, in one document. */
  readonly namesMax: number;
  /** Attributes and namespace declarations of one element. */
  readonly attributesMax: number;
  /** One attribute value as written. */
  readonly attributeBytesMax: number;
  /** One run of text: everything between two tags. */
  readonly textBytesMax: number;
  /** One tag, comment or processing instruction; this much is kept in memory at most. */
  readonly markupBytesMax: number;
}
