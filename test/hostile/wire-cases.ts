// Servers in the bank's place that speak TLS or HTTP in a way no bank does.

import { gzipSync } from 'node:zlib';
import type { TlsOptions, TLSSocket } from 'node:tls';
import { issueCertificate } from '../../src/certificates/issue-certificate.ts';
import { envelope, LATER, PASSED, reportEnvelope, type Certificates } from '../bank/cdc/test-bank.ts';

/** Of an order: `not-sent` only where nothing of it can have left, else `lost`. */
export interface WireCase {
  readonly name: string;
  readonly outcome: 'lost' | 'not-sent';
  readonly because: string;
  /** A part of the sentence an operator is told. */
  readonly told: RegExp;
  readonly tls?: (certificates: Certificates) => Promise<TlsOptions>;
  /** The end is that of patience. */
  readonly waits?: boolean;
  /** Who the bank is, where it is not the host of the address. */
  readonly serverName?: string;
  /** In place of TLS: what is said to whoever connects. */
  readonly bare?: (say: (bytes: Uint8Array | string) => void, end: () => void) => void;
  /** What is said when the order has come; the query before it is answered as it should be. */
  readonly answer?: (socket: TLSSocket) => void;
  /** What is said when that query has come. */
  readonly first?: (socket: TLSSocket) => void;
}

export const OURS = 'GNC1';
const REPORT = reportEnvelope(OURS);

const UNTRUSTED = 'Whoever is at the other end has not proved to be the bank.';
const OLD = 'TLS before 1.2 protects nothing any more.';
const NO_PROOF = 'It may have the order, and what it says is no complete answer of the service.';
const AUTHORITY = /does not come from the configured authority/;

/** A whole HTTP answer. */
export function http(body: string | Uint8Array, head = 'HTTP/1.1 200 OK', more = ''): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(`${head}\r\nContent-Length: ${bytes.length}\r\n${more}\r\n`), bytes]);
}

const says = (bytes: string | Uint8Array) => (socket: TLSSocket) => void socket.write(bytes);
const saysAndEnds = (bytes: string | Uint8Array) => (socket: TLSSocket) => void socket.end(bytes);
/** Over and over until nobody listens. */
const saysFor =
  (first: string, again: Uint8Array | string, everyMs = 0) =>
  (socket: TLSSocket) => {
    socket.write(first);
    const more = (): void => {
      if (socket.destroyed) return;
      if (everyMs > 0) setTimeout(more, socket.write(again) ? everyMs : everyMs).unref();
      else if (socket.write(again)) setImmediate(more);
      else socket.once('drain', more);
    };
    more();
  };

const server =
  (change: (certificates: Certificates) => Promise<TlsOptions> | TlsOptions) =>
  async (certificates: Certificates): Promise<TlsOptions> =>
    change(certificates);
const shown = async (
  certificates: Certificates,
  parts: Partial<Parameters<typeof issueCertificate>[0]>,
): Promise<TlsOptions> => {
  const issued = await issueCertificate({
    purpose: 'server',
    name: 'localhost',
    notAfter: LATER,
    issuer: certificates.authority,
    ...parts,
  });
  return { cert: issued.certificate, key: issued.key };
};
const stranger = () =>
  issueCertificate({ purpose: 'authority', name: 'Stranger', notAfter: LATER, issuer: undefined });

