import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CAMT_ALONE } from '../erp/formats-wanted.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import { load, loaded, minimalWith, MINIMAL, REAL_BANK, refused } from './load.ts';

test('a minimal file gives complete settings with the defaults of the reference', async () => {
  const outcome = await load(MINIMAL);
  expect(outcome.kind === 'loaded' && outcome.settings).toEqual({
    path: join(outcome.folder, 'goniec.yaml'),
    state: join(outcome.folder, '..', 'state'),
    timeZone: 'Europe/Warsaw',
    log: {
      level: 'info',
      folder: join(outcome.folder, '..', 'state', 'log'),
      fileSizeMaxBytes: 10_000_000,
      filesMax: 10,
    },
    readiness: {
      checks: 2,
      checkEveryMs: 500,
      minimumAgeMs: 1_000,
      sizeMaxBytes: 300_000_000,
      incompleteAfterMs: 600_000,
    },
    scanEveryMs: 10_000,
    watch: 'auto',
    stopWithinMs: 30_000,
    tellEveryMs: 60_000,
    executionDate: { pastAllowedDays: 0, futureMaxDays: 365 },
    duplicates: {
      sameBytesDays: 400,
      sameMessageIdDays: 400,
      samePaymentsDays: 400,
      repeatedIdsDays: 400,
      repeatedIds: 'warn',
    },
    companies: [
      {
        name: 'Example',
        outbox: join(outcome.folder, 'erp/outbox'),
        inbox: join(outcome.folder, 'erp/inbox'),
        archive: join(outcome.folder, 'erp/archive'),
        erp: CAMT_ALONE,
        hold: { transferAbove: [], fileAbove: [] },
      },
    ],
    banks: [
      {
        name: 'Sandbox',
        channel: 'cdc',
        dialect: 'bnp',
        url: 'https://localhost:18443/cdc',
        environment: 'test',
        sandbox: true,
        timeouts: { connectMs: 15_000, answerMs: 120_000 },
        limits: { sendsAtOnce: 8 },
        rules: {},
        profile: {
          notFound: [],
          duplicate: [],
          refusal: [],
          systemic: [],
          arrivalBoundMs: undefined,
          rejectMeansRejected: false,
        },
        follow: {
          firstAskMs: 30_000,
          askEveryMaxMs: 900_000,
          inDoubtHoldAfterMs: 1_800_000,
          businessDaysMax: 5,
        },
      },
    ],
    accounts: [
      { iban: 'PL60160014620000000000000001', company: 'Example', bank: 'Sandbox', currency: 'PLN' },
    ],
  });
});

test('settings can not be changed at any depth', async () => {
  const settings = await loaded(MINIMAL);
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    expect(Object.isFrozen(value)).toBe(true);
    Object.values(value).forEach(walk);
  };
  walk(settings);
});

test('everything a bank can be told arrives, with paths made absolute and absent keys absent', async () => {
  const settings = await loaded(
    minimalWith(
      [
        'banks:',
        `banks:${REAL_BANK}    signing: { certificate: keys/a.pem, key: keys/a.key, passphrase: { file: keys/a.txt } }
    signatureProfile: { digest: sha1, context: envelope }
    header: { finInstId: Bank, partnerId: We, passId: User, version: 2 }
    timeouts: { connect: 1s }
    limits: { transfersPerMessageMax: 20, historySpanDays: 31 }
    rules: { messageIdPrefix: AB, textCharacters: any, endToEndIdPattern: '[0-9]+' }
    profile: { notFound: [S404], arrivalBound: 2h, rejectMeansRejected: true }
    follow: { firstAsk: 5s }`,
      ],
      [
        'bank: Sandbox',
        "bank: Real\n    balances: '0 7 * * *'\n    statements: { at: '0 6 * * *', since: 2026-01-02 }",
      ],
    ),
  );
  const folder = join(settings.path, '..');
  expect(settings.banks[0]).toEqual({
    name: 'Real',
    channel: 'cdc',
    dialect: 'ing',
    url: 'https://bank.example/cdc',
    environment: 'production',
    sandbox: false,
    tls: {
      certificate: join(folder, 'keys/c.pem'),
      key: join(folder, 'keys/c.key'),
      ca: join(folder, 'keys/ca.pem'),
    },
    signing: {
      certificate: join(folder, 'keys/a.pem'),
      key: join(folder, 'keys/a.key'),
      passphrase: { file: join(folder, 'keys/a.txt') },
    },
    signatureProfile: { digest: 'sha1', context: 'envelope' },
    header: { finInstId: 'Bank', partnerId: 'We', passId: 'User', version: 2, revision: 1 },
    timeouts: { connectMs: 1_000, answerMs: 120_000 },
    limits: { transfersPerMessageMax: 20, sendsAtOnce: 8, historySpanDays: 31 },
    rules: {
      messageIdPrefix: 'AB',
      textCharacters: undefined,
      endToEndIdPattern: '[0-9]+',
      transfersPerMessageMax: 20,
    },
    profile: {
      notFound: ['S404'],
      duplicate: [],
      refusal: [],
      systemic: [],
      arrivalBoundMs: 7_200_000,
      rejectMeansRejected: true,
    },
    follow: { firstAskMs: 5_000, askEveryMaxMs: 900_000, inDoubtHoldAfterMs: 1_800_000, businessDaysMax: 5 },
  });
  expect(settings.accounts[0]?.statements).toEqual({ at: '0 6 * * *', pdf: false, since: '2026-01-02' });
});

