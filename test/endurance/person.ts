// The person who decides about what is held, by the command line alone: looks at `goniec status`, then into the bank.

import { goniec } from '../end-to-end/support/processes.ts';
import { readBankBook } from './bank-book.ts';
import type { PlannedFile } from './planned-files.ts';
import { ARRIVAL_BOUND_MS, type Site } from './site.ts';

/** What `goniec status --json` shows, as far as it is looked at here. */
export interface StatusView {
  readonly open: readonly {
    readonly id: string;
    readonly fileName: string;
    readonly phase: string;
    readonly submissions: readonly {
      readonly messageId: string;
      readonly bank: string;
      readonly phase: string;
      readonly hold?: { readonly code: string; readonly evidence: string };
    }[];
  }[];
  readonly paused: readonly { readonly bank: string }[];
  readonly waiting: readonly { readonly file: string }[];
}

type Decision = 'resend' | 'settled' | 'rejected' | 'dropped';

/** Asks the real command; throws when it does not answer with an overview. */
export async function statusOf(site: Site): Promise<StatusView> {
  const { output } = await goniec('status', '--json', '--config', site.config);
  return JSON.parse(output.slice(output.indexOf('{'))) as StatusView;
}

export class Person {
  /** By what was held and how it was decided. */
  readonly decisions = new Map<string, number>();
  /** Holds nobody should ever have met, each told once. */
  readonly surprises = new Set<string>();
  readonly #site: Site;
  readonly #files: ReadonlyMap<string, PlannedFile>;
  readonly #seenMs = new Map<string, number>();
  readonly #decided = new Set<string>();

  constructor(site: Site, files: readonly PlannedFile[]) {
    this.#site = site;
    this.#files = new Map(files.map((file) => [file.name, file]));
  }

  /** One look at the status, and every decision that is ripe. */
  async look(): Promise<void> {
    const status = await statusOf(this.#site).catch(() => undefined);
    for (const { bank } of status?.paused ?? []) await this.#resume(bank);
    for (const { fileName, submissions } of status?.open ?? []) {
      for (const { messageId, bank, phase, hold } of submissions) {
        if (phase !== 'held' || hold === undefined) continue;
        const decision = this.#decide(fileName, messageId, bank, hold);
        if (decision !== undefined) await this.#release(messageId, decision, hold);
      }
    }
  }

  #decide(
    fileName: string,
    messageId: string,
    bank: string,
    hold: { readonly code: string; readonly evidence: string },
  ): Decision | undefined {
    if (hold.code === 'same-message-id' || hold.code === 'same-payments') {
      const end = this.#files.get(fileName)?.end;
      if (end === 'held-then-sent') return 'resend';
      if (end === 'held-then-dropped') return 'dropped';
      // The earlier one was claimed later; both are right, and one of them must wait.
      this.surprises.add(`${fileName} is held (${hold.code}): ${hold.evidence}`);
      return undefined;
    }
    if (hold.code !== 'in-doubt-unanswered') {
      this.surprises.add(`${fileName} is held (${hold.code}): ${hold.evidence}`);
      return undefined;
    }
    return this.#whatTheBankSays(messageId, bank);
  }

  /** Looks for the message at the bank, once nothing can arrive there any more. */
  #whatTheBankSays(messageId: string, bankName: string): Decision | undefined {
    const seenMs = this.#seenMs.get(messageId) ?? performance.now();
    this.#seenMs.set(messageId, seenMs);
    if (performance.now() - seenMs < ARRIVAL_BOUND_MS) return undefined;
    const bank = this.#site.banks.find(({ name }) => name === bankName);
    if (bank === undefined) return undefined;
    const found = readBankBook(bank.bank.folder).taken.filter((taken) => taken.messageId === messageId);
    if (found.length === 0) return 'resend';
    if (found.some(({ executed, transfers }) => executed === transfers)) return 'settled';
    return found.every(({ rejected, transfers }) => rejected === transfers) ? 'rejected' : undefined;
  }

  async #release(
    messageId: string,
    decision: Decision,
    { code, evidence }: { readonly code: string; readonly evidence: string },
  ): Promise<void> {
    // The same hold is seen again only because the daemon has not put the decision on record yet.
    const hold = `${messageId} ${evidence}`;
    if (this.#decided.has(hold)) return;
    const reason =
      decision === 'dropped' ? 'A duplicate.' : 'Looked for the message and its transfers at the bank.';
    const { code: exit } = await goniec(
      'release',
      messageId,
      '--as',
      decision,
      '--reason',
      reason,
      '--config',
      this.#site.config,
    );
    if (exit !== 0) return;
    this.#decided.add(hold);
    const name = `${code}: ${decision}`;
    this.decisions.set(name, (this.decisions.get(name) ?? 0) + 1);
  }

  async #resume(bank: string): Promise<void> {
    const { code } = await goniec('resume', bank, '--reason', 'New key.', '--config', this.#site.config);
    if (code === 0) this.decisions.set('paused: resumed', (this.decisions.get('paused: resumed') ?? 0) + 1);
  }
}
