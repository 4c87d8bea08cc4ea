// What people decided, and when it was about something else.

import { expect, it } from 'vitest';
import { recordDecisions } from '../../src/outbound/decisions.ts';
import { FileFailure, type FileStore } from '../../src/files/file-store.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { createOffice, report, type Office } from './support/office.ts';

const FOLDER = '/state/decisions';
const ONE = paymentFile({ blocks: [{ id: 'B1', transfers: [{ endToEndId: 'A1', amount: '10.00' }] }] });
const MINUTE_MS = 60_000;

it('a decision about one hold is not carried out on a later one of the same message', async () => {
  const { office, id } = await heldOrder('not seen on Monday');
  const decision = decide(id, 'not seen on Monday');
  await hold(office, id, 'not seen on Tuesday either');
  office.disk.put(`${FOLDER}/late.json`, decision);
  await recordDecisions(office.context, FOLDER);
  await office.work();
  expect((await office.order(id)).submissions[0]).toMatchObject({ phase: 'held', attempts: 2 });
  expect(office.log.map(({ event }) => event)).toContain('decision.not-possible');
});

it('a decision whose file can not be removed counts as carried out, so that the lanes hear of it, and is not carried out again', async () => {
  const { office } = await heldOrder('not seen on Monday');
  const { ports } = office.context;
  office.context.paused.add('bank');
  office.disk.put(
    `${FOLDER}/resume.json`,
    Buffer.from(JSON.stringify({ kind: 'resume', bank: 'bank', who: 'Anna', reason: 'new certificate' })),
  );
  const stays: FileStore = {
    ...ports.files,
    remove: (path) => Promise.reject(new FileFailure('denied', path, 'EACCES')),
  };
  const context = { ...office.context, ports: { ...ports, files: stays } };
  expect(await recordDecisions(context, FOLDER)).toBe(1);
  expect(office.context.paused.size).toBe(0);
  expect(await recordDecisions(context, FOLDER)).toBe(0);
});

it('a decision about the present hold is carried out, and so is one of an older version, which names no evidence', async () => {
  for (const evidence of ['not seen on Monday', undefined]) {
    const { office, id } = await heldOrder('not seen on Monday');
    office.disk.put(`${FOLDER}/one.json`, decide(id, evidence));
    await recordDecisions(office.context, FOLDER);
    await office.work();
    expect((await office.order(id)).submissions[0]?.attempts).toBe(2);
  }
});

it('a message that the bank turns out to have while a person decides to send it again is not sent', async () => {
  const { office, id } = await heldOrder('not seen');
  await office.context.book.record(id, {
    type: 'order-restored',
    hold: { code: 'found-after-restore', evidence: 'an older journal' },
    tellFrom: 0,
    bytesGone: [],
  });
  office.asks.push(async (keep) => {
    await office.context.book.record(id, released());
    return report('ACSC')(keep);
  });
  await office.clock.advance(10 * MINUTE_MS);
  await office.work();
  expect((await office.order(id)).submissions[0]).toMatchObject({ phase: 'settled', attempts: 1 });
});

async function heldOrder(evidence: string): Promise<{ office: Office; id: string }> {
  const office = await createOffice();
  const id = await office.claim('one.xml', ONE);
  await office.work();
  await office.context.book.record(id, held(evidence));
  return { office, id };
}

/** The next hold, after the message was sent again and lost again. */
async function hold(office: Office, id: string, evidence: string): Promise<void> {
  await office.context.book.record(id, released());
  await office.work();
  await office.context.book.record(id, held(evidence));
}

function held(evidence: string): {
  type: 'submission-held';
  part: number;
  hold: { code: 'in-doubt-unanswered'; evidence: string };
} {
  return { type: 'submission-held', part: 1, hold: { code: 'in-doubt-unanswered', evidence } };
}

function released(): {
  type: 'submission-released';
  part: number;
  as: 'resend';
  who: string;
  reason: string;
} {
  return { type: 'submission-released', part: 1, as: 'resend', who: 'Anna', reason: 'not in the e-bank' };
}

function decide(order: string, evidence: string | undefined): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      kind: 'release',
      order,
      part: 1,
      as: 'resend',
      who: 'Anna',
      reason: 'not there',
      evidence,
    }),
  );
}
