// Everything the way in needs from outside, given once by the daemon.

import type { BankChannel } from '../bank/channel.ts';
import type { Clock } from '../clock.ts';
import type { EntrySource } from '../domain/account-event.ts';
import type { Bookings } from '../domain/entry.ts';
import type { ErpFormats } from '../domain/erp-formats.ts';
import type { WriteAccountFile } from '../erp/account-files.ts';
import type { ErpFormat } from '../erp/format.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';

/** One account and where its files go. */
export interface CollectedAccount {
  readonly iban: string;
  readonly currency: string;
  readonly company: string;
  readonly bank: string;
  readonly inbox: string;
  readonly archive: string;
  /** First day of interest; undefined = a week before the first start. */
  readonly since: string | undefined;
  readonly pdf: boolean;
  readonly kinds: readonly ('balance' | 'history' | 'statement')[];
  /** What the company's ERP reads. */
  readonly formats: ErpFormats;
}

export interface InboundPorts {
  readonly journal: Journal;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly format: ErpFormat;
  readonly writeAccountFile: WriteAccountFile;
  readonly timeZone: string;
  readonly spoolFolder: string;
  readonly historySpanDays: (bank: string) => number;
  readonly channel: (bank: string) => BankChannel;
  /** Looks for the transfers that the entries of one answer book, because an entry is the proof of execution. */
  readonly bookings: (account: string, source: EntrySource) => Bookings;
  /** Aborts when the daemon is to stop: from then on no bank is asked anything new. */
  readonly stop: AbortSignal;
}
