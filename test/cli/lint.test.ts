// `goniec lint` as an operator runs it.

import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { runProgram } from '../../src/cli/program.ts';
import { dayAt } from '../../src/domain/calendar.ts';
import { OURS } from '../domain/sketches.ts';
import { elixirFile } from '../erp/elixir-o/elixir-o-file.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';

const CONFIGURATION = `state: ../state
companies:
  - { name: Test, outbox: ../outbox, inbox: ../inbox, archive: ../archive, erp: { elixirO: { encoding: utf-8 } } }
  - { name: Other, outbox: ../outbox2, inbox: ../inbox2, archive: ../archive2 }
banks:
  - name: bank
    dialect: bnp
    url: https://localhost:1/bnpp-cdc/cdc00101
    environment: test
    tls: { certificate: a.pem, key: a.key, ca: a.pem }
    signing: { certificate: a.pem, key: a.key }
    limits: { transfersPerMessageMax: 2 }
    rules: { initiatingPartyName: FABRYKA }
accounts:
  - { iban: ${OURS}, company: Test, bank: bank, currency: PLN }
`;
const TODAY = dayAt(Date.now(), 'Europe/Warsaw');
const transfers = ['1.00', '2.00', '3.50'].map((amount, n) => ({ endToEndId: `E${n}`, amount }));
const FILE = paymentFile({ messageId: 'M1', blocks: [{ id: 'P1', transfers }] })
  .replaceAll('2026-11-24', TODAY)
  .replaceAll(/<AdrLine>.*<\/AdrLine>/g, '');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'goniec-cli-file-'));
  await mkdir(join(root, 'config'));
  await mkdir(join(root, 'outbox'));
  await mkdir(join(root, 'outbox2'));
  await writeFile(join(root, 'config', 'goniec.yaml'), CONFIGURATION);
});
afterEach(() => rm(root, { recursive: true }));

describe('goniec lint', () => {
  it('says in which bank messages the file would go, and leaves everything as it is', async () => {
    const { code, out } = await check('outbox/good.xml', FILE);
    expect(out).toContain('pain.001.001.03, MsgId M1, 3 transfers, sum 6.50');
    expect(out).toMatch(/1 +bank +domestic +1 +2 +3.00 +\d/);
    expect(out).toMatch(/2 +bank +domestic +1 +1 +3.50 +\d/);
    expect(out).toContain('would be planned');
    expect(code).toBe(EXIT.ok);
    expect(await readdir(root)).toEqual(['config', 'outbox', 'outbox2']);
  });

  it('names every fault of schema and rule with its place, value and remedy', async () => {
    const bad = FILE.replace('<PmtMtd>TRF', '<PmtMtd>XXX').replace('PL27114020040000300201355387', 'PL00114020040000300201355387'); // prettier-ignore
    const { code, out } = await check('outbox/bad.xml', bad);
    const line = (text: string): number => bad.slice(0, bad.indexOf(text)).split('\n').length;
    expect(out).toContain(`bad.xml:${line('XXX')}:15  CstmrCdtTrfInitn/PmtInf[1]/PmtMtd: `);
    expect(out).toContain('Found: XXX.');
    expect(out).toContain('(schema.code)');
    expect(out).toContain(`bad.xml:${line('PL00')}:`);
    expect(out).toContain('CdtTrfTxInf[1]/CdtrAcct/Id/IBAN: ');
    expect(out).toContain('(rule.iban)');
    expect(out).toContain('It would be refused: 3 faults.');
    expect(code).toBe(EXIT.attention);
  });

  it('says why a person would have to see it', async () => {
    const hold = 'hold: { transferAbove: [3 PLN], creditorsNotIn: creditors.txt }';
    const strict = CONFIGURATION.replace('archive: ../archive,', `archive: ../archive, ${hold},`);
    await writeFile(join(root, 'config', 'goniec.yaml'), strict);
    const { code, out } = await check('outbox/good.xml', FILE);
    expect(out).toContain('would be planned');
    expect(out).toContain('It would be held for a person. transferAbove: ');
    expect(out).toContain('EndToEndId E2: 3.50 PLN, more than 3 PLN');
    expect(out).toMatch(/creditorsNotIn: The list .*creditors\.txt can not be read/);
    expect(code).toBe(EXIT.ok);
  });

  it('gives the same as data', async () => {
    const { code, out } = await check('outbox/good.xml', FILE, '--json');
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'planned',
      messageId: 'M1',
      transferCount: 3,
      controlSum: '6.50',
      faultCount: 0,
      faults: [],
      messages: [
        { part: 1, bank: 'bank', operation: 'domestic', count: 2, controlSum: '3.00' },
        { part: 2, count: 1, controlSum: '3.50' },
      ],
    });
    expect(code).toBe(EXIT.ok);
  });

  it('knows the accounts of the company in whose outbox the file lies, or of the one named', async () => {
    const elsewhere = await check('outbox2/good.xml', FILE);
    expect(elsewhere.out).toContain('(rule.debtor-account)');
    expect(elsewhere.code).toBe(EXIT.attention);
    expect((await check('outbox2/good.xml', FILE, '--company', 'Test')).code).toBe(EXIT.ok);
    expect((await check('good.xml', FILE)).code).toBe(EXIT.ok);
    expect((await check('good.xml', FILE, '--company', 'Nobody')).code).toBe(EXIT.usage);
  });

  it('reads a list where the company writes such, and speaks Polish when it is asked to', async () => {
    const day = TODAY.replaceAll('-', '');
    const good = await check(
      'outbox/list.pli',
      elixirFile({ 2: day }, { 2: day, 3: '250', 16: '' }),
      '--language',
      'pl',
    );
    expect(good.out).toContain('Elixir-O, przelewy: 2, suma 12.51');
    expect(good.out).toContain('Tak zostałby podzielony');
    expect(good.code).toBe(EXIT.ok);
    const bad = await check('outbox/list.pli', elixirFile({ 2: day, 3: '2,50' }), '--language', 'pl');
    expect(bad.out).toContain('list.pli:1:');
    expect(bad.out).toContain('Plik zostałby odrzucony. Błędy: 1.');
    expect(bad.code).toBe(EXIT.attention);
    expect((await check('outbox/list.pli', elixirFile({ 2: day }), '--company', 'Other')).code).toBe(
      EXIT.attention,
    );
    expect((await check('outbox/list.pli', undefined, '--language', 'de')).code).toBe(EXIT.usage);
  });

  it('refuses what is no message, and misses a file that is not there', async () => {
    const { code, out } = await check('outbox/no.xml', '<a/>');
    expect(out).toContain('(document.unknown)');
    expect(code).toBe(EXIT.attention);
    expect((await check('outbox/none.xml', undefined)).code).toBe(EXIT.notFound);
  });
});

async function check(
  name: string,
  content: string | undefined,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string }> {
  const path = join(root, name);
  if (content !== undefined) await writeFile(path, content);
  let out = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    }),
  );
  try {
    const config = ['--config', join(root, 'config', 'goniec.yaml')];
    return { code: await runProgram(['node', 'goniec', 'lint', path, ...config, ...args]), out };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