test('a rule that is switched off is present and undefined, so that it replaces the one of the dialect', async () => {
  const settings = await loaded(
    minimalWith(['    sandbox: true', '    sandbox: true\n    rules: { endToEndIdPattern: any }']),
  );
  expect({ endToEndIdPattern: '[0-9]+', ...settings.banks[0]?.rules }.endToEndIdPattern).toBeUndefined();
});

test('"signing: none" leaves signing absent', async () => {
  const settings = await loaded(minimalWith(['banks:', `banks:${REAL_BANK}    signing: none`]));
  expect(settings.banks[0]).not.toHaveProperty('signing');
});

test('a group whose keys are all commented out counts as left out', async () => {
  expect((await loaded(`log:\n  # level: debug\n${MINIMAL}`)).log.level).toBe('info');
});

test('an anchor may be used for what two accounts share', async () => {
  const settings = await loaded(
    minimalWith([
      '    currency: PLN',
      "    currency: PLN\n    statements: &daily { at: '0 6 * * *' }\n  - { iban: PL33160014620000000000000002, company: Example, bank: Sandbox, currency: PLN, statements: *daily }",
    ]),
  );
  expect(settings.accounts[1]?.statements?.at).toBe('0 6 * * *');
});

test('all problems are told at once, in file order, each with line, column, path and remedy', async () => {
  const problems = await refused(`state: ~/state
log:
  levle: debug
readiness:
  checkEvery: 500
  sizeMax: 300 MBit
scanEvery: 2h
watch: nativ
companies:
  - name: Example
    outbox: erp
    inbox: erp/inbox
    archive: erp-archive
banks:
  - name: Bank
    dialect: bnp
    url: http://bank.example
    environment: production
    timeouts: 15s
    tls:
      certificate: c.pem
      key: c.key
accounts:
  - iban: PL61 1600 1462 0000 0000 0000 0001
    company: Exmaple
    bank: Bank
    currency: ZLOTY
    balances: '99 7 * * *'
`);
  expect(problems).toEqual([
    'c:1:1 state starts with "~", which nothing here expands. Write the whole path.',
    'c:3:3 log.levle is not a key that is known here. Did you mean "level"?',
    'c:5:3 readiness.checkEvery is 500 without a unit. Write a duration with its unit (ms, s, m, h, d), such as 1m.',
    'c:6:3 readiness.sizeMax has the unit "MBit", which is not one of a size. Use one of B, KB, MB, GB, KiB, MiB, GiB, such as 2GB.',
    'c:7:1 scanEvery is 2h, which is out of bounds. Write a duration from 50ms to 1h.',
    'c:8:1 watch is "nativ". Did you mean "native"? Possible are: auto, native, polling.',
    'c:12:5 companies[0].inbox lies inside companies[0].outbox. Give each a folder of its own, none inside another.',
    'c:17:5 banks[0].url starts with http://. Banks are spoken to over https:// only.',
    'c:19:5 banks[0].timeouts must be a group of keys. Write its keys below it, each on a line of its own, indented.',
    'c:20:5 banks[0].tls.ca is missing. Add it.',
    'c:24:5 accounts[0].iban "PL61 1600 1462 0000 0000 0000 0001" has wrong check digits. Copy the account number again.',
    'c:25:5 accounts[0].company is "Exmaple", which is not a name under companies. Did you mean "Example"?',
    'c:27:5 accounts[0].currency is "ZLOTY", not a currency. Write the three capital letters of ISO 4217, such as PLN or EUR.',
    'c:28:5 accounts[0].balances is "99 7 * * *", which is not a cron expression. ' +
      "Write minute, hour, day of month, month and day of week, such as '0 7-19 * * 1-5'.",
  ]);
});

