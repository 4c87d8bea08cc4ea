// Takes a signed message apart without reading it as XML: what is signed, and the digest it was signed with.

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { signatureTemplate } from './peers.ts';

const BODY = { start: 'Body>', end: '</' };
const SIGNATURE = { start: '<ds:Signature ', end: '</ds:Signature>' };

export interface Wrapped {
  /** Up to the signature, and from its end; the signed element alone, without the envelope. */
  readonly before: Uint8Array;
  readonly signature: Uint8Array;
  readonly after: Uint8Array;
}

/** The signed element of a message of ours. */
export function wrappedIn(file: string): Wrapped {
  const bytes = readFileSync(file);
  const from = bytes.indexOf(BODY.start) + BODY.start.length;
  const to = bytes.lastIndexOf(`${BODY.end}${prefixBefore(bytes, from)}${BODY.start}`);
  const signature = bytes.lastIndexOf(SIGNATURE.start, to);
  const signatureEnd = bytes.indexOf(SIGNATURE.end, signature) + SIGNATURE.end.length;
  if (from < BODY.start.length || to < 0 || signature < 0) throw new Error(`${file} is no signed message.`);
  return {
    before: bytes.subarray(from, signature),
    signature: bytes.subarray(signature, signatureEnd),
    after: bytes.subarray(signatureEnd, to),
  };
}

/** The prefix of the element whose start tag ends at `end`, with its colon. */
function prefixBefore(bytes: Buffer, end: number): string {
  const tag = bytes.subarray(bytes.lastIndexOf('<', end - 1), end).toString('latin1');
  return /<([^\s:>]+:)?Body>$/.exec(tag)?.[1] ?? '';
}

/** The same content for a peer to sign, and the signed one for it to verify; their whole documents are what is signed. */
export function writeForPeer(wrapped: Wrapped, unsigned: string, signed: string): void {
  writeAll(unsigned, [wrapped.before, Buffer.from(signatureTemplate()), wrapped.after]);
  writeAll(signed, [wrapped.before, wrapped.signature, wrapped.after]);
}

/** The digest of the content in the last signature of a file, base64. */
export function contentDigestIn(file: string): string {
  const bytes = readFileSync(file);
  const text = bytes.subarray(bytes.lastIndexOf(SIGNATURE.start)).toString('utf8');
  const reference = /<ds:Reference[^>]*URI=""[^>]*>.*?<\/ds:Reference>/s.exec(text)?.[0] ?? '';
  return /<ds:DigestValue>\s*([^<\s]+)/.exec(reference)?.[1] ?? 'none';
}

function writeAll(path: string, pieces: readonly Uint8Array[]): void {
  const file = openSync(path, 'w');
  for (const piece of pieces) writeSync(file, piece);
  closeSync(file);
}
