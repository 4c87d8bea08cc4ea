// A payment file as it is put into a message: its Document element alone, in UTF-8, read as a stream.

import { UnsoundMessage } from '../signature/signer.ts';
import { decodeToUtf8 } from '../xml/decode.ts';
import { DocumentHead } from './document-head.ts';
import { filePieces } from './file-pieces.ts';

export interface PaymentDocument {
  readonly messageId: string;
  /** The line of the file that the Document begins on. */
  readonly line: number;
  /** The same bytes each time. */
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

const HEAD_BYTES_MAX = 1 << 20;

/** The document with another MsgId if one is given; a sentence when the file is no pain.001.001.03. Failures of the disk are thrown. */
export async function openPaymentDocument(
  path: string,
  messageId: string | undefined,
): Promise<PaymentDocument | string> {
  const head = new DocumentHead();
  const decoded = await decodeToUtf8(filePieces(path));
  let sizeBytes = 0;
  for await (const chunk of decoded.bytes) {
    sizeBytes += chunk.length;
    if (head.write(chunk) || sizeBytes > HEAD_BYTES_MAX) break;
  }
  const fault = decoded.fault() ?? head.fault;
  if (fault !== undefined) return `${path}:${fault.line}: ${fault.message} (${fault.rule})`;
  const { root, id } = head;
  if (root === undefined || id === undefined)
    return `${path} is no pain.001.001.03 with a GrpHdr/MsgId near its beginning.`;
  const put = messageId ?? id.text;
  const edits = [
    { from: 0, to: root.offset, put: '' },
    ...(messageId === undefined ? [] : [{ from: id.from, to: id.to, put: messageId }]),
  ];
  return { messageId: put, line: root.line, bytes: () => trimmed(edited(path, edits)) };
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

/** The file in UTF-8 with these ranges, in their order, replaced. */
async function* edited(path: string, edits: readonly Edit[]): AsyncGenerator<Uint8Array> {
  const decoded = await decodeToUtf8(filePieces(path));
  let offset = 0;
  let next = 0;
  for await (const chunk of decoded.bytes) {
    const end = offset + chunk.length;
    let from = offset;
    for (let edit = edits[next]; edit !== undefined && edit.from < end; edit = edits[next]) {
      if (edit.from > from) yield chunk.subarray(from - offset, edit.from - offset);
      from = Math.max(from, Math.min(edit.to, end));
      if (edit.to > end) break;
      if (edit.put !== '') yield Buffer.from(edit.put);
      next++;
    }
    if (from < end) yield from === offset ? chunk : chunk.subarray(from - offset);
    offset = end;
  }
  const fault = decoded.fault();
  if (fault !== undefined) throw new UnsoundMessage(fault.message, fault.rule, fault.line, fault.column);
}

/** Without white space at the end, which would be signed along. */
async function* trimmed(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  for await (const piece of pieces) {
    let end = piece.length;
    while (end > 0 && (piece[end - 1] ?? 0) <= 0x20) end--;
    if (end > 0) {
      yield* held;
      held = [];
      yield piece.subarray(0, end);
    }
    if (end < piece.length) held.push(Uint8Array.from(piece.subarray(end)));
  }
}
