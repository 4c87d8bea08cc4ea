/**
 * The short way for the tokens that nearly all of a document consists of: text of plain bytes, the start tag that was
 * expected, without attributes, and the end tag that must come. Everything else is left to the parts that know it all.
 */
import { GT, LF, LT, PLAIN_TEXT_BYTE, SLASH, SPACE } from './characters.ts';
import type { NameEntry } from './names.ts';
import type { OpenTag, OpenTags } from './open-tags.ts';
import { FAULTED, type ReaderState } from './reader-state.ts';
import type { StartTags } from './start-tag.ts';
import type { EndEvent } from './tag-events.ts';
import type { ToldText } from './told-text.ts';
import { WHOLE_BYTES_MAX, type XmlName, type XmlPassing, type XmlWholes } from './xml-events.ts';

export class PlainTokens {
  readonly #state: ReaderState;
  readonly #tags: StartTags;
  readonly #open: OpenTags;
  readonly #end: EndEvent;
  readonly #text: ToldText;

  constructor(state: ReaderState, tags: StartTags, open: OpenTags, end: EndEvent, text: ToldText) {
    this.#state = state;
    this.#tags = tags;
    this.#open = open;
    this.#end = end;
    this.#text = text;
  }

  /** Reads within the root element; the index of the first byte that is left to others, or FAULTED. */
  read(bytes: Uint8Array, at: number, end: number): number {
    const { passing } = this.#state.visitor;
    return passing === undefined ? this.#tell(bytes, at, end) : this.#pass(passing, bytes, at, end);
  }

  /** For a visitor that wants to be told of everything. */
  #tell(bytes: Uint8Array, at: number, end: number): number {
    const state = this.#state;
    const open = this.#open;
    const { wholes } = state.visitor;
    let i = at;
    while (open.depth > 0) {
      const { line, lineBase } = state;
      const textEnd = this.#skipText(bytes, i, end);
      if (textEnd > i && !this.#text.tell(bytes, i, textEnd, i, line, lineBase, true)) return FAULTED;
      i = textEnd;
      if (i + 1 >= end || bytes[i] !== LT) break;
      let next = LEFT;
      if (bytes[i + 1] === SLASH) next = this.#tellEnd(bytes, i, end);
      else {
        if (wholes?.wanted === true) next = this.#offer(wholes, bytes, i, end);
        if (next === LEFT) next = this.#tellStart(bytes, i, end);
      }
      if (next === LEFT) break;
      i = next;
    }
    return i;
  }

