// One address that is told by e-mail, over SMTP (RFC 5321) with STARTTLS (RFC 3207) or TLS from the start (RFC 8314).

import { createTransport } from 'nodemailer';
import type { Clock } from '../../clock.ts';
import type { AlertChannel, Message, SendOutcome } from './channel.ts';

export interface MailOptions {
  readonly to: string;
  readonly from: string;
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'implicit' | 'none';
  /** PEM; undefined: the authorities Node knows. */
  readonly authorities: Uint8Array | undefined;
  readonly user: string | undefined;
  /** Fetched anew for each message, so that it may be changed; rejects with a sentence when it is not to be had. */
  readonly password: (() => Promise<string>) | undefined;
  readonly digestAt: string | undefined;
  readonly clock: Clock;
}

const STEP_MS = 15_000;
/** Whatever a server does: then it counts as failed, and is tried again later. */
const WHOLE_MS = 60_000;

export function mailChannel(options: MailOptions): AlertChannel {
  const { to, from, digestAt, clock } = options;
  return {
    name: `mail ${to}`,
    ...(digestAt !== undefined && { digestAt }),
    send: (message) =>
      attempt(options, clock, async (transport) => {
        const { response } = await transport.sendMail(mailOf(message, from, to));
        return response;
      }),
    verify: () =>
      attempt(options, clock, async (transport) => {
        await transport.verify();
        return `${options.host}:${options.port} lets us in`;
      }),
  };
}

type Transport = Awaited<ReturnType<typeof transportOf>>;

function mailOf(message: Message, from: string, to: string) {
  return {
    from: { name: 'Goniec', address: from },
    // An address of the configuration, and as an object it is not taken apart again.
    to: { name: '', address: to },
    subject: message.subject,
    text: message.text,
    date: new Date(message.at),
    messageId: `<${message.id}.${Buffer.from(to).toString('hex').slice(0, 16)}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    // Nobody's automatic answer is wanted (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

async function attempt(
  options: MailOptions,
  clock: Clock,
  work: (transport: Transport) => Promise<string>,
): Promise<SendOutcome> {
  const over = new AbortController();
  const tried = (async (): Promise<SendOutcome> => {
    try {
      const transport = await transportOf(options);
      try {
        return { kind: 'sent', detail: await work(transport) };
      } finally {
        transport.close();
      }
    } catch (failure) {
      return { kind: 'failed', reason: failure instanceof Error ? failure.message : String(failure) };
    }
  })();
  const expired = clock
    .sleep(WHOLE_MS, over.signal)
    .then((): SendOutcome => ({ kind: 'failed', reason: `There was no end within ${WHOLE_MS / 1000} s.` }));
  const outcome = await Promise.race([tried, expired]);
  over.abort();
  return outcome;
}

async function transportOf({ host, port, tls, authorities, user, password }: MailOptions) {
  const pass = await password?.();
  return createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: {
      minVersion: 'TLSv1.2',
      ...(authorities !== undefined && { ca: Buffer.from(authorities) }),
    },
    ...(user !== undefined && pass !== undefined && { auth: { user, pass } }),
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    dnsTimeout: STEP_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
