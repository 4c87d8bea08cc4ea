// The bank's web service: takes one HTTP request, lets the mood have its way, and answers.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnswerDocument } from './answer-envelope.ts';
import { faultEnvelope, responseEnvelope } from './answer-envelope.ts';
import { answerBalanceQuery } from './balance-query.ts';
import { documentId } from './bank.ts';
import type { Bank } from './bank.ts';
import { bankTime } from './bank-time.ts';
import { isFaultCode, UNLISTED_CODE } from './fault-codes.ts';
import { actionRefusal, bareAnswer, customerOf, readBody, send } from './http-exchange.ts';
import type { HttpAnswer } from './http-exchange.ts';
import type { Mood, MoodName } from './moods.ts';
import type { Dialect, OperationName } from './operations.ts';
import { OrderReader } from './order-reader.ts';
import { takeOrder } from './orders.ts';
import { QueryValues } from './query-values.ts';
import { answerReportQuery } from './report-query.ts';
import { readRequest, refusal } from './request-reader.ts';
import type { Refusal, Request } from './request-reader.ts';
import { answerStatementQuery } from './statement-query.ts';
import { answerStatusQuery } from './status-query.ts';

export type SandboxLog = (event: string, fields: Readonly<Record<string, string | number>>) => void;

export interface Service {
  readonly bank: Bank;
  /** Which dialect is spoken on which path. */
  readonly paths: ReadonlyMap<string, Dialect>;
  readonly log: SandboxLog;
  /** Aborts when the sandbox closes: nobody waits for a slow answer then. */
  readonly signal: AbortSignal;
}

/** Never rejects: what goes wrong inside is logged and answered with a bare HTTP 500, as a broken bank would. */
export async function serve(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await respond(service, request, response);
  } catch (failure) {
    service.log('sandbox.failed', { reason: failure instanceof Error ? failure.message : String(failure) });
    if (response.headersSent) response.destroy();
    else send(response, { status: 500, type: 'text/plain', body: 'Internal error' });
  }
}

type Outcome = AnswerDocument | Refusal | { readonly kind: 'unlisted'; readonly text: string };

async function respond(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { bank, log } = service;
  const dialect = service.paths.get(request.url ?? '');
  const customer = customerOf(bank, request);
  const body = await readBody(request, bank.settings.requestBytesMax);
  const bare = bareAnswer(request, { dialect, customer, body });
  if (bare !== undefined || dialect === undefined || customer === undefined || body === undefined) {
    send(response, bare ?? { status: 400, type: 'text/plain', body: 'Bad request' });
    return;
  }

  const read = readRequest(body, dialect, ({ kind }) =>
    kind === 'order' ? new OrderReader() : new QueryValues(),
  );
  const checked = read.kind === 'request' ? (actionRefusal(request, read) ?? read) : read;
  if (checked.kind === 'refusal') {
    log('sandbox.refused', { code: checked.code, text: checked.text });
    send(response, outcomeAnswer(bank, undefined, checked));
    return;
  }
  const { operation } = checked;
  const answer = async (): Promise<Outcome> => {
    const outcome = await answerRequest(bank, { read: checked, bytes: body, dialect, customer });
    // Nobody hears of anything that a loss of power could still undo.
    await bank.ledger.durable();
    log('sandbox.answered', {
      operation: operation.name,
      outcome: outcome.kind === 'refusal' ? outcome.code : outcome.kind,
    });
    return outcome;
  };
  const slow = await bank.moods.use(['slow'], operation.kind);
  if (slow !== undefined) await bank.clock.sleep(slow.ms ?? SLOW_MS, service.signal);
  const mood = await bank.moods.use(OUTCOME_MOODS, operation.kind);
  if (mood !== undefined) log('sandbox.mood', { operation: operation.name, mood: mood.mood });
  await act(bank, { mood, name: operation.name, answer, response });
}

const SLOW_MS = 2000;

/** The moods of which one decides how a request ends. */
const OUTCOME_MOODS: readonly MoodName[] = [
  'refuses',
  'loses-request',
  'loses-answer',
  'answers-5xx',
  'no-answer',
  'fault-after-taking',
];

interface Act {
  readonly mood: Mood | undefined;
  readonly name: OperationName;
  readonly answer: () => Promise<Outcome>;
  readonly response: ServerResponse;
}

async function act(bank: Bank, { mood, name, answer, response }: Act): Promise<void> {
  switch (mood?.mood) {
    case 'refuses': {
      const code = mood.code ?? '';
      send(
        response,
        outcomeAnswer(
          bank,
          name,
          refusal(isFaultCode(code) ? code : 'E102', 'Refused because a mood says so'),
        ),
      );
      return;
    }
    case 'loses-request':
      response.destroy();
      return;
    case 'loses-answer':
      await answer();
      response.destroy();
      return;
    case 'answers-5xx':
      if (mood.taken === true) await answer();
      send(response, {
        status: 503,
        type: 'text/html',
        body: '<html><body>Service Unavailable</body></html>',
      });
      return;
    case 'no-answer':
      if (mood.taken === true) await answer();
      return;
    case 'fault-after-taking': {
      const outcome = await answer();
      send(
        response,
        outcomeAnswer(
          bank,
          name,
          outcome.kind === 'answer' ? { kind: 'unlisted', text: 'Try later' } : outcome,
        ),
      );
      return;
    }
    default:
      send(response, outcomeAnswer(bank, name, await answer()));
  }
}

interface ReadMessage {
  readonly read: Request<OrderReader | QueryValues>;
  readonly bytes: Uint8Array;
  readonly dialect: Dialect;
  readonly customer: string;
}

async function answerRequest(bank: Bank, { read, bytes, dialect, customer }: ReadMessage): Promise<Outcome> {
  const { operation, listener, hasSignature } = read;
  switch (operation.name) {
    case 'GetAccountBalance':
      return answerBalanceQuery(bank, queryOf(listener));
    case 'GetAccountReport':
    case 'GetIncrementalAccountReport':
      return answerReportQuery(bank, dialect, operation.name, queryOf(listener));
    case 'GetStatement':
      return answerStatementQuery(bank, dialect, queryOf(listener));
    case 'GetPaymentStatusReport':
      return await answerStatusQuery(bank, customer, queryOf(listener));
    default:
      if (!(listener instanceof OrderReader)) throw new Error(`${operation.name} was read as a query.`);
      return await takeOrder(bank, {
        bytes,
        dialect,
        customer,
        operation: operation.name,
        order: listener,
        hasSignature,
      });
  }
}

function queryOf(listener: OrderReader | QueryValues): QueryValues {
  if (listener instanceof QueryValues) return listener;
  throw new Error('A query was read as an order.');
}

function outcomeAnswer(bank: Bank, name: OperationName | undefined, outcome: Outcome): HttpAnswer {
  const type = 'text/xml; charset=utf-8';
  if (outcome.kind === 'answer' && name !== undefined)
    return { status: 200, type, body: responseEnvelope(name, outcome) };
  const facts = { reportId: documentId(bank, 'ERR'), at: bankTime(bank.clock.now()) };
  if (outcome.kind === 'refusal') return { status: 500, type, body: faultEnvelope({ ...facts, ...outcome }) };
  const text = outcome.kind === 'unlisted' ? outcome.text : '';
  return { status: 500, type, body: faultEnvelope({ ...facts, code: UNLISTED_CODE, text, faults: [] }) };
}
