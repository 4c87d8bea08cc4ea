// The port to people: one channel is one address that is told by itself, so that one that fails costs the others nothing.

import type { News } from './alert-book.ts';

export interface Message {
  /** The same when the same is told again after a crash. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  /** What the text tells; empty in a summary or a test. */
  readonly news: readonly News[];
  readonly purpose: 'alert' | 'digest' | 'test';
  /** ISO 8601 in UTC. */
  readonly at: string;
}

export type SendOutcome =
  { readonly kind: 'sent'; readonly detail: string } | { readonly kind: 'failed'; readonly reason: string };

export interface AlertChannel {
  /** For logs and the book: `mail treasury@example.com`. */
  readonly name: string;
  /** Local time `HH:MM` of its daily summary. */
  readonly digestAt?: string;
  /** Never throws, and comes to an end by itself. */
  send(message: Message): Promise<SendOutcome>;
  /** As far as one gets without sending anything: connected, shut in, signed in. */
  verify(): Promise<SendOutcome>;
}
