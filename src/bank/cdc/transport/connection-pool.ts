// Which connection a request may use: orders only go over one that has just answered a harmless query.

import { CERTIFICATE_HINT } from './network-fault.ts';
import { openConnection, type Connection, type ConnectionOptions } from './connection.ts';
import type { Exchange, ExchangeLimits, HttpRequest, TakeBody } from './exchange.ts';

export interface ConnectionPool {
  /** A request that may be repeated at will. */
  query(request: HttpRequest): Promise<Exchange>;
  /** The same with an answer that may be large and is taken while it comes. */
  queryInto<Body>(request: HttpRequest, take: TakeBody<Body>): Promise<Exchange<Body>>;
  /** Sees to it that an order that is soon to come finds a connection that has answered; what fails before it comes is forgotten. */
  makeReady(): void;
  /** A request that must not be repeated: `not-sent` is proof that the bank has nothing of it. */
  order(request: HttpRequest): Promise<Exchange>;
  /** Ends what is under way at once: a request that was handed over is then `broken`. */
  close(): Promise<void>;
}

export interface PoolOptions extends ConnectionOptions {
  readonly limits: ExchangeLimits;
  /** Largest answer that is not held in memory. */
  readonly takenBytesMax: number;
  /** A connection that has been silent for longer than this is not used again. */
  readonly freshMs: number;
  /** Makes a query whose repetition and whose answer matter to nobody. */
  readonly harmless: () => HttpRequest;
}

type Taken =
  | { readonly kind: 'taken'; readonly connection: Connection }
  | { readonly kind: 'none'; readonly cause: string };

/** Connections are opened as they are needed and kept while they are fresh; every kept one has answered. */
export function createConnectionPool(options: PoolOptions): ConnectionPool {
  const { clock, limits } = options;
  const open = new Set<Connection>();
  const proven: { readonly connection: Connection; readonly answeredAt: number }[] = [];
  const closing = new AbortController();

  const openNew = async (): Promise<Taken> => {
    if (closing.signal.aborted) return { kind: 'none', cause: 'the channel is closed' };
    const opening = await openConnection(options, closing.signal);
    if (opening.kind === 'failed') return { kind: 'none', cause: opening.cause };
    open.add(opening.connection);
    return { kind: 'taken', connection: opening.connection };
  };

  /** The last of the proven ones is fresh when this is true; those that are not are dropped. */
  const hasProven = (): boolean => {
    for (let kept = proven.at(-1); kept !== undefined; kept = proven.at(-1)) {
      if (clock.running() - kept.answeredAt <= options.freshMs && kept.connection.usable()) return true;
      proven.pop();
      drop(kept.connection);
    }
    return false;
  };

  const takeProven = (): Connection | undefined => (hasProven() ? proven.pop()?.connection : undefined);

  const drop = (connection: Connection): void => {
    connection.close();
    open.delete(connection);
  };

  const keep = (connection: Connection): void => {
    if (connection.usable() && !closing.signal.aborted)
      proven.push({ connection, answeredAt: clock.running() });
    else drop(connection);
  };

  const release = (connection: Connection, outcome: Exchange<unknown>): void => {
    if (isFromService(outcome)) keep(connection);
    else drop(connection);
  };

  const over = async <Body>(
    connection: Connection,
    exchange: () => Promise<Exchange<Body>>,
  ): Promise<Exchange<Body>> => {
    try {
      const outcome = await exchange();
      release(connection, outcome);
      // Told as it was: people read the cause when they decide about a message.
      return outcome.kind === 'broken' && closing.signal.aborted
        ? { ...outcome, cause: 'Goniec was stopped before the answer had come' }
        : outcome;
    } catch (error) {
      drop(connection);
      throw error;
    }
  };

  const prove = async (): Promise<Taken> => {
    const taken = await openNew();
    if (taken.kind === 'none') return taken;
    const outcome = await taken.connection.exchange(options.harmless(), limits);
    if (isFromService(outcome) && taken.connection.usable()) return taken;
    drop(taken.connection);
    return { kind: 'none', cause: unprovenBecause(outcome) };
  };

  /** A connection that is made ready before the order is there; whoever comes meanwhile waits for it. */
  let readying: Promise<Taken> | undefined;

  const proveAhead = async (): Promise<Taken> => {
    try {
      const taken = await prove();
      if (taken.kind === 'taken') keep(taken.connection);
      return taken;
    } finally {
      readying = undefined;
    }
  };

  const takeForOrder = async (): Promise<Taken> => {
    // What it failed for would fail the order as well.
    const ahead = await readying;
    if (ahead?.kind === 'none') return ahead;
    const kept = takeProven();
    return kept === undefined ? await prove() : { kind: 'taken', connection: kept };
  };

  const takeAny = async (): Promise<Taken> => {
    const kept = takeProven();
    return kept === undefined ? await openNew() : { kind: 'taken', connection: kept };
  };

  return {
    query: async (request) => {
      const taken = await takeAny();
      if (taken.kind === 'none') return { kind: 'not-sent', cause: taken.cause };
      return over(taken.connection, () => taken.connection.exchange(request, limits));
    },
    queryInto: async (request, take) => {
      const taken = await takeAny();
      if (taken.kind === 'none') return { kind: 'not-sent', cause: taken.cause };
      const large = { ...limits, answerBytesMax: options.takenBytesMax };
      return over(taken.connection, () => taken.connection.exchangeInto(request, large, take));
    },
    makeReady: () => {
      // While another message is on its way there is a connection to be had soon.
      if (hasProven() || open.size > 0 || readying !== undefined) return;
      readying = proveAhead();
      readying.catch(() => undefined);
    },
    order: async (request) => {
      const taken = await takeForOrder();
      if (taken.kind === 'none') return { kind: 'not-sent', cause: taken.cause };
      return over(taken.connection, () => taken.connection.exchange(request, limits));
    },
    close: async () => {
      closing.abort();
      for (const connection of [...open]) drop(connection);
      proven.length = 0;
    },
  };
}

/** SOAP 1.1 section 6.2 knows two statuses, 200 and 500; any other one comes from something in front of the service. */
export function isFromService(outcome: Exchange<unknown>): boolean {
  return outcome.kind === 'answered' && (outcome.status === 200 || outcome.status === 500);
}

function unprovenBecause(outcome: Exchange): string {
  switch (outcome.kind) {
    case 'answered':
      return isFromService(outcome)
        ? 'the bank closed the connection after answering the query that goes before an order; without HTTP keep-alive no order can be sent'
        : `the query that goes before an order was answered with HTTP ${outcome.status}`;
    case 'not-sent':
    case 'broken':
      return `the query that goes before an order was not answered: ${outcome.cause}. ${CERTIFICATE_HINT}`;
  }
}
