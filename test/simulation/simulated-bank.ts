// A bank for simulations: it has a ledger that outlives every crash of ours, takes messages and executes them after a while, and
// has moods. What it did can be looked at, so that nobody has to believe our own records.

import { createHash } from 'node:crypto';
import type {
  AccountQuery,
  AskOutcome,
  BankChannel,
  CollectOutcome,
  KeepAnswer,
  StatusReport,
  SubmitOutcome,
} from '../../src/bank/channel.ts';
import type { Clock } from '../../src/clock.ts';
import type { AnswerProfile } from '../../src/domain/bank-profile.ts';
import { addDecimals, formatDecimal, parseDecimal, ZERO, type Decimal } from '../../src/domain/decimal.ts';
import type { StatusReason } from '../../src/domain/order-event.ts';
import { isBusinessDay } from '../../src/domain/calendar.ts';
import { parseSmallDocument, type XmlNode } from '../../src/xml/small-document.ts';
import { attributeOf, each, one, optTextOf, textOf } from '../../src/xml/xml-path.ts';
import type { Effects } from '../files/simulated-effects.ts';
import { readAnswer, Ledger, type LedgerEntry } from './bank-ledger.ts';

/** What becomes of one handing over of a message. */
export type Mood =
  /** Takes it and says so. */
  | 'answers'
  /** Says no to all of it, in a report. */
  | 'rejects'
  /** Says no by a fault that its profile lists. */
  | 'refuses'
  /** Says no to everybody: the certificate. */
  | 'refuses-all'
  /** Proof that nothing left. */
  | 'not-sent'
  /** It never arrives, and nothing is heard. */
  | 'loses-request'
  /** It is taken, and nothing is heard. */
  | 'loses-answer'
  /** Nothing is heard, and it is taken after a while. */
  | 'arrives-late'
  /** It is not taken; a fault is heard that the profile does not know. */
  | 'unlisted-fault';

export const CODES = {
  notFound: 'E404',
  duplicate: 'E409',
  refusal: 'E422',
  systemic: 'E401',
  unlisted: 'E500',
  noStatement: 'E502',
} as const;

/** How this bank is; settled by a test at it, which is where its profile comes from. */
export interface BankTraits {
  readonly unknownId: 'not-found' | 'unlisted-fault' | 'rejected';
  readonly repeatedId: 'refused' | 'silently-known' | 'executed-again';
  /** False: entries can only be recognised by their content. */
  readonly stableIdentities: boolean;
  /** A taken message is unknown to the status service for so long. */
  readonly statusLagMs: number;
  readonly executeAfterMs: number;
  readonly lateByMs: number;
  readonly latencyMs: number;
}

export const PLAIN_BANK: BankTraits = {
  unknownId: 'not-found',
  repeatedId: 'refused',
  stableIdentities: true,
  statusLagMs: 0,
  executeAfterMs: 20_000,
  lateByMs: 45_000,
  latencyMs: 200,
};

interface Instruction {
  readonly block: string;
  readonly endToEndId: string;
  readonly instructionId: string | undefined;
  readonly amount: Decimal;
  readonly debtor: string;
}

interface TakenMessage {
  readonly id: string;
  readonly takenMs: number;
  readonly instructions: readonly Instruction[];
  executed: boolean;
}

export interface Execution {
  readonly messageId: string;
  readonly endToEndId: string;
  readonly amount: string;
  readonly atMs: number;
}

/** EndToEndIds that start so are rejected when their message is executed. */
export const REJECTED_PREFIX = 'NO';

export class SimulatedBank {
  readonly name: string;
  readonly traits: BankTraits;
  readonly ledger: Ledger;
  /** Every execution of a transfer, in order. */
  readonly executions: Execution[] = [];
  /** Digests of all bytes that arrived, by message id. */
  readonly arrived = new Map<string, string[]>();
  /** Moods of the next handings over, first one first; when none is left it answers. */
  readonly moods: Mood[];
  readonly #clock: Clock;
  readonly #taken: TakenMessage[] = [];
  #underway: { readonly arrivesMs: number; readonly bytes: Uint8Array }[] = [];
  #silentUntilMs = 0;

  constructor(name: string, clock: Clock, traits: BankTraits, moods: readonly Mood[], timeZone: string) {
    this.name = name;
    this.traits = traits;
    this.moods = [...moods];
    this.ledger = new Ledger(timeZone, traits.stableIdentities);
    this.#clock = clock;
  }

  /** No query is answered until then (by date). */
  silentUntil(ms: number): void {
    this.#silentUntilMs = ms;
  }

