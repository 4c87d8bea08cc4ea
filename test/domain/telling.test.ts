import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { groupStatus, needsTelling, toldDigest, toldState } from '../../src/domain/telling.ts';
import {
  CLAIMED,
  cleared,
  ERP,
  held,
  lost,
  notSent,
  orderAfter,
  planned,
  planOf,
  prepared,
  released,
  START_MS,
  started,
  status,
} from './sketches.ts';

const EVERY = 60_000;
const TO_SUBMITTING = [CLAIMED, planned(), prepared(), started()];
const TO_DOUBT = [...TO_SUBMITTING, lost()];
const REFUSED: OrderEvent = { type: 'order-refused', erp: ERP, sha256: 'ab', faults: [], faultCount: 1 };

function firstTold(events: readonly OrderEvent[]): string[] {
  const [submission] = orderAfter(...events).submissions;
  if (submission === undefined) throw new Error('no submission');
  return [0, 1].map((index) => toldState(submission, index).status);
}

function due(order: Order, nowMs = START_MS + 3_600_000): number | undefined {
  return needsTelling(order, nowMs, EVERY)?.dueMs;
}

/** The record that this order was told as it stands. */
function toldAs(events: readonly OrderEvent[], final = false): OrderEvent {
  return {
    type: 'order-told',
    number: 1,
    fileName: 'x',
    sha256: 'y',
    final,
    digest: toldDigest(orderAfter(...events)),
  };
}

describe('a transfer is told as', () => {
  it.each([
    ['pending before the bank has spoken', [CLAIMED, planned()], ['PDNG', 'PDNG']],
    ['pending while in doubt', TO_DOUBT, ['PDNG', 'PDNG']],
    [
      'what the bank said, where it said something',
      [...TO_SUBMITTING, status('ACSP', [[0, 0]])],
      ['ACSP', 'PDNG'],
    ],
    ['settled', [...TO_SUBMITTING, status('ACSC')], ['ACSC', 'ACSC']],
    [
      'each for itself when ends differ',
      [...TO_SUBMITTING, status('ACSC', [[0, 0]]), status('RJCT', [[1, 1]])],
      ['ACSC', 'RJCT'],
    ],
    [
      'pending while held, unless it has its end',
      [...TO_SUBMITTING, status('ACSC', [[0, 0]]), status('ACSP', [[1, 1]]), held('not-final-in-time')],
      ['ACSC', 'PDNG'],
    ],
    [
      'rejected when it was dropped',
      [CLAIMED, planned(), held('our-fault'), released('dropped')],
      ['RJCT', 'RJCT'],
    ],
    [
      'settled when a person says so',
      [...TO_DOUBT, held('in-doubt-unanswered'), released('settled')],
      ['ACSC', 'ACSC'],
    ],
    [
      'rejected when a person says so',
      [...TO_DOUBT, held('in-doubt-unanswered'), released('rejected')],
      ['RJCT', 'RJCT'],
    ],
  ] as const)('%s', (_, events, codes) => {
    expect(firstTold(events)).toEqual(codes);
  });

  it('held with the reason a person needs', () => {
    const [submission] = orderAfter(...TO_DOUBT, held('in-doubt-unanswered')).submissions;
    expect(submission && toldState(submission, 0).reasons).toEqual([
      {
        code: undefined,
        texts: ['Held by Goniec for a person to decide (in-doubt-unanswered).', 'look here'],
      },
    ]);
  });

  it('what the bank said with its reasons', () => {
    const reasons = [{ code: 'AC04', texts: ['Account closed.'] }];
    const [submission] = orderAfter(...TO_SUBMITTING, status('RJCT', [[0, 1]], reasons)).submissions;
    expect(submission && toldState(submission, 1).reasons).toEqual(reasons);
  });
});