const HANDSHAKES: readonly Omit<WireCase, 'outcome'>[] = [
  { name: 'TLS 1.0', because: OLD, told: /TLS 1\.2 or later/, tls: server(() => ({ minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })) }, // prettier-ignore
  { name: 'TLS 1.1', because: OLD, told: /TLS 1\.2 or later/, tls: server(() => ({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })) }, // prettier-ignore
  { name: 'a key exchange without a certificate', because: UNTRUSTED, told: /./, tls: server(() => ({ maxVersion: 'TLSv1.2', ciphers: 'aNULL:@SECLEVEL=0' })) }, // prettier-ignore
  { name: 'TLS without encryption', because: OLD, told: /./, tls: server(() => ({ maxVersion: 'TLSv1.2', ciphers: 'eNULL:@SECLEVEL=0' })) }, // prettier-ignore
  { name: 'a certificate that has expired', because: UNTRUSTED, told: /has expired/, tls: (certificates) => shown(certificates, { notAfter: PASSED }) }, // prettier-ignore
  { name: 'a certificate of another authority', because: UNTRUSTED, told: AUTHORITY, tls: async (certificates) => shown(certificates, { issuer: await stranger() }) }, // prettier-ignore
  { name: 'an authority of the same name with another key', because: UNTRUSTED, told: AUTHORITY, tls: async (certificates) => shown(certificates, { issuer: await issueCertificate({ purpose: 'authority', name: 'Test authority', notAfter: LATER, issuer: undefined }) }) }, // prettier-ignore
  { name: 'a certificate that it signed itself', because: UNTRUSTED, told: AUTHORITY, tls: (certificates) => shown(certificates, { issuer: undefined }) }, // prettier-ignore
  { name: 'a certificate signed with that of the bank', because: 'A server is no authority.', told: /./, tls: async (certificates) => shown(certificates, { issuer: certificates.server }) }, // prettier-ignore
  { name: 'a certificate for another host', because: UNTRUSTED, told: /is not for "bank\.example"/, serverName: 'bank.example' }, // prettier-ignore
  { name: 'a certificate for a host that begins like the bank', because: UNTRUSTED, told: /is not for "localhost\.example"/, serverName: 'localhost.example' }, // prettier-ignore
  { name: 'our own certificate', because: 'It is for clients.', told: /./, tls: server(({ client }) => ({ cert: client.certificate, key: client.key })) }, // prettier-ignore
  { name: 'the certificate of the authority', because: UNTRUSTED, told: /./, tls: server(({ authority }) => ({ cert: authority.certificate, key: authority.key })) }, // prettier-ignore
  { name: 'HTTP/2 and nothing else', because: 'It is not the protocol of the service.', told: /./, tls: server(() => ({ ALPNProtocols: ['h2'] })) }, // prettier-ignore
  { name: 'an authority that does not know our certificate', because: 'Under TLS 1.3 it shows only after the first request, so that is a query.', told: /certificate/, tls: async () => ({ ca: (await stranger()).certificate }) }, // prettier-ignore
  {
    name: 'HTTP without TLS',
    because: UNTRUSTED,
    told: /TLS 1\.2 or later/,
    bare: (say) => say(http(REPORT)),
  },
  {
    name: 'random bytes',
    waits: true,
    because: UNTRUSTED,
    told: /./,
    bare: (say) => say(Buffer.alloc(4_096, 0xa5)),
  },
  { name: 'half a handshake and then silence', waits: true, because: UNTRUSTED, told: /no connection to the bank within/, bare: (say) => say(Buffer.from([0x16, 3, 3, 0, 0x40, 2])) }, // prettier-ignore
  {
    name: 'silence',
    waits: true,
    because: UNTRUSTED,
    told: /no connection to the bank within/,
    bare: () => undefined,
  },
  { name: 'an end without a word', because: UNTRUSTED, told: /./, bare: (_say, end) => end() },
  { name: 'handshake records without end', waits: true, because: UNTRUSTED, told: /./, bare: (say) => { for (let k = 0; k < 200; k += 1) say(Buffer.concat([Buffer.from([0x16, 3, 3, 0x40, 0]), Buffer.alloc(0x4000, 0)])); } }, // prettier-ignore
];

const QUERIES: readonly Omit<WireCase, 'outcome'>[] = [
  { name: 'an end after the handshake', because: 'Nothing of the order was handed over.', told: /query that goes before/, first: (socket) => void socket.end() }, // prettier-ignore
  { name: 'a redirection of the query', because: 'Nobody but the service is given an order.', told: /HTTP 302/, first: says(http('', 'HTTP/1.1 302 Found', 'Location: https://127.0.0.1:1/\r\n')) }, // prettier-ignore
  { name: 'a page of a proxy', because: 'Nobody but the service is given an order.', told: /HTTP 407/, first: says(http('<html/>', 'HTTP/1.1 407 Proxy Authentication Required')) }, // prettier-ignore
  { name: 'an answer to a question that was not asked yet', because: 'It can be no answer to the order.', told: /./, first: says(Buffer.concat([http(envelope('<s:Fault/>'), 'HTTP/1.1 500 E'), http(REPORT)])) }, // prettier-ignore
];

