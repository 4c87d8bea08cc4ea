// A bank's end of the line for tests: a real HTTPS server with mutual TLS that answers as each test says.

import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { SecureVersion } from 'node:tls';
import type { BankChannel, KeepAnswer } from '../../../src/bank/channel.ts';
import { createCdcChannel } from '../../../src/bank/cdc/cdc-channel.ts';
import type { CdcOptions } from '../../../src/bank/cdc/cdc-options.ts';
import { UNTESTED_ANSWERS } from '../../../src/bank/cdc/dialects/common.ts';
import type { Clock } from '../../../src/clock.ts';
import { issueCertificate, type IssuedCertificate } from '../../../src/certificates/issue-certificate.ts';

export const LATER = new Date('2099-01-01T00:00:00Z');
export const PASSED = new Date('2021-01-01T00:00:00Z');

export interface Certificates {
  readonly authority: IssuedCertificate;
  readonly server: IssuedCertificate;
  readonly client: IssuedCertificate;
}

export async function makeCertificates(serverUntil = LATER): Promise<Certificates> {
  const authority = await issueCertificate({
    purpose: 'authority',
    name: 'Test authority',
    notAfter: LATER,
    issuer: undefined,
  });
  const server = await issueCertificate({
    purpose: 'server',
    name: 'localhost',
    notAfter: serverUntil,
    issuer: authority,
  });
  const client = await issueCertificate({
    purpose: 'client',
    name: 'client',
    notAfter: LATER,
    issuer: authority,
  });
  return { authority, server, client };
}

/** A request as the server saw it, once its body was read whole. */
export interface Seen {
  readonly action: string;
  readonly body: string;
  readonly socket: Socket;
  readonly headers: IncomingMessage['headers'];
}

export interface TestBank {
  readonly url: string;
  readonly seen: Seen[];
  /** Requests whose head arrived, whether their body did or not. */
  readonly begun: string[];
  /** Answers what is not the harmless query; set by each test. */
  onOrder: (seen: Seen, response: ServerResponse) => void;
  /** Called with the head of an order; true = the test has dealt with it and the body is not read. */
  onOrderHead: (request: IncomingMessage) => boolean;
  onQuery: (seen: Seen, response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function startTestBank(
  certificates: Certificates,
  maxVersion: SecureVersion = 'TLSv1.3',
): Promise<TestBank> {
  const { authority, server } = certificates;
  const sockets = new Set<{ destroy(): void }>();
  const https: Server = createServer({
    cert: server.certificate,
    key: server.key,
    ca: authority.certificate,
    requestCert: true,
    rejectUnauthorized: true,
    maxVersion,
  });
  https.on('connection', (socket) => sockets.add(socket));
  https.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
  const bank: TestBank = {
    url: `https://localhost:${(https.address() as AddressInfo).port}/cdc00101`,
    seen: [],
    begun: [],
    onOrder: (_seen, response) => response.writeHead(500).end(),
    onOrderHead: () => false,
    onQuery: (_seen, response) =>
      response.writeHead(500, { 'Content-Type': 'text/xml' }).end(faultEnvelope('E999')),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => https.close(resolve));
    },
  };
  https.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const action = String(request.headers.soapaction).replace(/^"|"$/g, '').split('/').at(-1) ?? '';
    bank.begun.push(action);
    const isQuery = action.startsWith('Get');
    if (!isQuery && bank.onOrderHead(request)) return;
    const pieces: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const seen = {
        action,
        body: Buffer.concat(pieces).toString('utf8'),
        socket: request.socket,
        headers: request.headers,
      };
      bank.seen.push(seen);
      if (isQuery) bank.onQuery(seen, response);
      else bank.onOrder(seen, response);
    });
  });
  return bank;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  running: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
  random: (sizeBytes) => crypto.getRandomValues(new Uint8Array(sizeBytes)),
};

export function optionsFor(
  url: string,
  certificates: Certificates,
  changes: Partial<CdcOptions> = {},
): CdcOptions {
  return {
    bank: 'test',
    url,
    dialect: 'bnp',
    tls: {
      certificate: Buffer.from(certificates.client.certificate),
      key: Buffer.from(certificates.client.key),
      passphrase: undefined,
      authorities: Buffer.from(certificates.authority.certificate),
      serverName: undefined,
    },
    signer: undefined,
    signed: 'wrapper',
    answers: UNTESTED_ANSWERS,
    timeouts: { connectMs: 2000, answerMs: 1000, totalMs: 5000 },
    answerBytesMax: 1 << 20,
    accountAnswerBytesMax: 1 << 20,
    freshMs: 10_000,
    clock: systemClock,
    header: undefined,
    productName: 'Goniec',
    productVersion: '0.0.0',
    ...changes,
  };
}

export function channelFor(
  url: string,
  certificates: Certificates,
  changes: Partial<CdcOptions> = {},
): BankChannel {
  return createCdcChannel(optionsFor(url, certificates, changes));
}

/** Keeps answers in memory. */
export function keeper(): { readonly keep: KeepAnswer; readonly kept: string[] } {
  const kept: string[] = [];
  return {
    kept,
    keep: async (bytes) => {
      const pieces: Uint8Array[] = [];
      if (bytes instanceof Uint8Array) pieces.push(bytes);
      else for await (const piece of bytes) pieces.push(Buffer.from(piece));
      const content = Buffer.concat(pieces);
      kept.push(content.toString('utf8'));
      return { name: `answer-${kept.length}.xml`, sha256: 'not computed', sizeBytes: content.length };
    },
  };
}

export function envelope(body: string): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
}

export function faultEnvelope(code: string, refersTo?: string): string {
  const reference =
    refersTo === undefined
      ? ''
      : `<RjctdMsgRef><Id>${refersTo}</Id><CreDtTm>2026-03-02T10:00:00</CreDtTm></RjctdMsgRef>`;
  return envelope(
    '<s:Fault><faultcode>s:Server</faultcode><faultstring>ErrorReport</faultstring><detail>' +
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:tsmt.016.001.03"><ErrRpt><RptId><Id>R1</Id><CreDtTm>2026-03-02T10:00:00</CreDtTm></RptId>' +
      `${reference}<NbOfErrs><Nb>1</Nb></NbOfErrs><ErrDesc><SeqNb>1</SeqNb><RuleId>${code}</RuleId><RuleDesc>text of ${code}</RuleDesc></ErrDesc>` +
      '</ErrRpt></Document></detail></s:Fault>',
  );
}

/** A pain.002 about a message; `inner` stands in OrgnlGrpInfAndSts after the ids. */
export function reportEnvelope(messageId: string, inner = '<GrpSts>ACTC</GrpSts>', blocks = ''): string {
  return envelope(
    '<c:DomesticTransferResponse xmlns:c="urn:ca:std:cdc:tech:xsd:cdc.001.01"><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03">' +
      '<CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId><CreDtTm>2026-03-02T10:00:00</CreDtTm></GrpHdr>' +
      `<OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>${inner}</OrgnlGrpInfAndSts>${blocks}` +
      '</CstmrPmtStsRpt></Document></c:DomesticTransferResponse>',
  );
}
