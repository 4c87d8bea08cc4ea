import { describe, expect, it } from 'vitest';
import type { ReportedTransfer } from '../../src/domain/status-report.ts';
import type { SubmitOutcome } from '../../src/bank/channel.ts';
import type { KeepAnswer } from '../../src/bank/channel.ts';
import { pausedBanks } from '../../src/outbound/decisions.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { createOffice, type Office } from './support/office.ts';

const ONE = paymentFile({ blocks: [{ id: 'B1', transfers: [{ endToEndId: 'A1', amount: '10.00' }] }] });
const OTHER = paymentFile({
  messageId: 'M2',
  blocks: [{ id: 'B2', transfers: [{ endToEndId: 'A2', amount: '20.00' }] }],
});

async function refusesEverybody(keep: KeepAnswer): Promise<SubmitOutcome> {
  const answer = await keep(Buffer.from('certificate'));
  return {
    kind: 'refused',
    answer,
    reasons: [{ code: 'E401', texts: ['unknown certificate'] }],
    systemic: true,
  };
}

/** The units that hold a record about the bank, as the events in them. */
function unitsWithPause(office: Office): string[][] {
  return office.appended
    .filter((records) => records.some(({ stream }) => stream === 'bank/bank'))
    .map((records) => records.map(({ event }) => event.type));
}

it('a refusal of everything of ours and the pause of the bank are one unit, so that no crash parts them', async () => {
  const office = await createOffice();
  office.submits.push(refusesEverybody);
  const id = await office.claim('one.xml', ONE);
  await office.work();
  expect(unitsWithPause(office)).toEqual([['submission-rejected', 'bank-paused']]);
  expect(await pausedBanks(office.context.ports.journal, ['bank'])).toEqual(new Set(['bank']));
  expect((await office.order(id)).submissions[0]?.phase).toBe('rejected');
});

it('after a lost answer the hold and the pause are one unit too', async () => {
  const office = await createOffice();
  const id = await office.claim('one.xml', ONE);
  await office.work();
  const hold = { code: 'in-doubt-unanswered', evidence: 'nobody knows' } as const;
  await office.context.book.record(
    id,
    { type: 'submission-held', part: 1, hold },
    { type: 'submission-released', part: 1, as: 'resend', who: 'Anna', reason: 'not in the e-bank' },
  );
  office.submits.push(refusesEverybody);
  await office.work();
  expect(unitsWithPause(office)).toEqual([['submission-lost', 'submission-held', 'bank-paused']]);
});

it('the ERP is told what waits for a paused bank, once, and what becomes of it after the bank was resumed', async () => {
  const office = await createOffice();
  office.context.paused.add('bank');
  const id = await office.claim('one.xml', ONE);
  await office.work();
  await office.work();
  const [name, ...more] = office.inbox();
  expect(more).toEqual([]);
  const told = office.read(`/erp/inbox/${name ?? ''}`);
  expect(told).toContain('<TxSts>PDNG</TxSts>');
  expect(told.replace(/<\/AddtlInf>\s*<AddtlInf>/g, '')).toContain('goniec resume bank');
  office.context.paused.delete('bank');
  office.submits.push(async (keep) => ({
    kind: 'answered',
    answer: await keep(Buffer.from('yes')),
    report: { originalMessageId: '', groupStatus: 'ACSC', groupReasons: [], blocks: [] },
  }));
  await office.work();
  expect(office.inbox()).toHaveLength(2);
  expect((await office.order(id)).phase).toBe('closed');
});

it('the same bytes once more hear the end only after the first file has', async () => {
  const office = await createOffice();
  const first = await office.claim('one.xml', ONE);
  await office.work();
  const second = await office.claim('two.xml', ONE);
  await office.claim('other.xml', OTHER);
  await office.work();
  const about = (id: string): string[] => office.inbox().filter((name) => name.includes(id));
  expect(about(second)).toEqual([expect.stringMatching(/_01\.xml$/)]);
  expect(await office.order(second)).toMatchObject({ phase: 'repeats', archivedIn: undefined });
  const reasons = [{ code: undefined, texts: [] }];
  await office.context.book.record(first, {
    type: 'status-received',
    part: 1,
    source: 'entry',
    runs: [{ transfers: [[0, 0]], status: 'ACSC', reasons }],
  });
  await office.work();
  expect(about(first).at(-1)).toMatch(/-final\.xml$/);
  expect(about(second).at(-1)).toMatch(/_02-final\.xml$/);
  expect(office.read(`/erp/inbox/${about(second).at(-1) ?? ''}`)).toContain('<TxSts>ACSC</TxSts>');
  expect((await office.order(second)).phase).toBe('closed');
});

describe('a rejection that follows a lost answer may be of a second copy, and is held', () => {
  const rejected = { code: 'AM05', texts: ['duplicate'] };
  const transfer = (endToEndId: string): ReportedTransfer => ({
    instructionId: undefined,
    endToEndId,
    status: 'RJCT',
    reasons: [rejected],
  });
  const block = { paymentInformationId: 'B1', reasons: [], transfers: [] };

  it.each([
    [
      'of each transfer under a group that is accepted',
      'ACTC',
      { ...block, status: undefined, transfers: [transfer('A1')] },
    ],
    ['of a block under a group that is received', 'RCVD', { ...block, status: 'RJCT' }],
    [
      'of all transfers under a group that is taken in part',
      'PART',
      { ...block, status: undefined, transfers: [transfer('A1')] },
    ],
  ])('%s', async (_, groupStatus, reported) => {
    const office = await createOffice();
    const id = await office.claim('one.xml', ONE);
    await office.work();
    await office.context.book.record(
      id,
      { type: 'submission-held', part: 1, hold: { code: 'in-doubt-unanswered', evidence: 'nobody knows' } },
      { type: 'submission-released', part: 1, as: 'resend', who: 'Anna', reason: 'not in the e-bank' },
    );
    office.submits.push(async (keep) => ({
      kind: 'answered',
      answer: await keep(Buffer.from('report')),
      report: { originalMessageId: '', groupStatus, groupReasons: [], blocks: [reported] },
    }));
    await office.work();
    expect((await office.order(id)).submissions[0]).toMatchObject({ phase: 'held', states: new Map() });
  });
});