test('an empty file is told what it needs', async () => {
  expect(await refused('')).toEqual(
    ['companies', 'banks', 'accounts'].map(
      (key) => `c:1:1 ${key} is missing. Add it, each entry on a line of its own that starts with "- ".`,
    ),
  );
});

test('a list of nothing and a list that is none are refused', async () => {
  expect(await refused('companies: []\nbanks: {}\naccounts:\n  - PL\n')).toEqual([
    'c:1:1 companies is empty. Add at least one.',
    'c:2:1 banks must be a list. Start each entry on a line of its own with "- ".',
    'c:4:5 accounts[0] must be a group of keys. Write its keys below it, each on a line of its own, indented.',
  ]);
});

test('a file that is not a group of keys is refused', async () => {
  expect((await refused('- a\n- b\n'))[0]).toMatch(/^c:1:1 The file must be a group of keys\. /);
});

test('a key that stands twice is refused beside everything else', async () => {
  const problems = await refused(`watch: native\n${MINIMAL}watch: poling\n`);
  expect(problems.map((problem) => problem.replace(/^c:\d+:\d+ /, ''))).toEqual([
    'watch is "poling". Did you mean "polling"? Possible are: auto, native, polling.',
    'The same key stands twice in one group. Keep one of them.',
  ]);
});

test('broken YAML is told with its line and without guesses about the rest', async () => {
  expect(await refused('log:\n\tlevel: info\n')).toEqual([
    'c:2:1 A tab is used for indentation. Use spaces.',
  ]);
  expect(await refused('state: "x\n')).toEqual([
    'c:2:1 Missing closing "quote. Look above this line, too, for a quote or bracket that is not closed.',
  ]);
  expect(await refused('a: 1\n---\nb: 1\n')).toEqual([
    'c:2:1 The file holds more than one YAML document. Take out the line "---" in its middle.',
  ]);
});

test('a cron expression without quotes is told to be put in quotes', async () => {
  expect(await refused('balances: */15 * * * *\n')).toEqual([
    "c:1:16 A value starts with *, which YAML takes for a reference. Put it in quotes: '*/15 * * * *'.",
  ]);
});

test('aliases that blow the file up are refused', async () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let n = 1; n < 9; n += 1)
    lines.push(
      `a${n}: &a${n} [${Array(10)
        .fill(`*a${n - 1}`)
        .join(', ')}]`,
    );
  expect((await refused(lines.join('\n')))[0]).toContain('Write the values out instead of using * aliases.');
});

test('names that every object has are unknown keys like any other', async () => {
  const problems = await refused(`constructor: 1\n__proto__: { state: x }\ntoString: 2\n${MINIMAL}`);
  expect(problems.map((problem) => problem.split(' ')[1])).toEqual(['constructor', '__proto__', 'toString']);
});

test('a file that is not there, not UTF-8 or not a file is refused with a sentence', async () => {
  const options = { isValidCron: () => true };
  const missing = await loadSettings('/nowhere/goniec.yaml', {}, options);
  expect(missing.kind === 'refused' && missing.problems[0]?.message).toBe(
    'There is no file /nowhere/goniec.yaml.',
  );
  expect(await refused(new Uint8Array([0x73, 0x3a, 0xb9]))).toEqual([
    'c:1:1 The file is not UTF-8. Save it as UTF-8.',
  ]);
  const folder = await loadSettings('/', {}, options);
  expect(folder.kind === 'refused' && folder.problems[0]?.message).toBe('The file can not be read (EISDIR).');
});

test('a byte order mark and Windows line ends do no harm', async () => {
  expect((await loaded(`\uFEFF${MINIMAL.replaceAll('\n', '\r\n')}`)).companies[0]?.name).toBe('Example');
});

test('what a person must see first has one amount for each currency, and a list beside the configuration', async () => {
  const held = (hold: string): string => MINIMAL.replace(/^( +)archive: .*$/m, `$&\n$1hold: ${hold}`);
  const settings = await loaded(held('{ transferAbove: [50 PLN, 10 EUR], creditorsNotIn: creditors.txt }'));
  const [company] = settings.companies;
  expect(company?.hold.transferAbove.map(({ currency }) => currency)).toEqual(['PLN', 'EUR']);
  expect(company?.hold.creditorsNotIn).toMatch(/^\/.*creditors\.txt$/);
  expect(await refused(held('{ fileAbove: [50 PLN, 60 PLN] }'))).toEqual([
    expect.stringContaining('says PLN twice'),
  ]);
});
