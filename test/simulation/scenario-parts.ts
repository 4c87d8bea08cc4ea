// What scenarios are put together from.

import type { AnswerProfile } from '../../src/domain/bank-profile.ts';
import type { Release } from '../../src/domain/order-event.ts';
import { paymentFile, type TransferSketch } from '../erp/iso20022/payment-file.ts';
import { CODES } from './bank-moods.ts';
import { allOrders } from './recorded-orders.ts';
import type { Scenario } from './scenario.ts';
import type { Fate } from './simulated-bank.ts';
import type { World } from './world.ts';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;

/** A bank that was tested: what it says is known, and nothing arrives later than a minute. */
export const TESTED: AnswerProfile = {
  notFound: [CODES.notFound],
  duplicate: [CODES.duplicate],
  refusal: [CODES.refusal],
  systemic: [CODES.systemic],
  arrivalBoundMs: MINUTE_MS,
  rejectMeansRejected: false,
};

export type Event = Scenario['events'][number];

export function drop(name: string, content: string, atMs = 0): Event {
  return { atMs, act: ({ erp }) => erp.drop(name, content) };
}

/** Every payment file of one block. */
export function payments(messageId: string, ...transfers: readonly TransferSketch[]): string {
  return paymentFile({ messageId, blocks: [{ id: `${messageId}-B1`, transfers }] });
}

export function transfer(endToEndId: string, amount: string): TransferSketch {
  return { endToEndId, amount };
}

/**
 * A person decides about every message that is held, once each. They look into the e-bank first: what the bank has is never sent
 * again nor called what it is not, and of a message that is only paid in part nothing is said, because no one word is true of it.
 * Where the hold does not allow what they wanted, nothing becomes of it.
 */
export function decides(as: Release, atMs: number): Event {
  return {
    atMs,
    act: (world) => {
      for (const { order, part, messageId } of heldMessages(world)) {
        const fate = world.bank.fateOf(messageId);
        const truth = truthFor(as, fate);
        if (truth === undefined) continue;
        world.decide(`${atMs}-${order}-${part}`, {
          kind: 'release',
          order,
          part,
          as: truth,
          who: 'Anna',
          reason: fate === 'unknown' ? 'not in the e-bank' : 'seen in the e-bank',
        });
      }
    },
  };
}

function truthFor(as: Release, fate: Fate): Release | undefined {
  if (as === 'dropped') return as;
  switch (fate) {
    case 'unknown':
      return as === 'settled' ? undefined : as;
    case 'paid':
      return 'settled';
    case 'rejected':
      return 'rejected';
    case 'mixed':
      return undefined;
  }
}

export function resumes(atMs: number): Event {
  return {
    atMs,
    act: (world) =>
      world.decide(`${atMs}-resume`, {
        kind: 'resume',
        bank: 'bank',
        who: 'Anna',
        reason: 'new certificate',
      }),
  };
}

function heldMessages(world: World): { order: string; part: number; messageId: string }[] {
  return allOrders(world).flatMap(({ id, submissions }) =>
    submissions
      .filter(({ phase }) => phase === 'held')
      .map(({ plan: { part, messageId } }) => ({ order: id, part, messageId })),
  );
}
