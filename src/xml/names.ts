/** Qualified names found by their bytes, so that a name costs a string only the first time it is met. */
import { isNcName } from './characters.ts';
import type { NamespaceScopes, PrefixBinding } from './namespaces.ts';
import { utf8String } from './utf8.ts';
import type { XmlName } from './xml-events.ts';

const BUCKETS = 1024;

/** Every name of a document. */
export class NameTable {
  readonly #buckets = new Array<NameEntry | undefined>(BUCKETS).fill(undefined);
  readonly #scopes: NamespaceScopes;

  constructor(scopes: NamespaceScopes) {
    this.#scopes = scopes;
  }

  /** The entry of these bytes if they were met before; the hash is that of `hashStep` over all of them. */
  find(bytes: Uint8Array, from: number, to: number, hash: number): NameEntry | undefined {
    let entry = this.#buckets[hash & (BUCKETS - 1)];
    while (entry !== undefined && !(entry.hash === hash && entry.isAt(bytes, from, to))) entry = entry.next;
    return entry;
  }

  /** Takes in a new name; undefined when it is not a qualified name. The bytes must be UTF-8. */
  add(bytes: Uint8Array, from: number, to: number, hash: number): NameEntry | undefined {
    const text = utf8String(bytes, from, to);
    const colon = text.indexOf(':');
    const prefix = colon < 0 ? '' : text.slice(0, colon);
    const local = text.slice(colon + 1);
    if (!isNcName(local) || (colon >= 0 && !isNcName(prefix))) return undefined;
    const bucket = hash & (BUCKETS - 1);
    // A copy, for the bytes are the caller's; `slice` of a Buffer is none.
    const own = Uint8Array.from(bytes.subarray(from, to));
    const entry = new NameEntry(own, hash, this.#scopes.binding(prefix), local, this.#buckets[bucket]);
    this.#buckets[bucket] = entry;
    return entry;
  }
}

/** One more byte into the hash of a name. */
export function hashStep(hash: number, byte: number): number {
  const mixed = Math.imul(hash ^ byte, 0x0100_0193);
  return mixed ^ (mixed >>> 15);
}

/** One qualified name as written, with what it stands for in the namespaces met so far. */
export class NameEntry {
  readonly bytes: Uint8Array;
  readonly hash: number;
  readonly binding: PrefixBinding;
  readonly local: string;
  readonly next: NameEntry | undefined;
  /** Bytes beyond one for each character; columns count characters. */
  readonly extraBytes: number;
  /** The prefix that an attribute of this name declares; undefined when it is no declaration. */
  readonly declares: string | undefined;
  /** The element whose start tag followed this one's start tag, or its end tag, the last time: records repeat themselves. */
  child: NameEntry | undefined;
  sibling: NameEntry | undefined;
  /** In which version the visitor lets the element pass, and from which depth on. */
  passVersion = -1;
  passDepth = 0;
  /** What it stood for then. */
  passName: XmlName | undefined;
  /** Serial number of the last tag that carried an attribute of this name. */
  lastTag = 0;
  #last: XmlName | undefined;
  readonly #others = new Map<string, XmlName>();

  constructor(
    bytes: Uint8Array,
    hash: number,
    binding: PrefixBinding,
    local: string,
    next: NameEntry | undefined,
  ) {
    this.bytes = bytes;
    this.hash = hash;
    this.binding = binding;
    this.local = local;
    this.next = next;
    this.extraBytes = bytes.reduce((count, byte) => count + ((byte & 0xc0) === 0x80 ? 1 : 0), 0);
    const bare = binding.prefix === '' && local === 'xmlns';
    this.declares = bare ? '' : binding.prefix === 'xmlns' ? local : undefined;
  }

  /** The name in this namespace, the same object every time; undefined when it was never met there. */
  known(namespace: string): XmlName | undefined {
    if (this.#last?.namespace === namespace) return this.#last;
    const name = this.#others.get(namespace);
    if (name !== undefined) this.#last = name;
    return name;
  }

  /** Takes in the name in a namespace it was not met in before. */
  place(namespace: string): XmlName {
    const name: XmlName = { prefix: this.binding.prefix, local: this.local, namespace };
    this.#others.set(namespace, name);
    this.#last = name;
    return name;
  }

  /** As written, for messages. */
  get text(): string {
    return this.binding.prefix === '' ? this.local : `${this.binding.prefix}:${this.local}`;
  }

  isAt(bytes: Uint8Array, from: number, to: number): boolean {
    const own = this.bytes;
    if (own.length !== to - from) return false;
    for (let k = 0; k < own.length; k++) if (own[k] !== bytes[from + k]) return false;
    return true;
  }
}
