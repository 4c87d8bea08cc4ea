import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mailChannel, type MailOptions } from '../../../src/operations/alerts/mail-channel.ts';
import type { Message } from '../../../src/operations/alerts/channel.ts';
import { systemClock } from '../../../src/triggers/system-clock.ts';
import {
  headersOf,
  newIdentity,
  SmtpServer,
  textOf,
  type Identity,
  type SmtpBehaviour,
} from './smtp-server.ts';

let identity: Identity;
let stranger: Identity;
const servers: SmtpServer[] = [];

beforeAll(async () => {
  identity = await newIdentity();
  stranger = await newIdentity();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function started(behaviour: SmtpBehaviour = {}): Promise<SmtpServer> {
  const server = await SmtpServer.start(identity, behaviour);
  servers.push(server);
  return server;
}

function channelTo(server: SmtpServer, more: Partial<MailOptions> = {}) {
  return mailChannel({
    to: 'treasury@example.com',
    from: 'goniec@example.com',
    host: '127.0.0.1',
    port: server.port,
    tls: 'starttls',
    authorities: Buffer.from(identity.authority),
    user: undefined,
    password: undefined,
    digestAt: undefined,
    clock: systemClock,
    ...more,
  });
}

const MESSAGE: Message = {
  id: 'abc123',
  subject: '[Goniec srv] held: wypłata.xml',
  text: 'Zażółć gęślą jaźń.\n.a line that begins with a dot\n',
  news: [],
  purpose: 'alert',
  at: '2026-11-24T08:00:00.000Z',
};

describe('A mail', () => {
  it('goes over STARTTLS, signed in, with its text as it was', async () => {
    const server = await started({ password: 'right' });
    const channel = channelTo(server, { user: 'goniec', password: () => Promise.resolve('right') });
    expect(await channel.send(MESSAGE)).toEqual({ kind: 'sent', detail: '250 2.0.0 queued' });
    const [mail] = server.received;
    if (mail === undefined) throw new Error('nothing came');
    expect(mail).toMatchObject({ encrypted: true, user: 'goniec', to: '<treasury@example.com>' });
    expect(textOf(mail).replaceAll('\r\n', '\n').replace(/^\.\./m, '.')).toContain(
      'Zażółć gęślą jaźń.\n.a line that begins with a dot',
    );
    expect(headersOf(mail)).toContain('Auto-Submitted: auto-generated');
    expect(headersOf(mail).find((line) => line.startsWith('Message-ID:'))).toContain('<abc123.');
    expect(server.passwordsInClear).toEqual([]);
  });

  it('goes over TLS from the first byte', async () => {
    const server = await started({ implicit: true });
    expect((await channelTo(server, { tls: 'implicit' }).send(MESSAGE)).kind).toBe('sent');
    expect(server.received[0]?.encrypted).toBe(true);
  });

  it('goes in the clear only where that is configured', async () => {
    const server = await started();
    expect((await channelTo(server, { tls: 'none' }).send(MESSAGE)).kind).toBe('sent');
    expect(server.received[0]?.encrypted).toBe(false);
  });

  it('is not sent where STARTTLS was taken out of the conversation, and neither is the password', async () => {
    const server = await started({ startTls: false, password: 'right' });
    const channel = channelTo(server, { user: 'goniec', password: () => Promise.resolve('right') });
    expect((await channel.send(MESSAGE)).kind).toBe('failed');
    expect(server.received).toEqual([]);
    expect(server.passwordsInClear).toEqual([]);
  });

  it.each(['starttls', 'implicit'] as const)(
    'is not sent to a server of an unknown authority (%s)',
    async (tls) => {
      const server = await started({ implicit: tls === 'implicit' });
      const outcome = await channelTo(server, { tls, authorities: Buffer.from(stranger.authority) }).send(
        MESSAGE,
      );
      expect(outcome.kind).toBe('failed');
      expect(server.received).toEqual([]);
    },
  );

  it.each([
    ['a wrong password', { password: 'other' }, '535'],
    ['a refused sender', { password: 'right', refuse: { at: 'MAIL', answer: '550 5.7.1 not you' } }, '550'],
    [
      'a refused recipient',
      { password: 'right', refuse: { at: 'RCPT', answer: '550 5.1.1 unknown' } },
      '550',
    ],
    [
      'a server that is busy',
      { password: 'right', refuse: { at: 'RCPT', answer: '451 4.7.1 later' } },
      '451',
    ],
    ['a refused content', { password: 'right', refuse: { at: 'END', answer: '554 5.7.1 no' } }, '554'],
    ['a connection dropped in between', { password: 'right', refuse: { at: 'DATA', answer: 'drop' } }, ''],
    [
      'a connection dropped after the last byte',
      { password: 'right', refuse: { at: 'END', answer: 'drop' } },
      '',
    ],
  ] satisfies [string, SmtpBehaviour, string][])('has failed with %s', async (_, behaviour, code) => {
    const server = await started(behaviour);
    const channel = channelTo(server, { user: 'goniec', password: () => Promise.resolve('right') });
    const outcome = await channel.send(MESSAGE);
    expect(outcome.kind).toBe('failed');
    expect(outcome.kind === 'failed' && outcome.reason).toContain(code);
    expect(JSON.stringify(outcome)).not.toContain('right');
    expect(server.received).toEqual([]);
  });

  it('has failed where nobody listens', async () => {
    const server = await started();
    await server.stop();
    servers.length = 0;
    const outcome = await channelTo(server, { port: 1 }).send(MESSAGE);
    expect(outcome).toMatchObject({ kind: 'failed' });
  });

  it('has no header that a text could have begun', async () => {
    const server = await started();
    const subject = 'held: a\r\nBcc: thief@example.com\r\n\r\nbody';
    await channelTo(server).send({ ...MESSAGE, subject });
    const [mail] = server.received;
    if (mail === undefined) throw new Error('nothing came');
    expect(headersOf(mail).filter((line) => /^bcc/i.test(line))).toEqual([]);
    expect(mail.to).toBe('<treasury@example.com>');
  });

  it('can be tried without being sent', async () => {
    const server = await started({ password: 'right' });
    const right = channelTo(server, { user: 'goniec', password: () => Promise.resolve('right') });
    const wrong = channelTo(server, { user: 'goniec', password: () => Promise.resolve('wrong') });
    expect((await right.verify()).kind).toBe('sent');
    expect((await wrong.verify()).kind).toBe('failed');
    expect(server.received).toEqual([]);
  });
});
