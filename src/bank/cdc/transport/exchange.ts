// One HTTP request and its answer over one given connection, told apart by the only question that matters for money:
// may the other side have received it?

import type { ClientRequest, IncomingMessage } from 'node:http';
// Not node:http, whose import makes Node load all of fetch.
import { request as startRequest, type Agent, type RequestOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../../clock.ts';
import type { Endpoint } from './endpoint.ts';
import { explainNetworkFault } from './network-fault.ts';
import { piecesOf } from './pieces-of.ts';
import { limitTime } from './time-limit.ts';

export interface HttpRequest {
  readonly soapAction: string;
  readonly sizeBytes: number;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** A request whose bytes are at hand. */
export function requestOf(soapAction: string, content: Uint8Array): HttpRequest {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield content;
  };
  return { soapAction, sizeBytes: content.length, bytes };
}

export interface ExchangeLimits {
  /** Longest time without a byte moving in either direction. */
  readonly answerMs: number;
  readonly totalMs: number;
  readonly answerBytesMax: number;
}

/** What is made of an answer; `Body` is all of its bytes, or what was made of them while they came. */
export type Exchange<Body = Uint8Array> =
  /** A complete HTTP answer, whatever it says. */
  | { readonly kind: 'answered'; readonly status: number; readonly body: Body }
  /** Nothing of the request was handed to the connection. */
  | { readonly kind: 'not-sent'; readonly cause: string }
  /** Something was handed over and no complete answer came; `partial` is what did come. */
  | { readonly kind: 'broken'; readonly cause: string; readonly partial: Uint8Array };

/**
 * Takes an answer's body while it comes, at the speed at which it can be taken. Iterating fails when no complete answer
 * comes; what else `take` fails with is passed on, once the connection is given up.
 */
export type TakeBody<Body> = (status: number, body: AsyncIterable<Uint8Array>) => Promise<Body>;

export interface Line {
  readonly endpoint: Endpoint;
  readonly socket: TLSSocket;
  /** Gives out `socket` and nothing else. */
  readonly agent: Agent;
  readonly clock: Clock;
  readonly userAgent: string;
}

/**
 * Sends the request once and waits for its answer. Never rejects for what the network does; rejects when the request's
 * own bytes cannot even be begun, because then nothing was sent.
 */
export async function exchange(line: Line, request: HttpRequest, limits: ExchangeLimits): Promise<Exchange> {
  const received: Uint8Array[] = [];
  const outcome = await exchangeInto(line, request, limits, async (_status, body) => {
    for await (const piece of body) received.push(piece);
    return Buffer.concat(received);
  });
  return outcome.kind === 'broken' ? { ...outcome, partial: Buffer.concat(received) } : outcome;
}

/** The same with an answer that is not held in memory; of one that breaks off nothing is given. */
export async function exchangeInto<Body>(
  line: Line,
  request: HttpRequest,
  limits: ExchangeLimits,
  take: TakeBody<Body>,
): Promise<Exchange<Body>> {
  const iterator = request.bytes()[Symbol.asyncIterator]();
  const first = await iterator.next();
  try {
    return await run(line, request, continued(first, iterator), limits, take);
  } finally {
    // Gives the file back; nobody waits, because a disk that hangs must not hide what the bank answered.
    iterator.return?.().catch(() => undefined);
  }
}

const NOTHING = new Uint8Array();

function run<Body>(
  line: Line,
  request: HttpRequest,
  bytes: AsyncIterable<Uint8Array>,
  limits: ExchangeLimits,
  take: TakeBody<Body>,
): Promise<Exchange<Body>> {
  return new Promise((resolve, reject) => {
    let handedOver = false;
    let settled = false;
    const http = startRequest(requestOptions(line, request));
    const settle = (tell: () => void, whole: boolean): void => {
      if (settled) return;
      settled = true;
      limit.stop();
      // A connection on which something is still on its way in either direction is never used again.
      if (!whole || !http.writableFinished) line.socket.destroy();
      tell();
    };
    const fail = (cause: string): void =>
      settle(
        () => resolve(handedOver ? { kind: 'broken', cause, partial: NOTHING } : { kind: 'not-sent', cause }),
        false,
      );
    let isComplete = (): boolean => false;
    /** An answer that has come whole stands, whatever becomes of the connection while it is taken. */
    const lose = (cause: string): void => {
      if (!isComplete()) fail(cause);
    };
    const limit = limitTime(line.clock, { idleMs: limits.answerMs, totalMs: limits.totalMs }, lose);

    http.on('error', (error) => lose(explainNetworkFault(error, line.endpoint.serverName)));
    http.on('close', () => lose('the connection was closed before the answer was complete'));
    http.on('response', (response) => {
      isComplete = () => response.complete;
      const status = response.statusCode ?? 0;
      take(status, bodyOf(response, limits.answerBytesMax, limit.progress, fail)).then(
        (body) => settle(() => resolve({ kind: 'answered', status, body }), true),
        (failure: unknown) => settle(() => reject(asError(failure)), false),
      );
    });
    http.on('socket', (socket) => {
      if (socket !== line.socket || socket.destroyed || !socket.writable) {
        fail('the connection was already closed');
        return;
      }
      // From this line on the request may be at the bank.
      handedOver = true;
      void send(http, bytes, request.sizeBytes, limit.progress, () => settled).then((cause) => {
        if (cause !== undefined) lose(cause);
      });
    });
  });
}

/** The pieces from the first one on, which was read ahead: a file that cannot be read shows before anything is sent. */
async function* continued(
  first: IteratorResult<Uint8Array, unknown>,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (let piece = first; piece.done !== true; piece = await iterator.next()) yield piece.value;
}

function requestOptions(line: Line, request: HttpRequest): RequestOptions {
  const { host, port, path } = line.endpoint;
  return {
    agent: line.agent,
    method: 'POST',
    path,
    setHost: false,
    headers: {
      Host: `${host.includes(':') ? `[${host}]` : host}${port === 443 ? '' : `:${port}`}`,
      'Content-Type': 'text/xml; charset=utf-8',
      'Content-Length': request.sizeBytes,
      SOAPAction: `"${request.soapAction}"`,
      Accept: 'text/xml',
      'Accept-Encoding': 'identity',
      'User-Agent': line.userAgent,
    },
  };
}

/** Hands the bytes over at the speed the connection takes them; gives a cause when they are not what was announced. */
async function send(
  http: ClientRequest,
  bytes: AsyncIterable<Uint8Array>,
  sizeBytes: number,
  progress: () => void,
  settled: () => boolean,
): Promise<string | undefined> {
  let sentBytes = 0;
  try {
    for await (const piece of bytes) {
      if (settled()) return undefined;
      sentBytes += piece.length;
      if (sentBytes > sizeBytes)
        return `the prepared message is longer than the ${sizeBytes} bytes it should have`;
      if (!http.write(piece)) await drained(http);
      progress();
    }
  } catch (error) {
    return `the prepared message could not be read to its end (${error instanceof Error ? error.message : String(error)})`;
  }
  if (sentBytes !== sizeBytes) return `the prepared message has ${sentBytes} instead of ${sizeBytes} bytes`;
  http.end(progress);
  return undefined;
}

function drained(http: ClientRequest): Promise<void> {
  if (http.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      http.off('drain', done);
      http.off('close', done);
      resolve();
    };
    http.on('drain', done);
    http.on('close', done);
  });
}

/** The pieces of a body; `fail` hears why it is not complete before whoever iterates does. */
async function* bodyOf(
  response: IncomingMessage,
  bytesMax: number,
  progress: () => void,
  fail: (cause: string) => void,
): AsyncGenerator<Uint8Array> {
  progress();
  let receivedBytes = 0;
  let cause = CUT_OFF;
  try {
    for await (const piece of piecesOf(response)) {
      progress();
      receivedBytes += piece.length;
      if (receivedBytes > bytesMax) {
        cause = `the answer is larger than ${bytesMax} bytes`;
        break;
      }
      yield piece;
    }
    if (response.complete && cause === CUT_OFF) return;
  } catch {
    // Why it broke off is told in our words.
  }
  fail(cause);
  throw new Error(cause);
}

function asError(failure: unknown): Error {
  return failure instanceof Error ? failure : new Error(String(failure));
}

const CUT_OFF = 'the connection was closed in the middle of the answer';
