/**
 * The short way for the tokens that nearly all of a document consists of: text of plain bytes, the start tag that was
 * expected, without attributes, and the end tag that must come. Everything else is left to the parts that know it all.
 */
import { GT, LF, LT, PLAIN_TEXT_BYTE, SLASH } from './characters.ts';
import type { NameEntry } from './names.ts';
import type { OpenTags } from './open-tags.ts';
import { FAULTED, type ReaderState } from './reader-state.ts';
import type { StartTags } from './start-tag.ts';
import type { EndEvent } from './tag-events.ts';
import type { ToldText } from './told-text.ts';

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
    const state = this.#state;
    const open = this.#open;
    let { line, lineBase } = state;
    let i = at;
    while (open.depth > 0) {
      const from = i;
      const fromLine = line;
      const fromLineBase = lineBase;
      for (;;) {
        while (i < end && PLAIN_TEXT_BYTE[bytes[i] ?? 0] === 1) i++;
        if (i >= end || bytes[i] !== LF) break;
        i++;
        line++;
        lineBase = state.base + i;
      }
      if (i > from && !this.#text.tell(bytes, from, i, from, fromLine, fromLineBase, true)) return FAULTED;
      if (i + 1 >= end || bytes[i] !== LT) break;
      const next =
        bytes[i + 1] === SLASH
          ? this.#readEnd(bytes, i, end, line, lineBase)
          : this.#readStart(bytes, i, end, line, lineBase);
      if (next < 0) break;
      i = next;
    }
    state.line = line;
    state.lineBase = lineBase;
    return i;
  }

  /** The index after the end tag of the innermost element, or LEFT. */
  #readEnd(bytes: Uint8Array, at: number, end: number, line: number, lineBase: number): number {
    const open = this.#open.innermost();
    if (open === undefined) return LEFT;
    const { entry, name } = open;
    const gt = at + 2 + entry.bytes.length;
    if (gt >= end || bytes[gt] !== GT || !this.#isPlain(entry) || !entry.isAt(bytes, at + 2, gt)) return LEFT;
    const { scopes, expected } = this.#tags;
    scopes.leave(this.#open.depth);
    expected.ended(entry);
    this.#open.pop();
    this.#text.startRun();
    const event = this.#end;
    const offset = this.#state.base + at;
    if (event.name !== name) event.name = name;
    event.line = line;
    event.offset = offset;
    event.column = offset - lineBase + 1;
    event.endOffset = offset + gt + 1 - at;
    event.written(bytes, at, gt + 1, true);
    this.#state.visitor.end?.(event);
    return gt + 1;
  }

  /** The index after the start tag of the expected element, or LEFT. */
  #readStart(bytes: Uint8Array, at: number, end: number, line: number, lineBase: number): number {
    const { event, expected } = this.#tags;
    const entry = expected.guess;
    if (entry === undefined) return LEFT;
    const gt = at + 1 + entry.bytes.length;
    if (gt >= end || bytes[gt] !== GT || !this.#isPlain(entry) || !entry.isAt(bytes, at + 1, gt)) return LEFT;
    const { namespace } = entry.binding;
    const name = namespace === undefined ? undefined : entry.known(namespace);
    const depth = this.#open.depth + 1;
    if (name === undefined || depth > this.#state.limits.depthMax) return LEFT;
    expected.started(entry);
    this.#open.push(entry, name, line);
    this.#text.startRun();
    const offset = this.#state.base + at;
    event.reset(line, offset - lineBase + 1, offset, depth);
    if (event.name !== name) event.name = name;
    event.written(bytes, at, gt + 1);
    this.#state.visitor.start?.(event);
    return gt + 1;
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
