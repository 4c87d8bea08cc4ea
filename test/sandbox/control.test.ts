import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCOUNT } from './support/documents.ts';
import type { RunningSandbox } from './support/running-sandbox.ts';
import { runSandbox } from './support/running-sandbox.ts';

let bank: RunningSandbox;
beforeAll(async () => {
  bank = await runSandbox();
});
afterAll(() => bank.stop());

async function send(path: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  return await new Promise((resolve, reject) => {
    const sent = request(
      `${bank.sandbox.controlUrl}${path}`,
      { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

test('a credit and a fee move the balance', async () => {
  await bank.control.credit({ account: ACCOUNT, amount: '12.34', text: 'FV 1', endToEndId: 'X' });
  await bank.control.fee({ account: ACCOUNT, amount: '0.34' });
  const { accounts } = await bank.control.state();
  expect(accounts[0]).toMatchObject({
    iban: ACCOUNT,
    booked: '100012.00',
    available: '100012.00',
    entries: 2,
  });
});

test.each([
  [
    'an amount of three decimals',
    () => bank.control.credit({ account: ACCOUNT, amount: '1.005' }),
    '"1.005" is no amount',
  ],
  [
    'a negative amount',
    () => bank.control.fee({ account: ACCOUNT, amount: '-1.00' }),
    '"-1.00" is no amount',
  ],
  [
    'an account that is not there',
    () => bank.control.credit({ account: 'PL1', amount: '1.00' }),
    'no account PL1',
  ],
  [
    'a fault code the bank does not have',
    () => bank.control.mood({ mood: 'refuses', code: 'X' }),
    'no fault code',
  ],
  ['a count of nothing', () => bank.control.mood({ mood: 'refuses', times: 0 }), 'times'],
])('%s is told in a sentence', async (_, ordered, sentence) => {
  await expect(ordered()).rejects.toThrow(sentence);
});

test.each([
  ['an unknown order', '/nothing', '{}', {}, 400],
  ['an unknown field', '/fee', '{"sum":"1.00"}', {}, 400],
  ['an unknown mood', '/mood', '{"mood":"jolly"}', {}, 400],
  ['what is no JSON', '/approve', '{', {}, 400],
  ['a form, as any web page may send it', '/approve', '{}', { 'content-type': 'text/plain' }, 400],
  ['another host name, as a rebound one has it', '/approve', '{}', { host: 'bank.example' }, 400],
  ['a good order', '/book-now', '{}', {}, 200],
])('%s is answered with its status', async (_, path, body, headers, status) => {
  expect(await send(path, body, headers)).toBe(status);
});
