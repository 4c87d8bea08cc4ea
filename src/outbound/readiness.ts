// When a file in the outbox is whole: it has stood still over some looks, is old enough, and ends with its closing root tag.
// Only the closing tag beats a server that reserves the final size at once (poland.md section 4 calls it preallocation).

import type { FileEntry } from '../files/file-store.ts';
import type { Readiness } from './outbound-ports.ts';

interface Sighting {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** By our own running clock, because the server's may be wrong. */
  readonly firstSeenMs: number;
  readonly lastLookMs: number;
  readonly looks: number;
  readonly reported: boolean;
}

export type Stillness =
  { readonly kind: 'still'; readonly forMs: number } | { readonly kind: 'look-again'; readonly inMs: number };

/** Remembers what was seen in one folder; forgets what is gone. */
export class StillnessTracker {
  readonly #readiness: Readiness;
  #seen = new Map<string, Sighting>();

  constructor(readiness: Readiness) {
    this.#readiness = readiness;
  }

  /** Takes a new listing into account. */
  look(entries: readonly FileEntry[], runningMs: number): void {
    const next = new Map<string, Sighting>();
    for (const entry of entries) next.set(entry.name, this.#sighting(entry, runningMs));
    this.#seen = next;
  }

  stillness(name: string, runningMs: number): Stillness {
    const seen = this.#seen.get(name);
    const { checks, checkEveryMs, minimumAgeMs } = this.#readiness;
    if (seen === undefined) return { kind: 'look-again', inMs: checkEveryMs };
    const forMs = runningMs - seen.firstSeenMs;
    if (seen.looks >= checks && forMs >= minimumAgeMs) return { kind: 'still', forMs };
    // A hint may make us look in between, which counts for nothing and must not put off the look that does.
    const inMs = seen.looks >= checks ? minimumAgeMs - forMs : seen.lastLookMs + checkEveryMs - runningMs;
    return { kind: 'look-again', inMs: Math.max(0, inMs) };
  }

  /** True once for every state of a file that is worth a word to a person. */
  reportOnce(name: string): boolean {
    const seen = this.#seen.get(name);
    if (seen === undefined || seen.reported) return false;
    this.#seen.set(name, { ...seen, reported: true });
    return true;
  }

  #sighting(entry: FileEntry, runningMs: number): Sighting {
    const before = this.#seen.get(entry.name);
    if (before?.sizeBytes !== entry.sizeBytes || before.mtimeMs !== entry.mtimeMs) {
      return {
        sizeBytes: entry.sizeBytes,
        mtimeMs: entry.mtimeMs,
        firstSeenMs: runningMs,
        lastLookMs: runningMs,
        looks: 1,
        reported: false,
      };
    }
    // Two looks in the same breath are one.
    if (runningMs - before.lastLookMs < this.#readiness.checkEveryMs / 2) return before;
    return { ...before, lastLookMs: runningMs, looks: before.looks + 1 };
  }
}

/** Names the ERP may be writing under, or that are ours; they are never looked at. */
export function isIgnored(name: string): boolean {
  return (
    name.startsWith('.') ||
    name.startsWith('~') ||
    /\.(?:tmp|part|filepart|crdownload)$/i.test(name) ||
    name === 'README.md'
  );
}

/**
 * Whether the bytes look like a whole XML document, by head and tail alone. `not-xml` is ready too: it is refused with a
 * reason instead of waiting for an end that will never come.
 */
export function looksComplete(head: Uint8Array, tail: Uint8Array): 'complete' | 'incomplete' | 'not-xml' {
  if (head.length === 0) return 'incomplete';
  // A server that reserves the final size at once shows zeros where nothing has been written yet.
  const start = plainText(head).replace(/^[\uFEFF\s\0]+/, '');
  if (start === '') return 'incomplete';
  if (!start.startsWith('<')) return 'not-xml';
  const root = /<(?![?!])([^\s/>]+)/.exec(start.replace(/<!--[\s\S]*?-->/g, ''))?.[1];
  if (root === undefined) return 'incomplete';
  const end = plainText(tail).replace(/(?:\s|<!--(?:(?!-->)[\s\S])*-->|<\?(?:(?!\?>)[\s\S])*\?>)+$/, '');
  return new RegExp(`(?:</${escaped(root)}\\s*>|<${escaped(root)}[^<>]*/>)$`).test(end)
    ? 'complete'
    : 'incomplete';
}

/** Latin-1 is enough to find tags; in UTF-16 (told by its byte order mark or zero bytes near the start) the zero bytes are dropped. */
function plainText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  const wide = /^(?:\xff\xfe|\xfe\xff|<\0|\0<)/.test(text) || /^(?:[^\0]\0|\0[^\0]){16}/.test(text);
  return (wide ? text.replace(/\0/g, '') : text).replace(/^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)/, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
