// A customer of the sandbox bank: a real TLS client with the sandbox's own certificates.

import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { RequestOptions } from 'node:https';
import { join } from 'node:path';
import { loadSigningKey } from '../../../src/signature/keys.ts';
import { proposedProfile } from '../../../src/signature/signature-profile.ts';
import { createXadesSigner } from '../../../src/signature/xades-signer.ts';
import { parseSmallDocument } from '../../../src/xml/small-document.ts';
import { each, textOf } from '../../../src/xml/xml-path.ts';
import type { XmlNode } from '../../../src/xml/small-document.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const WRAPPER = 'urn:ca:std:cdc:tech:xsd:cdc.001.01';

/** The wrapper around a document, without a signature. */
export function wrap(operation: string, document: string): string {
  return `<cdc:${operation} xmlns:cdc="${WRAPPER}">${document}</cdc:${operation}>`;
}

export function envelopeOf(wrapper: string): string {
  return `<soapenv:Envelope xmlns:soapenv="${ENVELOPE}"><soapenv:Body>${wrapper}</soapenv:Body></soapenv:Envelope>`;
}

/** The wrapper signed with the customer's authorization certificate, or with another of the folder's. */
export async function signed(
  folder: string,
  operation: string,
  document: string,
  name = 'signing',
): Promise<string> {
  const files = { keyFile: join(folder, `${name}.key`), certificateFile: join(folder, `${name}.pem`) };
  const outcome = await loadSigningKey(files, new Date());
  if (outcome.kind !== 'key') throw new Error(outcome.reason);
  const signer = createXadesSigner({ key: outcome.key, profile: proposedProfile });
  const wrapper = wrap(operation, document);
  const digest = signer.startDigest();
  digest.write(Buffer.from(wrapper));
  const signature = await signer.signOrder({
    wrapperDigest: digest.end(),
    id: 'sig',
    signingTime: new Date(),
  });
  const end = `</cdc:${operation}>`;
  return wrapper.slice(0, -end.length) + Buffer.from(signature).toString('utf8') + end;
}

/** Sends an envelope; rejects when the connection ends without an answer. */
export async function post(
  folder: string,
  url: string,
  operation: string,
  body: string,
  options: RequestOptions = {},
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        ca: readFileSync(join(folder, 'ca.pem')),
        cert: readFileSync(join(folder, 'client.pem')),
        key: readFileSync(join(folder, 'client.key')),
        headers: {
          'content-type': 'text/xml; charset=utf-8',
          soapaction: `"urn:ca:std:cdc:tech:wsdl:cdc.ws.001.01/${operation}"`,
        },
        ...options,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
        });
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The `Document` of a response, or of a fault's detail. */
export function documentOf(answer: Answer): XmlNode {
  const parsed = parseSmallDocument(Buffer.from(answer.body));
  if ('rule' in parsed) throw new Error(parsed.message);
  const found = find(parsed, 'Document');
  if (found === undefined) throw new Error(`There is no Document in ${answer.body}`);
  return found;
}

/** The code of a fault; undefined for another answer. */
export function faultCode(answer: Answer): string | undefined {
  const [description] = each(documentOf(answer), 'ErrRpt/ErrDesc');
  return description === undefined ? undefined : textOf(description, 'RuleId');
}

function find(node: XmlNode, name: string): XmlNode | undefined {
  if (node.name === name) return node;
  for (const child of node.children) {
    const found = find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