  /** The index after the element if the visitor took it whole, or LEFT. */
  #offer(wholes: XmlWholes, bytes: Uint8Array, at: number, end: number): number {
    const state = this.#state;
    if (state.limits.textBytesMax < WHOLE_BYTES_MAX) return LEFT;
    const next = wholes.take(bytes, at, Math.min(end, at + WHOLE_BYTES_MAX), state);
    if (next < 0) return LEFT;
    this.#text.startRun();
    return next;
  }

  /** The same for a visitor that lets elements pass. */
  #pass(passing: XmlPassing, bytes: Uint8Array, at: number, end: number): number {
    const state = this.#state;
    const open = this.#open;
    const { wholes } = state.visitor;
    let passedTo = at;
    let { version } = passing;
    let i = at;
    while (open.depth > 0) {
      const { line, lineBase } = state;
      const textEnd = this.#skipText(bytes, i, end);
      if (textEnd > i && !this.#text.count(textEnd - i, i, line, lineBase)) return FAULTED;
      i = textEnd;
      if (i + 1 >= end || bytes[i] !== LT) break;
      const isEnd = bytes[i + 1] === SLASH;
      if (!isEnd && wholes?.wanted === true) {
        if (i > passedTo) passing.pass(bytes, passedTo, i);
        const taken = this.#offer(wholes, bytes, i, end);
        passedTo = taken === LEFT ? i : taken;
        if (taken !== LEFT) {
          i = taken;
          continue;
        }
      }
      let next = isEnd ? this.#passEnd(bytes, i, end) : this.#passStart(bytes, i, end, version);
      if (next === LEFT) {
        if (i > passedTo) passing.pass(bytes, passedTo, i);
        passedTo = i;
        next = isEnd ? this.#tellEnd(bytes, i, end) : this.#tellStart(bytes, i, end);
        if (next === LEFT) return i;
        passedTo = next;
        version = passing.version;
      }
      i = next;
    }
    if (i > passedTo) passing.pass(bytes, passedTo, i);
    return i;
  }

  /** Passes over plain bytes and line ends. */
  #skipText(bytes: Uint8Array, at: number, end: number): number {
    const state = this.#state;
    let i = at;
    for (;;) {
      while (i < end && PLAIN_TEXT_BYTE[bytes[i] ?? 0] === 1) i++;
      if (i === end || bytes[i] !== LF) return i;
      i++;
      state.line++;
      state.lineBase = state.base + i;
      // Indentation is half of the text of an indented document.
      while (i < end && bytes[i] === SPACE) i++;
    }
  }

  /** The index after the end tag of the innermost element if that was passed, or LEFT. */
  #passEnd(bytes: Uint8Array, at: number, end: number): number {
    const tag = this.#open.innermost();
    if (tag?.passed !== true) return LEFT;
    const next = this.#afterEnd(tag, bytes, at, end);
    if (next === LEFT) return LEFT;
    this.#open.pop();
    this.#tags.expected.ended(tag.entry);
    this.#text.startRun();
    return next;
  }

  /** The index after the start tag of the expected element if it may pass, or LEFT. */
  #passStart(bytes: Uint8Array, at: number, end: number, version: number): number {
    const entry = this.#tags.expected.guess;
    const depth = this.#open.depth + 1;
    if (entry?.passVersion !== version || depth < entry.passDepth) return LEFT;
    const next = this.#afterStart(entry, bytes, at, end);
    const name = entry.passName;
    if (next === LEFT || name === undefined) return LEFT;
    this.#open.push(entry, name, this.#state.line, true);
    this.#tags.expected.started(entry);
    this.#text.startRun();
    return next;
  }

  #tellEnd(bytes: Uint8Array, at: number, end: number): number {
    const tag = this.#open.innermost();
    if (tag === undefined) return LEFT;
    const next = this.#afterEnd(tag, bytes, at, end);
    if (next === LEFT) return LEFT;
    const { entry, name } = tag;
    const state = this.#state;
    const event = this.#end;
    if (event.name !== name) event.name = name;
    event.depth = this.#open.depth;
    event.line = state.line;
    event.offset = state.base + at;
    event.column = event.offset - state.lineBase + 1;
    event.endOffset = state.base + next;
    event.written(bytes, at, next, true);
    this.#tags.scopes.leave(event.depth);
    this.#tags.expected.ended(entry);
    this.#open.pop();
    this.#text.startRun();
    state.visitor.end?.(event);
    return next;
  }

  #tellStart(bytes: Uint8Array, at: number, end: number): number {
    const { event, expected } = this.#tags;
    const entry = expected.guess;
    if (entry === undefined) return LEFT;
    const next = this.#afterStart(entry, bytes, at, end);
    const name = this.#nameOf(entry);
    if (next === LEFT || name === undefined) return LEFT;
    const state = this.#state;
    const depth = this.#open.depth + 1;
    const offset = state.base + at;
    event.reset(state.line, offset - state.lineBase + 1, offset, depth);
    if (event.name !== name) event.name = name;
    event.written(bytes, at, next);
    expected.started(entry);
    this.#open.push(entry, name, state.line, false);
    this.#text.startRun();
    state.visitor.start?.(event);
    const { passing } = state.visitor;
    if (passing?.mayPass(name, depth) === true) {
      entry.passName = name;
      entry.passVersion = passing.version;
      entry.passDepth = depth;
    }
    return next;
  }

  #afterEnd({ entry }: Readonly<OpenTag>, bytes: Uint8Array, at: number, end: number): number {
    const gt = at + 2 + entry.bytes.length;
    const isHere = gt < end && bytes[gt] === GT && entry.isAt(bytes, at + 2, gt);
    return isHere && this.#isPlain(entry) ? gt + 1 : LEFT;
  }

  #afterStart(entry: NameEntry, bytes: Uint8Array, at: number, end: number): number {
    const gt = at + 1 + entry.bytes.length;
    const isHere = gt < end && bytes[gt] === GT && entry.isAt(bytes, at + 1, gt);
    return isHere && this.#isPlain(entry) && this.#open.depth < this.#state.limits.depthMax ? gt + 1 : LEFT;
  }

  /** What the name stands for, if it was met in its present namespace before. */
  #nameOf(entry: NameEntry): XmlName | undefined {
    const { namespace } = entry.binding;
    return namespace === undefined ? undefined : entry.known(namespace);
  }

  /** Columns count characters and markup has a limit; both are looked after elsewhere. */
  #isPlain(entry: NameEntry): boolean {
    return entry.extraBytes === 0 && entry.bytes.length + TAG_SIGNS <= this.#state.limits.markupBytesMax;
  }
}

/** Nothing was read. */
const LEFT = -1;
/** `</` and `>`. */
const TAG_SIGNS = 3;
