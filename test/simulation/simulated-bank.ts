// A bank for simulations: it has a ledger that outlives every crash of ours, takes messages and executes them after a while, and
// has moods. What it did can be looked at, so that nobody has to believe our own records.

import { createHash } from 'node:crypto';
import type { AccountQuery, StatusReport } from '../../src/bank/channel.ts';
import { isBusinessDay } from '../../src/domain/calendar.ts';
import { formatDecimal } from '../../src/domain/decimal.ts';
import type { StatusReason } from '../../src/domain/order-event.ts';
import type { TestClock } from '../test-clock.ts';
import { isAfter, Ledger } from './bank-ledger.ts';
import { CODES, REJECTED_PREFIX, type BankTraits, type Mood } from './bank-moods.ts';
import { createChance, type Chance } from './chance.ts';
import { instructionsOf, messageIdOf, type Instruction } from './message-at-the-bank.ts';

/** What the bank says to one request. */
export type Said =
  | { readonly kind: 'report'; readonly report: StatusReport }
  | { readonly kind: 'fault'; readonly code: string }
  | { readonly kind: 'body'; readonly body: unknown }
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'silence' };

/** Of a message as a whole: unknown to the bank, all of it paid or none, or only some of its transfers. */
export type Fate = 'unknown' | 'paid' | 'rejected' | 'mixed';

interface TakenMessage {
  readonly id: string;
  readonly takenMs: number;
  readonly instructions: readonly Instruction[];
  state: 'taken' | 'executed' | 'rejected';
}

export interface Execution {
  readonly messageId: string;
  readonly endToEndId: string;
  readonly account: string;
  readonly amount: string;
}

export interface BankSketch {
  readonly name: string;
  readonly clock: TestClock;
  readonly traits: BankTraits;
  /** Moods of the first handings over, in order; afterwards it answers. */
  readonly moods: readonly Mood[];
  readonly timeZone: string;
  readonly seed: number;
}

export class SimulatedBank {
  readonly name: string;
  readonly traits: BankTraits;
  readonly ledger: Ledger;
  /** Every execution of a transfer, in order. */
  readonly executions: Execution[] = [];
  /** Digests of all bytes that arrived, by message id. */
  readonly arrived = new Map<string, string[]>();
  readonly #moods: Mood[];
  readonly #clock: TestClock;
  readonly #startMs: number;
  readonly #taken: TakenMessage[] = [];
  readonly #chance: Chance;
  #underway: { readonly arrivesMs: number; readonly bytes: Uint8Array }[] = [];

  constructor({ name, clock, traits, moods, timeZone, seed }: BankSketch) {
    this.name = name;
    this.traits = traits;
    this.#moods = [...moods];
    this.ledger = new Ledger(timeZone, traits.stableIdentities);
    this.#clock = clock;
    this.#startMs = clock.now() - clock.running();
    this.#chance = createChance(seed);
  }

  /** The bank's own date: our machine's clock may be set, the bank's is not. */
  now(): number {
    return this.#startMs + this.#clock.running();
  }

  /** One way takes so long. */
  async travel(): Promise<void> {
    const { latencyMs, jitterMs } = this.traits;
    await this.#clock.sleep(latencyMs / 2 + (jitterMs === 0 ? 0 : this.#chance.below(jitterMs)));
    this.catchUp();
  }

  /** Lets everything happen that is due by now: late arrivals, executions. */
  catchUp(nowMs = this.now()): void {
    for (;;) {
      const arrival = this.#underway.toSorted((a, b) => a.arrivesMs - b.arrivesMs)[0];
      const execution = this.#taken
        .filter(({ state }) => state === 'taken')
        .map((message) => ({ message, atMs: message.takenMs + this.traits.executeAfterMs }))
        .toSorted((a, b) => a.atMs - b.atMs)[0];
      const nextMs = Math.min(arrival?.arrivesMs ?? Infinity, execution?.atMs ?? Infinity);
      if (nextMs > nowMs || nextMs === Infinity) return;
      if (arrival?.arrivesMs === nextMs) {
        this.#underway = this.#underway.filter((other) => other !== arrival);
        this.#take(arrival.bytes, nextMs);
      } else if (execution !== undefined) this.#execute(execution.message, execution.atMs);
    }
  }

