// The service in HTTP's own terms: who asks, what was sent, and what is answered before anybody looks at the message.

import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { isRegistered, type Bank } from './bank.ts';
import { ACTION_PREFIX } from './operations.ts';
import type { Dialect } from './operations.ts';
import { refusal } from './request-reader.ts';
import type { Refusal, Request } from './request-reader.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

/** A certificate is shown once, when the connection is made. */
const shown = new WeakMap<TLSSocket, X509Certificate | undefined>();

/** The customer a connection belongs to; undefined when its certificate is not the registered one. */
export function customerOf(bank: Bank, request: IncomingMessage): string | undefined {
  const { socket } = request;
  if (!(socket instanceof TLSSocket)) return undefined;
  if (!shown.has(socket)) shown.set(socket, socket.getPeerX509Certificate());
  const certificate = shown.get(socket);
  return certificate !== undefined && isRegistered(certificate, bank.certificates.client)
    ? certificate.subject
    : undefined;
}

/** undefined when the body is larger than allowed; the rest is read and dropped, so that the client hears the answer. */
export async function readBody(request: IncomingMessage, sizeBytesMax: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= sizeBytesMax) chunks.push(chunk);
  }
  return sizeBytes > sizeBytesMax ? undefined : Buffer.concat(chunks);
}

/** What is answered in HTTP's own terms, before anybody looks at the message. */
export function bareAnswer(
  request: IncomingMessage,
  {
    dialect,
    customer,
    body,
  }: { dialect: Dialect | undefined; customer: string | undefined; body: Buffer | undefined },
): HttpAnswer | undefined {
  const answer = (status: number, text: string): HttpAnswer => ({ status, type: 'text/plain', body: text });
  if (customer === undefined) return answer(403, 'This certificate is not registered');
  if (dialect === undefined) return answer(404, 'There is no service at this address');
  if (request.method !== 'POST') return answer(405, 'The service takes POST only');
  if (!/^text\/xml(\s*;\s*charset="?utf-8"?)?\s*$/i.test(request.headers['content-type'] ?? ''))
    return answer(415, 'The service takes text/xml in UTF-8');
  return body === undefined ? answer(413, 'The message is too large') : undefined;
}

/** SOAP 1.1 section 6.1.1: the header is there, its value stands in quotes, and it names the operation in the body. */
export function actionRefusal(
  request: IncomingMessage,
  { operation }: Request<unknown>,
): Refusal | undefined {
  const expected = `"${ACTION_PREFIX}${operation.name}"`;
  const action = request.headers.soapaction;
  return action === expected
    ? undefined
    : refusal('E101', `SOAPAction is ${String(action)}, and ${expected} is in the body`);
}

/** Sends the answer and ends the exchange. */
export function send(response: ServerResponse, { status, type, body }: HttpAnswer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
