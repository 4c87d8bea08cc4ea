// Which keys a record can be found by, and which record closes its stream: pure, so that the index can be rebuilt from
// the records at any time.

import type { EntrySource } from './account-event.ts';
import type { JournalEvent } from './journal-event.ts';

export interface JournalKey {
  readonly name: string;
  readonly value: string;
}

/** Names of keys; one place, so that writers and readers agree. */
export const KEY = {
  fileName: 'file-name',
  bytes: 'bytes',
  erpMessageId: 'erp-message-id',
  paymentSet: 'payment-set',
  bankMessageId: 'bank-message-id',
  paymentInformationId: 'payment-information-id',
  endToEndId: 'end-to-end-id',
  /** Entries already shown to the ERP from the history, by account stream and booking day; versions before 0.3 only. */
  shownEntry: (stream: string, bookingDay: string): string => `entry:${stream}:${bookingDay}`,
  statement: (stream: string): string => `statement:${stream}`,
  /** Transfers that an entry of this source has booked, as `order/index`. */
  bookedTransfer: (source: EntrySource): string => `booked:${source}`,
} as const;

/** The keys of one record. */
export function keysOf(stream: string, event: JournalEvent): readonly JournalKey[] {
  switch (event.type) {
    case 'order-claimed':
      return [{ name: KEY.fileName, value: event.fileName }];
    case 'order-refused':
    case 'order-repeats':
    case 'request-accepted':
      return event.erp.messageId === undefined
        ? []
        : [{ name: KEY.erpMessageId, value: event.erp.messageId }];
    case 'order-planned':
      return [
        { name: KEY.bytes, value: event.sha256 },
        { name: KEY.paymentSet, value: event.paymentSet },
        ...(event.erp.messageId === undefined
          ? []
          : [{ name: KEY.erpMessageId, value: event.erp.messageId }]),
        ...(event.ids?.paymentInformation ?? []).map((value) => ({ name: KEY.paymentInformationId, value })),
        ...(event.ids?.endToEnd ?? []).map((value) => ({ name: KEY.endToEndId, value })),
        ...event.submissions.map((submission) => ({ name: KEY.bankMessageId, value: submission.messageId })),
      ];
    case 'order-recovered':
      return [
        { name: KEY.fileName, value: event.fileName },
        ...(event.sha256 === undefined ? [] : [{ name: KEY.bytes, value: event.sha256 }]),
        ...(event.paymentSet === undefined ? [] : [{ name: KEY.paymentSet, value: event.paymentSet }]),
        ...(event.erp?.messageId === undefined
          ? []
          : [{ name: KEY.erpMessageId, value: event.erp.messageId }]),
        ...event.submissions.map(({ plan }) => ({ name: KEY.bankMessageId, value: plan.messageId })),
      ];
    case 'history-delivered':
      return (event.entries ?? []).map((entry) => ({
        name: KEY.shownEntry(stream, entry.bookingDay),
        value: `${entry.rung}:${entry.value}`,
      }));
    case 'transfers-booked':
      return event.transfers.map((booked) => ({
        name: KEY.bookedTransfer(event.source),
        value: `${booked.order}/${booked.transfer}`,
      }));
    case 'statement-delivered':
      return [{ name: KEY.statement(stream), value: event.day }];
    default:
      return [];
  }
}

/** True for the event after which a stream needs no more work. */
export function closesStream(event: JournalEvent): boolean {
  return event.type === 'order-closed';
}
