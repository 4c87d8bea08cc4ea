import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/operations/alerts/channel.ts';
import { webhookChannel } from '../../../src/operations/alerts/webhook-channel.ts';
import { newIdentity, type Identity } from './smtp-server.ts';

const SECRET = 'a-secret-of-some-length';
let identity: Identity;
let stranger: Identity;
const servers: Server[] = [];

beforeAll(async () => {
  identity = await newIdentity();
  stranger = await newIdentity();
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Posted {
  readonly method: string | undefined;
  readonly signature: string;
  readonly body: string;
}

async function receiver(answer: number | 'drop', headers: Record<string, string> = {}) {
  const posted: Posted[] = [];
  const server = createServer({ cert: identity.certificate, key: identity.key }, (request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      posted.push({ method: request.method, signature: String(request.headers['goniec-signature']), body });
      if (answer === 'drop') request.socket.destroy();
      else response.writeHead(answer, headers).end('thanks');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    posted,
    url: `https://localhost:${(server.address() as AddressInfo).port}/hooks/path-that-is-secret`,
  };
}

function channelTo(url: string, secret = SECRET, authority = identity.authority) {
  return webhookChannel({ url, secret: () => Promise.resolve(secret), authorities: Buffer.from(authority) });
}

const MESSAGE: Message = {
  id: 'abc',
  subject: 'held: f.xml',
  text: '',
  purpose: 'alert',
  at: '2026-11-24T08:00:00.000Z',
  news: [
    {
      key: 'statement-overdue PL60160014620000000000000001',
      what: 'raised',
      since: '2026-11-24T07:00:00.000Z',
      cause: {
        key: 'statement-overdue PL60160014620000000000000001',
        kind: 'statement-overdue',
        items: ['x'],
        words: { title: 'statement overdue: account PL60…0001', text: ['of 2026-11-20'], todo: [] },
      },
    },
  ],
};

describe('A webhook', () => {
  it('gets JSON with a signature that the receiver can check, and no whole account number', async () => {
    const { posted, url } = await receiver(204);
    expect(await channelTo(url).send(MESSAGE)).toEqual({ kind: 'sent', detail: 'HTTP 204' });
    const [{ method, signature, body } = { method: '', signature: '', body: '' }] = posted;
    expect(method).toBe('POST');
    const [, seconds = '', mac = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
    const expected = createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest();
    expect(timingSafeEqual(expected, Buffer.from(mac, 'hex'))).toBe(true);
    expect(Number(seconds) * 1000).toBe(Date.parse(MESSAGE.at));
    expect(JSON.parse(body)).toMatchObject({
      id: 'abc',
      purpose: 'alert',
      alerts: [{ state: 'raised', kind: 'statement-overdue', title: 'statement overdue: account PL60…0001' }],
    });
    expect(body).not.toContain('PL60160014620000000000000001');
  });

  it.each([302, 400, 401, 500, 503])('has failed with HTTP %i, and follows nothing', async (status) => {
    const elsewhere = await receiver(200);
    const { url } = await receiver(status, { location: elsewhere.url });
    expect(await channelTo(url).send(MESSAGE)).toEqual({
      kind: 'failed',
      reason: `The receiver answered HTTP ${status}.`,
    });
    expect(elsewhere.posted).toEqual([]);
  });

  it('has failed when the connection is dropped', async () => {
    const { url } = await receiver('drop');
    expect((await channelTo(url).send(MESSAGE)).kind).toBe('failed');
  });

  it('is not told through a server of an unknown authority', async () => {
    const { posted, url } = await receiver(200);
    expect((await channelTo(url, SECRET, stranger.authority).send(MESSAGE)).kind).toBe('failed');
    expect(posted).toEqual([]);
  });

  it('wants a secret that can not be guessed', async () => {
    const { posted, url } = await receiver(200);
    const outcome = await channelTo(url, 'short').send(MESSAGE);
    expect(outcome.kind === 'failed' && outcome.reason).toMatch(/has 5 characters/);
    expect(posted).toEqual([]);
  });

  it('is named without the path, which may be a secret', async () => {
    const { url } = await receiver(200);
    expect(channelTo(url).name).not.toContain('secret');
  });

  it('can be tried without telling anything', async () => {
    const { posted, url } = await receiver(405);
    expect((await channelTo(url).verify()).kind).toBe('sent');
    expect(posted).toMatchObject([{ method: 'HEAD', body: '' }]);
  });
});
