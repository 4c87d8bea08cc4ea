import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BankChannel, SubmitOutcome } from '../../../src/bank/channel.ts';
import type { CdcOptions } from '../../../src/bank/cdc/cdc-options.ts';
import { openConnection } from '../../../src/bank/cdc/transport/connection.ts';
import { endpointOf } from '../../../src/bank/cdc/transport/endpoint.ts';
import { requestOf } from '../../../src/bank/cdc/transport/exchange.ts';
import { UNTESTED_ANSWERS } from '../../../src/bank/cdc/dialects/common.ts';
import {
  channelFor,
  envelope,
  faultEnvelope,
  keeper,
  makeCertificates,
  optionsFor,
  PASSED,
  reportEnvelope,
  startTestBank,
  systemClock,
  type Certificates,
  type TestBank,
} from './test-bank.ts';

let certificates: Certificates;
let bank: TestBank;
let channels: BankChannel[] = [];
let kept: ReturnType<typeof keeper>;

beforeAll(async () => {
  certificates = await makeCertificates();
});
beforeEach(async () => {
  bank = await startTestBank(certificates);
  kept = keeper();
});
afterEach(async () => {
  for (const channel of channels) await channel.close();
  channels = [];
  await bank.close();
});

function open(changes: Partial<CdcOptions> = {}): BankChannel {
  const channel = channelFor(bank.url, certificates, changes);
  channels.push(channel);
  return channel;
}

const ORDER = Buffer.from('<order>ŻÓŁĆ</order>');

function submit(channel: BankChannel, pieces: readonly Uint8Array[] = [ORDER]): Promise<SubmitOutcome> {
  const sizeBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield* pieces;
  };
  return channel.submit({ messageId: 'GNC1', operation: 'domestic', sizeBytes, bytes }, kept.keep);
}

describe('an order that is answered', () => {
  it('is answered by a report that names it, sent byte for byte behind a harmless query on the same connection', async () => {
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1'));
    const outcome = await submit(open());
    expect(outcome).toMatchObject({
      kind: 'answered',
      report: { originalMessageId: 'GNC1', groupStatus: 'ACTC' },
      answer: { name: 'answer-1.xml' },
    });
    expect(bank.seen.map((seen) => seen.action)).toEqual(['GetPaymentStatusReport', 'DomesticTransfer']);
    expect(bank.seen[1]?.body).toBe(ORDER.toString());
    expect(bank.seen[1]?.socket).toBe(bank.seen[0]?.socket);
    expect(bank.seen[1]?.headers).toMatchObject({
      soapaction: '"urn:ca:std:cdc:tech:wsdl:cdc.ws.001.01/DomesticTransfer"',
      'content-type': 'text/xml; charset=utf-8',
      'content-length': String(ORDER.length),
      'user-agent': 'Goniec/0.0.0',
    });
    expect(kept.kept).toEqual([reportEnvelope('GNC1')]);
  });

  it('keeps the answer before it is read, even when it cannot be read', async () => {
    bank.onOrder = (_seen, response) => response.end('<not xml');
    expect(await submit(open())).toMatchObject({ kind: 'lost', answer: { name: 'answer-1.xml' } });
    expect(kept.kept).toEqual(['<not xml']);
  });

  it('passes on what the keeping of the answer throws', async () => {
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1'));
    const channel = open();
    const failing = async (): Promise<never> => {
      throw new Error('disk full');
    };
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      yield ORDER;
    };
    const message = { messageId: 'GNC1', operation: 'domestic' as const, sizeBytes: ORDER.length, bytes };
    await expect(channel.submit(message, failing)).rejects.toThrow('disk full');
  });

  it('sends a large order in pieces at the speed the bank takes it', async () => {
    const piece = Buffer.alloc(1 << 20, 'x');
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1'));
    const outcome = await submit(
      open(),
      Array.from({ length: 30 }, () => piece),
    );
    expect(outcome.kind).toBe('answered');
    expect(bank.seen[1]?.body.length).toBe(30 << 20);
  });

  it.each([
    ['refusal', { kind: 'refused', systemic: false, reasons: [{ code: 'E7', texts: ['text of E7'] }] }],
    ['systemic', { kind: 'refused', systemic: true }],
    ['duplicate', { kind: 'duplicate', code: 'E7' }],
  ])('takes a fault for what the profile says of its code: %s', async (list, expected) => {
    const answers = { ...UNTESTED_ANSWERS, [list]: ['E7'] };
    for (const status of [500, 200]) {
      bank.onOrder = (_seen, response) => response.writeHead(status).end(faultEnvelope('E7', 'GNC1'));
      expect(await submit(open({ answers }))).toMatchObject(expected);
    }
  });

  it('believes a duplicate code before a refusal code, and at any level of a report', async () => {
    const answers = { ...UNTESTED_ANSWERS, duplicate: ['D1'], refusal: ['D1'] };
    bank.onOrder = (_seen, response) => response.writeHead(500).end(faultEnvelope('D1'));
    expect(await submit(open({ answers }))).toMatchObject({ kind: 'duplicate', code: 'D1' });
    const reason = '<StsRsnInf><Rsn><Prtry>D1</Prtry></Rsn></StsRsnInf>';
    const block = `<OrgnlPmtInfAndSts><OrgnlPmtInfId>P</OrgnlPmtInfId><TxInfAndSts><TxSts>RJCT</TxSts>${reason}</TxInfAndSts></OrgnlPmtInfAndSts>`;
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1', '<GrpSts>RJCT</GrpSts>', block));
    expect(await submit(open({ answers }))).toMatchObject({ kind: 'duplicate', code: 'D1' });
  });

  it('takes a rejection for a systemic reason for a systemic refusal', async () => {
    const answers = { ...UNTESTED_ANSWERS, systemic: ['S1'] };
    bank.onOrder = (_seen, response) =>
      response.end(
        reportEnvelope('GNC1', '<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>S1</Cd></Rsn></StsRsnInf>'),
      );
    expect(await submit(open({ answers }))).toMatchObject({ kind: 'refused', systemic: true });
  });
});

