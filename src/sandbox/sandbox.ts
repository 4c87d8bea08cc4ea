// The sandbox bank: a real HTTPS server with mutual TLS, real signatures and a ledger on disk, to try Goniec against.

import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createControlServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import { createServer } from 'node:https';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Clock } from '../clock.ts';
import { present } from './bank.ts';
import type { Bank } from './bank.ts';
import { ensureSandboxKeys, load } from './certificates.ts';
import type { KeyFiles } from './certificates.ts';
import type { IssuedCertificate } from '../certificates/issue-certificate.ts';
import { control } from './control.ts';
import { Ledger } from './ledger.ts';
import { Moods } from './moods.ts';
import type { Dialect } from './operations.ts';
import { registeredCertificates } from './registration.ts';
import { seedEvents } from './seed.ts';
import { serve } from './service.ts';
import type { SandboxLog } from './service.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { SandboxSettings } from './settings.ts';

export interface SandboxOptions {
  /** Holds the certificates, the ledger and the moods; made when it is missing. One sandbox at a time owns it. */
  readonly folder: string;
  /** Of the service; 0 takes any free one. Both servers listen on 127.0.0.1 only. */
  readonly port: number;
  /** Of the plain HTTP control; 0 takes any free one. */
  readonly controlPort: number;
  readonly clock: Clock;
  /** Path of each dialect's service; what is left out keeps its path at the real bank. */
  readonly dialects?: Partial<Record<Dialect, string>>;
  readonly settings?: Partial<SandboxSettings>;
  readonly log?: SandboxLog;
}

export interface Sandbox {
  /** Address of a dialect's service. */
  url(dialect: Dialect): string;
  readonly controlUrl: string;
  /** Closes every connection; what was answered is on disk. */
  close(): Promise<void>;
}

const PATHS: Readonly<Record<Dialect, string>> = { bnp: '/bnpp-cdc/cdc00101', ing: '/ing-ccs/cdc00101' };

/** How often due transfers are booked while nobody asks. */
const BOOK_EVERY_MS = 1000;

/** Opens the bank. Rejects when the folder's ledger is damaged, the folder cannot be written, or a port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { log = () => undefined } = options;
  const { bank, server, stranger } = await openBank(options);
  const paths = { ...PATHS, ...options.dialects };
  const closing = new AbortController();
  const shown = (): SecureContextOptions => {
    const isWrong = bank.moods.current.some((mood) => mood.mood === 'wrong-certificate');
    const { key, certificate } = isWrong ? stranger : server;
    return { key, cert: certificate, ca: bank.certificates.authority.toString(), minVersion: 'TLSv1.2' };
  };

  const service = { bank, paths: new Map(dialectPaths(paths)), log, signal: closing.signal };
  const https = createServer(
    { ...shown(), requestCert: true, rejectUnauthorized: true, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => void serve(service, request, response),
  );
  https.on('tlsClientError', (failure) => log('sandbox.tls-refused', { reason: failure.message }));
  const http = createControlServer(control(bank, () => https.setSecureContext(shown()), log));
  const close = async (): Promise<void> => {
    closing.abort();
    await Promise.all([shut(https), shut(http)]);
    await bank.ledger.close();
  };
  try {
    await listen(https, options.port);
    await listen(http, options.controlPort);
  } catch (failure) {
    await close();
    throw failure;
  }
  const booking = keepBooking(bank, closing.signal, log);
  const [port, controlPort] = [portOf(https), portOf(http)];
  log('sandbox.open', { port, controlPort, folder: options.folder });
  return {
    url: (dialect) => `https://localhost:${port}${paths[dialect]}`,
    controlUrl: `http://127.0.0.1:${controlPort}`,
    close: async () => {
      await close();
      await booking;
    },
  };
}

interface OpenBank {
  readonly bank: Bank;
  /** What new connections are shown, honestly or not. */
  readonly server: IssuedCertificate;
  readonly stranger: IssuedCertificate;
}

async function openBank({ folder, clock, settings: chosen }: SandboxOptions): Promise<OpenBank> {
  const keys = await ensureSandboxKeys(folder, clock.now());
  const certificate = async (files: KeyFiles): Promise<X509Certificate> =>
    new X509Certificate((await load(files)).certificate);
  const certificates = {
    authority: await certificate(keys.authority),
    client: [await certificate(keys.client), ...(await registeredCertificates(folder, 'client'))],
    signing: [await certificate(keys.signing), ...(await registeredCertificates(folder, 'signing'))],
  };
  const settings = { ...DEFAULT_SETTINGS, ...chosen };
  const moods = new Moods(folder);
  const ledger = Ledger.open(folder);
  if (ledger.isEmpty) ledger.record(seedEvents(settings, clock.now()));
  await ledger.durable();
  const bank = { ledger, moods, clock, settings, certificates };
  return { bank, server: await load(keys.server), stranger: await load(keys.stranger) };
}

/** Long enough that a client's connection is not closed under its next request. */
const KEEP_ALIVE_MS = 60_000;

function dialectPaths(paths: Readonly<Record<Dialect, string>>): [string, Dialect][] {
  return [
    [paths.bnp, 'bnp'],
    [paths.ing, 'ing'],
  ];
}

/** So that the ledger on disk goes on while nobody asks; each booking bears the instant at which it was due. */
async function keepBooking(bank: Bank, signal: AbortSignal, log: SandboxLog): Promise<void> {
  for (;;) {
    await bank.clock.sleep(BOOK_EVERY_MS, signal);
    if (signal.aborted) return;
    try {
      present(bank);
      await bank.ledger.durable();
    } catch (failure) {
      log('sandbox.failed', { reason: failure instanceof Error ? failure.message : String(failure) });
    }
  }
}

async function listen(server: HttpServer | HttpsServer, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function portOf(server: HttpServer | HttpsServer): number {
  return (server.address() as AddressInfo).port;
}

async function shut(server: HttpServer | HttpsServer): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
