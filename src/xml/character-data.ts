/** Hands on text and CDATA sections: checked, references resolved, line ends made LF, long runs uncopied. */
import { AMP, CLOSE_BRACKET, CR, GT, LF, LT, PLAIN_TEXT_BYTE } from './characters.ts';
import { FAULTED, INCOMPLETE, type ReaderState } from './reader-state.ts';
import { readReference, type Reference } from './reference-reader.ts';
import type { ToldText } from './told-text.ts';

const LINE_FEED = Uint8Array.of(LF);
const TWO_BRACKETS = Uint8Array.of(CLOSE_BRACKET, CLOSE_BRACKET);

/** Text between tags. It stops without a sign of its own: at '<', at the end of the bytes, or at a character that is not complete. */
export class CharacterData {
  readonly #state: ReaderState;
  readonly #reference: Reference = { text: '' };
  /** The last byte was a CR already handed on as a line end, so an LF that follows is not another one. */
  #afterReturn = false;
  #cdataOpen = false;
  /** How many ']' the bytes before ended in. */
  #brackets = 0;
  /** Where the piece not yet handed on starts. */
  #from = 0;
  #fromLine = 0;
  #fromLineBase = 0;
  readonly #told: ToldText;

  constructor(state: ReaderState, told: ToldText) {
    this.#state = state;
    this.#told = told;
  }

  /** True between `<![CDATA[` and `]]>`. */
  inCdata(): boolean {
    return this.#cdataOpen;
  }

  /** Nothing of the bytes before has to do with those that come. */
  isSettled(): boolean {
    return !this.#cdataOpen && !this.#afterReturn && this.#brackets === 0;
  }

  openCdata(): void {
    this.#cdataOpen = true;
  }

