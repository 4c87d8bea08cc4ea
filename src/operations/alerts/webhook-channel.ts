// A receiver that is told by an HTTPS request: JSON, signed with a secret that both know.

import { createHmac } from 'node:crypto';
import { createHash } from 'node:crypto';
import { request } from 'node:https';
import type { AlertChannel, Message, SendOutcome } from './channel.ts';

export interface WebhookOptions {
  readonly url: string;
  /** Fetched anew for each message; rejects with a sentence when it is not to be had. */
  readonly secret: () => Promise<string>;
  /** PEM; undefined: the authorities Node knows. */
  readonly authorities: Uint8Array | undefined;
}

const WHOLE_MS = 30_000;
const SECRET_LENGTH_MIN = 16;

export function webhookChannel(options: WebhookOptions): AlertChannel {
  return {
    // The path may be a secret of the receiver.
    name: `webhook ${new URL(options.url).host}`,
    send: (message) => attempt(() => post(options, message)),
    verify: () => attempt(() => connect(options)),
  };
}

/**
 * `t=<seconds since 1970>,v1=<hex>`: HMAC-SHA-256 of the time, a dot and the body. The receiver refuses what is old, so that
 * nobody plays it again, and compares in constant time.
 */
export function signatureOf(body: string, secret: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** What is posted. Commands and texts are those of the mail; accounts are masked in them. */
export function webhookBody({ id, purpose, subject, at, news }: Message): string {
  return JSON.stringify({
    id,
    purpose,
    subject,
    at,
    alerts: news.map(({ key, what, cause, since, overAt }) => ({
      // The same for as long as it is the same cause; made from the key, which may name an account.
      id: createHash('sha256').update(`${key} ${since}`).digest('hex').slice(0, 32),
      state: what === 'over' || what === 'was' ? 'over' : 'raised',
      kind: cause.kind,
      since,
      overAt,
      title: cause.words.title,
      text: cause.words.text,
      todo: cause.words.todo,
    })),
  });
}

async function attempt(work: () => Promise<SendOutcome>): Promise<SendOutcome> {
  try {
    return await work();
  } catch (failure) {
    return { kind: 'failed', reason: failure instanceof Error ? failure.message : String(failure) };
  }
}

async function post(options: WebhookOptions, message: Message): Promise<SendOutcome> {
  const body = webhookBody(message);
  const secret = await secretOf(options);
  const status = await exchange(options, 'POST', {
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'goniec-signature': signatureOf(body, secret, Date.parse(message.at)),
    },
  });
  // Nothing is followed: the address of the configuration is the only one that may learn of payments.
  return status >= 200 && status < 300
    ? { kind: 'sent', detail: `HTTP ${status}` }
    : { kind: 'failed', reason: `The receiver answered HTTP ${status}.` };
}

/** Any answer shows that the way there is open and the certificate is right. */
async function connect(options: WebhookOptions): Promise<SendOutcome> {
  await secretOf(options);
  const status = await exchange(options, 'HEAD', { body: '', headers: {} });
  return { kind: 'sent', detail: `answers (HTTP ${status} to a harmless HEAD)` };
}

async function secretOf({ secret }: WebhookOptions): Promise<string> {
  const found = await secret();
  if (found.length < SECRET_LENGTH_MIN)
    throw new Error(
      `The secret of the webhook has ${found.length} characters; take a random one of at least ${SECRET_LENGTH_MIN}.`,
    );
  return found;
}

/** The status of the answer; its body is not looked at. Rejects when there is none in time. */
function exchange(
  { url, authorities }: WebhookOptions,
  method: 'POST' | 'HEAD',
  { body, headers }: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        method,
        agent: false,
        minVersion: 'TLSv1.2',
        ...(authorities !== undefined && { ca: Buffer.from(authorities) }),
        signal: AbortSignal.timeout(WHOLE_MS),
        headers: { ...headers, 'user-agent': 'goniec', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        answer.destroy();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
