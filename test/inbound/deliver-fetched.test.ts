import { expect, it } from 'vitest';
import type { KeptAnswer } from '../../src/domain/order-event.ts';
import { AccountBook } from '../../src/inbound/account-book.ts';
import { answerKeeper, answerFolder, deliverPending } from '../../src/inbound/collect.ts';
import type { InboundPorts } from '../../src/inbound/inbound-ports.ts';
import { createEffects } from '../files/simulated-effects.ts';
import { accountOf, ACCOUNTS, createDesk, type AccountDesk } from './support/account-desk.ts';

const DAY_MS = 86_400_000;
const [FIRST] = ACCOUNTS;

/** An answer about balances that is kept but not yet delivered. */
async function kept(ports: InboundPorts, iban: string): Promise<AccountBook> {
  const book = await AccountBook.open(ports.journal, 'acme', iban);
  const answer: KeptAnswer = await answerKeeper(ports, answerFolder(ports, iban))(Buffer.from('{}'));
  await book.record({ type: 'answer-kept', query: '{"kind":"balance"}', answer });
  return book;
}

function messageIds(desk: AccountDesk): string[] {
  return [...desk.inbox().values()].map((document) => /<MsgId>([^<]+)</.exec(document)?.[1] ?? '');
}

it('two accounts answered in one instant have different message ids', async () => {
  const desk = await createDesk();
  const ports = await desk.ports();
  for (const iban of ACCOUNTS) await deliverPending(ports, accountOf(iban), await kept(ports, iban));
  const ids = messageIds(desk);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[A-Z0-9]{1,35}$/);
});

it('a delivery that a crash cut short is the same on a later day, and leaves nothing in the folder of another', async () => {
  const whole = await createDesk();
  const quiet = createEffects();
  const ports = await whole.ports(quiet);
  const book = await kept(ports, FIRST);
  const from = quiet.tried.length;
  await deliverPending(ports, accountOf(FIRST), book);
  const effects = quiet.tried.length - from;
  expect(effects).toBeGreaterThan(5);
  for (let at = 1; at <= effects; at += 1) {
    for (const fate of ['crash-before', 'crash-after'] as const) {
      const desk = await createDesk();
      const dying = createEffects((number) => (number === from + at ? fate : 'happens'));
      const first = await desk.ports(dying);
      const before = await kept(first, FIRST);
      await deliverPending(first, accountOf(FIRST), before).catch(() => undefined);
      expect(dying.crashed).toBe(true);
      await desk.clock.advance(DAY_MS);
      const second = await desk.ports();
      await deliverPending(second, accountOf(FIRST), await AccountBook.open(second.journal, 'acme', FIRST));
      const archived = (paths: readonly string[]): string[] =>
        paths.filter((path) => path.startsWith('/erp/archive/2'));
      expect(archived(desk.disk.paths())).toEqual(archived(whole.disk.paths()));
      expect([...desk.inbox()]).toEqual([...whole.inbox()]);
    }
  }
});

it('an answer that can not be read is archived, and of those to one question on one day the last', async () => {
  const desk = await createDesk();
  const ports = await desk.ports();
  const channel = {
    ...ports.channel('bank'),
    readBalances: async () => ({ kind: 'unreadable' as const, reason: 'it holds nothing' }),
  };
  for (let retry = 0; retry < 3; retry += 1) {
    const outcome = await deliverPending(
      { ...ports, channel: () => channel },
      accountOf(FIRST),
      await kept(ports, FIRST),
    );
    expect(outcome.kind).toBe('failed');
    await desk.clock.advance(60_000);
  }
  expect(desk.disk.paths().filter((path) => path.includes('unusable'))).toEqual([
    expect.stringMatching(/\/unusable_balance\.answer\.xml$/),
  ]);
});