  /** Lets everything happen that is due by now: late arrivals, executions. */
  catchUp(nowMs = this.#clock.now()): void {
    for (;;) {
      const arrival = this.#underway.toSorted((a, b) => a.arrivesMs - b.arrivesMs)[0];
      const execution = this.#taken
        .filter(({ executed }) => !executed)
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

  /** The bank as one life of a process reaches it. */
  channel(life: Effects, answers: AnswerProfile): BankChannel {
    const travel = async (): Promise<void> => {
      life.requireAlive();
      await this.#clock.sleep(this.traits.latencyMs / 2);
      this.catchUp();
    };
    const back = async (): Promise<void> => {
      await this.#clock.sleep(this.traits.latencyMs / 2);
      life.requireAlive();
    };
    return {
      bank: this.name,
      compose: ({ messageId, operation, signingTime, document }) =>
        wrapped(
          `<Order id="${messageId}" operation="${operation}" signed="${signingTime.toISOString()}">`,
          document(),
        ),
      submit: async ({ bytes }, keep) => {
        const sent = await gather(bytes());
        await travel();
        // From here the bytes have left, whatever becomes of the process that sent them.
        const mood = this.moods.shift() ?? 'answers';
        const said = this.#handedOver(sent, mood);
        await back();
        return await heard(said, answers, keep);
      },
      ask: async (messageId, keep) => {
        await travel();
        const said = this.#asked(messageId);
        await back();
        return await understood(said, answers, keep);
      },
      collect: async (query, keep) => {
        await travel();
        const said = this.#collected(query);
        await back();
        return await collected(said, keep);
      },
      readBalances: (bytes) => readAnswer.balances(bytes),
      readHistory: (bytes) => readAnswer.history(bytes),
      readStatement: (bytes) => readAnswer.statement(bytes),
      readAttachment: (bytes) => readAnswer.attachment(bytes),
      reach: async () => undefined,
      close: async () => undefined,
    };
  }

  #handedOver(bytes: Uint8Array, mood: Mood): Said {
    const id = idOf(bytes);
    switch (mood) {
      case 'answers':
        return this.#take(bytes, this.#clock.now());
      case 'rejects':
        return { kind: 'report', report: whole(id, 'RJCT', [{ code: 'AC04', texts: ['account closed'] }]) };
      case 'refuses':
        return { kind: 'fault', code: CODES.refusal };
      case 'refuses-all':
        return { kind: 'fault', code: CODES.systemic };
      case 'not-sent':
        return { kind: 'not-sent' };
      case 'loses-request':
        return { kind: 'silence' };
      case 'loses-answer':
        this.#take(bytes, this.#clock.now());
        return { kind: 'silence' };
      case 'arrives-late':
        this.#underway.push({ arrivesMs: this.#clock.now() + this.traits.lateByMs, bytes });
        return { kind: 'silence' };
      case 'unlisted-fault':
        return { kind: 'fault', code: CODES.unlisted };
    }
  }

  #take(bytes: Uint8Array, nowMs: number): Said {
    const id = idOf(bytes);
    const digests = this.arrived.get(id) ?? [];
    this.arrived.set(id, [...digests, createHash('sha256').update(bytes).digest('hex')]);
    const known = this.#taken.find((message) => message.id === id);
    if (known !== undefined && this.traits.repeatedId === 'refused')
      return { kind: 'fault', code: CODES.duplicate };
    if (known === undefined || this.traits.repeatedId === 'executed-again')
      this.#taken.push({ id, takenMs: nowMs, instructions: instructionsOf(bytes), executed: false });
    return { kind: 'report', report: whole(id, 'ACCP', []) };
  }

  #execute(message: TakenMessage, atMs: number): void {
    message.executed = true;
    for (const { endToEndId, amount, debtor } of message.instructions) {
      if (endToEndId.startsWith(REJECTED_PREFIX)) continue;
      const money = formatDecimal(amount);
      this.executions.push({ messageId: message.id, endToEndId, amount: money, atMs });
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

  #asked(id: string): Said {
    const now = this.#clock.now();
    if (now < this.#silentUntilMs) return { kind: 'silence' };
    const message = this.#taken.find((taken) => taken.id === id);
    if (message === undefined || now < message.takenMs + this.traits.statusLagMs) {
      switch (this.traits.unknownId) {
        case 'not-found':
          return { kind: 'fault', code: CODES.notFound };
        case 'unlisted-fault':
          return { kind: 'fault', code: CODES.unlisted };
        case 'rejected':
          return { kind: 'report', report: whole(id, 'RJCT', []) };
      }
    }
    return { kind: 'report', report: message.executed ? ends(message) : whole(id, 'ACCP', []) };
  }

  #collected(query: AccountQuery): Said {
    const now = this.#clock.now();
    if (now < this.#silentUntilMs) return { kind: 'silence' };
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
        const over = this.ledger.dayOf(now) > query.day;
        if (!over || !isBusinessDay(query.day)) return { kind: 'fault', code: CODES.noStatement };
        return {
          kind: 'body',
          body:
            query.format === 'xml'
              ? this.ledger.statementAnswer(query.account, query.day)
              : this.ledger.documentAnswer(query.account, query.day),
        };
      }
    }
  }
}