  /** Looks at what the bytes before left open; to be called with the first byte of every further bytes. The index to go on from, or FAULTED. */
  resume(bytes: Uint8Array, at: number): number {
    const byte = bytes[at];
    if (this.#afterReturn) {
      this.#afterReturn = false;
      if (byte === LF) {
        this.#state.lineBase += 1;
        return at + 1;
      }
    }
    if (this.#brackets > 0 && !this.#cdataOpen && byte !== CLOSE_BRACKET) {
      if (this.#brackets > 1 && byte === GT) return this.#failBrackets(at);
      this.#brackets = 0;
    }
    return at;
  }

  /** White space outside the root element: passes over it to the first other byte. */
  skipOutside(bytes: Uint8Array, at: number, end: number): number {
    const next = this.#state.skipSpace(bytes, at, end);
    this.#afterReturn = next === end && bytes[end - 1] === CR;
    return next;
  }

  /** Reads text in an element. */
  readText(bytes: Uint8Array, at: number, end: number): number {
    this.#startPiece(at);
    let i = at;
    for (;;) {
      while (i < end && PLAIN_TEXT_BYTE[bytes[i] ?? 0] === 1) i++;
      if (i === end) return this.#handOn(bytes, i);
      const byte = bytes[i] ?? 0;
      if (byte === LF) {
        this.#state.newLine(++i);
        continue;
      }
      if (byte === LT) return this.#handOn(bytes, i);
      let next: number;
      if (byte === GT) next = this.#passGreater(bytes, i);
      else if (byte === CLOSE_BRACKET) next = this.#passTextBrackets(bytes, i, end);
      else if (byte === AMP) next = this.#passReference(bytes, i, end);
      else next = this.#passOther(bytes, i, end);
      if (next === INCOMPLETE) return this.#handOn(bytes, i);
      if (next < 0) return next;
      i = next;
    }
  }

  /** Reads a CDATA section up to and with its end. */
  readCdata(bytes: Uint8Array, at: number, end: number): number {
    this.#startPiece(at);
    let i = at;
    while (i < end) {
      const byte = bytes[i] ?? 0;
      if (byte === CLOSE_BRACKET || this.#brackets > 0) {
        if (this.#handOn(bytes, i) < 0) return FAULTED;
        i = this.#passCdataBrackets(bytes, i, end);
        if (i < 0 || !this.#cdataOpen) return i;
        this.#startPiece(i);
        continue;
      }
      const plain = PLAIN_TEXT_BYTE[byte] === 1 || byte === LT || byte === GT || byte === AMP;
      const next = plain ? i + 1 : this.#passOther(bytes, i, end);
      if (next === INCOMPLETE) return this.#handOn(bytes, i);
      if (next < 0) return next;
      i = next;
    }
    return this.#handOn(bytes, i);
  }

  /** Two brackets wait for what follows, for they may be the end of the section; a third one sets the first free. */
  #passCdataBrackets(bytes: Uint8Array, at: number, end: number): number {
    let i = at;
    while (i < end && bytes[i] === CLOSE_BRACKET) {
      i += 1;
      if (this.#brackets < 2) this.#brackets += 1;
      else if (!this.#emit(TWO_BRACKETS, 0, 1, i - 3)) return FAULTED;
    }
    if (i === end) return i;
    if (this.#brackets === 2 && bytes[i] === GT) {
      this.#brackets = 0;
      this.#cdataOpen = false;
      return i + 1;
    }
    const held = this.#brackets;
    this.#brackets = 0;
    return this.#emit(TWO_BRACKETS, 0, held, i - held) ? i : FAULTED;
  }

  /** `]]>` must not stand in text, whether or not its characters come in the same bytes. */
  #passTextBrackets(bytes: Uint8Array, at: number, end: number): number {
    let i = at;
    while (i < end && bytes[i] === CLOSE_BRACKET) {
      i += 1;
      this.#brackets += 1;
    }
    if (i === end) return i;
    if (this.#brackets > 1 && bytes[i] === GT) return this.#failBrackets(i);
    this.#brackets = 0;
    return i;
  }

  #failBrackets(at: number): typeof FAULTED {
    return this.#state.fail('xml.text', "']]>' is not allowed in text; write ]]&gt; for it.", at);
  }

  /** A piece of its own, because Canonical XML writes it otherwise. */
  #passGreater(bytes: Uint8Array, at: number): number {
    if (this.#handOn(bytes, at) < 0 || !this.#emit(bytes, at, at + 1, at)) return FAULTED;
    this.#startPiece(at + 1);
    return at + 1;
  }

  #passReference(bytes: Uint8Array, at: number, end: number): number {
    if (this.#handOn(bytes, at) < 0) return FAULTED;
    this.#startPiece(at);
    const next = readReference(this.#state, bytes, at, end, this.#reference);
    if (next < 0) return next;
    const resolved = Buffer.from(this.#reference.text, 'utf8');
    if (!this.#emit(resolved, 0, resolved.length, at)) return FAULTED;
    this.#startPiece(next);
    return next;
  }

  /** Line ends, characters beyond ASCII, and characters that are not allowed. */
  #passOther(bytes: Uint8Array, at: number, end: number): number {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) return this.#state.passWide(bytes, at, end);
    const next = at + 1;
    if (byte === LF) this.#state.newLine(next);
    else if (byte !== CR) return this.#state.failControl(byte, at);
    else if (this.#handOn(bytes, at) < 0) return FAULTED;
    else {
      // Before an LF the CR is left out; alone it is a line end.
      if (bytes[next] !== LF || next === end) {
        if (!this.#emit(LINE_FEED, 0, 1, at)) return FAULTED;
        this.#state.newLine(next);
        this.#afterReturn = next === end;
      }
      this.#startPiece(next);
    }
    return next;
  }

  #startPiece(at: number): void {
    this.#from = at;
    this.#fromLine = this.#state.line;
    this.#fromLineBase = this.#state.lineBase;
  }

  /** Hands on the piece that ends here; the same index, or FAULTED. */
  #handOn(bytes: Uint8Array, to: number): number {
    const from = this.#from;
    if (to === from) return to;
    this.#from = to;
    const canonical = !this.#cdataOpen;
    return this.#told.tell(bytes, from, to, from, this.#fromLine, this.#fromLineBase, canonical)
      ? to
      : FAULTED;
  }

  /** Hands on bytes that stand for what is at this index of the input, in the present line. */
  #emit(bytes: Uint8Array, from: number, to: number, at: number): boolean {
    const { line, lineBase } = this.#state;
    return this.#told.tell(bytes, from, to, at, line, lineBase, false);
  }
}
