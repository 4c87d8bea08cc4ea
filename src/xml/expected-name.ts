/** Which element is likely to start next: payment files and statements repeat the same record over and over. */
import type { NameEntry } from './names.ts';

/** Learns from every tag what followed it. */
export class ExpectedName {
  /** The element that started next the last time, after the tag that was read last. */
  guess: NameEntry | undefined;
  /** The tag that was read last. */
  #before: NameEntry | undefined;
  #beforeIsStart = false;

  /** A start tag was read. */
  started(entry: NameEntry): void {
    if (entry !== this.guess && this.#before !== undefined) {
      if (this.#beforeIsStart) this.#before.child = entry;
      else this.#before.sibling = entry;
    }
    this.#before = entry;
    this.#beforeIsStart = true;
    this.guess = entry.child;
  }

  /** An end tag, or the end of an empty element, was read. */
  ended(entry: NameEntry): void {
    this.#before = entry;
    this.#beforeIsStart = false;
    this.guess = entry.sibling;
  }
}
