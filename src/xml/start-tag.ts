/** Reads one start tag or empty-element tag: its name, its attributes, its namespace declarations. */
import { AttributeValues } from './attribute-value.ts';
import { APOSTROPHE, EQUALS, GT, NAME_BYTE, QUOTE, SLASH, SPACE } from './characters.ts';
import { ExpectedName } from './expected-name.ts';
import { type NameEntry, NameTable, hashStep } from './names.ts';
import { declarationProblem, NamespaceScopes } from './namespaces.ts';
import { FAULTED, INCOMPLETE, type ReaderState } from './reader-state.ts';
import { StartEvent } from './tag-events.ts';
import type { NamespaceDeclaration, XmlAttribute, XmlName } from './xml-events.ts';

/** Reads tags one after the other; the last one stands in the fields. */
export class StartTags {
  entry: NameEntry | undefined;
  /** What the visitor is told, as far as the tag has been read. */
  readonly event = new StartEvent();
  empty = false;
  readonly expected = new ExpectedName();
  readonly scopes = new NamespaceScopes();
  readonly #state: ReaderState;
  readonly #names = new NameTable(this.scopes);
  readonly #values: AttributeValues;
  #namesCount = 0;
  #tag = 0;
  #nameEnd = 0;
  #entries: NameEntry[] = [];
  #texts: string[] = [];

  constructor(state: ReaderState) {
    this.#state = state;
    this.#values = new AttributeValues(state);
  }

