// The channels that the configuration names, with their secrets fetched when they are needed.

import { readFile } from 'node:fs/promises';
import { resolveSecret } from '../../config/secrets.ts';
import type { AlertSettings, SecretRef } from '../../config/settings.ts';
import type { AlertChannel } from '../../operations/alerts/channel.ts';
import { systemClock } from '../../triggers/system-clock.ts';
import { OperatorFault } from '../operator-fault.ts';

/** Rejects with a sentence when a file of authorities can not be read. */
export async function alertChannels({ mail, webhook }: AlertSettings): Promise<AlertChannel[]> {
  const channels: AlertChannel[] = [];
  if (mail !== undefined) {
    const { mailChannel } = await import('../../operations/alerts/mail-channel.ts');
    const { password, ca, digest, user, ...plain } = mail;
    const authorities = await authoritiesIn(ca);
    for (const to of mail.to)
      channels.push(
        mailChannel({
          ...plain,
          to,
          authorities,
          user,
          password: password && (() => secretOf(password)),
          digestAt: digest,
          clock: systemClock,
        }),
      );
  }
  if (webhook !== undefined) {
    const { webhookChannel } = await import('../../operations/alerts/webhook-channel.ts');
    const { url, secret, ca } = webhook;
    channels.push(
      webhookChannel({ url, secret: () => secretOf(secret), authorities: await authoritiesIn(ca) }),
    );
  }
  return channels;
}

async function authoritiesIn(path: string | undefined): Promise<Uint8Array | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path);
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown';
    throw new OperatorFault(
      `The certificates in ${path}, which alerts refers to, can not be read (${code}).`,
    );
  }
}

async function secretOf(reference: SecretRef): Promise<string> {
  const outcome = await resolveSecret(reference, process.env);
  if (outcome.kind === 'missing') throw new OperatorFault(outcome.reason);
  return outcome.secret;
}
