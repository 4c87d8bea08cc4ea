// `goniec journal` as an operator runs it, beside the owner of the journal.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { runProgram } from '../../src/cli/program.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { claimed, closed } from '../contract/claimed.ts';
import { firstBroken, readExport } from '../journal/recompute-chain.ts';
import { createTestClock } from '../test-clock.ts';

const CONFIGURATION = `state: ../state
companies:
  - { name: Test, outbox: ../outbox, inbox: ../inbox, archive: ../archive }
banks:
  - name: bank
    dialect: bnp
    url: https://localhost:1/bnpp-cdc/cdc00101
    environment: test
    tls: { certificate: a.pem, key: a.key, passphrase: { env: SECRET_OF_THE_TEST }, ca: a.pem }
    signing: { certificate: a.pem, key: a.key }
accounts:
  - { iban: PL60160014620000000000000001, company: Test, bank: bank, currency: PLN }
`;
const SECRET = 'wiosna-lato-jesien';

let root: string;
let journal: Journal;
beforeEach(async () => {
  vi.stubEnv('SECRET_OF_THE_TEST', SECRET);
  root = await mkdtemp(join(tmpdir(), 'goniec-cli-journal-'));
  await mkdir(join(root, 'config'));
  await writeFile(join(root, 'config', 'goniec.yaml'), CONFIGURATION);
  const opened = await openSqliteJournal(join(root, 'state'), createTestClock());
  if ('refused' in opened) throw new Error(opened.sentence);
  journal = opened;
  await journal.append([claimed('A'), claimed('B', 'zażółć.xml'), closed('A')]);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await journal.close();
  await rm(root, { recursive: true });
});

describe('goniec journal verify', () => {
  it('says what it checked, and counts it', async () => {
    const { code, out } = await goniec('verify');
    expect(code).toBe(EXIT.ok);
    expect(out).toContain('is sound');
    expect(out).toMatch(/records +3,/);
    expect(out).toMatch(/2 streams and 2 keys/);
    const data = JSON.parse((await goniec('verify', '--json')).out) as object;
    expect(data).toMatchObject({ journalId: journal.id, records: 3, keys: 2, streams: 2, head: 3 });
  });

  it('ends with the code of a refused start, and the same sentence, when the journal is damaged', async () => {
    await journal.close();
    change("UPDATE record SET body = replace(body, 'Test', 'Best'), at = '2020' WHERE sequence = 2");
    const { code, err } = await goniec('verify');
    expect(code).toBe(EXIT.startRefused);
    expect(err).toContain('damaged at record 2');
    const started = await openSqliteJournal(join(root, 'state'), createTestClock());
    expect(err.trim()).toBe('refused' in started && started.sentence);
    expect(JSON.parse((await goniec('verify', '--json')).out)).toMatchObject({ refused: 'chain-broken' });
  });

  it('ends with that code too when there is no journal', async () => {
    await journal.close();
    await rm(join(root, 'state'), { recursive: true });
    expect(await goniec('verify')).toMatchObject({ code: EXIT.startRefused });
  });
});

describe('goniec journal export', () => {
  it('writes lines whose chain anybody can compute again', async () => {
    const { code, out, err } = await goniec('export');
    expect(code).toBe(EXIT.ok);
    expect(err).toContain('3 records exported');
    const exported = readExport(out);
    expect(exported.journal).toBe(journal.id);
    expect(exported.records.map(({ sequence, stream }) => [sequence, stream])).toEqual([
      [1, 'order/A'],
      [2, 'order/B'],
      [3, 'order/A'],
    ]);
    expect(firstBroken(exported)).toBeUndefined();
    expect(firstBroken(readExport(out.replace('zażółć', 'zazolc')))).toBe(2);
  });

  it('begins where it is told to, with the hash to begin from', async () => {
    const whole = readExport((await goniec('export')).out);
    const part = readExport((await goniec('export', '--from', '3')).out);
    expect(part).toMatchObject({ after: 2, hash: whole.records[1]?.hash });
    expect(part.records).toEqual(whole.records.slice(2));
    expect(firstBroken(part)).toBeUndefined();
    expect(readExport((await goniec('export', '--from', '4')).out).records).toEqual([]);
    expect(await goniec('export', '--from', '5')).toMatchObject({ code: EXIT.notFound, out: '' });
    expect(await goniec('export', '--from', '0')).toMatchObject({ code: EXIT.usage });
  });

  it('writes to a new file, and overwrites none', async () => {
    const path = join(root, 'export.ndjson');
    expect(await goniec('export', '--out', path)).toMatchObject({ code: EXIT.ok, out: '' });
    expect(readExport(await readFile(path, 'utf8')).records).toHaveLength(3);
    await writeFile(path, 'precious');
    expect(await goniec('export', '--out', path)).toMatchObject({ code: EXIT.notWritten });
    expect(await readFile(path, 'utf8')).toBe('precious');
    expect(await goniec('export', '--out', join(root, 'none', 'x'))).toMatchObject({
      code: EXIT.notWritten,
    });
  });

  it('stops at the record that breaks the chain, and says so', async () => {
    await journal.close();
    change("UPDATE record SET at = '2020' WHERE sequence = 2");
    const { code, out, err } = await goniec('export');
    expect(code).toBe(EXIT.startRefused);
    expect(readExport(out).records).toHaveLength(1);
    expect(err).toContain('record 2');
  });
});

describe('goniec journal backup', () => {
  it('writes a verified copy with its head, and overwrites nothing', async () => {
    const path = join(root, 'copy.sqlite');
    const { code, out } = await goniec('backup', path);
    expect(code).toBe(EXIT.ok);
    expect(out).toContain('Written and verified');
    expect((await readdir(root)).filter((name) => name.startsWith('copy'))).toEqual([
      'copy.sqlite',
      'copy.sqlite.head',
    ]);
    expect(await goniec('verify', path)).toMatchObject({ code: EXIT.ok });
    await journal.append([claimed('C')]);
    expect(await goniec('backup', path)).toMatchObject({ code: EXIT.notWritten });
    expect((await goniec('verify', path)).out).toMatch(/records +3,/);
  });
});

it('none of them shows a secret', async () => {
  const path = join(root, 'copy.sqlite');
  const outputs = [await goniec('export'), await goniec('verify', '--json'), await goniec('backup', path)];
  for (const { out, err } of outputs) expect(out + err).not.toContain(SECRET);
  expect(await readFile(path, 'latin1')).not.toContain(SECRET);
});

function change(sql: string): void {
  const database = new DatabaseSync(join(root, 'state', 'journal.sqlite'));
  database.exec(sql);
  database.close();
}

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
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
    const code = await runProgram(['node', 'goniec', 'journal', ...args, ...config]);
    return { code, out, err };
  } finally {
    for (const spy of caught) spy.mockRestore();
  }
}