const ANSWERS: readonly Omit<WireCase, 'outcome'>[] = [
  ...[301, 302, 303, 307, 308].map((status) => ({ name: `a redirection (${status})`, because: 'It is never followed.', told: new RegExp(`HTTP ${status}`), answer: says(http('', `HTTP/1.1 ${status} X`, 'Location: https://127.0.0.1:1/\r\n')) })), // prettier-ignore
  ...[204, 304].map((status) => ({ name: `no content (${status})`, because: NO_PROOF, told: new RegExp(`HTTP ${status}`), answer: says(`HTTP/1.1 ${status} X\r\n\r\n`) })), // prettier-ignore
  { name: 'an empty answer', because: NO_PROOF, told: /HTTP 200/, answer: says(http('')) },
  {
    name: 'a page of HTML',
    because: NO_PROOF,
    told: /no SOAP envelope/,
    answer: says(http('<html><body>OK</body></html>')),
  },
  { name: 'a report under a status of a gateway', because: NO_PROOF, told: /HTTP 502/, answer: says(http(REPORT, 'HTTP/1.1 502 Bad')) }, // prettier-ignore
  { name: 'a report about another message', because: NO_PROOF, told: /about the message OTHER/, answer: says(http(reportEnvelope('OTHER'))) }, // prettier-ignore
  { name: 'an envelope of another namespace', because: NO_PROOF, told: /no SOAP envelope/, answer: says(http(REPORT.replace('schemas.xmlsoap.org', 'evil.example'))) }, // prettier-ignore
  { name: 'two envelopes', because: NO_PROOF, told: /not XML/, answer: says(http(REPORT + REPORT)) },
  { name: 'a body shorter than announced', because: NO_PROOF, told: /in the middle of the answer|before the answer was complete/, answer: saysAndEnds(http(REPORT).subarray(0, -20)) }, // prettier-ignore
  { name: 'a body shorter than announced, and then silence', waits: true, because: NO_PROOF, told: /nothing moved/, answer: says(http(REPORT).subarray(0, -20)) }, // prettier-ignore
  { name: 'a body that ends with the connection, cut short', because: NO_PROOF, told: /not XML/, answer: saysAndEnds(`HTTP/1.1 200 OK\r\n\r\n${REPORT.slice(0, -20)}`) }, // prettier-ignore
  { name: 'two different lengths', because: NO_PROOF, told: /./, answer: says(http(REPORT, 'HTTP/1.1 200 OK', 'Content-Length: 5\r\n')) }, // prettier-ignore
  { name: 'a length and chunks', waits: true, because: NO_PROOF, told: /./, answer: says(http(`0\r\n\r\n${REPORT}`, 'HTTP/1.1 200 OK', 'Transfer-Encoding: chunked\r\n')) }, // prettier-ignore
  { name: 'a negative length', because: NO_PROOF, told: /./, answer: says(`HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n${REPORT}`) }, // prettier-ignore
  { name: 'a length beyond all numbers', waits: true, because: NO_PROOF, told: /./, answer: says(`HTTP/1.1 200 OK\r\nContent-Length: ${'9'.repeat(40)}\r\n\r\n${REPORT}`) }, // prettier-ignore
  { name: 'a chunk whose size is no number', because: NO_PROOF, told: /./, answer: says(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n${REPORT}`) }, // prettier-ignore
  { name: 'chunks that are cut short', because: NO_PROOF, told: /./, answer: saysAndEnds(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${REPORT.length.toString(16)}\r\n${REPORT}\r\n`) }, // prettier-ignore
  { name: 'headers without end', because: NO_PROOF, told: /./, answer: saysFor('HTTP/1.1 200 OK\r\n', `X-A: ${'a'.repeat(1_000)}\r\n`) }, // prettier-ignore
  { name: 'a header of a megabyte', because: NO_PROOF, told: /./, answer: says(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(1 << 20)}\r\n\r\n`) }, // prettier-ignore
  { name: 'a header with NUL', because: NO_PROOF, told: /./, answer: says('HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 0\r\n\r\n') }, // prettier-ignore
  { name: 'a body without end', because: NO_PROOF, told: /larger than/, answer: saysFor('HTTP/1.1 200 OK\r\n\r\n', Buffer.alloc(65_536, 0x20)) }, // prettier-ignore
  { name: 'a body that drips', waits: true, because: NO_PROOF, told: /it took longer|nothing moved/, answer: saysFor('HTTP/1.1 200 OK\r\n\r\n', ' ', 100) }, // prettier-ignore
  { name: 'provisional answers without end', waits: true, because: NO_PROOF, told: /it took longer|nothing moved/, answer: saysFor('', 'HTTP/1.1 103 Early Hints\r\n\r\n', 50) }, // prettier-ignore
  { name: 'a change of protocol', because: NO_PROOF, told: /./, answer: says('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n') }, // prettier-ignore
  { name: 'a bomb that is packed', because: 'It was not asked for, so it is not unpacked.', told: /not XML/, answer: says(http(gzipSync(Buffer.alloc(20e6, 0x20)), 'HTTP/1.1 200 OK', 'Content-Encoding: gzip\r\n')) }, // prettier-ignore
  { name: 'a report that is packed', because: 'It was not asked for, so it is not unpacked.', told: /not XML/, answer: says(http(gzipSync(REPORT), 'HTTP/1.1 200 OK', 'Content-Encoding: gzip\r\n')) }, // prettier-ignore
  { name: 'a report without HTTP', because: NO_PROOF, told: /./, answer: saysAndEnds(REPORT) },
  { name: 'HTTP/2 frames', waits: true, because: NO_PROOF, told: /./, answer: says(Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1])) }, // prettier-ignore
  { name: 'a status that is no number', because: NO_PROOF, told: /./, answer: says('HTTP/1.1 OK fine\r\nContent-Length: 0\r\n\r\n') }, // prettier-ignore
  { name: 'silence', waits: true, because: NO_PROOF, told: /nothing moved/, answer: () => undefined },
  { name: 'an end without a word', because: NO_PROOF, told: /./, answer: (socket) => void socket.end() },
  {
    name: 'a connection that is torn down',
    because: NO_PROOF,
    told: /./,
    answer: (socket) => void socket.destroy(),
  },
  { name: 'a new handshake, over and over', waits: true, because: NO_PROOF, told: /./, tls: server(() => ({ maxVersion: 'TLSv1.2' })), answer: (socket) => { const again = (): void => { if (!socket.destroyed) socket.renegotiate({}, () => setImmediate(again)); }; again(); } }, // prettier-ignore
];

export const wireCases: readonly WireCase[] = [
  ...[...HANDSHAKES, ...QUERIES].map((one) => ({ ...one, outcome: 'not-sent' as const })),
  ...ANSWERS.map((one) => ({ ...one, outcome: 'lost' as const })),
];