describe('the whole is told as', () => {
  const mixed = (a: Parameters<typeof status>[0], b: Parameters<typeof status>[0]): Order =>
    orderAfter(...TO_SUBMITTING, status(a, [[0, 0]]), status(b, [[1, 1]]));

  it('the one status that all share', () => {
    for (const code of ['ACSC', 'RJCT', 'ACSP', 'PDNG'] as const)
      expect(groupStatus(mixed(code, code))).toBe(code);
  });

  it.each([
    ['RJCT', 'PDNG'],
    ['ACSC', 'ACSP'],
    ['ACSC', 'RJCT'],
  ] as const)('PART when %s and %s are mixed', (a, b) => {
    expect(groupStatus(mixed(a, b))).toBe('PART');
    expect(groupStatus(mixed(b, a))).toBe('PART');
  });

  it.each([
    ['ACSP', 'PDNG', 'PDNG'],
    ['ACSP', 'ACCP', 'ACCP'],
    ['ACWC', 'ACTC', 'ACTC'],
    ['ACSP', 'RCVD', 'RCVD'],
  ] as const)('what is furthest back of %s and %s', (a, b, whole) => {
    expect(groupStatus(mixed(a, b))).toBe(whole);
  });

  it('rejected when we refused it', () => {
    expect(groupStatus(orderAfter(CLAIMED, REFUSED))).toBe('RJCT');
  });

  it('PART over several messages with different ends', () => {
    const two = planned(planOf(1, [[0, 0]]), planOf(2, [[1, 1]]));
    const order = orderAfter(
      CLAIMED,
      two,
      prepared(1),
      prepared(2),
      started(1),
      status('ACSC', [[0, 0]]),
      held('our-fault', 2),
      released('dropped', 2),
    );
    expect(groupStatus(order)).toBe('PART');
  });
});

describe('nothing is told', () => {
  it.each([
    ['before everything is prepared', [CLAIMED, planned()]],
    ['while everything is only prepared', [CLAIMED, planned(), prepared()]],
    ['while a message is on its way', TO_SUBMITTING],
    [
      'of an answered request',
      [
        CLAIMED,
        { type: 'request-accepted', erp: ERP, sha256: 'ab', requests: [] },
        { type: 'request-answered', files: [], notes: [] },
      ],
    ],
  ] as const)('%s', (_, events) => {
    expect(due(orderAfter(...(events as readonly OrderEvent[])))).toBeUndefined();
  });

  it('twice: the same news are told once', () => {
    for (const events of [
      TO_DOUBT,
      [...TO_SUBMITTING, status('ACSP')],
      [...TO_DOUBT, held('in-doubt-unanswered')],
    ])
      expect(due(orderAfter(...events, toldAs(events)))).toBeUndefined();
  });

  it('again when a message told as pending is confirmed without a status', () => {
    const confirmed = { ...status('PDNG'), runs: [] } as OrderEvent;
    expect(due(orderAfter(...TO_DOUBT, toldAs(TO_DOUBT), confirmed))).toBeUndefined();
  });

  it('again when a message in doubt goes out again', () => {
    expect(
      due(orderAfter(...TO_DOUBT, toldAs(TO_DOUBT), cleared(), started(1, 2), notSent())),
    ).toBeUndefined();
  });

  it('after the final word', () => {
    const settled = [...TO_SUBMITTING, status('ACSC')];
    expect(due(orderAfter(...settled, toldAs(settled, true)))).toBeUndefined();
  });
});

describe('news are told', () => {
  it('at once when they are the first', () => {
    expect(due(orderAfter(...TO_DOUBT))).toBe(0);
    expect(due(orderAfter(...TO_SUBMITTING, notSent()))).toBe(0);
  });

  it('after the interval when there were others before', () => {
    const order = orderAfter(...TO_DOUBT, toldAs(TO_DOUBT), status('ACSP'));
    expect(due(order)).toBe(START_MS + 5_000 + EVERY);
  });

  it('at once when they are final', () => {
    expect(due(orderAfter(...TO_DOUBT, toldAs(TO_DOUBT), status('ACSC')))).toBe(0);
    expect(due(orderAfter(CLAIMED, REFUSED))).toBe(0);
    expect(due(orderAfter(CLAIMED, { type: 'order-repeats', erp: ERP, sha256: 'ab', of: 'x' }))).toBe(0);
  });

  it('once more when what was told last did not say that it was final', () => {
    const settled = [...TO_SUBMITTING, status('ACSC')];
    expect(due(orderAfter(...settled, toldAs(settled)))).toBe(0);
  });

  it('when a message is held, and when it is let go with another outcome', () => {
    const heldNow = [...TO_DOUBT, held('in-doubt-unanswered')];
    expect(due(orderAfter(...TO_DOUBT, toldAs(TO_DOUBT), held('in-doubt-unanswered')))).toBeDefined();
    expect(due(orderAfter(...heldNow, toldAs(heldNow), released('resend')))).toBeDefined();
  });

  it('without waiting for a date to come again that was set back', () => {
    const order = orderAfter(...TO_DOUBT, toldAs(TO_DOUBT), status('ACSP'));
    expect(due(order, START_MS - 86_400_000)).toBe(0);
  });

  it('when reasons change although statuses do not', () => {
    const before = [...TO_SUBMITTING, status('PDNG')];
    const reasons = [{ code: 'XX01', texts: ['Waiting for a signature.'] }];
    expect(due(orderAfter(...before, toldAs(before), status('PDNG', [[0, 1]], reasons)))).toBeDefined();
  });
});
