// Reads an rpts.005.001.02: a file inside the answer, or why there is none.

import { createHash } from 'node:crypto';
import { one, opt, optTextOf, textOf } from '../../../xml/xml-path.ts';
import type { Attachment, Unreadable } from '../../channel.ts';
import { readErrorElement } from './service-fault.ts';
import { readingOf, unreadable, isUnreadable } from './unreadable.ts';

export type AttachmentAnswer =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly encoded: string;
      readonly sizeBytes: string | undefined;
      readonly checksum: string | undefined;
    }
  | { readonly kind: 'error'; readonly code: string; readonly text: string }
  /** The bank has not made the file yet. */
  | { readonly kind: 'no-file'; readonly status: string | undefined };

export function readAttachmentAnswer(document: Uint8Array): AttachmentAnswer | Unreadable {
  return readingOf(document, (root) => {
    const report = one(root, 'Rpt');
    const error = opt(report, 'OprlErr');
    if (error !== undefined) return { kind: 'error', ...readErrorElement(error) };
    const details = one(report, 'RptDtls');
    if (opt(details, 'RptFile') === undefined)
      return { kind: 'no-file', status: optTextOf(details, 'RptSts')?.trim() };
    const name = optTextOf(details, 'RptNm')?.trim() ?? '';
    const sizeBytes = optTextOf(details, 'RptSize')?.trim();
    return {
      kind: 'file',
      name,
      encoded: textOf(details, 'RptFile'),
      sizeBytes,
      checksum: optTextOf(details, 'FileChecksum')?.trim(),
    };
  });
}

/** The decoded file. Base64 is read strictly (RFC 4648 section 4, blanks aside), because a lenient reader would drop bytes. */
export function readAttachment(document: Uint8Array): Attachment | Unreadable {
  const answer = readAttachmentAnswer(document);
  if (isUnreadable(answer)) return answer;
  if (answer.kind !== 'file') return unreadable('the answer holds no file');
  const encoded = answer.encoded.replace(/[ \t\r\n]+/g, '');
  if (encoded.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(encoded))
    return unreadable('Rpt/RptDtls/RptFile is not base64');
  const content = Buffer.from(encoded, 'base64');
  return { name: answer.name, content, warnings: warningsOf(content, answer.sizeBytes, answer.checksum) };
}

/** The meaning of both fields is not certain, so nothing is refused for them. */
function warningsOf(
  content: Uint8Array,
  sizeBytes: string | undefined,
  checksum: string | undefined,
): string[] {
  const md5 = createHash('md5').update(content).digest('hex');
  return [
    ...(sizeBytes === undefined || Number(sizeBytes) === content.length
      ? []
      : [`RptSize says ${sizeBytes} bytes, but the file has ${content.length}.`]),
    ...(checksum === undefined || checksum.toLowerCase() === md5
      ? []
      : [`FileChecksum says ${checksum}, but the MD5 of the file is ${md5}.`]),
  ];
}
