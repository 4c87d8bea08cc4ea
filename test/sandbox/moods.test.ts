import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLedger } from '../../src/sandbox/read-ledger.ts';
import { textOf } from '../../src/xml/xml-path.ts';
import type { Answer } from './support/bank-client.ts';
import { documentOf, faultCode } from './support/bank-client.ts';
import { balanceQuery, order, statementQuery, statusQuery } from './support/documents.ts';
import type { RunningSandbox } from './support/running-sandbox.ts';
import { runSandbox } from './support/running-sandbox.ts';

let bank: RunningSandbox;
beforeEach(async () => {
  bank = await runSandbox();
});
afterEach(() => bank.stop());

const send = (messageId = 'M1'): Promise<Answer> =>
  bank.order(order({ messageId, transfers: [{ id: `E${messageId}` }] }));
const ask = (messageId = 'M1'): Promise<Answer> => bank.ask('GetPaymentStatusReport', statusQuery(messageId));
const takenIds = (): string[] => readLedger(bank.folder).messages.map((message) => message.messageId);
const groupStatus = (answer: Answer): string =>
  textOf(documentOf(answer), 'CstmrPmtStsRpt/OrgnlGrpInfAndSts/GrpSts');

test('a lost request leaves nothing, and the connection ends without an answer', async () => {
  await bank.control.mood({ mood: 'loses-request', times: 1 });
  await expect(send()).rejects.toThrow();
  expect(takenIds()).toEqual([]);
  expect((await send()).status).toBe(200);
});

test('a lost answer leaves the message taken', async () => {
  await bank.control.mood({ mood: 'loses-answer', times: 1 });
  await expect(send()).rejects.toThrow();
  expect(takenIds()).toEqual(['M1']);
  expect(groupStatus(await ask())).toBe('PDNG');
});

test.each([
  [true, ['M1']],
  [false, []],
])('an HTTP 503 says nothing about the message: taken %s', async (taken, ids) => {
  await bank.control.mood({ mood: 'answers-5xx', taken });
  expect((await send()).status).toBe(503);
  expect(takenIds()).toEqual(ids);
});

test('a bank that never answers holds the connection until it is closed', async () => {
  await bank.control.mood({ mood: 'no-answer', taken: true });
  const sent = send();
  sent.catch(() => undefined);
  while (takenIds().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const waited = await Promise.race([
    sent.then(() => 'answered'),
    new Promise((resolve) => setTimeout(resolve, 50, 'waiting')),
  ]);
  expect(waited).toBe('waiting');
  await bank.sandbox.close();
  await expect(sent).rejects.toThrow();
  await bank.restart();
});

test('a refusal carries the ordered code and takes nothing', async () => {
  await bank.control.mood({ mood: 'refuses', code: 'E302', times: 2 });
  expect(faultCode(await send())).toBe('E302');
  expect(faultCode(await send())).toBe('E302');
  expect((await send()).status).toBe(200);
});

test('a query can be refused with E502 or E201 while orders go through', async () => {
  await bank.control.mood({ mood: 'refuses', code: 'E502', on: ['query'] });
  expect(faultCode(await bank.ask('GetStatement', statementQuery('2026-02-27')))).toBe('E502');
  expect((await send()).status).toBe(200);
});

test('a slow bank answers after its delay', async () => {
  await bank.control.mood({ mood: 'slow', ms: 60_000, on: ['query'] });
  const asked = bank.ask('GetAccountBalance', balanceQuery()).then((answer) => answer.status);
  const first = async (): Promise<number | string> =>
    await Promise.race([asked, new Promise<string>((resolve) => setTimeout(resolve, 20, 'waits'))]);
  for (let turn = 0; turn < 500 && (await first()) === 'waits'; turn += 1) await bank.clock.advance(1000);
  expect(await first()).toBe(200);
  expect(bank.clock.running()).toBeGreaterThanOrEqual(60_000);
});

test('a fault after taking has a code that is not listed, and the message is executed', async () => {
  await bank.control.mood({ mood: 'fault-after-taking' });
  expect(faultCode(await send())).toBe('E999');
  await bank.clock.advance(3000);
  expect(readLedger(bank.folder).executions).toHaveLength(1);
});

test('duplicates taken silently are executed twice, which the ledger shows', async () => {
  await bank.control.mood({ mood: 'silently-takes-duplicates' });
  expect((await send()).status).toBe(200);
  expect((await send()).status).toBe(200);
  await bank.clock.advance(3000);
  expect(readLedger(bank.folder).executions.map((one) => one.endToEndId)).toEqual(['EM1', 'EM1']);
});

test('an unknown id may be answered by a fault that nobody has listed', async () => {
  await bank.control.mood({ mood: 'unknown-ids-unlisted-fault', times: 1 });
  expect(faultCode(await ask())).toBe('E999');
  expect(faultCode(await ask())).toBe('E404');
});

test('a late message is unknown first and known later', async () => {
  await bank.control.mood({ mood: 'not-found-then-found', ms: 2000 });
  await send();
  expect(faultCode(await ask())).toBe('E404');
  await bank.clock.advance(2000);
  expect(groupStatus(await ask())).toBe('ACSP');
});

test('a confirmed message may be denied afterwards', async () => {
  await send();
  await bank.control.mood({ mood: 'confirmed-then-denied' });
  expect(groupStatus(await ask())).toBe('PDNG');
  expect(faultCode(await ask())).toBe('E404');
  await bank.restart();
  expect(faultCode(await ask())).toBe('E404');
  await bank.control.mood({ mood: 'honest' });
  expect(groupStatus(await ask())).toBe('PDNG');
});

test('a wrong certificate is shown to new connections until the mood is changed', async () => {
  await bank.control.mood({ mood: 'wrong-certificate' });
  await expect(ask()).rejects.toThrow(/self-signed|unable to verify/);
  await bank.control.mood({ mood: 'honest' });
  expect(faultCode(await ask())).toBe('E404');
});

test('the pessimistic bank leaves its customer in the dark and still executes', async () => {
  await bank.control.mood({ mood: 'pessimistic' });
  expect(faultCode(await send())).toBe('E999');
  expect(faultCode(await ask())).toBe('E999');
  await bank.clock.advance(5000);
  expect(groupStatus(await ask())).toBe('ACSC');
});

test('moods and what is left of them survive a restart; the one ordered last comes first', async () => {
  await bank.control.mood({ mood: 'fault-after-taking' });
  await bank.control.mood({ mood: 'loses-request', times: 2 });
  await expect(send()).rejects.toThrow();
  await bank.restart();
  await expect(send()).rejects.toThrow();
  expect(faultCode(await send())).toBe('E999');
});
