// What each language has to be able to say; a second language is a second object of this type.

import type { AlertBook, News } from './alert-book.ts';
import type { Words } from './cause.ts';
import type { CauseTerms, Facts, HeldFact } from './facts.ts';

interface AccountFound {
  readonly iban: string;
  readonly bank: string;
  readonly sentences: readonly string[];
}

/** All texts are fit to be sent: what came from files, banks and folders is made so here. */
export interface Wording {
  held(messages: readonly HeldFact[], terms: CauseTerms): Words;
  stuck(stuck: Facts['stuck'][number], terms: CauseTerms): Words;
  paused(paused: Facts['paused'][number], terms: CauseTerms): Words;
  unreachable(found: { readonly bank: string; readonly cause: string }, terms: CauseTerms): Words;
  overdue(found: AccountFound, terms: CauseTerms): Words;
  flagged(found: AccountFound, terms: CauseTerms): Words;
  contradiction(found: AccountFound, terms: CauseTerms): Words;
  certificate(found: Facts['certificates'][number] & { readonly daysLeft: number }, terms: CauseTerms): Words;
  disk(found: { readonly path: string; readonly freeBytes: number; readonly limitBytes: number }): Words;
  folder(found: Facts['folders'][number], terms: CauseTerms): Words;
  clock(found: { readonly behindMs: number }): Words;
  stopped(reason: string, terms: Pick<CauseTerms, 'commandTail'>): Words;
  /** Subject and text about everything that is new; instants are shown by `at`. */
  alert(news: readonly News[], site: string, at: (instant: string) => string): Texts;
  /** The daily summary. */
  digest(facts: Facts, book: AlertBook, site: string, at: (instant: string) => string): Texts;
  test(site: string): Texts;
}

export interface Texts {
  readonly subject: string;
  readonly text: string;
}
