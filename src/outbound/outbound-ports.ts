// Everything the way out needs from outside: ports and settled facts, given once by the daemon.

import type { BankChannel } from '../bank/channel.ts';
import type { Clock } from '../clock.ts';
import type { BankTerms } from '../domain/bank-profile.ts';
import type { PaymentForms } from '../domain/erp-formats.ts';
import type { OwnAccount } from '../domain/rules/payment-rules.ts';
import type { Order } from '../domain/order.ts';
import type { ErpFormat } from '../erp/format.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import type { HoldRules } from './approval.ts';

/** The folders of one company, all absolute, and what its ERP writes into the outbox. */
export interface CompanyFolders extends PaymentForms {
  readonly name: string;
  readonly outbox: string;
  readonly inbox: string;
  readonly archive: string;
}

export interface Readiness {
  readonly checks: number;
  readonly checkEveryMs: number;
  readonly minimumAgeMs: number;
  readonly sizeMaxBytes: number;
  readonly incompleteAfterMs: number;
}

export interface OutboundRules {
  readonly timeZone: string;
  readonly pastAllowedDays: number;
  readonly futureMaxDays: number;
  /** How many days back each rule looks for duplicates. */
  readonly duplicates: {
    readonly sameBytesDays: number;
    readonly sameMessageIdDays: number;
    readonly samePaymentsDays: number;
    readonly repeatedIdsDays: number;
  };
  /** What a PmtInfId or EndToEndId used in an earlier file means. */
  readonly repeatedIds: 'warn' | 'hold' | 'ignore';
  readonly tellEveryMs: number;
  readonly faultsMax: number;
}

/** What answers a camt.060: the inbound side, reached through the daemon because the two sides do not know each other. */
export type AnswerRequest = (
  order: Order,
) => Promise<
  | { readonly kind: 'answered'; readonly files: readonly string[]; readonly notes: readonly string[] }
  | { readonly kind: 'later'; readonly cause: string }
>;

export interface OutboundPorts {
  readonly journal: Journal;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly format: ErpFormat;
  readonly companies: readonly CompanyFolders[];
  readonly spoolFolder: string;
  readonly readiness: Readiness;
  readonly rules: OutboundRules;
  readonly terms: (bank: string) => BankTerms;
  readonly channel: (bank: string) => BankChannel;
  /** The company's own account with this IBAN. */
  readonly account: (company: string, iban: string) => OwnAccount | undefined;
  /** What the company wants a person to see before it is sent. */
  readonly holdRules: (company: string) => HoldRules;
  readonly answerRequest: AnswerRequest;
}
