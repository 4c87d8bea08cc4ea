// Reads a kept answer from the disk, piece by piece, and hears only what is in its envelope.

import { XmlReader, type XmlLimits } from '../../../xml/xml-reader.ts';
import type { AnswerBytes, Unreadable } from '../../channel.ts';
import {
  ContentFinder,
  EMPTY_DOCUMENT,
  NO_ENVELOPE,
  SEVERAL_DOCUMENTS,
  notXml,
  type ContentVisitor,
  type FoundContent,
} from './envelope.ts';
import { isUnreadable, orUnreadable, unreadable } from './unreadable.ts';

/**
 * Where the document stands in the answer, once all of it was read; a fault is unreadable here, as nothing was to be kept
 * of it. `between` may take what has come after each piece. Fails only as `answer` and `between` fail.
 */
export async function readAnswer(
  answer: AnswerBytes,
  visitorFor: ContentVisitor,
  between: () => Promise<void> = async () => undefined,
  limits?: Partial<XmlLimits>,
): Promise<FoundContent | Unreadable> {
  const reading = new AnswerReading(visitorFor, limits);
  for await (const piece of answer()) {
    reading.write(piece);
    if (reading.fault !== undefined) return reading.fault;
    await between();
  }
  const found = reading.end();
  if (isUnreadable(found)) return found;
  if (found.name.local === 'Fault') return unreadable('the answer is a fault');
  return found;
}

/** The same for bytes as they come; after the first fault nothing is heard any more. */
export class AnswerReading {
  readonly #finder: ContentFinder;
  readonly #reader: XmlReader;
  #fault: Unreadable | undefined;

  constructor(visitorFor: ContentVisitor, limits?: Partial<XmlLimits>) {
    this.#finder = new ContentFinder(visitorFor);
    this.#reader = new XmlReader(this.#finder, limits);
  }

  get fault(): Unreadable | undefined {
    return this.#fault;
  }

  /** Never throws: a mistake of ours in reading makes the answer unreadable as well. */
  write(piece: Uint8Array): void {
    if (this.#fault !== undefined) return;
    this.#fault = orUnreadable<undefined>(() => {
      const fault = this.#reader.write(piece);
      return fault === undefined ? undefined : unreadable(notXml(fault));
    });
  }

  end(): FoundContent | Unreadable {
    if (this.#fault !== undefined) return this.#fault;
    return orUnreadable(() => {
      const fault = this.#reader.end();
      if (fault !== undefined) return unreadable(notXml(fault));
      const { found } = this.#finder;
      if (found === undefined) return unreadable(NO_ENVELOPE);
      if (this.#finder.isAmbiguous) return unreadable(SEVERAL_DOCUMENTS);
      return found.name.local !== 'Fault' && found.content === undefined ? unreadable(EMPTY_DOCUMENT) : found;
    });
  }
}
