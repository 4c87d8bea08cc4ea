// One HTTP request and its answer over one given connection, told apart by the only question that matters for money:
// may the other side have received it?

import {
  request as startRequest,
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../../clock.ts';
import type { Endpoint } from './endpoint.ts';
import { explainNetworkFault } from './network-fault.ts';
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

export type Exchange =
  /** A complete HTTP answer, whatever it says. */
  | { readonly kind: 'answered'; readonly status: number; readonly body: Uint8Array }
  /** Nothing of the request was handed to the connection. */
  | { readonly kind: 'not-sent'; readonly cause: string }
  /** Something was handed over and no complete answer came; `partial` is what did come. */
  | { readonly kind: 'broken'; readonly cause: string; readonly partial: Uint8Array };

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
  const iterator = request.bytes()[Symbol.asyncIterator]();
  const first = await iterator.next();
  const outcome = await run(line, request, continued(first, iterator), limits);
  // Gives the file back; nobody waits, because a disk that hangs must not hide what the bank answered.
  iterator.return?.().catch(() => undefined);
  return outcome;
}

function run(
  line: Line,
  request: HttpRequest,
  bytes: AsyncIterable<Uint8Array>,
  limits: ExchangeLimits,
): Promise<Exchange> {
  return new Promise((resolve) => {
    let handedOver = false;
    let settled = false;
    const received: Uint8Array[] = [];
    const http = startRequest(requestOptions(line, request));
    const settle = (outcome: Exchange): void => {
      if (settled) return;
      settled = true;
      limit.stop();
      // A connection on which something is still on its way in either direction is never used again.
      if (outcome.kind !== 'answered' || !http.writableFinished) line.socket.destroy();
      resolve(outcome);
    };
    const fail = (cause: string): void => {
      if (handedOver) settle({ kind: 'broken', cause, partial: Buffer.concat(received) });
      else settle({ kind: 'not-sent', cause });
    };
    const limit = limitTime(line.clock, { idleMs: limits.answerMs, totalMs: limits.totalMs }, fail);

    http.on('error', (error) => fail(explainNetworkFault(error, line.endpoint.serverName)));
    http.on('close', () => fail('the connection was closed before the answer was complete'));
    http.on('response', (response) => {
      const answered = (body: Uint8Array): void =>
        settle({ kind: 'answered', status: response.statusCode ?? 0, body });
      receive(response, received, limits.answerBytesMax, limit.progress, fail, answered);
    });
    http.on('socket', (socket) => {
      if (socket !== line.socket || socket.destroyed || !socket.writable) {
        fail('the connection was already closed');
        return;
      }
      // From this line on the request may be at the bank.
      handedOver = true;
      void send(http, bytes, request.sizeBytes, limit.progress, () => settled).then((cause) => {
        if (cause !== undefined) fail(cause);
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

function receive(
  response: IncomingMessage,
  received: Uint8Array[],
  bytesMax: number,
  progress: () => void,
  fail: (cause: string) => void,
  complete: (body: Uint8Array) => void,
): void {
  progress();
  let receivedBytes = 0;
  response.on('data', (piece: Uint8Array) => {
    progress();
    receivedBytes += piece.length;
    if (receivedBytes > bytesMax) {
      fail(`the answer is larger than ${bytesMax} bytes`);
      return;
    }
    received.push(piece);
  });
  response.on('error', () => fail('the connection was closed in the middle of the answer'));
  response.on('end', () => {
    if (response.complete) complete(Buffer.concat(received));
    else fail('the connection was closed in the middle of the answer');
  });
}