  /** All that decides what it will do, but for chance. */
  state(): unknown {
    const taken = this.#taken.map(({ id, takenMs, state }) => [id, takenMs, state]);
    const underway = this.#underway.map(({ arrivesMs, bytes }) => [arrivesMs, messageIdOf(bytes)]);
    return [this.#moods.length, taken, underway, this.ledger.all.length, [...this.arrived]];
  }

  /** What becomes of this message, or has become of it: what a person sees in the e-bank, or would see in a while. */
  fateOf(messageId: string): Fate {
    const taken = this.#taken.filter(({ id }) => id === messageId);
    const underway = this.#underway.filter(({ bytes }) => messageIdOf(bytes) === messageId);
    if (taken.length + underway.length === 0) return 'unknown';
    const paid = [
      ...taken.filter(({ state }) => state !== 'rejected').flatMap(({ instructions }) => instructions),
      ...underway.flatMap(({ bytes }) => instructionsOf(bytes)),
    ].map(isPaid);
    if (paid.every((one) => !one)) return 'rejected';
    return paid.every(Boolean) ? 'paid' : 'mixed';
  }

  handOver(bytes: Uint8Array): Said {
    const outage = this.#outage();
    if (outage === 'down') return { kind: 'not-sent' };
    const mood =
      outage === 'mute'
        ? this.#chance.pick<Mood>(['loses-request', 'loses-answer'])
        : (this.#moods.shift() ?? 'answers');
    const id = messageIdOf(bytes);
    switch (mood) {
      case 'answers':
        return this.#take(bytes, this.now());
      case 'rejects':
        return this.#reject(bytes);
      case 'refuses':
        return { kind: 'fault', code: CODES.refusal };
      case 'refuses-all':
        return { kind: 'fault', code: CODES.systemic };
      case 'not-sent':
        return { kind: 'not-sent' };
      case 'loses-request':
        return { kind: 'silence' };
      case 'loses-answer':
        this.#take(bytes, this.now());
        return { kind: 'silence' };
      case 'arrives-late':
        this.#underway.push({ arrivesMs: this.now() + this.traits.lateByMs, bytes });
        return { kind: 'silence' };
      case 'unlisted-fault':
        return { kind: 'fault', code: CODES.unlisted };
      case 'forgets':
        return { kind: 'report', report: whole(id, 'ACCP', []) };
    }
  }

  statusOf(id: string): Said {
    if (this.#outage() !== undefined) return { kind: 'silence' };
    const message = this.#taken.find((taken) => taken.id === id);
    if (message === undefined || this.now() < message.takenMs + this.traits.statusLagMs) {
      switch (this.traits.unknownId) {
        case 'not-found':
          return { kind: 'fault', code: CODES.notFound };
        case 'unlisted-fault':
          return { kind: 'fault', code: CODES.unlisted };
        case 'rejected':
          return { kind: 'report', report: whole(id, 'RJCT', []) };
      }
    }
    switch (message.state) {
      case 'taken':
        return { kind: 'report', report: whole(id, 'ACCP', []) };
      case 'executed':
        return { kind: 'report', report: ends(message) };
      case 'rejected':
        return rejection(id);
    }
  }

  collected(query: AccountQuery): Said {
    if (this.#outage() !== undefined) return { kind: 'silence' };
    switch (query.kind) {
      case 'balances':
        return { kind: 'body', body: this.ledger.balancesAnswer(query.account) };
      case 'history': {
        const entries = this.ledger.entries(query.account, query.from, query.to);
        return { kind: 'body', body: this.ledger.historyAnswer(entries) };
      }
      case 'incremental': {
        const entries = this.ledger.entries(query.account, query.day, query.day);
        return { kind: 'body', body: this.ledger.historyAnswer(entries.filter(isAfter(query.after))) };
      }
      case 'statement': {
        const over = this.ledger.dayOf(this.now()) > query.day;
        if (!over || !isBusinessDay(query.day)) return { kind: 'fault', code: CODES.noStatement };
        const { account, day } = query;
        const body =
          query.format === 'xml'
            ? this.ledger.statementAnswer(account, day)
            : this.ledger.documentAnswer(account, day);
        return { kind: 'body', body };
      }
    }
  }

  #outage(): 'down' | 'mute' | undefined {
    const now = this.#clock.running();
    return this.traits.outages.find(({ fromMs, toMs }) => fromMs <= now && now < toMs)?.kind;
  }

  #take(bytes: Uint8Array, nowMs: number): Said {
    const id = this.#arrive(bytes);
    const known = this.#taken.find((message) => message.id === id);
    if (known !== undefined && this.traits.repeatedId === 'refused')
      return { kind: 'fault', code: CODES.duplicate };
    if (known === undefined || this.traits.repeatedId === 'executed-again')
      this.#taken.push({ id, takenMs: nowMs, instructions: instructionsOf(bytes), state: 'taken' });
    else if (known.state === 'rejected') return rejection(id);
    return { kind: 'report', report: whole(id, 'ACCP', []) };
  }

  #reject(bytes: Uint8Array): Said {
    const id = this.#arrive(bytes);
    const known = this.#taken.some((message) => message.id === id);
    if (known && this.traits.repeatedId === 'refused') return { kind: 'fault', code: CODES.duplicate };
    if (!known)
      this.#taken.push({ id, takenMs: this.now(), instructions: instructionsOf(bytes), state: 'rejected' });
    return rejection(id);
  }

  #arrive(bytes: Uint8Array): string {
    const id = messageIdOf(bytes);
    const digest = createHash('sha256').update(bytes).digest('hex');
    this.arrived.set(id, [...(this.arrived.get(id) ?? []), digest]);
    return id;
  }

