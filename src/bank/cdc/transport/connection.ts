// One TLS connection to the bank for as long as it lives; it never becomes another one behind the caller's back.

import { Agent } from 'node:https';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import type { Clock } from '../../../clock.ts';
import type { Endpoint } from './endpoint.ts';
import {
  exchange,
  exchangeInto,
  type Exchange,
  type ExchangeLimits,
  type HttpRequest,
  type TakeBody,
} from './exchange.ts';
import { explainHandshakeFault } from './network-fault.ts';
import { limitTime } from './time-limit.ts';

export interface Connection {
  /** True while this side knows of no reason against another request. */
  usable(): boolean;
  exchange(request: HttpRequest, limits: ExchangeLimits): Promise<Exchange>;
  /** The same with an answer that is not held in memory. */
  exchangeInto<Body>(
    request: HttpRequest,
    limits: ExchangeLimits,
    take: TakeBody<Body>,
  ): Promise<Exchange<Body>>;
  close(): void;
}

export type Opening =
  | { readonly kind: 'open'; readonly connection: Connection }
  | { readonly kind: 'failed'; readonly cause: string };

export interface ConnectionOptions {
  readonly endpoint: Endpoint;
  readonly connectMs: number;
  readonly clock: Clock;
  readonly userAgent: string;
}

/**
 * Resolves host, connects and does the TLS handshake (1.2 or later, the bank's certificate checked against authority
 * and name) within `connectMs`, unless `closing` aborts before. Under TLS 1.3 an open connection does not yet mean that the bank takes our certificate.
 */
export function openConnection(options: ConnectionOptions, closing: AbortSignal): Promise<Opening> {
  const { endpoint, clock } = options;
  return new Promise((resolve) => {
    const socket = connect({
      host: endpoint.host,
      port: endpoint.port,
      servername: endpoint.indicatedName,
      secureContext: endpoint.secureContext,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      // Said out loud, because an environment variable can turn Node's default off.
      rejectUnauthorized: true,
      checkServerIdentity: (_host, certificate) => checkServerIdentity(endpoint.serverName, certificate),
    });
    const settle = (opening: Opening): void => {
      limit.stop();
      closing.removeEventListener('abort', close);
      if (opening.kind === 'failed') socket.destroy();
      resolve(opening);
    };
    const limit = limitTime(clock, { idleMs: options.connectMs, totalMs: options.connectMs }, () =>
      settle({
        kind: 'failed',
        cause: `no connection to the bank within ${options.connectMs} ms: check the network and the firewall`,
      }),
    );
    const close = (): void => settle({ kind: 'failed', cause: 'the channel is closed' });
    closing.addEventListener('abort', close);
    // The listener stays for the connection's life: an idle connection may fail at any time, and that is no news.
    socket.on('error', (error: Error) =>
      settle({ kind: 'failed', cause: explainHandshakeFault(error, endpoint.serverName) }),
    );
    socket.on('close', () =>
      settle({ kind: 'failed', cause: 'the connection was closed during the TLS handshake' }),
    );
    socket.once('secureConnect', () => settle({ kind: 'open', connection: connectionOver(socket, options) }));
  });
}

function connectionOver(socket: TLSSocket, options: ConnectionOptions): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let given = false;
  // Asked a second time, the agent has found the connection dead and wants a new one: that one would be unproven.
  agent.createConnection = (_options, callback) => {
    if (given) {
      callback?.(new Error('the connection was already closed'), socket);
      return undefined;
    }
    given = true;
    return socket;
  };
  const line = {
    endpoint: options.endpoint,
    socket,
    agent,
    clock: options.clock,
    userAgent: options.userAgent,
  };
  return {
    usable: () => !socket.destroyed && socket.writable && socket.readable,
    exchange: (request, limits) => exchange(line, request, limits),
    exchangeInto: (request, limits, take) => exchangeInto(line, request, limits, take),
    close: () => {
      socket.destroy();
      agent.destroy();
    },
  };
}
