// What every delivery works on, and how what we compose is named: the same after a crash, and never twice.

import type { AnswerBytes } from '../bank/channel.ts';
import type { AccountBook } from './account-book.ts';
import type { CollectedAccount, InboundPorts } from './inbound-ports.ts';

export interface Delivery {
  readonly ports: InboundPorts;
  readonly account: CollectedAccount;
  readonly book: AccountBook;
  /** The kept answer. */
  readonly answer: AnswerBytes;
  readonly answerPath: string;
  readonly answerSizeBytes: number;
  /** When the answer was kept; part of names and headers, so that a repeat after a crash has the same bytes. */
  readonly at: string;
  /** Of the record that the answer was kept. */
  readonly sequence: number;
  /** So many of its fresh entries are on record already. */
  readonly advanced: number;
}

/** What became of an answer; a failure is a sentence. */
export type Delivered =
  | { readonly kind: 'done' }
  /** Delivered, and the bank has more after it. */
  | { readonly kind: 'more' }
  /** Nothing was delivered: the bank has more than it answers at once, and a shorter period can be asked for. */
  | { readonly kind: 'too-long'; readonly cause: string }
  | { readonly kind: 'failed'; readonly cause: string };

/** At most 35 letters and digits. The instant is for people; two answers may be kept within one, but no two have one sequence. */
export function messageId(prefix: string, { at, sequence }: Pick<Delivery, 'at' | 'sequence'>): string {
  return `${prefix}${at.replace(/\D/g, '')}N${sequence}`;
}