  /** Reads from '<'; the index after '>', INCOMPLETE or FAULTED. The declarations are in scope from then on, at this depth. */
  read(bytes: Uint8Array, at: number, end: number, depth: number): number {
    const state = this.#state;
    this.event.reset(state.line, state.base + at - state.lineBase + 1, state.base + at, depth);
    if (this.#entries.length > 0) this.#entries.length = 0;
    const entry = this.#readExpected(bytes, at + 1, end) ?? this.#readName(bytes, at + 1, end, 'An element');
    if (typeof entry === 'number') return entry;
    let i = this.#nameEnd;
    this.empty = false;
    if (bytes[i] !== GT) {
      i = this.#readAttributes(bytes, i, end);
      if (i < 0) return i;
      this.empty = bytes[i] === SLASH;
      if (this.empty && i + 1 === end) return INCOMPLETE;
      if (this.empty) i += 1;
      if (bytes[i] !== GT)
        return state.fail('xml.tag', `The tag <${entry.text}> is not written correctly here.`, i);
      if (this.empty) this.event.canonical = false;
    }
    this.entry = entry;
    if (!this.#resolve(entry, depth)) return FAULTED;
    this.expected.started(entry);
    this.event.written(bytes, at, i + 1);
    return i + 1;
  }

  /** The expected name, if it stands here. */
  #readExpected(bytes: Uint8Array, at: number, end: number): NameEntry | undefined {
    const { guess } = this.expected;
    if (guess === undefined) return undefined;
    const to = at + guess.bytes.length;
    if (to >= end || NAME_BYTE[bytes[to] ?? 0] === 1 || !guess.isAt(bytes, at, to)) return undefined;
    this.#nameEnd = to;
    this.#state.lineBase += guess.extraBytes;
    return guess;
  }

  /** From the end of the element's name to '/' or '>'. */
  #readAttributes(bytes: Uint8Array, at: number, end: number): number {
    this.#texts.length = 0;
    this.#tag += 1;
    let i = at;
    for (;;) {
      const next = this.#state.skipSpace(bytes, i, end);
      if (next === end) return INCOMPLETE;
      if (bytes[next] === GT || bytes[next] === SLASH) {
        if (next !== i) this.event.canonical = false;
        return next;
      }
      if (next !== i + 1 || bytes[i] !== SPACE) this.event.canonical = false;
      if (next === i) {
        return this.#state.fail(
          'xml.tag',
          'A blank is missing, or this character is not allowed in a tag.',
          i,
        );
      }
      i = this.#readAttribute(bytes, next, end);
      if (i < 0) return i;
    }
  }

  /** One attribute with its value; the index after the closing quote. */
  #readAttribute(bytes: Uint8Array, at: number, end: number): number {
    const entry = this.#readName(bytes, at, end, 'An attribute');
    if (typeof entry === 'number') return entry;
    if (entry.lastTag === this.#tag) {
      return this.#state.fail('xml.attribute.twice', `The attribute ${entry.text} is given twice.`, at);
    }
    const nameEnd = this.#nameEnd;
    let i = this.#state.skipSpace(bytes, nameEnd, end);
    if (i === end) return INCOMPLETE;
    if (bytes[i] !== EQUALS)
      return this.#state.fail('xml.attribute', `The attribute ${entry.text} has no value.`, i);
    i = this.#state.skipSpace(bytes, i + 1, end);
    if (i === end) return INCOMPLETE;
    const quote = bytes[i] ?? 0;
    if (quote !== QUOTE || i !== nameEnd + 1) this.event.canonical = false;
    if (quote !== QUOTE && quote !== APOSTROPHE) {
      return this.#state.fail(
        'xml.attribute',
        `The value of the attribute ${entry.text} is not in quotes.`,
        i,
      );
    }
    i = this.#values.read(bytes, i + 1, end, quote);
    if (i < 0) return i;
    if (!this.#values.verbatim) this.event.canonical = false;
    const bound = this.#state.limits.attributesMax;
    if (this.#entries.length === bound) {
      return this.#state.fail('xml.limit.attributes', `An element has more than ${bound} attributes.`, at);
    }
    entry.lastTag = this.#tag;
    this.#entries.push(entry);
    this.#texts.push(this.#values.value);
    return i + 1;
  }

  /** The entry of the name at this place, or INCOMPLETE or FAULTED; its end is left in a field. */
  #readName(bytes: Uint8Array, at: number, end: number, whose: string): NameEntry | number {
    let i = at;
    let hash = 0;
    while (i < end) {
      const byte = bytes[i] ?? 0;
      if (NAME_BYTE[byte] === 0) break;
      hash = hashStep(hash, byte);
      i++;
    }
    if (i === end) return INCOMPLETE;
    this.#nameEnd = i;
    const entry = this.#names.find(bytes, at, i, hash) ?? this.#addName(bytes, at, i, hash, whose);
    if (typeof entry !== 'number') this.#state.lineBase += entry.extraBytes;
    return entry;
  }

  #addName(bytes: Uint8Array, at: number, to: number, hash: number, whose: string): NameEntry | number {
    const { nameBytesMax } = this.#state.limits;
    if (to === at) return this.#state.fail('xml.name', `${whose} name is missing here.`, at);
    if (to - at > nameBytesMax) {
      return this.#state.fail('xml.limit.name', `A name has more than ${nameBytesMax} bytes.`, at);
    }
    const { line, lineBase } = this.#state;
    for (let i = at; i < to;) {
      i = this.#state.passCharacter(bytes, i, to);
      if (i === INCOMPLETE)
        return this.#state.fail('xml.utf8', 'A character of this name is not complete.', at);
      if (i < 0) return i;
    }
    this.#state.line = line;
    this.#state.lineBase = lineBase;
    const entry = this.#names.add(bytes, at, to, hash);
    return entry ?? this.#state.fail('xml.name', `${whose} name is not a qualified XML name.`, at);
  }

  /** Puts the declarations in scope, then finds what the names stand for. */
  #resolve(entry: NameEntry, depth: number): boolean {
    if (this.#entries.length > 0 && !this.#declare(depth)) return false;
    const name = this.#place(entry, entry.binding.namespace);
    if (name === undefined) return false;
    if (this.event.name !== name) this.event.name = name;
    return this.#entries.length === 0 || this.#placeAttributes();
  }

  #declare(depth: number): boolean {
    const declarations: NamespaceDeclaration[] = [];
    for (let k = 0; k < this.#entries.length; k++) {
      const prefix = this.#entries[k]?.declares;
      if (prefix === undefined) continue;
      const namespace = this.#texts[k] ?? '';
      const problem = declarationProblem(prefix, namespace);
      if (problem !== undefined) return this.#refuse('xml.namespace', problem);
      declarations.push({ prefix, namespace });
      this.scopes.declare(prefix, namespace, depth);
    }
    if (declarations.length > 0) this.event.declarations = declarations;
    return true;
  }

  #placeAttributes(): boolean {
    const attributes: XmlAttribute[] = [];
    let qualified: Set<string> | undefined;
    for (let k = 0; k < this.#entries.length; k++) {
      const entry = this.#entries[k];
      if (entry === undefined || entry.declares !== undefined) continue;
      const prefixed = entry.binding.prefix !== '';
      const name = this.#place(entry, prefixed ? entry.binding.namespace : '');
      if (name === undefined) return false;
      if (prefixed) {
        const expanded = `{${name.namespace}}${name.local}`;
        qualified ??= new Set();
        if (qualified.has(expanded)) {
          return this.#refuse(
            'xml.attribute.twice',
            `The attribute ${expanded} is given twice, by two prefixes.`,
          );
        }
        qualified.add(expanded);
      }
      attributes.push({ name, value: this.#texts[k] ?? '' });
    }
    if (attributes.length > 0) this.event.attributes = attributes;
    return true;
  }

  #place(entry: NameEntry, namespace: string | undefined): XmlName | undefined {
    if (namespace === undefined) {
      this.#refuse('xml.namespace.prefix', `The prefix of ${entry.text} is not declared.`);
      return undefined;
    }
    const known = entry.known(namespace);
    if (known !== undefined) return known;
    this.#namesCount += 1;
    const { namesMax } = this.#state.limits;
    if (this.#namesCount > namesMax) {
      this.#refuse('xml.limit.names', `There are more than ${namesMax} different names.`);
      return undefined;
    }
    return entry.place(namespace);
  }

  #refuse(rule: string, message: string): false {
    this.#state.failAt(rule, message, this.event);
    return false;
  }
}