  #execute(message: TakenMessage, atMs: number): void {
    message.state = 'executed';
    for (const { endToEndId, amount, debtor } of message.instructions) {
      if (!isPaid({ endToEndId })) continue;
      const money = formatDecimal(amount);
      this.executions.push({ messageId: message.id, endToEndId, account: debtor, amount: money });
      this.ledger.book({
        account: debtor,
        atMs,
        amount: money,
        direction: 'debit',
        endToEndId,
        text: 'transfer',
      });
    }
  }
}

function isPaid({ endToEndId }: Pick<Instruction, 'endToEndId'>): boolean {
  return !endToEndId.startsWith(REJECTED_PREFIX);
}

function whole(id: string, status: string, reasons: readonly StatusReason[]): StatusReport {
  return { originalMessageId: id, groupStatus: status, groupReasons: reasons, blocks: [] };
}

function rejection(id: string): Said {
  return { kind: 'report', report: whole(id, 'RJCT', [{ code: 'AC04', texts: ['account closed'] }]) };
}

/** The end of every transfer of an executed message. */
function ends({ id, instructions }: TakenMessage): StatusReport {
  const blocks = [...new Set(instructions.map(({ block }) => block))].map((block) => ({
    paymentInformationId: block,
    status: undefined,
    reasons: [],
    transfers: instructions
      .filter((instruction) => instruction.block === block)
      .map(({ instructionId, endToEndId }) =>
        !isPaid({ endToEndId })
          ? {
              instructionId,
              endToEndId,
              status: 'RJCT',
              reasons: [{ code: 'AC04', texts: ['account closed'] }],
            }
          : { instructionId, endToEndId, status: 'ACSC', reasons: [] },
      ),
  }));
  return { originalMessageId: id, groupStatus: undefined, groupReasons: [], blocks };
}
