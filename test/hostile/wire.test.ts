// Hostile servers met by the real client over real sockets: an order is lost or not sent, in bounded time, and a person is told why.

import { createServer as createBareServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { visibleText } from '../../src/operations/visible-text.ts';
import {
  channelFor,
  faultEnvelope,
  keeper,
  makeCertificates,
  optionsFor,
  systemClock,
  type Certificates,
} from '../bank/cdc/test-bank.ts';
import { DISTURBING } from './hostile-case.ts';
import { http, OURS, wireCases, type WireCase } from './wire-cases.ts';

let certificates: Certificates;
beforeAll(async () => {
  certificates = await makeCertificates();
});

/** A busy machine must not turn another end into this one, so it is short only where it is what is waited for. */
const LONG = { connectMs: 120_000, answerMs: 120_000, totalMs: 240_000 };
const SHORT = { connectMs: 500, answerMs: 500, totalMs: 1_000 };
const ORDER = Buffer.from('<order/>');

describe.concurrent('a server that answers an order with', () => {
  it.each(wireCases)('$name: $outcome', { timeout: 120_000 }, async (hostile) => {
    const bank = await startServer(hostile);
    const { tls } = optionsFor(bank.url, certificates);
    const channel = channelFor(bank.url, certificates, {
      tls: { ...tls, serverName: hostile.serverName },
      timeouts: hostile.waits === true ? SHORT : LONG,
      clock: bank.clock,
      answerBytesMax: 1 << 20,
    });
    try {
      const bytes = async function* (): AsyncGenerator<Uint8Array> {
        yield ORDER;
      };
      const message = { messageId: OURS, operation: 'domestic' as const, sizeBytes: ORDER.length, bytes };
      const kept = keeper();
      const outcome = await channel.submit(message, kept.keep);
      expect([outcome.kind, 'cause' in outcome ? outcome.cause : '']).toEqual([
        hostile.outcome,
        expect.stringMatching(hostile.told) as string,
      ]);
      if (hostile.outcome === 'not-sent') expect(bank.orders()).toBe(0);
      const cause = 'cause' in outcome ? visibleText(outcome.cause) : '';
      expect(cause).not.toMatch(DISTURBING);
      expect(cause).not.toMatch(/\.ts:\d+|^\s+at /m);
      for (const answer of kept.kept) expect(answer.length).toBeLessThanOrEqual(1 << 20);
    } finally {
      await channel.close();
      await bank.close();
    }
  });
});

interface HostileServer {
  readonly url: string;
  /** Stands still until the server begins to be hostile. */
  readonly clock: Clock;
  /** How many orders have arrived whole. */
  orders(): number;
  close(): Promise<void>;
}

async function startServer(hostile: WireCase): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const clock = clockThatWaits();
  let orders = 0;
  const { authority, server: usual } = certificates;
  const server: Server =
    hostile.bare === undefined
      ? createServer(
          {
            cert: usual.certificate,
            key: usual.key,
            ca: authority.certificate,
            requestCert: true,
            ...(await hostile.tls?.(certificates)),
          },
          (socket) => serve(socket, hostile, clock.start, () => (orders += 1)),
        )
      : createBareServer((socket) => {
          socket.on('error', () => undefined);
          clock.start();
          hostile.bare?.(
            (bytes) => void socket.write(bytes),
            () => socket.end(),
          );
        });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/cdc`,
    clock,
    orders: () => orders,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function clockThatWaits(): Clock & { readonly start: () => void } {
  const started = Promise.withResolvers<undefined>();
  let startedAt: number | undefined;
  return {
    ...systemClock,
    running: () => (startedAt === undefined ? 0 : performance.now() - startedAt),
    sleep: async (ms, signal) => {
      const aborted = new Promise((resolve) => signal?.addEventListener('abort', resolve));
      await Promise.race([started.promise, aborted]);
      if (signal?.aborted !== true) await systemClock.sleep(ms, signal);
    },
    start: () => {
      startedAt ??= performance.now();
      started.resolve(undefined);
    },
  };
}

/** Requests one after the other: the query, then the order. */
function serve(socket: TLSSocket, hostile: WireCase, start: () => void, ordered: () => void): void {
  let received = Buffer.alloc(0);
  let requests = 0;
  socket.on('error', () => undefined);
  socket.on('data', (piece: Buffer) => {
    received = Buffer.concat([received, piece]);
    const head = received.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(received.toString('latin1'))?.[1] ?? 0);
    if (received.length < head + 4 + length) return;
    received = received.subarray(head + 4 + length);
    requests += 1;
    if (requests > 1) ordered();
    if (requests > 1 || hostile.first !== undefined) start();
    if (requests > 1) hostile.answer?.(socket);
    else if (hostile.first !== undefined) hostile.first(socket);
    else socket.write(http(faultEnvelope('E999'), 'HTTP/1.1 500 Internal Server Error'));
  });
}
