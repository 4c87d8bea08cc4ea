/** The streaming XML reader: a push tokenizer on bytes that checks XML 1.0 (5th edition) and Namespaces 1.0 in full. */
import { Carry } from './carry.ts';
import { GT, LT, NAME_BYTE } from './characters.ts';
import { CharacterData } from './character-data.ts';
import { CDATA_OPEN_BYTES, markupKind } from './markup-kind.ts';
import { readComment, readInstruction } from './misc-markup.ts';
import { OpenTags } from './open-tags.ts';
import { PlainTokens } from './plain-tokens.ts';
import { INCOMPLETE, ReaderState } from './reader-state.ts';
import { StartTags } from './start-tag.ts';
import { EndEvent } from './tag-events.ts';
import { ToldText } from './told-text.ts';
import { utf8String } from './utf8.ts';
import type { XmlFault, XmlLimits, XmlWholeVisitor } from './xml-events.ts';

export type * from './xml-events.ts';

/**
 * Reads one document, given in chunks of any size, and calls the visitor in document order. Refuses what is not
 * well-formed (XML 1.0, 5th edition; Namespaces in XML 1.0), any DTD, and what exceeds the limits. The first fault
 * stays; nothing is called after it. What a visitor throws is not caught, and the reader must not be used after that.
 * On purpose otherwise than libxml2: namespace names need not be URIs, and the XML declaration is checked in full.
 */
export class XmlReader {
  readonly #state: ReaderState;
  readonly #tags: StartTags;
  readonly #told: ToldText;
  readonly #text: CharacterData;
  readonly #plain: PlainTokens;
  readonly #carry = new Carry();
  /** Bytes received before the present chunk. */
  #received = 0;
  /** Where an XML declaration may stand: 0, or after a byte order mark. */
  #declarationAt = 0;
  readonly #open = new OpenTags();
  readonly #end = new EndEvent();
  #rootSeen = false;

  constructor(visitor: XmlWholeVisitor, limits: Partial<XmlLimits> = {}) {
    this.#state = new ReaderState(visitor, limits);
    this.#tags = new StartTags(this.#state);
    this.#told = new ToldText(this.#state);
    this.#text = new CharacterData(this.#state, this.#told);
    this.#plain = new PlainTokens(this.#state, this.#tags, this.#open, this.#end, this.#told);
  }

  /** Takes the next bytes of the document, of any number; the fault if there is one. The bytes are not kept. */
  write(chunk: Uint8Array): XmlFault | undefined {
    // Always of the same class, so that the loops over the bytes stay fast whatever the source gives.
    this.#write(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
    this.#state.visitor.release?.();
    this.#received += chunk.length;
    return this.#state.fault;
  }

