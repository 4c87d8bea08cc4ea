import { expect, test } from 'vitest';
import { loaded, minimalWith, MINIMAL, REAL_BANK, refused } from './load.ts';

/** The problems without their places. */
async function told(text: string, env: Record<string, string> = {}): Promise<string[]> {
  return (await refused(text, env)).map((problem) => problem.replace(/^c:\d+:\d+ /, ''));
}

const second = (company: string): string => minimalWith(['banks:', `${company}\nbanks:`]);

test('two companies can not have one name', async () => {
  expect(await told(second('  - { name: Example, outbox: o, inbox: i, archive: a }'))).toEqual([
    'companies[1].name is "Example", which another company has, too. Each must be there once: change or remove one.',
  ]);
});

test('no folder may be another one, however it is written', async () => {
  expect(
    await told(second('  - { name: Other, outbox: o, inbox: erp/../erp/./inbox/, archive: a }')),
  ).toEqual([
    'companies[1].inbox is the same folder as companies[0].inbox. Give each a folder of its own, none inside another.',
  ]);
});

test('no folder may lie in another one, in either direction', async () => {
  expect(await told(second('  - { name: Other, outbox: erp, inbox: erp/archive/2026, archive: a }'))).toEqual(
    [
      'companies[1].outbox has companies[0].outbox inside it. Give each a folder of its own, none inside another.',
      'companies[1].inbox lies inside companies[0].archive. Give each a folder of its own, none inside another.',
    ],
  );
  expect(
    (await loaded(second('  - { name: Other, outbox: erp/outbox2, inbox: erp/..inbox, archive: a }')))
      .companies,
  ).toHaveLength(2);
});

test('state and log files stay away from the folders of the ERP', async () => {
  expect(await told(`state: erp/outbox/state\nlog: { folder: erp/inbox }\n${MINIMAL}`)).toEqual([
    'state lies inside companies[0].outbox. Give each a folder of its own, none inside another.',
    'log.folder is the same folder as companies[0].inbox. Give each a folder of its own, none inside another.',
  ]);
});

test('the log may lie in the state folder', async () => {
  expect((await loaded(`state: s\nlog: { folder: s/here }\n${MINIMAL}`)).log.folder).toMatch(/s\/here$/);
});

test('an account stands once, however its number is written', async () => {
  const again =
    '  - { iban: "60160014620000000000000001", company: Example, bank: Sandbox, currency: PLN }\n';
  expect(await told(MINIMAL + again)).toEqual([
    'accounts[1].iban is "PL60160014620000000000000001", which another account has, too. Each must be there once: change or remove one.',
  ]);
});

test('an account names a company and a bank that are there', async () => {
  expect(
    await told(minimalWith(['company: Example', 'company: Exampel'], ['bank: Sandbox', 'bank: PKO'])),
  ).toEqual([
    'accounts[0].company is "Exampel", which is not a name under companies. Did you mean "Example"?',
    'accounts[0].bank is "PKO", which is not a name under banks. Write one of: Sandbox.',
  ]);
});

test('a relation is checked although something else is wrong', async () => {
  expect(
    await told(
      minimalWith(
        ['company: Example', 'company: Exampel'],
        ['dialect: bnp', 'dialect: pko'],
        ['currency: PLN', ''],
      ),
    ),
  ).toHaveLength(3);
});

test('a bank that is not the sandbox needs a certificate', async () => {
  expect(await told(minimalWith(['    sandbox: true', '    sandboxControlPort: 1']))).toEqual([
    'banks[0].tls is missing. Name the certificate, key and ca for this bank (or set sandbox: true).',
    'banks[0].sandboxControlPort has a meaning only with "sandbox: true". Take it out.',
  ]);
});

test('the sandbox takes no keys of ours, moves no money and listens on this machine only', async () => {
  const text = minimalWith(
    ['localhost:18443', 'bank.example'],
    [
      'environment: test',
      'environment: production\n    signing: none\n    tls: { certificate: c, key: k, ca: a }',
    ],
  );
  expect((await told(text)).sort()).toEqual([
    'banks[0].environment is production, but the bank is the sandbox. Write test, or take out "sandbox: true".',
    'banks[0].signing stands beside "sandbox: true". Take it out: the sandbox makes its own keys.',
    'banks[0].tls stands beside "sandbox: true". Take it out: the sandbox makes its own keys.',
    'banks[0].url names the host bank.example, but the sandbox listens on this machine only. Write localhost and a free port.',
  ]);
});

test('two sandboxes can not share a port', async () => {
  const other =
    '  - { name: Other, dialect: ing, url: "https://localhost:1/x", environment: test, sandbox: true, sandboxControlPort: 18443 }';
  expect(await told(minimalWith(['accounts:', `${other}\naccounts:`]))).toEqual([
    'banks[1].sandboxControlPort uses port 18443, which is used by a sandbox already. Choose another port.',
  ]);
});

test('the header block is refused for a dialect that does not know it', async () => {
  expect(
    await told(
      minimalWith([
        '    sandbox: true',
        '    sandbox: true\n    header: { finInstId: a, partnerId: b, passId: c }',
      ]),
    ),
  ).toEqual(['banks[0].header is not known to the dialect bnp. Take it out; only ing has this header.']);
});

test('a code can not mean two things about a message id', async () => {
  const profile = '    profile: { notFound: [A, B], duplicate: [B, C], refusal: [C, D], systemic: [D, A] }';
  expect(await told(minimalWith(['    sandbox: true', `    sandbox: true\n${profile}`]))).toEqual([
    'banks[0].profile.notFound holds the code B, which stands under duplicate, too. A code means one thing: take it out of one of the two.',
    'banks[0].profile.notFound holds the code A, which stands under systemic, too. A code means one thing: take it out of one of the two.',
    'banks[0].profile.duplicate holds the code C, which stands under refusal, too. A code means one thing: take it out of one of the two.',
  ]);
});

test('a duration can not be longer than the one that bounds it', async () => {
  const text = minimalWith([
    '    sandbox: true',
    '    sandbox: true\n    follow: { firstAsk: 2m, askEveryMax: 60s }',
  ]);
  expect(await told(`readiness: { minimumAge: 2s, incompleteAfter: 500ms }\n${text}`)).toEqual([
    'readiness.minimumAge is 2s, longer than incompleteAfter, which is 500ms. Make minimumAge shorter or incompleteAfter longer.',
    'banks[0].follow.firstAsk is 2m, longer than askEveryMax, which is 60s. Make firstAsk shorter or askEveryMax longer.',
  ]);
});

test('a duration is compared with the default of the one that bounds it', async () => {
  const text = minimalWith(['    sandbox: true', '    sandbox: true\n    follow: { firstAsk: 30m }']);
  expect(await told(text)).toEqual([
    'banks[0].follow.firstAsk is 30m, longer than askEveryMax, which is 15m. Make firstAsk shorter or askEveryMax longer.',
  ]);
});

test('a secret in the environment must be set before the start', async () => {
  const text = minimalWith([
    'banks:',
    `banks:${REAL_BANK.replace('ca:', 'passphrase: { env: BANK_PASS }, ca:')}`,
  ]);
  expect(await told(text)).toEqual([
    'banks[0].tls.passphrase refers to the environment variable BANK_PASS, which is not set. Set BANK_PASS for this process.',
  ]);
  expect((await loaded(text, { BANK_PASS: 'hunter2' })).banks[0]?.tls?.passphrase).toEqual({
    env: 'BANK_PASS',
  });
});
