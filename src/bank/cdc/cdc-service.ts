// The service behind one address: how it is spoken to, and the connections to it.

import type { CdcOptions } from './cdc-options.ts';
import { dialectNamed } from './dialects/dialect-named.ts';
import type { CdcDialect } from './dialects/dialect.ts';
import { createQueries, type Queries } from './queries.ts';
import { createSoap, type Soap } from './soap.ts';
import { createConnectionPool, type ConnectionPool } from './transport/connection-pool.ts';
import { endpointOf } from './transport/endpoint.ts';

export interface CdcService {
  readonly dialect: CdcDialect;
  readonly soap: Soap;
  readonly queries: Queries;
  readonly pool: ConnectionPool;
}

/** Throws an Error with a sentence for the operator when the address or the key material cannot be used. */
export function connectTo(options: CdcOptions): CdcService {
  const { clock, timeouts } = options;
  const dialect = dialectNamed(options.dialect);
  const soap = createSoap(dialect, options);
  const queries = createQueries(dialect, soap, clock);
  const pool = createConnectionPool({
    endpoint: endpointOf(options.url, options.tls),
    clock,
    connectMs: timeouts.connectMs,
    limits: {
      answerMs: timeouts.answerMs,
      totalMs: timeouts.totalMs,
      answerBytesMax: options.answerBytesMax,
    },
    takenBytesMax: options.accountAnswerBytesMax,
    freshMs: options.freshMs,
    userAgent: `${options.productName}/${options.productVersion}`,
    harmless: () => queries.harmless().request,
  });
  return { dialect, soap, queries, pool };
}
