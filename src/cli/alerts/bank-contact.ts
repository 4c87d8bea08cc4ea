// Watches what becomes of every exchange with a bank: since when it gives no answer, and why.

import type { BankChannel } from '../../bank/channel.ts';
import type { Clock } from '../../clock.ts';

export interface BankContact {
  readonly bank: string;
  /** ISO 8601 in UTC; absent while it answers. */
  readonly failingSince?: string;
  readonly cause?: string;
}

export class BankContacts {
  readonly #clock: Clock;
  readonly #contacts = new Map<string, BankContact>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Banks that have been asked since the start. */
  all(): BankContact[] {
    return [...this.#contacts.values()];
  }

  /** The same channel, its exchanges noted on their way back. */
  watched(channel: BankChannel): BankChannel {
    const { bank } = channel;
    return {
      bank,
      compose: (message) => channel.compose(message),
      makeReady: () => channel.makeReady(),
      submit: async (message, keep) => this.#noted(bank, await channel.submit(message, keep)),
      ask: async (messageId, keep) => this.#noted(bank, await channel.ask(messageId, keep)),
      collect: async (query, keep) => this.#noted(bank, await channel.collect(query, keep)),
      readBalances: (answer) => channel.readBalances(answer),
      readHistory: (answer, take) => channel.readHistory(answer, take),
      readStatement: (answer, take) => channel.readStatement(answer, take),
      readAttachment: (answer) => channel.readAttachment(answer),
      reach: () => channel.reach(),
      close: () => channel.close(),
    };
  }

  #noted<Outcome extends { readonly kind: string; readonly cause?: string }>(
    bank: string,
    outcome: Outcome,
  ): Outcome {
    const hasFailed = outcome.kind === 'no-answer' || outcome.kind === 'not-sent' || outcome.kind === 'lost';
    const before = this.#contacts.get(bank);
    this.#contacts.set(
      bank,
      hasFailed
        ? {
            bank,
            failingSince: before?.failingSince ?? new Date(this.#clock.now()).toISOString(),
            cause: outcome.cause ?? '',
          }
        : { bank },
    );
    return outcome;
  }
}
