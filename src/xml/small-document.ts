/** Small documents as a tree: answers of a bank, envelopes. Payment files and statements are streamed instead. */
import { XMLParser } from 'fast-xml-parser';
import { escapeText } from './escape.ts';
import { utf8String } from './utf8.ts';
import type { XmlAttribute, XmlFault, XmlStart, XmlVisitor } from './xml-events.ts';
import { XmlReader } from './xml-reader.ts';

/** One element. */
export interface XmlNode {
  /** The local name. */
  readonly name: string;
  /** '' for none. */
  readonly namespace: string;
  /** By local name, or by '{namespace}local' for an attribute in a namespace; without namespace declarations. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  /** The character data directly in the element, in one piece. */
  readonly text: string;
  /** The line of its start tag, from 1. */
  readonly line: number;
}

export interface SmallDocumentLimits {
  readonly sizeBytesMax: number;
}

/**
 * The tree of a UTF-8 document, or why there is none: larger than `sizeBytesMax` (default 8 MiB), or refused by the
 * strict reader (XML 1.0, Namespaces 1.0, no DTD).
 */
export function parseSmallDocument(bytes: Uint8Array, limits?: SmallDocumentLimits): XmlNode | XmlFault {
  const sizeBytesMax = limits?.sizeBytesMax ?? SIZE_BYTES_MAX;
  if (bytes.length > sizeBytesMax) {
    const message = `The document has more than ${sizeBytesMax} bytes.`;
    return { rule: 'xml.limit.size', message, line: 1, column: 1, offset: 0 };
  }
  const skeleton = new Skeleton();
  const reader = new XmlReader(skeleton, { depthMax: DEPTH_MAX });
  const fault = reader.write(bytes) ?? reader.end();
  if (fault !== undefined) return fault;
  const starts = skeleton.starts.values();
  const [root] = childrenOf(PARSER.parse(skeleton.document) as PlainNode[], starts);
  // Both read the same well-formed document, so anything else is a mistake in one of them.
  if (root === undefined || starts.next().done !== true) throw new Error('The two XML parsers do not agree.');
  return root;
}

const SIZE_BYTES_MAX = 8 << 20;
const DEPTH_MAX = 256;

/** Texts as they are: no trimming, no numbers, no entities. */
const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  maxNestedTags: DEPTH_MAX + 1,
});

/** What fast-xml-parser gives with `preserveOrder`: one key, an element's name or '#text'. */
type PlainNode = Readonly<Record<string, readonly PlainNode[] | string>>;

type Start = Pick<XmlStart, 'name' | 'attributes' | 'line'>;

/**
 * The document reduced to nameless tags and text, in which no comment, instruction, CDATA section, unusual reference
 * or name such as __proto__ can be read in two ways; what the reader's starts say is kept beside it, in document order.
 */
class Skeleton implements XmlVisitor {
  readonly starts: Start[] = [];
  document = '';

  start({ name, attributes, line }: XmlStart): void {
    this.starts.push({ name, attributes, line });
    this.document += '<e>';
  }

  text(bytes: Uint8Array, from: number, to: number): void {
    this.document += escapeText(utf8String(bytes, from, to));
  }

  end(): void {
    this.document += '</e>';
  }
}

/** The elements among these nodes; each takes its start from the reader's, which come in the same order. */
function childrenOf(nodes: readonly PlainNode[], starts: Iterator<Start, undefined>): XmlNode[] {
  const children: XmlNode[] = [];
  for (const node of nodes) {
    const [content] = Object.values(node);
    if (typeof content !== 'object') continue;
    const start = starts.next().value;
    if (start === undefined) throw new Error('The two XML parsers do not agree.');
    const { name, attributes, line } = start;
    children.push({
      name: name.local,
      namespace: name.namespace,
      attributes: new Map(attributes.map(asEntry)),
      children: childrenOf(content, starts),
      text: textOf(content),
      line,
    });
  }
  return children;
}

function textOf(nodes: readonly PlainNode[]): string {
  let text = '';
  for (const node of nodes) {
    const piece = node['#text'];
    if (typeof piece === 'string') text += piece;
  }
  return text.replace(/&(?:amp|lt|gt|#xD);/g, (escape) => UNESCAPED.get(escape) ?? escape);
}

/** The four that `escapeText` writes. */
const UNESCAPED = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&#xD;', '\r'],
]);

function asEntry({ name, value }: XmlAttribute): [string, string] {
  return [name.namespace === '' ? name.local : `{${name.namespace}}${name.local}`, value];
}