  /**
   * The same for whole elements that are well-formed, written as Canonical XML writes them, and without prefixes and
   * declarations: they pass unread where the visitor lets such elements pass. What is told after them has lines and columns as
   * if they had been in one line.
   */
  writePlain(elements: Uint8Array): XmlFault | undefined {
    const { passing } = this.#state.visitor;
    const around = this.#open.innermost();
    const isBetween = this.#carry.length === 0 && this.#text.isSettled() && this.#state.fault === undefined;
    if (passing === undefined || around?.name.prefix !== '' || !isBetween) return this.write(elements);
    // Of the same namespace as the element around them, because that one has no prefix either.
    if (!passing.mayPass(around.name, this.#open.depth + 1)) return this.write(elements);
    passing.pass(elements, 0, elements.length);
    this.#state.visitor.release?.();
    this.#told.startRun();
    this.#received += elements.length;
    return undefined;
  }

  #write(chunk: Uint8Array): void {
    const state = this.#state;
    let at = 0;
    while (state.fault === undefined && at < chunk.length) {
      if (this.#carry.length === 0) {
        state.base = this.#received;
        at = this.#read(chunk, at, chunk.length);
        if (at < 0 || at === chunk.length) break;
      }
      at = this.#takeCarried(chunk, at);
      if (at < 0) break;
    }
  }

  /** The document ends here; the fault if there is one. */
  end(): XmlFault | undefined {
    const state = this.#state;
    if (state.fault !== undefined) return state.fault;
    const open = this.#open.innermost();
    if (this.#carry.length > 0) {
      state.base = this.#received - this.#carry.length;
      const at = this.#readCarry();
      state.visitor.release?.();
      if (at >= 0)
        state.fail('xml.unclosed', 'The document ends within a tag, comment, instruction or character.', at);
    } else if (this.#text.inCdata()) {
      state.fail('xml.unclosed', 'The document ends within a CDATA section.', this.#received - state.base);
    } else if (open !== undefined) {
      const what = `The document ends, but <${open.entry.text}> opened on line ${open.line} is not closed.`;
      state.fail('xml.unclosed', what, this.#received - state.base);
    } else if (!this.#rootSeen) {
      state.fail('xml.root', 'The document has no root element.', this.#received - state.base);
    }
    return state.fault;
  }

  /** Adds to the carried token and reads it when it is whole; the index in the chunk to go on from, or negative. */
  #takeCarried(chunk: Uint8Array, at: number): number {
    const carry = this.#carry;
    const next = carry.take(chunk, at, chunk.length);
    if (next >= 0 || carry.length > this.#state.limits.markupBytesMax) {
      this.#state.base = this.#received + (next < 0 ? chunk.length : next) - carry.length;
      if (this.#readCarry() === carry.length) carry.clear();
      this.#state.visitor.release?.();
    }
    return next;
  }

  #readCarry(): number {
    return this.#read(this.#carry.bytes, 0, this.#carry.length);
  }

  /** Reads as far as the tokens are whole; the index of what is left, or FAULTED. */
  #read(bytes: Uint8Array, at: number, end: number): number {
    let i = this.#text.resume(bytes, at);
    while (i >= 0 && i < end) {
      if (this.#text.inCdata()) {
        i = this.#text.readCdata(bytes, i, end);
        if (this.#text.inCdata()) return i;
        continue;
      }
      if (this.#open.depth > 0) {
        i = this.#plain.read(bytes, i, end);
        if (i < 0 || i === end) return i;
      }
      if (bytes[i] === LT) {
        const next = this.#readMarkup(bytes, i, end);
        if (next === INCOMPLETE) return i;
        i = next;
      } else {
        i = this.#open.depth > 0 ? this.#text.readText(bytes, i, end) : this.#readOutside(bytes, i, end);
        if (i >= 0 && i < end && bytes[i] !== LT) return i;
      }
    }
    return i;
  }

  /** Before and after the root element only white space may stand between markup. */
  #readOutside(bytes: Uint8Array, at: number, end: number): number {
    let from = at;
    if (this.#state.base + at === 0 && bytes[at] === BYTE_ORDER_MARK[0]) {
      if (end - at < BYTE_ORDER_MARK.length) return at;
      if (BYTE_ORDER_MARK.every((byte, k) => bytes[at + k] === byte)) {
        from += BYTE_ORDER_MARK.length;
        this.#declarationAt = from;
        this.#state.lineBase = from;
      }
    }
    const next = this.#text.skipOutside(bytes, from, end);
    if (next === end || bytes[next] === LT) return next;
    return this.#state.fail(
      'xml.outside',
      `Text is not allowed ${this.#rootSeen ? 'after' : 'before'} the root element.`,
      next,
    );
  }

  /** Reads from a '<'; the index after the token, FAULTED, or INCOMPLETE with the position as it was. */
  #readMarkup(bytes: Uint8Array, at: number, end: number): number {
    const state = this.#state;
    const { line, lineBase } = state;
    const next = this.#readToken(bytes, at, end);
    const { markupBytesMax } = state.limits;
    const tooLong = (next === INCOMPLETE ? end : next) - at > markupBytesMax;
    if (next === INCOMPLETE || tooLong) {
      state.line = line;
      state.lineBase = lineBase;
    }
    if (!tooLong) return next;
    return state.fail(
      'xml.limit.markup',
      `A tag, comment or instruction has more than ${markupBytesMax} bytes.`,
      at,
    );
  }

