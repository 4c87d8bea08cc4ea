// What can happen to the folders of a company, as it stands in the journal.

import type { OrderId } from './order-event.ts';

export type CompanyEvent =
  /**
   * These folders carry our marks since. A marked folder without its mark is one that is away, such as a share that is
   * not mounted: it is waited for, and never made anew.
   */
  | {
      readonly type: 'folders-marked';
      readonly outbox: string;
      readonly inbox: string;
      readonly archive: string;
    }
  /**
   * These orders are about to be taken over together: a file of one of them that lies in our folder without a record of its own
   * was being taken over when the process died.
   */
  | { readonly type: 'orders-announced'; readonly orders: readonly OrderId[] };

/** The stream of what is announced for a company's outbox. */
export function announcementsOf(company: string): string {
  return `outbox/${company}`;
}
