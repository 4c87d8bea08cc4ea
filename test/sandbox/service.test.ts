import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueCertificate } from '../../src/certificates/issue-certificate.ts';
import type { Answer } from './support/bank-client.ts';
import { envelopeOf, faultCode, post, wrap } from './support/bank-client.ts';
import { balanceQuery, reportQuery } from './support/documents.ts';
import type { RunningSandbox } from './support/running-sandbox.ts';
import { runSandbox } from './support/running-sandbox.ts';

let bank: RunningSandbox;
beforeAll(async () => {
  bank = await runSandbox({ requestBytesMax: 20_000 });
});
afterAll(() => bank.stop());

const GOOD = envelopeOf(wrap('GetAccountBalance', balanceQuery()));
const send = (body: string, operation = 'GetAccountBalance'): Promise<Answer> =>
  post(bank.folder, bank.sandbox.url('bnp'), operation, body);

test('a good request is answered', async () => {
  expect((await send(GOOD)).status).toBe(200);
});

test('a declaration, a header with an unknown block and white space between elements do no harm', async () => {
  const header = '<soapenv:Header><x:Block xmlns:x="urn:x"/></soapenv:Header>\n  ';
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${GOOD.replace('<soapenv:Body>', `${header}<soapenv:Body>\n`)}`;
  expect((await send(body)).status).toBe(200);
});

describe('refused is', () => {
  test.each([
    ['what is not well-formed', GOOD.slice(0, -3), 'E101'],
    ['a document type declaration', `<!DOCTYPE a [<!ENTITY b "c">]>${GOOD}`, 'E101'],
    [
      'another envelope',
      GOOD.replaceAll('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
      'E101',
    ],
    [
      'a header that must be understood',
      GOOD.replace(
        '<soapenv:Body>',
        '<soapenv:Header><x:B xmlns:x="urn:x" soapenv:mustUnderstand="1"/></soapenv:Header><soapenv:Body>',
      ),
      'E101',
    ],
    ['a second element in the body', GOOD.replace('</soapenv:Body>', '<x/></soapenv:Body>'), 'E101'],
    ['an empty body', envelopeOf(''), 'E101'],
    [
      'a wrapper in another namespace',
      GOOD.replace('urn:ca:std:cdc:tech:xsd:cdc.001.01', 'urn:ca:std:cdc:tech:xsd:cdc.001.02'),
      'E103',
    ],
    ['a document in another namespace', GOOD.replace('camt.003.001.04', 'camt.003.001.05'), 'E102'],
    ['an unknown element', GOOD.replace('<CtrPtyTp>', '<More/><CtrPtyTp>'), 'E102'],
    ['a missing element', GOOD.replace('<CtrPtyTp>MULT</CtrPtyTp>', ''), 'E102'],
    [
      'a signature on a query',
      GOOD.replace('</cdc:', '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></cdc:'),
      'E102',
    ],
    ['a wrapper without a document', envelopeOf(wrap('GetAccountBalance', '')), 'E102'],
  ])('%s', async (_, body, code) => {
    const answer = await send(body);
    expect(answer.status).toBe(500);
    expect(faultCode(answer)).toBe(code);
  });

  test('a SOAPAction that is not that of the operation in the body', async () => {
    expect(faultCode(await send(GOOD, 'GetStatement'))).toBe('E101');
  });

  test('an operation that only the other bank has, and criteria in its form', async () => {
    const url = bank.sandbox.url('ing');
    const internal = envelopeOf(wrap('InternalFcyTransfer', '<Document/>'));
    expect(faultCode(await post(bank.folder, url, 'InternalFcyTransfer', internal))).toBe('E103');
    expect(faultCode(await bank.ask('GetIncrementalAccountReport', reportQuery({ after: 1 }), 'bnp'))).toBe(
      'E102',
    );
  });

  test.each([
    ['another address', { path: '/elsewhere' }, 404],
    ['another method', { method: 'PUT' }, 405],
    ['another content type', { headers: { 'content-type': 'application/soap+xml' } }, 415],
  ])('%s, in the terms of HTTP', async (_, options, status) => {
    expect(
      (await post(bank.folder, bank.sandbox.url('bnp'), 'GetAccountBalance', GOOD, options)).status,
    ).toBe(status);
  });

  test('a message that is too large', async () => {
    expect((await send(`${GOOD}${' '.repeat(20_000)}`)).status).toBe(413);
  });
});

describe('without the registered communication certificate there is no service', () => {
  const file = (name: string): Buffer => readFileSync(join(bank.folder, name));

  test('none at all', async () => {
    const bare = { cert: undefined, key: undefined };
    await expect(
      post(bank.folder, bank.sandbox.url('bnp'), 'GetAccountBalance', GOOD, bare),
    ).rejects.toThrow();
  });

  test('a certificate of another authority', async () => {
    const stranger = { cert: file('stranger.pem'), key: file('stranger.key') };
    await expect(
      post(bank.folder, bank.sandbox.url('bnp'), 'GetAccountBalance', GOOD, stranger),
    ).rejects.toThrow();
  });

  test('another certificate of the same authority', async () => {
    const issuer = { certificate: file('ca.pem').toString(), key: file('ca.key').toString() };
    const other = await issueCertificate({
      purpose: 'client',
      name: 'Other',
      notAfter: new Date(2100, 1, 1),
      issuer,
    });
    const options = { cert: other.certificate, key: other.key };
    expect(
      (await post(bank.folder, bank.sandbox.url('bnp'), 'GetAccountBalance', GOOD, options)).status,
    ).toBe(403);
  });

  test('the authorization certificate', async () => {
    const signing = { cert: file('signing.pem'), key: file('signing.key') };
    await expect(
      post(bank.folder, bank.sandbox.url('bnp'), 'GetAccountBalance', GOOD, signing),
    ).rejects.toThrow();
  });
});