describe('a connection that is made ready before the order is there', () => {
  const actions = (): string[] => bank.seen.map((seen) => seen.action);

  beforeEach(() => {
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1'));
  });

  it('takes the order without another question', async () => {
    const channel = open();
    channel.makeReady();
    await expect.poll(actions).toEqual(['GetPaymentStatusReport']);
    // The answer must have come back as well.
    await new Promise((resolve) => setTimeout(resolve, 50));
    channel.makeReady();
    expect(await submit(channel)).toMatchObject({ kind: 'answered' });
    expect(actions()).toEqual(['GetPaymentStatusReport', 'DomesticTransfer']);
    expect(bank.seen[1]?.socket).toBe(bank.seen[0]?.socket);
  });

  it('is waited for by the order, and not made twice', async () => {
    const channel = open();
    channel.makeReady();
    channel.makeReady();
    expect(await submit(channel)).toMatchObject({ kind: 'answered' });
    expect(actions()).toEqual(['GetPaymentStatusReport', 'DomesticTransfer']);
  });

  it('is not used once it is no longer fresh', async () => {
    const channel = open({ freshMs: 20 });
    channel.makeReady();
    await expect.poll(actions).toEqual(['GetPaymentStatusReport']);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await submit(channel)).toMatchObject({ kind: 'answered' });
    expect(actions()).toEqual(['GetPaymentStatusReport', 'GetPaymentStatusReport', 'DomesticTransfer']);
    expect(bank.seen[2]?.socket).toBe(bank.seen[1]?.socket);
  });

  it('that does not answer proves that nothing of the order was sent', async () => {
    bank.onQuery = (seen) => seen.socket.destroy();
    const channel = open();
    channel.makeReady();
    expect(await submit(channel)).toMatchObject({ kind: 'not-sent' });
    expect(actions()).toEqual(['GetPaymentStatusReport']);
    bank.onQuery = (_seen, response) => response.writeHead(500).end(faultEnvelope('E999'));
    expect(await submit(channel)).toMatchObject({ kind: 'answered' });
  });

  it('is given up when the channel closes', async () => {
    bank.onQuery = () => undefined;
    const channel = open();
    channel.makeReady();
    await expect.poll(actions).toEqual(['GetPaymentStatusReport']);
    await channel.close();
    expect(await submit(channel)).toMatchObject({ kind: 'not-sent' });
    channel.makeReady();
    expect(actions()).toEqual(['GetPaymentStatusReport']);
  });
});

