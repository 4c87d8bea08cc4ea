// `goniec init` without a terminal: every answer an option.

import { createPublicKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { issueForRequest } from '../../../src/certificates/issue-certificate.ts';
import { ensureSandboxKeys, load } from '../../../src/sandbox/certificates.ts';
import { EXIT } from '../../../src/cli/exit-codes.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { loadSettings } from '../../../src/config/load-settings.ts';
import { isValidCron } from '../../../src/triggers/schedule.ts';
import { throwAwayKey } from '../../signature/throw-away-keys.ts';

const ACCOUNT = 'PL60160014620000000000000001';
const ENOUGH = {
  company: 'Żółw i Spółka',
  dialect: 'bnp',
  url: 'https://localhost:1/cdc00101',
  account: ACCOUNT,
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'goniec-init-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

describe('goniec init', () => {
  it('makes a configuration that loads, the folders, and a request for a key that nobody else can read', async () => {
    const { code, out } = await init(ENOUGH);
    expect(code).toBe(EXIT.ok);
    const settings = await settingsOf();
    expect(settings.companies).toMatchObject([
      { name: 'Żółw i Spółka', outbox: at('outbox'), inbox: at('inbox'), archive: at('archive') },
    ]);
    expect(settings.accounts).toMatchObject([{ iban: ACCOUNT, currency: 'PLN', company: 'Żółw i Spółka' }]);
    expect(settings.banks).toMatchObject([
      {
        environment: 'test',
        rules: { initiatingPartyName: 'ZOLWISPOLKA' },
        profile: { notFound: [], duplicate: [] },
      },
    ]);
    expect(settings.banks[0]?.signing).toBeUndefined();
    for (const folder of ['outbox', 'inbox', 'archive', 'state']) expect(existsSync(at(folder))).toBe(true);
    expect(statSync(at('config/keys/communication.key')).mode & 0o777).toBe(0o600);
    const certificate = await certified('communication', 'client');
    expect(certificate.subject).toBe('C=PL\nO=Żółw i Spółka\nCN=Żółw i Spółka');
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
    expect(
      certificate.publicKey.equals(createPublicKey(readFileSync(at('config/keys/communication.key')))),
    ).toBe(true);
    expect(out).toContain(at('config/keys/communication.csr'));
    expect(out).toContain(`is not there yet: put it into ${at('config/keys/communication.pem')}`);
  });

  it('makes a second key where Goniec signs, for the person who may', async () => {
    expect((await init({ ...ENOUGH, signing: 'goniec', signatory: 'Jan Łoś' })).code).toBe(EXIT.ok);
    expect((await certified('authorization', 'signing')).subject).toContain('CN=Jan Łoś');
    expect((await settingsOf()).banks[0]?.signing?.key).toBe(at('config/keys/authorization.key'));
  });

  it('asks ING for its header, and takes several accounts and schedules', async () => {
    const answers = {
      ...ENOUGH,
      dialect: 'ing',
      'pass-id': 'WS USER',
      statements: 'none',
      history: '5 * * * *',
      account: [ACCOUNT, 'PL06 1600 1462 0000 0000 0000 0003:EUR'],
    };
    expect((await init(answers)).code).toBe(EXIT.ok);
    const { accounts, banks } = await settingsOf();
    expect(banks[0]?.header).toMatchObject({ passId: 'WS USER', partnerId: 'Żółw i Spółka' });
    expect(accounts.map(({ currency }) => currency)).toEqual(['PLN', 'EUR']);
    expect(accounts[1]).toMatchObject({ history: '5 * * * *', balances: '0 7-19 * * 1-5' });
    expect(accounts[1]?.statements).toBeUndefined();
  });

  it('names every answer that is missing by its option, and writes nothing', async () => {
    const { code, err } = await init({});
    expect(code).toBe(EXIT.usage);
    for (const option of ['company', 'dialect', 'url', 'account'])
      expect(err).toContain(`--${option} is missing`);
    expect(readdirSync(root)).toEqual([]);
  });

  it.each([
    ['account', 'PL61160014620000000000000001', 'has wrong check digits'],
    ['account', `${ACCOUNT}:XYZ`, 'not a currency'],
    ['company', '<Acme>', 'Write a name'],
    ['dialect', 'bmp', 'Did you mean "bnp"?'],
    ['url', 'http://bank.example/', 'https:// only'],
    ['url', 'https://connect.bnpparibas.pl/bnpp-cdc/cdc00101', 'where money moves'],
    ['balances', '99 * * * *', 'not a cron expression'],
    ['inbox', 'outbox', 'is the same folder as outbox'],
    ['initiating-party', 'A-B', 'Write letters and digits only'],
    ['environment', 'prod', 'Possible are: sandbox, test, production'],
    ['communication-key', 'nowhere.key', 'can not be read (ENOENT)'],
  ])('refuses a wrong --%s (%s) by the rule it breaks, and writes nothing', async (option, value, said) => {
    const written = ['inbox', 'communication-key'].includes(option) ? at(value) : value;
    const { code, err } = await init({ ...ENOUGH, [option]: written });
    expect(code).toBe(EXIT.usage);
    expect(err).toContain(said);
    expect(readdirSync(root)).toEqual([]);
  });

  it('takes keys that the company has, if they belong together', async () => {
    const [own, other] = [await freshKey(), await freshKey()];
    writeFileSync(at('own.key'), own.keyPem, { mode: 0o600 });
    writeFileSync(at('own.pem'), own.certificatePem);
    writeFileSync(at('other.pem'), other.certificatePem);
    const answers = { ...ENOUGH, 'communication-key': at('own.key') };
    const wrong = await init({ ...answers, 'communication-certificate': at('other.pem') });
    expect(wrong.err).toContain('belongs to the private key');
    expect((await init({ ...answers, 'communication-certificate': at('own.pem') })).code).toBe(EXIT.ok);
    expect((await settingsOf()).banks[0]?.tls).toMatchObject({
      key: at('own.key'),
      certificate: at('own.pem'),
    });
    expect(readdirSync(at('config/keys'))).toEqual([]);
  });

  it('leaves an installation that is there as it is, and says so', async () => {
    await init(ENOUGH);
    const before = readFileSync(at('config/goniec.yaml'), 'utf8');
    const { code, err } = await init({ ...ENOUGH, company: 'Other' });
    expect(code).toBe(EXIT.notWritten);
    expect(err).toContain('Nothing that exists is ever changed');
    expect(readFileSync(at('config/goniec.yaml'), 'utf8')).toBe(before);
  });

  it('goes on after an init that was cut short: the key stays, and the request is made for it', async () => {
    const { keyPem } = await freshKey();
    mkdirSync(at('config/keys'), { recursive: true });
    writeFileSync(at('config/keys/communication.key'), keyPem, { mode: 0o600 });
    mkdirSync(at('outbox'));
    writeFileSync(at('outbox/early.xml'), '<a/>');
    const { code, out } = await init(ENOUGH);
    expect(code).toBe(EXIT.ok);
    expect(readFileSync(at('config/keys/communication.key'), 'utf8')).toBe(keyPem);
    expect((await certified('communication', 'client')).publicKey.equals(createPublicKey(keyPem))).toBe(true);
    expect(out).toContain('the private key that was there; kept as it was');
    expect(out).toContain('1 file that will be taken over at the start');
  });
});

function at(path: string): string {
  return join(root, path);
}

async function init(
  answers: Readonly<Record<string, string | readonly string[]>>,
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const out = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => ((said.out += String(text)), true));
  const err = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => ((said.err += String(text)), true));
  const options = Object.entries(answers).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => [`--${name}`, one]),
  );
  try {
    const code = await runProgram(['node', 'goniec', 'init', root, '--yes', ...options]);
    return { code, ...said };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

async function settingsOf() {
  const outcome = await loadSettings(at('config/goniec.yaml'), {}, { isValidCron });
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.problems));
  return outcome.settings;
}

/** What an authority makes of the request, which must be signed with its own key. */
async function certified(name: string, purpose: 'client' | 'signing'): Promise<X509Certificate> {
  const keys = await ensureSandboxKeys(at('authority'), Date.now());
  const request = readFileSync(at(`config/keys/${name}.csr`), 'utf8');
  const notAfter = new Date(Date.now() + 86_400_000);
  return new X509Certificate(await issueForRequest(request, purpose, await load(keys.authority), notAfter));
}

async function freshKey(): Promise<{ keyPem: string; certificatePem: string }> {
  const now = Date.now();
  return throwAwayKey({
    from: new Date(now - 86_400_000).toISOString(),
    to: new Date(now + 86_400_000).toISOString(),
  });
}
