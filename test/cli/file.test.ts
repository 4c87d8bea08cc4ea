// `goniec file` as an operator runs it: no daemon, no bank.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { runProgram } from '../../src/cli/program.ts';
import { throwAwayKey } from '../signature/throw-away-keys.ts';

const bank = (name: string, more: string): string => `  - name: ${name}
    dialect: bnp
    url: https://localhost:1/bnpp-cdc/cdc00101
    environment: test
    tls: { certificate: own.pem, key: own.key, ca: own.pem }
    ${more}
`;
const SIGNED = 'signing: { certificate: own.pem, key: own.key }';
const CONFIGURATION = `state: ../state
companies:
  - { name: Test, outbox: ../outbox, inbox: ../inbox, archive: ../archive }
banks:
${bank('Xades', SIGNED)}${bank('Plain', `${SIGNED}\n    signatureProfile: { xades: none, context: envelope, c14n: inclusive }`)}${bank('Unsigned', 'signing: none')}accounts:
  - { iban: PL60160014620000000000000001, company: Test, bank: Xades, currency: PLN }
`;

const DOCUMENT =
  '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">\n<CstmrCdtTrfInitn><GrpHdr><MsgId>ERP1</MsgId></GrpHdr>' +
  "<Nm a='1'>Zażółć &amp; &#8364;</Nm></CstmrCdtTrfInitn></Document>";
const FILE = `\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- from the ERP -->\n${DOCUMENT}\r\n\n`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'goniec-cli-file-'));
  await mkdir(join(root, 'config'));
  await writeFile(join(root, 'config', 'goniec.yaml'), CONFIGURATION);
  const now = Date.now();
  const key = await throwAwayKey({
    from: new Date(now - 86_400_000).toISOString(),
    to: new Date(now + 86_400_000).toISOString(),
  });
  await writeFile(join(root, 'config', 'own.pem'), key.certificatePem);
  await writeFile(join(root, 'config', 'own.key'), key.keyPem);
  await writeFile(join(root, 'payment.xml'), FILE);
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

describe('goniec file sign', () => {
  it.each(['Xades', 'Plain'])(
    'writes the message as the bank would get it, and file verify takes it: %s',
    async (name) => {
      const { code, out } = await sign('--bank', name);
      expect(code).toBe(EXIT.ok);
      expect(out).toContain(`message ERP1 as ${name} would get it`);
      const message = await readFile(join(root, 'message.xml'), 'utf8');
      expect(message).toContain(
        `<cdc:DomesticTransfer xmlns:cdc="urn:ca:std:cdc:tech:xsd:cdc.001.01">${DOCUMENT}<ds:Signature `,
      );
      expect(message.includes('xades:SigningTime')).toBe(name === 'Xades');
      expect((await goniec('verify', join(root, 'message.xml'), '--bank', name)).code).toBe(EXIT.ok);
    },
  );

  it('puts another message id into the message, and names another operation', async () => {
    const { code } = await sign('--bank', 'Xades', '--message-id', 'TEST7', '--operation', 'sepa');
    expect(code).toBe(EXIT.ok);
    const message = await readFile(join(root, 'message.xml'), 'utf8');
    expect(message).toContain('<MsgId>TEST7</MsgId>');
    expect(message).toContain('Id="sig-TEST7"');
    expect(message).not.toContain('DomesticTransfer');
    expect((await goniec('verify', join(root, 'message.xml'), '--bank', 'Xades')).code).toBe(EXIT.ok);
  });

  it('never overwrites a file', async () => {
    await writeFile(join(root, 'message.xml'), 'mine');
    const { code, err } = await sign('--bank', 'Xades');
    expect(code).toBe(EXIT.notWritten);
    expect(err).toContain('never overwritten');
    expect(await readFile(join(root, 'message.xml'), 'utf8')).toBe('mine');
  });

  it.each([
    [
      'a file that is not sound, with the line',
      FILE.replace('</Nm>', '</NM>'),
      /payment\.xml:4: .*xml\.mismatch/,
    ],
    [
      'a comment, which no signature covers, with the line',
      FILE.replace('</Nm>', '<!-- paid -->\n</Nm>'),
      /payment\.xml:4: .*signature\.comment/,
    ],
    ['another document', FILE.replace('pain.001.001.03', 'pain.002.001.03'), /no pain\.001\.001\.03/],
    ['an id that cannot be part of an Id', FILE.replace('ERP1', 'E R/1'), /--message-id/],
  ])('refuses %s, and leaves nothing behind', async (_what, content, sentence) => {
    await writeFile(join(root, 'payment.xml'), content);
    const { code, err } = await sign('--bank', 'Xades');
    expect([code, err]).toEqual([EXIT.attention, expect.stringMatching(sentence)]);
    expect((await readdir(root)).toSorted()).toEqual(['config', 'payment.xml']);
  });

  it('says which banks there are, that one signs nothing, and that a file is missing', async () => {
    expect(await sign('--bank', 'Other')).toMatchObject({
      code: EXIT.notFound,
      err: expect.stringMatching(/Xades, Plain/) as string,
    });
    expect(await sign('--bank', 'Unsigned')).toMatchObject({
      code: EXIT.configuration,
      err: expect.stringMatching(/unsigned/) as string,
    });
    await rm(join(root, 'payment.xml'));
    expect(await sign('--bank', 'Xades')).toMatchObject({ code: EXIT.notFound });
  });
});

describe('goniec file verify', () => {
  it('says in a sentence what is wrong with a message', async () => {
    await sign('--bank', 'Xades');
    const path = join(root, 'message.xml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('ERP1', 'ERP2'));
    const { code, err } = await goniec('verify', path, '--bank', 'Xades');
    expect([code, err]).toEqual([EXIT.attention, expect.stringMatching(/was changed after it was signed\./)]);
  });

  it('holds a message against the profile of the bank that is named', async () => {
    await sign('--bank', 'Xades');
    const path = join(root, 'message.xml');
    expect((await goniec('verify', path, '--bank', 'Plain')).code).toBe(EXIT.attention);
    expect(await goniec('verify', path)).toMatchObject({
      code: EXIT.usage,
      err: expect.stringMatching(/which bank/) as string,
    });
  });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function sign(...options: readonly string[]): Promise<Ended> {
  return goniec('sign', join(root, 'payment.xml'), '--out', join(root, 'message.xml'), ...options);
}

/** One command line, run in this process; what it prints is caught. */
async function goniec(...args: readonly string[]): Promise<Ended> {
  let out = '';
  let err = '';
  const caught = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => (out += String(text)) !== ''),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => (err += String(text)) !== ''),
  ];
  try {
    const config = ['--config', join(root, 'config', 'goniec.yaml')];
    const code = await runProgram(['node', 'goniec', 'file', ...args, ...config]);
    return { code, out, err };
  } finally {
    for (const spy of caught) spy.mockRestore();
  }
}
