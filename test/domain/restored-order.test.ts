import { describe, expect, it } from 'vitest';
import { ulidTimeMs } from '../../src/domain/identifiers.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { isInDoubt, mayBeAtBank } from '../../src/domain/submission.ts';
import { needsTelling } from '../../src/domain/telling.ts';
import {
  CLAIMED,
  cleared,
  denied,
  held,
  lost,
  ORDER_ID,
  orderAfter,
  planned,
  planOf,
  prepared,
  RECOVERED,
  RESTORED,
  START_MS,
  started,
  status,
} from './sketches.ts';

const PREPARED = [CLAIMED, planned(), prepared()];
const DOUBT = [...PREPARED, started(), lost()];

const OPEN: Readonly<Record<string, readonly OrderEvent[]>> = {
  planned: [CLAIMED, planned()],
  prepared: PREPARED,
  submitting: [...PREPARED, started()],
  'in doubt': DOUBT,
  'in doubt and denied for long': [...DOUBT, denied(), denied(9_000_000)],
  'cleared to be sent again': [...DOUBT, cleared()],
  'held before it was sent': [...PREPARED, held('our-fault')],
};

describe.each(Object.entries(OPEN))(
  'a message that was %s when an older journal was put back',
  (_, events) => {
    const [submission] = orderAfter(...events, RESTORED).submissions;

    it('may be at the bank, is asked about, and is not sent by itself', () => {
      expect(submission).toMatchObject({
        phase: 'held',
        hold: { code: 'found-after-restore', origin: 'in-doubt' },
        lostBefore: true,
      });
      expect(submission && mayBeAtBank(submission)).toBe(true);
      expect(submission && isInDoubt(submission)).toBe(true);
    });

    it('is denied anew: what was heard before proves nothing of what was sent since', () => {
      expect(submission?.denial).toBeUndefined();
    });

    it('may have been booked from the day its file was taken over', () => {
      expect(Date.parse(submission?.sentSince ?? '')).toBe(
        submission?.startedAt === undefined ? ulidTimeMs(ORDER_ID) : Date.parse(submission.startedAt),
      );
    });
  },
);

describe('after an older journal was put back', () => {
  it('what was at the bank, or at its end, stays as it was', () => {
    for (const events of [
      [...PREPARED, started(), status('ACSP')],
      [...PREPARED, started(), status('ACSP'), held('not-final-in-time')],
      [...PREPARED, started(), status('ACSC')],
    ])
      expect(orderAfter(...events, RESTORED).submissions).toEqual(orderAfter(...events).submissions);
  });

  it('a hold of before stays to be read', () => {
    const [submission] = orderAfter(...PREPARED, held('our-fault'), RESTORED).submissions;
    expect(submission?.hold?.evidence).toBe('put back Before that it was held (our-fault): look here');
    const [again] = orderAfter(...PREPARED, RESTORED, RESTORED).submissions;
    expect(again?.hold?.evidence).toBe('put back');
  });

  it('a message whose bytes are gone is made again only when a person sends it', () => {
    const [first, second] = orderAfter(
      CLAIMED,
      planned(planOf(1, [[0, 0]]), planOf(2, [[1, 1]])),
      prepared(1),
      prepared(2),
      { ...RESTORED, bytesGone: [2] },
    ).submissions;
    expect(first?.prepared).toBeDefined();
    expect(second).toMatchObject({ phase: 'held', prepared: undefined });
  });

  it('a file that was only claimed is planned as one that may have been sent', () => {
    const hold = { code: 'found-after-restore', evidence: 'look' } as const;
    const order = orderAfter(CLAIMED, RESTORED, { ...planned(), hold, mayBeSent: true });
    expect(order).toMatchObject({ restored: true, tellFrom: 5_000 });
    expect(order.submissions[0]).toMatchObject({
      phase: 'held',
      hold: { origin: 'in-doubt' },
      lostBefore: true,
    });
  });
});

describe('the ERP hears of an order that was open when an older journal was put back', () => {
  const AT_THE_BANK = [...PREPARED, started(), status('ACSP')];

  function isDue(...events: readonly OrderEvent[]): boolean {
    const situation = { paused: () => false, first: undefined };
    return needsTelling(orderAfter(...events), START_MS + 3_600_000, 0, situation) !== undefined;
  }

  it('nothing while the bank is asked, because it may have heard the end already', () => {
    expect(isDue(...PREPARED, RESTORED)).toBe(false);
    expect(isDue(...PREPARED, RESTORED, denied())).toBe(false);
  });

  it('nothing that is no end either', () => {
    expect(isDue(...AT_THE_BANK)).toBe(true);
    expect(isDue(...AT_THE_BANK, RESTORED)).toBe(false);
    expect(isDue(...PREPARED, RESTORED, status('ACSP'))).toBe(false);
  });

  it('that a person must decide, once the bank was asked about all of it', () => {
    expect(isDue(...PREPARED, RESTORED, held('in-doubt-unanswered'))).toBe(true);
    const two = [CLAIMED, planned(planOf(1, [[0, 0]]), planOf(2, [[1, 1]])), RESTORED];
    expect(isDue(...two, held('in-doubt-unanswered', 1))).toBe(false);
    expect(isDue(...two, held('in-doubt-unanswered', 1), held('in-doubt-unanswered', 2))).toBe(true);
  });

  it('its end', () => {
    expect(isDue(...PREPARED, RESTORED, status('ACSC'))).toBe(true);
  });
});

describe('an order recovered from its receipt', () => {
  it.each([
    ['the journal does not know', []],
    ['is open in it', PREPARED],
  ] as const)('that %s is at the end the receipt has', (_, before) => {
    const order = orderAfter(...before, RECOVERED);
    expect(order).toMatchObject({
      id: ORDER_ID,
      phase: 'planned',
      archivedIn: RECOVERED.folder,
      paymentSet: '2-00',
      told: { number: 2, final: true },
    });
    const [submission] = order.submissions;
    expect(submission?.phase).toBe('settled');
    expect([...(submission?.states ?? [])]).toEqual([
      [0, { status: 'ACSC', reasons: [] }],
      [1, { status: 'ACSC', reasons: [] }],
    ]);
  });
});