  #readToken(bytes: Uint8Array, at: number, end: number): number {
    const state = this.#state;
    switch (markupKind(bytes, at, end)) {
      case 'start-tag':
        return this.#readStartTag(bytes, at, end);
      case 'end-tag':
        return this.#readEndTag(bytes, at, end);
      case 'comment':
        return readComment(state, bytes, at, end);
      case 'instruction':
        return readInstruction(state, bytes, at, end, this.#declarationAt);
      case 'cdata':
        if (this.#open.depth === 0)
          return state.fail('xml.outside', 'A CDATA section must stand in an element.', at);
        this.#text.openCdata();
        return at + CDATA_OPEN_BYTES;
      case 'doctype':
        return state.fail('xml.dtd', 'A document type declaration (<!DOCTYPE) is not accepted.', at);
      case 'unknown':
        return state.fail('xml.markup', "After '<!' only a comment or a CDATA section may follow.", at);
      case 'incomplete':
        return INCOMPLETE;
    }
  }

  #readStartTag(bytes: Uint8Array, at: number, end: number): number {
    const state = this.#state;
    const depth = this.#open.depth + 1;
    if (depth === 1 && this.#rootSeen)
      return state.fail('xml.root', 'A document has one root element only.', at);
    const { depthMax } = state.limits;
    if (depth > depthMax)
      return state.fail('xml.limit.depth', `Elements are nested more than ${depthMax} deep.`, at);
    const tags = this.#tags;
    const next = tags.read(bytes, at, end, depth);
    const { entry, event } = tags;
    if (next < 0 || entry === undefined) return next;
    this.#rootSeen = true;
    this.#told.startRun();
    state.visitor.start?.(event);
    if (tags.empty) {
      tags.scopes.leave(depth);
      tags.expected.ended(entry);
      this.#end.impliedBy(event);
      state.visitor.end?.(this.#end);
    } else this.#open.push(entry, event.name, event.line, false);
    return next;
  }

  #readEndTag(bytes: Uint8Array, at: number, end: number): number {
    const state = this.#state;
    const event = this.#end;
    event.line = state.line;
    event.offset = state.base + at;
    event.column = event.offset - state.lineBase + 1;
    const open = this.#open.innermost();
    let nameEnd = at + 2 + (open?.entry.bytes.length ?? 0);
    // Which end tag must come is known, so the first look is whether it is just that.
    if (nameEnd >= end || bytes[nameEnd] !== GT) {
      nameEnd = at + 2;
      while (nameEnd < end && NAME_BYTE[bytes[nameEnd] ?? 0] === 1) nameEnd++;
      if (nameEnd === end) return INCOMPLETE;
    }
    if (open?.entry.isAt(bytes, at + 2, nameEnd) !== true) return this.#failEndTag(bytes, at);
    state.lineBase += open.entry.extraBytes;
    const i = bytes[nameEnd] === GT ? nameEnd : state.skipSpace(bytes, nameEnd, end);
    if (i === end) return INCOMPLETE;
    if (bytes[i] !== GT)
      return state.fail('xml.tag', `The end tag </${open.entry.text}> is not written correctly here.`, i);
    this.#tags.scopes.leave(this.#open.depth);
    this.#tags.expected.ended(open.entry);
    this.#open.pop();
    this.#told.startRun();
    if (event.name !== open.name) event.name = open.name;
    event.depth = this.#open.depth + 1;
    event.endOffset = state.base + i + 1;
    event.written(bytes, at, i + 1, i === nameEnd);
    state.visitor.end?.(event);
    return i + 1;
  }

  #failEndTag(bytes: Uint8Array, at: number): number {
    const open = this.#open.innermost();
    let nameEnd = at + 2;
    while (NAME_BYTE[bytes[nameEnd] ?? 0] === 1) nameEnd++;
    const written = utf8String(bytes, at + 2, Math.min(nameEnd, at + 2 + NAME_SHOWN_MAX));
    const expected =
      open === undefined
        ? 'but no element is open'
        : `but <${open.entry.text}> opened on line ${open.line} is not closed`;
    return this.#state.fail('xml.mismatch', `</${written}> stands here, ${expected}.`, at);
  }
}

const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);
const NAME_SHOWN_MAX = 80;