type Said =
  | { readonly kind: 'report'; readonly report: StatusReport }
  | { readonly kind: 'fault'; readonly code: string }
  | { readonly kind: 'body'; readonly body: unknown }
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'silence' };

/** What a channel makes of it, by the profile alone. */
async function heard(said: Said, answers: AnswerProfile, keep: KeepAnswer): Promise<SubmitOutcome> {
  switch (said.kind) {
    case 'report':
      return { kind: 'answered', answer: await keep(bytesOf(said)), report: said.report };
    case 'fault': {
      const answer = await keep(bytesOf(said));
      const systemic = answers.systemic.includes(said.code);
      if (systemic || answers.refusal.includes(said.code))
        return { kind: 'refused', answer, reasons: [{ code: said.code, texts: ['no'] }], systemic };
      if (answers.duplicate.includes(said.code)) return { kind: 'duplicate', answer, code: said.code };
      return { kind: 'lost', cause: `fault ${said.code}`, answer };
    }
    case 'not-sent':
      return { kind: 'not-sent', cause: 'connection refused' };
    case 'body':
    case 'silence':
      return { kind: 'lost', cause: 'no answer in time' };
  }
}

async function understood(said: Said, answers: AnswerProfile, keep: KeepAnswer): Promise<AskOutcome> {
  switch (said.kind) {
    case 'report':
      return { kind: 'report', answer: await keep(bytesOf(said)), report: said.report };
    case 'fault': {
      const answer = await keep(bytesOf(said));
      return answers.notFound.includes(said.code)
        ? { kind: 'not-found', answer, code: said.code }
        : { kind: 'no-answer', cause: `fault ${said.code}`, answer };
    }
    case 'not-sent':
    case 'body':
    case 'silence':
      return { kind: 'no-answer', cause: 'no answer in time' };
  }
}

async function collected(said: Said, keep: KeepAnswer): Promise<CollectOutcome> {
  switch (said.kind) {
    case 'body':
      return { kind: 'collected', answer: await keep(Buffer.from(JSON.stringify(said.body))) };
    case 'fault': {
      const answer = await keep(bytesOf(said));
      return said.code === CODES.noStatement
        ? { kind: 'nothing', code: said.code, answer }
        : { kind: 'refused', code: said.code, text: 'no', answer };
    }
    case 'report':
    case 'not-sent':
    case 'silence':
      return { kind: 'no-answer', cause: 'no answer in time' };
  }
}

function whole(id: string, status: string, reasons: readonly StatusReason[]): StatusReport {
  return { originalMessageId: id, groupStatus: status, groupReasons: reasons, blocks: [] };
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
        endToEndId.startsWith(REJECTED_PREFIX)
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

function isAfter(number: number): (entry: LedgerEntry) => boolean {
  return (entry) => entry.number > number;
}

function bytesOf(said: Said): Uint8Array {
  return Buffer.from(JSON.stringify(said));
}

function idOf(bytes: Uint8Array): string {
  return attributeOf(parsed(bytes), 'id');
}

function instructionsOf(bytes: Uint8Array): Instruction[] {
  const document = parsed(bytes).children[0];
  if (document === undefined) throw new Error('a message without a document reached the bank');
  return each(document, 'CstmrCdtTrfInitn/PmtInf').flatMap((block) =>
    each(block, 'CdtTrfTxInf').map((transfer) => ({
      block: textOf(block, 'PmtInfId'),
      endToEndId: textOf(transfer, 'PmtId/EndToEndId'),
      instructionId: optTextOf(one(transfer, 'PmtId'), 'InstrId'),
      amount: addDecimals(ZERO, parseDecimal(textOf(transfer, 'Amt/InstdAmt')) ?? ZERO),
      debtor: textOf(block, 'DbtrAcct/Id/IBAN'),
    })),
  );
}

function parsed(bytes: Uint8Array): XmlNode {
  const root = parseSmallDocument(bytes);
  if ('rule' in root) throw new Error(`bytes that are no XML reached the bank: ${root.message}`);
  return root;
}

async function* wrapped(start: string, inner: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  yield Buffer.from(start);
  yield* inner;
  yield Buffer.from('</Order>');
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}
