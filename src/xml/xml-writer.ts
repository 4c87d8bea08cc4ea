/** Composes a document: short paths for element names, escaping, indentation so that people can read the file. */
import { isNcName } from './characters.ts';
import { escapeAttribute, escapeText } from './escape.ts';

/** Names as written, such as `Ccy` or `xmlns:xsi`, to values; an undefined value leaves the attribute out. */
export type WriterAttributes = Readonly<Record<string, string | undefined>>;

export interface XmlWriterOptions {
  /** Of the root element, besides its namespace. */
  readonly attributes?: WriterAttributes;
  /** Each element on a line of its own, two spaces for each level; default yes. */
  readonly pretty?: boolean;
  /** `<?xml version="1.0" encoding="UTF-8"?>` in front; default yes. */
  readonly declaration?: boolean;
}

/**
 * Writes one document. A name may be a path: `leaf('GrpHdr/MsgId', id)` opens and closes what is around `MsgId`.
 * Characters that XML does not allow become U+FFFD, since texts come from outside; wrong names, and elements that do
 * not balance, are mistakes of the caller and throw.
 */
export class XmlWriter {
  readonly #parts: Buffer[] = [];
  #text = '';
  /** Something has been written, be it taken away since. */
  #hasBegun = false;
  readonly #pretty: boolean;
  /** What each `open` opened, outermost first. */
  readonly #open: string[][] = [];
  #depth = 0;
  /** The last thing written is a start tag, so that its end tag belongs on the same line. */
  #justOpened = false;
  #rootClosed = false;

  /** Opens the root element; namespace '' for none, otherwise it becomes the default namespace. */
  constructor(rootName: string, namespace: string, options: XmlWriterOptions = {}) {
    this.#pretty = options.pretty ?? true;
    if (options.declaration ?? true) this.#text = '<?xml version="1.0" encoding="UTF-8"?>';
    this.open(rootName, { xmlns: namespace === '' ? undefined : namespace, ...options.attributes });
  }

  /** Opens an element, or one in the other along a path; the attributes are those of the last. */
  open(path: string, attributes: WriterAttributes = {}): this {
    if (this.#rootClosed) throw new Error('The root element is closed.');
    const names = stepsOf(path);
    names.forEach((name, k) => {
      this.#newLine();
      this.#text += `<${name}${k === names.length - 1 ? attributesText(attributes) : ''}>`;
      this.#depth += 1;
      this.#justOpened = true;
    });
    this.#open.push(names);
    return this;
  }

  /** Writes an element that holds text only, along a path. */
  leaf(path: string, text: string, attributes: WriterAttributes = {}): this {
    return this.open(path, attributes).#characters(text).close();
  }

  /** Like `leaf`, and nothing at all when the text is undefined. */
  optional(path: string, text: string | undefined, attributes: WriterAttributes = {}): this {
    return text === undefined ? this : this.leaf(path, text, attributes);
  }

  /** Closes what the last `open` opened. */
  close(): this {
    const names = this.#open.pop();
    if (names === undefined) throw new Error('There is no element to close.');
    for (const name of names.toReversed()) {
      this.#depth -= 1;
      if (this.#justOpened) this.#justOpened = false;
      else this.#newLine();
      this.#text += `</${name}>`;
    }
    this.#rootClosed = this.#depth === 0;
    return this;
  }

  /** Puts in bytes that are well-formed in this place already; they are not looked at. */
  raw(bytes: Uint8Array): this {
    if (this.#depth === 0) throw new Error('Outside the root element nothing can be put in.');
    this.#newLine();
    this.#flush();
    this.#parts.push(Buffer.from(bytes));
    this.#justOpened = false;
    return this;
  }

  /** How much is held of what was written: characters, of which most are one byte. */
  get heldCharacters(): number {
    return this.#text.length;
  }

  /** What was written so far, in UTF-8, which is then held no longer: of a document that is too large to be. */
  take(): Buffer {
    this.#flush();
    return Buffer.concat(this.#parts.splice(0));
  }

  /**
   * The document in UTF-8, or what was not taken of it; what is still open is a mistake of the caller, but for the root, which
   * is closed.
   */
  toBytes(): Buffer {
    if (this.#depth > 0 && this.#open.length === 1) this.close();
    if (this.#depth > 0) throw new Error(`Not closed: ${this.#open.slice(1).flat().join('/')}.`);
    this.#flush();
    return Buffer.concat(this.#parts);
  }

  /** `toBytes` as a string. */
  toString(): string {
    return this.toBytes().toString('utf8');
  }

  #characters(text: string): this {
    this.#text += escapeText(legal(text));
    return this;
  }

  #newLine(): void {
    if (this.#pretty && (this.#hasBegun || this.#text !== '')) this.#text += `\n${'  '.repeat(this.#depth)}`;
    this.#hasBegun = true;
    this.#justOpened = false;
  }

  #flush(): void {
    if (this.#text !== '') this.#parts.push(Buffer.from(this.#text, 'utf8'));
    this.#text = '';
  }
}

function stepsOf(path: string): string[] {
  const names = path.split('/');
  for (const name of names) checkName(name);
  return names;
}

function attributesText(attributes: WriterAttributes): string {
  let text = '';
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    checkName(name);
    text += ` ${name}="${escapeAttribute(legal(value))}"`;
  }
  return text;
}

function checkName(name: string): void {
  const parts = name.split(':');
  if (parts.length > 2 || !parts.every(isNcName)) throw new Error(`'${name}' is not a name.`);
}

/** Production [2] Char of XML 1.0; halves of a surrogate pair standing alone are not in it either. */
function legal(text: string): string {
  return text.replace(ILLEGAL, '\u{FFFD}');
}

const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
