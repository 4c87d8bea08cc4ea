// The ERP format made of ISO 20022 messages: pain.001 and camt.060 in, pain.002, camt.052 and camt.060 out.

import type { ErpFormat } from '../format.ts';
import { composeBalances, composeHistory } from './compose-account-report.ts';
import { composeRequest } from './compose-request.ts';
import { composeStatus } from './compose-status.ts';
import { convertDocument } from './convert-document.ts';
import { cutDocument, editsOf } from './cut-document.ts';
import { asNumberedInRanges, readLayout } from './document-layout.ts';
import { localDateTimeWriter } from './local-date-time.ts';
import { readDocument } from './read-document.ts';
import { readFileIds } from './read-ids.ts';

export interface Iso20022Options {
  /** IANA zone whose wall clock the times in composed documents show, without an offset; default `Europe/Warsaw`. */
  readonly timeZone?: string;
}

/** Throws a RangeError for a time zone that does not exist. */
export function createIso20022Format(options: Iso20022Options = {}): ErpFormat {
  const localDateTime = localDateTimeWriter(options.timeZone ?? 'Europe/Warsaw');
  return {
    read: (source, sink) => readDocument(source, sink),
    readIds: (source) => readFileIds(source),
    convert: (source) => convertDocument(source),
    conversionEdits: () => [],
    cut: (source, submission, createdAt, { initiatingPartyName }) => {
      const header = { creationDateTime: localDateTime(createdAt), initiatingPartyName };
      return { document: cutDocument(source, submission, header), edits: editsOf(submission, header) };
    },
    layout: readLayout,
    cutRanges: (ranges, submission, createdAt, { initiatingPartyName }) => {
      const header = { creationDateTime: localDateTime(createdAt), initiatingPartyName };
      const document = cutDocument(ranges, asNumberedInRanges(submission), header);
      return { document, edits: editsOf(submission, header) };
    },
    composeStatus: (status) => composeStatus(status, localDateTime),
    composeBalances: (balances) => composeBalances(balances, localDateTime),
    composeHistory: (history) => composeHistory(history, localDateTime),
    composeRequest: (request) => composeRequest(request, localDateTime),
  };
}
