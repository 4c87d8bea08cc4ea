import { describe, expect, it } from 'vitest';
import { evolveOrder, type Order } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { groupStatus, isLastWord, needsTelling, toldDigest, toldState } from '../../src/domain/telling.ts';
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
  START,
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
  return needsTelling(order, nowMs, EVERY, { paused: () => false, first: undefined })?.dueMs;
}

/** The record that this order was told as it stands. */
function toldAs(events: readonly OrderEvent[], final = false): OrderEvent {
  return {
    type: 'order-told',
    number: 1,
    fileName: 'x',
    sha256: 'y',
    final,
    digest: toldDigest(orderAfter(...events), () => false),
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

describe('a paused bank', () => {
  const waiting = [CLAIMED, planned(), prepared()];
  const paused = (events: readonly OrderEvent[], isPaused = true): number | undefined =>
    needsTelling(orderAfter(...events), START_MS + 3_600_000, EVERY, {
      paused: () => isPaused,
      first: undefined,
    })?.dueMs;
  const told: OrderEvent = {
    type: 'order-told',
    number: 1,
    fileName: 'x',
    sha256: 'y',
    final: false,
    digest: toldDigest(orderAfter(...waiting), () => true),
  };

  it('is a reason that the ERP hears of what was not sent, once', () => {
    expect(paused(waiting)).toBe(0);
    expect(paused([...waiting, told])).toBeUndefined();
    const [submission] = orderAfter(...waiting).submissions;
    const state = submission && toldState(submission, 0, true);
    expect(state?.status).toBe('PDNG');
    expect(state?.reasons[0]?.texts.join()).toContain('goniec resume bank');
  });

  it('is told to be over when it was resumed and the order still waits', () => {
    expect(paused([...waiting, told], false)).toBe(START_MS + 3_000 + EVERY);
  });

  it('takes nothing back of what the bank has said', () => {
    const again = orderAfter(...TO_DOUBT, status('ACCP', [[0, 0]]));
    const [submission] = again.submissions;
    expect(submission && toldState(submission, 0, true)).toEqual({ status: 'ACCP', reasons: [] });
  });
});

describe('the same bytes once more', () => {
  const repeat = orderAfter(CLAIMED, { type: 'order-repeats', erp: ERP, sha256: 'ab', of: 'first' });
  const dueWith = (order: Order, first: Order | undefined): number | undefined =>
    needsTelling(order, START_MS + 3_600_000, EVERY, { paused: () => false, first })?.dueMs;
  const toldOf = (first: Order): Order =>
    evolveOrder(
      repeat,
      repeat.id,
      {
        type: 'order-told',
        number: 1,
        fileName: 'x',
        sha256: 'y',
        final: false,
        digest: toldDigest(first, () => false),
      },
      START,
    );

  it('are told the present status of the first at once, and again when that changes', () => {
    const first = orderAfter(...TO_DOUBT);
    expect(dueWith(repeat, first)).toBe(0);
    expect(dueWith(toldOf(first), first)).toBeUndefined();
    expect(dueWith(toldOf(first), orderAfter(...TO_DOUBT, held('in-doubt-unanswered')))).toBe(
      START_MS + EVERY,
    );
  });

  it('have their last word only after the first order has had its own', () => {
    const settled = [...TO_SUBMITTING, status('ACSC')];
    const untold = orderAfter(...settled);
    expect(isLastWord(repeat, untold)).toBe(false);
    expect(isLastWord(repeat, orderAfter(...settled, toldAs(settled)))).toBe(false);
    expect(isLastWord(repeat, orderAfter(...settled, toldAs(settled, true)))).toBe(true);
    expect(isLastWord(repeat, undefined)).toBe(true);
    expect(dueWith(toldOf(untold), orderAfter(...settled, toldAs(settled, true)))).toBe(0);
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

  it('when other transfers are in the same states', () => {
    const before = [...TO_SUBMITTING, status('ACSP', [[0, 0]]), status('ACCP', [[1, 1]])];
    const after = [...before, status('ACCP', [[0, 0]]), status('ACSP', [[1, 1]])];
    expect(due(orderAfter(...after.slice(0, 6), toldAs(before), ...after.slice(6)))).toBeDefined();
  });

  it('when a message is held for another reason with the same code', () => {
    const before = [...TO_DOUBT, held('our-fault')];
    const after = orderAfter(...TO_DOUBT, {
      type: 'submission-held',
      part: 1,
      hold: { code: 'our-fault', evidence: 'something else' },
    });
    expect(toldDigest(after, () => false)).not.toBe(toldDigest(orderAfter(...before), () => false));
  });

  it('when reasons change although statuses do not', () => {
    const before = [...TO_SUBMITTING, status('PDNG')];
    const reasons = [{ code: 'XX01', texts: ['Waiting for a signature.'] }];
    expect(due(orderAfter(...before, toldAs(before), status('PDNG', [[0, 1]], reasons)))).toBeDefined();
  });
});
