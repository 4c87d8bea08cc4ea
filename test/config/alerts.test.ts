import { expect, test } from 'vitest';
import { loaded, MINIMAL, refused } from './load.ts';

async function told(alerts: string, env: Record<string, string> = {}): Promise<string[]> {
  return (await refused(`${MINIMAL}alerts:\n${alerts}`, env)).map((problem) =>
    problem.replace(/^c:\d+:\d+ /, ''),
  );
}

const MAIL = '  mail: { to: [a@example.com], from: g@example.com, host: smtp.example.com';

test('nobody is told unless it is configured', async () => {
  expect((await loaded(MINIMAL)).alerts).toBeUndefined();
});

test('a mail server and a webhook come with their defaults, and their files as absolute paths', async () => {
  const { alerts } = await loaded(
    `${MINIMAL}alerts:\n${MAIL}, user: u, password: { file: p }, ca: c.pem }\n  webhook: { url: 'https://hooks.example/x', secret: { env: S } }\n`,
    { S: 'x' },
  );
  expect(alerts).toMatchObject({
    language: 'en',
    mail: {
      port: 587,
      tls: 'starttls',
      user: 'u',
      password: { file: expect.stringMatching(/^\/.*\/p$/) as string },
    },
    webhook: { url: 'https://hooks.example/x', secret: { env: 'S' } },
    bankUnreachableAfterMs: 1_800_000,
    folderAwayAfterMs: 300_000,
    statementOverdueAfterMs: 43_200_000,
    diskFreeMinBytes: 1_000_000_000,
    maintenance: [],
  });
});

test.each([
  ['  language: en\n', 'alerts names nobody who could be told. Add mail or webhook, or leave alerts out.'],
  [`${MAIL}, user: u }\n`, 'alerts.mail has only one of user and password.'],
  [`${MAIL}, tls: none }\n`, 'alerts.mail.tls is none, and the mail server is not on this machine.'],
  [`${MAIL}, user: u, password: secret }\n`, 'alerts.mail.password is written in the file itself'],
  [
    `${MAIL}, user: u, password: { env: P } }\n`,
    'alerts.mail.password refers to the environment variable P, which is not set.',
  ],
  [
    '  webhook: { url: "http://hooks.example/x", secret: { file: s } }\n',
    'alerts.webhook.url starts with http://',
  ],
  [
    `${MAIL} }\n  maintenance: [{ bank: Sandbx, from: '22:00', to: '02:00' }]\n`,
    'alerts.maintenance[0].bank is "Sandbx"',
  ],
  [
    `${MAIL} }\n  maintenance: [{ bank: Sandbox, days: sat, date: 2026-12-05, from: '22:00', to: '02:00' }]\n`,
    'alerts.maintenance[0] has both days and date.',
  ],
  [
    `${MAIL} }\n  maintenance: [{ bank: Sandbox, from: '24:00', to: '02:00' }]\n`,
    'alerts.maintenance[0].from is "24:00".',
  ],
  ['  mail: { to: [], from: g@example.com, host: h }\n', 'alerts.mail.to is empty.'],
  [
    '  mail: { to: ["a@example.com, b@example.com"], from: g@example.com, host: h }\n',
    'alerts.mail.to[0] is "a@example.com, b@example.com".',
  ],
  [
    '  mail: { to: ["A <a@example.com>"], from: g@example.com, host: h }\n',
    'alerts.mail.to[0] is "A <a@example.com>".',
  ],
])('%j is refused', async (alerts, problem) => {
  const problems = await told(alerts);
  expect(
    problems.some((found) => found.startsWith(problem)),
    problems.join('\n'),
  ).toBe(true);
});

test('a mail server on this machine may be spoken to in the clear, but gets no password so', async () => {
  const local = '  mail: { to: [a@example.com], from: g@example.com, host: localhost, port: 25, tls: none';
  expect((await loaded(`${MINIMAL}alerts:\n${local} }\n`)).alerts?.mail?.tls).toBe('none');
  expect(await told(`${local}, user: u, password: { file: p } }\n`)).toEqual([
    'alerts.mail.password would be sent in the clear. Write starttls or implicit under tls, or sign in without a password.',
  ]);
});
