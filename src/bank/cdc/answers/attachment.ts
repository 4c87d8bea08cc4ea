// Reads an rpts.005.001.02: a file inside the answer, or why there is none.

import { createHash } from 'node:crypto';
import type { XmlNode } from '../../../xml/small-document.ts';
import { one, opt, optTextOf } from '../../../xml/xml-path.ts';
import type { AnswerBytes, Attachment, Unreadable } from '../../channel.ts';
import { Base64Decoder } from './base64-decoder.ts';
import { AnswerReading, readAnswer } from './read-answer.ts';
import { readErrorElement } from './service-fault.ts';
import { SmallContent } from './small-content.ts';
import { isUnreadable, orUnreadable, unreadable } from './unreadable.ts';

export type AttachmentAnswer =
  /** What is said of the file; its content is read apart. */
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly sizeBytes: string | undefined;
      readonly checksum: string | undefined;
    }
  | { readonly kind: 'error'; readonly code: string; readonly text: string }
  /** The bank has not made the file yet. */
  | { readonly kind: 'no-file'; readonly status: string | undefined };

/** Local name of the element with the file. */
export const FILE_ELEMENT = 'RptFile';

/** Of the `Document` element, whose file need not be in it; throws XmlPathError. */
export function attachmentAnswerOf(root: XmlNode): AttachmentAnswer {
  const report = one(root, 'Rpt');
  const error = opt(report, 'OprlErr');
  if (error !== undefined) return { kind: 'error', ...readErrorElement(error) };
  const details = one(report, 'RptDtls');
  if (opt(details, FILE_ELEMENT) === undefined)
    return { kind: 'no-file', status: optTextOf(details, 'RptSts')?.trim() };
  return {
    kind: 'file',
    name: optTextOf(details, 'RptNm')?.trim() ?? '',
    sizeBytes: optTextOf(details, 'RptSize')?.trim(),
    checksum: optTextOf(details, 'FileChecksum')?.trim(),
  };
}

/** The decoded file. Base64 is read strictly (RFC 4648 section 4, blanks aside), because a lenient reader would drop bytes. */
export async function readAttachment(answer: AnswerBytes): Promise<Attachment | Unreadable> {
  const md5 = createHash('md5');
  let sizeBytes = 0;
  const decoder = new Base64Decoder((decoded) => {
    md5.update(decoded);
    sizeBytes += decoded.length;
  });
  const content = new SmallContent({ name: FILE_ELEMENT, text: (encoded) => decoder.write(encoded) });
  const found = await readAnswer(answer, () => content, undefined, FILE_LIMITS);
  if (isUnreadable(found)) return found;
  const said = orUnreadable(() => attachmentAnswerOf(content.root));
  if (isUnreadable(said)) return said;
  if (said.kind !== 'file') return unreadable('the answer holds no file');
  if (!decoder.end()) return unreadable('Rpt/RptDtls/RptFile is not base64');
  return {
    name: said.name,
    content: () => decodedFile(answer),
    warnings: warningsOf(sizeBytes, md5.digest('hex'), said),
  };
}

/** One text may be a whole file. */
export const FILE_LIMITS = { textBytesMax: 1 << 30 };

/** The file again, a piece at a time. */
async function* decodedFile(answer: AnswerBytes): AsyncGenerator<Uint8Array> {
  let decoded: Uint8Array[] = [];
  const decoder = new Base64Decoder((bytes) => decoded.push(Buffer.from(bytes)));
  const content = new SmallContent({ name: FILE_ELEMENT, text: (encoded) => decoder.write(encoded) });
  const reading = new AnswerReading(() => content, FILE_LIMITS);
  for await (const piece of answer()) {
    reading.write(piece);
    yield* decoded;
    decoded = [];
  }
  decoder.end();
  yield* decoded;
}

/** The meaning of both fields is not certain, so nothing is refused for them. */
function warningsOf(
  sizeBytes: number,
  md5: string,
  said: { readonly sizeBytes: string | undefined; readonly checksum: string | undefined },
): string[] {
  return [
    ...(said.sizeBytes === undefined || Number(said.sizeBytes) === sizeBytes
      ? []
      : [`RptSize says ${said.sizeBytes} bytes, but the file has ${sizeBytes}.`]),
    ...(said.checksum === undefined || said.checksum.toLowerCase() === md5
      ? []
      : [`FileChecksum says ${said.checksum}, but the MD5 of the file is ${md5}.`]),
  ];
}
