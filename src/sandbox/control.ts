// The sandbox's control: plain HTTP with small JSON, on loopback only. It is a tester's hand, not part of the bank's service.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { formatDecimal, parseDecimal, withScale } from '../domain/decimal.ts';
import type { Decimal } from '../domain/decimal.ts';
import { asIban } from '../domain/iban.ts';
import { available } from './balance-query.ts';
import { present } from './bank.ts';
import type { Bank } from './bank.ts';
import { approve, bookFee, bookIncoming, bookNow } from './booking.ts';
import { readControlOrder } from './control-order.ts';
import type { ControlOrder } from './control-order.ts';
import { moodFault } from './moods.ts';
import { viewOf } from './read-ledger.ts';
import type { SandboxLog } from './service.ts';
import { groupStatus } from './status-answer.ts';

const BODY_BYTES_MAX = 64 * 1024;

/** What control answers: `GET /state` gives the state, an order `{done: true}` with what it did, anything else an error. */
export function control(
  bank: Bank,
  moodsChanged: () => void,
  log: SandboxLog,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(bank, request, moodsChanged)
      .catch((failure: unknown) => ({
        status: 500,
        body: { error: failure instanceof Error ? failure.message : String(failure) },
      }))
      .then(({ status, body }) => {
        log('sandbox.control', { request: `${request.method ?? ''} ${request.url ?? ''}`, status });
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(`${JSON.stringify(body, null, 2)}\n`);
      })
      .catch((failure: unknown) => log('sandbox.failed', { reason: String(failure) }));
  };
}

interface ControlAnswer {
  readonly status: number;
  readonly body: object;
}

async function answer(
  bank: Bank,
  request: IncomingMessage,
  moodsChanged: () => void,
): Promise<ControlAnswer> {
  // A page in a browser may send requests to loopback, but neither under this host name nor with this content type unasked.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ''))
    return bad('Ask under 127.0.0.1 or localhost.');
  if (request.method === 'GET' && request.url === '/state') {
    const state = stateOf(bank);
    await bank.ledger.durable();
    return { status: 200, body: state };
  }
  if (request.method !== 'POST')
    return { status: 404, body: { error: 'There is GET /state; everything else is POST.' } };
  if (request.headers['content-type'] !== 'application/json') return bad('Send application/json.');
  const order = readControlOrder(request.url ?? '', await readText(request));
  if (typeof order === 'string') return bad(order);
  const done = await follow(bank, order, moodsChanged);
  await bank.ledger.durable();
  return typeof done === 'string' ? bad(done) : { status: 200, body: { done: true, ...done } };
}

/** Does what was ordered; a sentence where it cannot be done. */
async function follow(bank: Bank, order: ControlOrder, moodsChanged: () => void): Promise<string | object> {
  const nowMs = present(bank);
  switch (order.kind) {
    case 'mood': {
      const fault = moodFault(order.order);
      if (fault !== undefined) return `${fault}.`;
      await bank.moods.order(order.order);
      moodsChanged();
      return { moods: bank.moods.current };
    }
    case 'credit':
    case 'fee': {
      const account = bank.ledger.accounts.get(asIban(order.account));
      const amount = parseDecimal(order.amount);
      if (account === undefined) return `There is no account ${order.account}.`;
      if (amount === undefined || amount.coefficient <= 0n || amount.scale > 2)
        return `"${order.amount}" is no amount.`;
      if (order.kind === 'fee') bookFee(bank.ledger, account, { amount, text: order.text }, nowMs);
      else bookIncoming(bank.ledger, account, { ...order, amount }, nowMs);
      return { booked: money(account.booked) };
    }
    case 'approve':
      return { approved: approve(bank.ledger, order.messageId, nowMs) };
    case 'book-now':
      return { booked: bookNow(bank.ledger, nowMs) };
  }
}

/** What `GET /state` shows. */
export interface SandboxState {
  readonly now: string;
  readonly accounts: readonly {
    readonly iban: string;
    readonly currency: string;
    readonly owner: string;
    readonly booked: string;
    readonly available: string;
    readonly entries: number;
  }[];
  readonly messages: readonly {
    readonly messageId: string;
    readonly operation: string;
    readonly at: string;
    readonly transfers: number;
    readonly status: string;
  }[];
  readonly executions: ReturnType<typeof viewOf>['executions'];
  readonly moods: Bank['moods']['current'];
}

function stateOf(bank: Bank): SandboxState {
  const nowMs = present(bank);
  const view = viewOf(bank.ledger);
  return {
    now: new Date(nowMs).toISOString(),
    accounts: [...bank.ledger.accounts.values()].map((account) => ({
      iban: account.iban,
      currency: account.currency,
      owner: account.owner,
      booked: money(account.booked),
      available: money(available(bank, account)),
      entries: account.entries.length,
    })),
    messages: bank.ledger.takings.map((taking, index) => ({
      messageId: taking.event.messageId,
      operation: taking.event.operation,
      at: new Date(taking.event.at).toISOString(),
      transfers: view.messages[index]?.transfers ?? 0,
      status: groupStatus(taking, nowMs),
    })),
    executions: view.executions,
    moods: bank.moods.current,
  };
}

function money(amount: Decimal): string {
  return formatDecimal(withScale(amount, 2));
}

function bad(error: string): ControlAnswer {
  return { status: 400, body: { error } };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  return sizeBytes > BODY_BYTES_MAX ? '' : Buffer.concat(chunks).toString('utf8');
}