describe('an order whose fate is not proved', () => {
  const answers = { ...UNTESTED_ANSWERS, refusal: ['E7'], systemic: ['E8'], duplicate: ['E9'] };

  it.each<[string, number, string, Record<string, string>]>([
    ['a report about another message', 200, reportEnvelope('GNC2'), {}],
    ['a report under HTTP 500', 500, reportEnvelope('GNC1'), {}],
    ['a fault whose code is not in the profile', 500, faultEnvelope('E1'), {}],
    ['a listed fault about another message', 500, faultEnvelope('E7', 'GNC2'), {}],
    ['a listed fault under HTTP 503', 503, faultEnvelope('E7'), {}],
    [
      'a fault without a report',
      500,
      envelope('<s:Fault><faultcode>s:Server</faultcode><faultstring>E7</faultstring></s:Fault>'),
      {},
    ],
    ['a bad request', 400, '', {}],
    ['a refusal of access', 403, 'no', {}],
    ['an outage', 502, '<html></html>', {}],
    ['a redirect', 302, '', { Location: 'https://localhost/elsewhere' }],
    ['another document', 200, envelope('<w><Document><Other/></Document></w>'), {}],
    ['an empty answer', 200, '', {}],
    ['a report that is cut off', 200, reportEnvelope('GNC1').slice(0, -20), {}],
  ])('is lost with %s, and the answer is kept', async (_name, status, body, headers) => {
    bank.onOrder = (_seen, response) => response.writeHead(status, headers).end(body);
    const outcome = await submit(open({ answers }));
    expect(outcome).toMatchObject({ kind: 'lost', answer: { sizeBytes: Buffer.byteLength(body) } });
    expect(bank.begun.filter((action) => action === 'DomesticTransfer')).toHaveLength(1);
  });

  it.each<[string, (bank: TestBank) => void]>([
    ['before the body was read', (one) => (one.onOrderHead = (request) => (request.socket.destroy(), true))],
    ['after the body was read', (one) => (one.onOrder = (seen) => seen.socket.destroy())],
    [
      'in the head of the answer',
      (one) =>
        (one.onOrder = (seen) => (seen.socket.write('HTTP/1.1 200 OK\r\nContent-'), seen.socket.end())),
    ],
    [
      'in the body of the answer',
      (one) =>
        (one.onOrder = (seen) =>
          seen.socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n${reportEnvelope('GNC1')}`)),
    ],
    [
      'in a chunked answer',
      (one) =>
        (one.onOrder = (seen) =>
          seen.socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<a/>\r\n')),
    ],
    [
      'with an answer that is not HTTP',
      (one) => (one.onOrder = (seen) => seen.socket.end('nonsense\r\n\r\n')),
    ],
  ])('is lost when the connection is closed %s, and is not sent again', async (_name, arrange) => {
    arrange(bank);
    const outcome = await submit(open({ answers }));
    expect(outcome.kind).toBe('lost');
    expect(bank.begun.filter((action) => action === 'DomesticTransfer')).toHaveLength(1);
  });

  it('keeps the part of an answer that did come', async () => {
    bank.onOrder = (seen) => seen.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<half');
    expect(await submit(open())).toMatchObject({ kind: 'lost', answer: { sizeBytes: 5 } });
    expect(kept.kept).toEqual(['<half']);
  });

  it('is lost when the bank is silent, and when it answers too slowly', async () => {
    bank.onOrder = () => undefined;
    expect(await submit(open({ timeouts: { connectMs: 1000, answerMs: 100, totalMs: 5000 } }))).toMatchObject(
      { kind: 'lost', cause: 'nothing moved for 100 ms' },
    );
    bank.onOrder = (_seen, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    expect(await submit(open({ timeouts: { connectMs: 1000, answerMs: 500, totalMs: 300 } }))).toMatchObject({
      kind: 'lost',
      cause: 'it took longer than 300 ms',
    });
  });

  it('is lost when the bank stops reading in the middle of it', async () => {
    bank.onOrderHead = () => true;
    const pieces = Array.from({ length: 40 }, () => Buffer.alloc(1 << 20));
    const outcome = await submit(
      open({ timeouts: { connectMs: 1000, answerMs: 200, totalMs: 5000 } }),
      pieces,
    );
    expect(outcome).toMatchObject({ kind: 'lost', cause: 'nothing moved for 200 ms' });
  });

  it('is lost when the answer is larger than allowed', async () => {
    bank.onOrder = (_seen, response) => response.end('x'.repeat(5000));
    expect(await submit(open({ answerBytesMax: 4000 }))).toMatchObject({
      kind: 'lost',
      cause: 'the answer is larger than 4000 bytes',
    });
  });

  it.each([
    ['shorter', 30],
    ['longer', 10],
  ])('is lost when the prepared bytes turn out %s than announced', async (_name, sizeBytes) => {
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1'));
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(20);
    };
    const outcome = await open().submit(
      { messageId: 'GNC1', operation: 'domestic', sizeBytes, bytes },
      kept.keep,
    );
    expect(outcome.kind).toBe('lost');
  });

  it('is lost when the prepared bytes cannot be read to their end', async () => {
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(20);
      throw new Error('bad sector');
    };
    const outcome = await open().submit(
      { messageId: 'GNC1', operation: 'domestic', sizeBytes: 40, bytes },
      kept.keep,
    );
    expect(outcome).toMatchObject({
      kind: 'lost',
      cause: 'the prepared message could not be read to its end (bad sector)',
    });
  });
});

describe('an order that never left', () => {
  it('is not sent when its bytes cannot even be begun, and says so by throwing', async () => {
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      throw new Error('no such file');
    };
    await expect(
      open().submit({ messageId: 'GNC1', operation: 'domestic', sizeBytes: 1, bytes }, kept.keep),
    ).rejects.toThrow('no such file');
    expect(bank.begun).not.toContain('DomesticTransfer');
  });

  it.each<[string, (channel: Partial<CdcOptions>) => Partial<CdcOptions>, RegExp]>([
    [
      'the host is unknown',
      (rest) => ({ ...rest, url: 'https://no-such-host.invalid/x' }),
      /not known here.*(ENOTFOUND|EAI_AGAIN)/,
    ],
    [
      'nothing listens',
      (rest) => ({ ...rest, url: 'https://localhost:1/x' }),
      /nothing listens.*ECONNREFUSED/,
    ],
    [
      'the certificate has another name',
      (rest) => ({ ...rest, tls: { ...optionsFor('', certificates).tls, serverName: 'bank.example' } }),
      /not for "bank.example"/,
    ],
  ])('is not sent when %s', async (_name, change, cause) => {
    const outcome = await submit(open(change({})));
    expect(outcome).toMatchObject({ kind: 'not-sent', cause: expect.stringMatching(cause) as string });
    expect(kept.kept).toEqual([]);
  });

  it("is not sent when the bank's certificate is of another authority", async () => {
    const other = await makeCertificates();
    const tls = {
      ...optionsFor('', certificates).tls,
      authorities: Buffer.from(other.authority.certificate),
    };
    expect(await submit(open({ tls }))).toMatchObject({
      kind: 'not-sent',
      cause: expect.stringMatching(/configured authority/) as string,
    });
    expect(bank.begun).toEqual([]);
  });

  it("is not sent when the bank's certificate has expired, whatever the environment says", async () => {
    const expired = await makeCertificates(PASSED);
    const old = await startTestBank(expired);
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const outcome = await submit(open({ url: old.url, tls: optionsFor('', expired).tls }));
      expect(outcome).toMatchObject({
        kind: 'not-sent',
        cause: expect.stringMatching(/has expired.*CERT_HAS_EXPIRED/) as string,
      });
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      await old.close();
    }
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'is not sent when the bank refuses our certificate under %s',
    async (version) => {
      const strangers = await makeCertificates();
      const strict = await startTestBank(certificates, version);
      const tls = {
        ...optionsFor('', certificates).tls,
        certificate: Buffer.from(strangers.client.certificate),
        key: Buffer.from(strangers.client.key),
      };
      try {
        const outcome = await submit(open({ url: strict.url, tls }));
        expect(outcome).toMatchObject({
          kind: 'not-sent',
          cause: expect.stringMatching(/certificate/) as string,
        });
        expect(strict.begun).toEqual([]);
      } finally {
        await strict.close();
      }
    },
  );

  it('is not sent when the handshake never ends', async () => {
    const sockets: { destroy(): void }[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `https://localhost:${(silent.address() as AddressInfo).port}/x`;
    expect(
      await submit(open({ url, timeouts: { connectMs: 100, answerMs: 1000, totalMs: 1000 } })),
    ).toMatchObject({ kind: 'not-sent', cause: expect.stringMatching(/within 100 ms/) as string });
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it.each<[string, TestBank['onQuery']]>([
    ['is not answered', (seen) => seen.socket.destroy()],
    ['is answered by a gateway', (_seen, response) => response.writeHead(403).end('certificate?')],
    [
      'ends the connection',
      (_seen, response) => response.writeHead(500, { Connection: 'close' }).end(faultEnvelope('E1')),
    ],
  ])('is not sent when the query before it %s', async (_name, onQuery) => {
    bank.onQuery = onQuery;
    expect((await submit(open())).kind).toBe('not-sent');
    expect(bank.begun).toEqual(['GetPaymentStatusReport']);
  });

  it('is not sent after the channel was closed', async () => {
    const channel = open();
    await channel.close();
    expect(await submit(channel)).toEqual({ kind: 'not-sent', cause: 'the channel is closed' });
  });
});

describe('connections', () => {
  it('are used again for orders while they are fresh, and proved anew when they are not', async () => {
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1'));
    let aheadMs = 0;
    const clock = { ...systemClock, running: () => performance.now() + aheadMs };
    const channel = open({ clock });
    await submit(channel);
    await submit(channel);
    aheadMs = 10_001;
    await submit(channel);
    expect(bank.seen.map((seen) => seen.action)).toEqual([
      'GetPaymentStatusReport',
      'DomesticTransfer',
      'DomesticTransfer',
      'GetPaymentStatusReport',
      'DomesticTransfer',
    ]);
    expect(bank.seen[2]?.socket).toBe(bank.seen[0]?.socket);
    expect(bank.seen[4]?.socket).not.toBe(bank.seen[0]?.socket);
  });

  it('that the bank closed while idle are replaced by a proved one before an order', async () => {
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1'));
    const channel = open();
    await submit(channel);
    bank.seen[0]?.socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await submit(channel)).kind).toBe('answered');
    expect(bank.begun).toEqual([
      'GetPaymentStatusReport',
      'DomesticTransfer',
      'GetPaymentStatusReport',
      'DomesticTransfer',
    ]);
  });

  it('that a query has proved may carry an order', async () => {
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1'));
    const channel = open();
    await channel.ask('GNC0', kept.keep);
    await submit(channel);
    expect(bank.begun).toEqual(['GetPaymentStatusReport', 'DomesticTransfer']);
  });

  it('on which the bank answered before it had read the whole order are not used again', async () => {
    bank.onOrderHead = (request) => {
      request.pause();
      request.socket.write(
        `HTTP/1.1 200 OK\r\nContent-Length: ${reportEnvelope('GNC1').length}\r\n\r\n${reportEnvelope('GNC1')}`,
      );
      return true;
    };
    const channel = open();
    const pieces = Array.from({ length: 40 }, () => Buffer.alloc(1 << 20));
    expect((await submit(channel, pieces)).kind).toBe('answered');
    bank.onOrderHead = () => false;
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1'));
    expect((await submit(channel)).kind).toBe('answered');
    expect(bank.seen.map((seen) => seen.action)).toEqual([
      'GetPaymentStatusReport',
      'GetPaymentStatusReport',
      'DomesticTransfer',
    ]);
    expect(bank.seen[2]?.socket).toBe(bank.seen[1]?.socket);
  });

  it('that are closed carry nothing, and are not replaced behind the back of the one who holds them', async () => {
    const { tls } = optionsFor('', certificates);
    const endpoint = endpointOf(bank.url, tls);
    const opening = await openConnection(
      { endpoint, connectMs: 2000, clock: systemClock, userAgent: 'test' },
      new AbortController().signal,
    );
    if (opening.kind === 'failed') throw new Error(opening.cause);
    const limits = { answerMs: 1000, totalMs: 1000, answerBytesMax: 10_000 };
    const query = requestOf('prefix/GetPaymentStatusReport', Buffer.from('<q/>'));
    expect((await opening.connection.exchange(query, limits)).kind).toBe('answered');
    bank.seen[0]?.socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(opening.connection.usable()).toBe(false);
    const order = requestOf('prefix/DomesticTransfer', ORDER);
    expect(await opening.connection.exchange(order, limits)).toMatchObject({ kind: 'not-sent' });
    expect(bank.begun).toEqual(['GetPaymentStatusReport']);
  });

  it('of orders at the same time are different ones, each proved', async () => {
    bank.onOrder = (_seen, response) => response.end(reportEnvelope('GNC1'));
    const channel = open();
    const outcomes = await Promise.all([submit(channel), submit(channel), submit(channel)]);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['answered', 'answered', 'answered']);
    const orders = bank.seen.filter((seen) => seen.action === 'DomesticTransfer');
    expect(new Set(orders.map((seen) => seen.socket)).size).toBe(3);
  });
});
