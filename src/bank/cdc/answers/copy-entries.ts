// Copies entries out of a kept answer: byte for byte where they mean the same elsewhere, else written anew.

import type { EntryPlace } from '../../../domain/entry.ts';
import { escapeAttribute } from '../../../xml/escape.ts';
import { ElementCopy } from '../../../xml/serialize-element.ts';
import { XmlReader } from '../../../xml/xml-reader.ts';
import type { XmlStart } from '../../../xml/xml-events.ts';
import type { AnswerBytes } from '../../channel.ts';

/** In the order of their places, which must not overlap and grow. Reads the answer once; holds at most one entry. */
export async function* copyEntries(
  answer: AnswerBytes,
  namespace: string,
  places: Iterable<EntryPlace>,
): AsyncGenerator<Uint8Array> {
  const iterator = places[Symbol.iterator]();
  let place = iterator.next();
  if (place.done === true) return;
  let at = place.value.from;
  let held: Uint8Array[] = [];
  for await (const piece of answer({ from: at, to: Infinity })) {
    while (place.done !== true && place.value.from < at + piece.length) {
      const { from, to, scope } = place.value;
      const part = piece.subarray(Math.max(0, from - at), Math.min(piece.length, to - at));
      if (scope === undefined) yield part;
      else held.push(Buffer.from(part));
      if (to > at + piece.length) break;
      if (scope !== undefined) yield writtenAnew(Buffer.concat(held), namespace, scope);
      held = [];
      place = iterator.next();
    }
    if (place.done === true) return;
    at += piece.length;
  }
}

/** The entry as a copy into a document whose default namespace this is. */
function writtenAnew(entry: Uint8Array, namespace: string, scope: ReadonlyMap<string, string>): Uint8Array {
  const declarations = [...scope].map(
    ([prefix, uri]) => ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`,
  );
  const copy = new ElementCopy(namespace);
  let depth = 0;
  const reader = new XmlReader({
    start: (start: XmlStart) => {
      depth += 1;
      if (depth > 1) copy.start(start);
    },
    text: (bytes, from, to) => {
      if (depth > 1) copy.text(bytes, from, to);
    },
    end: () => {
      if (depth > 1) copy.end();
      depth -= 1;
    },
  });
  const fault =
    reader.write(Buffer.from(`<around${declarations.join('')}>`)) ??
    reader.write(entry) ??
    reader.write(Buffer.from('</around>')) ??
    reader.end();
  // It was read before, as part of the answer.
  if (fault !== undefined) throw new Error(`The kept answer has changed: ${fault.message}`);
  return copy.toBytes();
}
