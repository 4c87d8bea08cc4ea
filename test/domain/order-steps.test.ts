import { describe, expect, it } from 'vitest';
import type { BankTerms } from '../../src/domain/bank-profile.ts';
import type { Order } from '../../src/domain/order.ts';
import { orderSteps, type Asked, type DueStep, type StepContext } from '../../src/domain/order-steps.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import {
  bankTerms,
  CLAIMED,
  cleared,
  denied,
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

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BOUND = 10 * MINUTE;

interface World {
  readonly nowMs?: number;
  readonly terms?: BankTerms;
  readonly paused?: boolean;
  readonly asked?: Partial<Asked> & Pick<Asked, 'count' | 'lastMs'>;
  readonly notSent?: { count: number; lastMs: number };
}

function steps(
  order: Order,
  { nowMs = START_MS + MINUTE, terms = bankTerms(), paused = false, ...memory }: World = {},
): DueStep[] {
  const context: StepContext = {
    terms: () => terms,
    paused: () => paused,
    open: () => undefined,
    attempts: {
      asked: () => memory.asked && { denied: 0, observedMs: 0, ...memory.asked },
      notSent: () => memory.notSent,
    },
    timeZone: 'Europe/Warsaw',
    tellEveryMs: MINUTE,
  };
  return orderSteps(order, nowMs, context);
}

/** What is to be done, without the telling, which has tests of its own. */
function work(order: Order, world: World = {}): DueStep[] {
  return steps(order, world).filter(({ step }) => step.do !== 'tell');
}

function doings(order: Order, world: World = {}): string[] {
  return work(order, world).map(({ step }) => ('part' in step ? `${step.do} ${step.part}` : step.do));
}

function only(due: readonly DueStep[]): DueStep {
  expect(due).toHaveLength(1);
  const [first] = due;
  if (first === undefined) throw new Error('There is no step.');
  return first;
}

const TO_DOUBT = [CLAIMED, planned(), prepared(), started(), lost()];
const TO_SUBMITTED = [CLAIMED, planned(), prepared(), started(), status('ACSP')];
/** When the last event of TO_DOUBT was recorded. */
const DOUBT_MS = START_MS + 4 * SECOND;
const SENT_MS = START_MS + 3 * SECOND;

describe('an order', () => {
  it('is checked once it is claimed', () => {
    expect(only(steps(orderAfter(CLAIMED)))).toEqual({ step: { by: 'desk', do: 'check' }, dueMs: 0 });
  });

  it('that is a request is answered by the collector', () => {
    const accepted: OrderEvent = { type: 'request-accepted', erp: ERP, sha256: 'ab', requests: [] };
    expect(only(steps(orderAfter(CLAIMED, accepted))).step).toEqual({
      by: 'collector',
      do: 'answer-request',
    });
    const answered: OrderEvent = { type: 'request-answered', files: [], notes: [] };
    expect(only(steps(orderAfter(CLAIMED, accepted, answered))).step).toEqual({ by: 'desk', do: 'archive' });
  });

  it('is told, archived and closed, in this order and each once', () => {
    const refused: OrderEvent = { type: 'order-refused', erp: ERP, sha256: 'ab', faults: [], faultCount: 1 };
    const told: OrderEvent = {
      type: 'order-told',
      number: 1,
      fileName: 'x',
      sha256: 'y',
      final: true,
      digest: 'z',
    };
    const events: OrderEvent[] = [CLAIMED, refused];
    expect(steps(orderAfter(...events)).map(({ step }) => step.do)).toEqual(['tell']);
    events.push(told);
    expect(steps(orderAfter(...events)).map(({ step }) => step.do)).toEqual(['archive']);
    events.push({ type: 'order-archived', folder: '/a' });
    expect(steps(orderAfter(...events)).map(({ step }) => step.do)).toEqual(['close']);
    events.push({ type: 'order-closed' });
    expect(steps(orderAfter(...events))).toEqual([]);
  });

  it('is not archived while any of it is open', () => {
    expect(doings(orderAfter(...TO_SUBMITTED))).toEqual(['ask 1']);
  });
});

describe('before sending', () => {
  const two = planned(planOf(1, [[0, 0]]), planOf(2, [[1, 1]]));

  it('every part is prepared, the first one that is not yet', () => {
    expect(doings(orderAfter(CLAIMED, two))).toEqual(['prepare 1']);
  });

  it('nothing goes out while a sibling is only planned', () => {
    expect(doings(orderAfter(CLAIMED, two, prepared(1)))).toEqual(['prepare 2']);
    expect(doings(orderAfter(CLAIMED, two, prepared(1), prepared(2)))).toEqual(['submit 1', 'submit 2']);
  });

  it('a sibling that is held or refused does not stop the others', () => {
    const dropped = [CLAIMED, two, prepared(1), held('our-fault', 2), released('dropped', 2)];
    expect(doings(orderAfter(...dropped))).toEqual(['submit 1']);
    expect(doings(orderAfter(...dropped.slice(0, -1)))).toEqual(['submit 1']);
  });

  it('nothing goes to a paused bank, but it is still asked', () => {
    expect(doings(orderAfter(CLAIMED, planned(), prepared()), { paused: true })).toEqual([]);
    expect(doings(orderAfter(...TO_SUBMITTED), { paused: true })).toEqual(['ask 1']);
    expect(doings(orderAfter(...TO_DOUBT), { paused: true })).toEqual(['ask 1']);
  });

  it('only prepared bytes are ever submitted', () => {
    const lives: OrderEvent[][] = [
      [CLAIMED],
      [CLAIMED, planned()],
      [CLAIMED, planned(), held('our-fault')],
      [CLAIMED, planned(), prepared(), started()],
      TO_DOUBT,
      TO_SUBMITTED,
      [...TO_DOUBT, held('in-doubt-unanswered')],
      [...TO_SUBMITTED, status('ACSC')],
      [...TO_SUBMITTED, status('RJCT')],
    ];
    for (const events of lives) expect(doings(orderAfter(...events)).join()).not.toContain('submit');
  });
});

describe('what could not be sent', () => {
  const order = orderAfter(CLAIMED, planned(), prepared(), started(), notSent());
  const dueAfter = (count: number, nowMs = START_MS + HOUR): number =>
    only(work(order, { nowMs, notSent: { count, lastMs: START_MS } })).dueMs - START_MS;

  it('is tried again with growing waits up to the longest of the bank', () => {
    expect([1, 2, 3, 4, 11, 1_000].map((count) => dueAfter(count))).toEqual(
      [1, 2, 4, 8, 900, 900].map((each) => each * SECOND),
    );
  });

  it('is tried at once after a restart', () => {
    expect(only(work(order)).dueMs).toBe(0);
  });

  it('does not wait for a date to come again that was set back', () => {
    expect(dueAfter(5, START_MS - DAY)).toBe(-DAY);
  });
});

describe('a crash while sending', () => {
  it('leaves a message that is declared lost before anything else', () => {
    const order = orderAfter(CLAIMED, planned(), prepared(), started());
    expect(only(work(order)).step).toEqual({ by: 'courier', bank: 'bank', do: 'declare-lost', part: 1 });
  });
});

describe('in doubt', () => {
  const provenBy = {
    nothing: {},
    notFound: { notFound: ['E404'] },
    arrivalBound: { arrivalBoundMs: BOUND },
    both: { notFound: ['E404'], arrivalBoundMs: BOUND },
    duplicate: { duplicate: ['E409'] },
    everything: { notFound: ['E404'], arrivalBoundMs: BOUND, duplicate: ['E409'] },
  };
  type Proof = keyof typeof provenBy;

  function next(proof: Proof, events: readonly OrderEvent[], world: World = {}): DueStep {
    return only(work(orderAfter(...events), { ...world, terms: bankTerms({ profile: provenBy[proof] }) }));
  }

  /** Asked since the answer was lost, up to now. */
  const askedOften = (count: number, nowMs: number): World => ({
    nowMs,
    asked: { count, lastMs: nowMs, observedMs: nowMs - DOUBT_MS },
  });

  it.each(Object.keys(provenBy) as Proof[])('the bank is asked first when its test has shown %s', (proof) => {
    const { step, dueMs } = next(proof, TO_DOUBT);
    expect(step).toEqual({ by: 'courier', bank: 'bank', do: 'ask', part: 1 });
    expect(dueMs).toBe(DOUBT_MS + 30 * SECOND);
  });

  it('it is asked with growing waits up to the longest of the bank', () => {
    const waits = [1, 2, 3, 20].map(
      (count) => next('nothing', TO_DOUBT, { asked: { count, lastMs: START_MS } }).dueMs - START_MS,
    );
    expect(waits).toEqual([30, 60, 120, 900].map((each) => each * SECOND));
  });

  it('it is never asked in one breath, even when the first wait is none', () => {
    const terms = bankTerms({ follow: { firstAskMs: 0 } });
    const asked = { count: 1, lastMs: START_MS };
    expect(only(work(orderAfter(...TO_DOUBT), { terms })).dueMs).toBe(DOUBT_MS);
    expect(only(work(orderAfter(...TO_DOUBT), { terms, asked, nowMs: START_MS + 1 })).dueMs).toBeGreaterThan(
      START_MS,
    );
  });

  it('it is asked at once when the date was set back since', () => {
    const nowMs = START_MS - DAY;
    expect(next('nothing', TO_DOUBT, { nowMs }).dueMs).toBe(nowMs);
    expect(next('nothing', TO_DOUBT, { nowMs, asked: { count: 9, lastMs: START_MS } }).dueMs).toBe(nowMs);
  });

  describe.each(['nothing', 'notFound', 'arrivalBound'] as const)(
    'at a bank whose test has shown %s',
    (proof) => {
      it('it is never sent again, however often the bank denies it', () => {
        const nowMs = DOUBT_MS + 40 * MINUTE;
        for (const denials of [[], [denied()], [denied(), denied(HOUR)]])
          for (const world of [{}, askedOften(1, nowMs), askedOften(9, nowMs)])
            expect(next(proof, [...TO_DOUBT, ...denials], world).step.do).not.toBe('clear-to-resend');
      });

      it('a person decides after the time allowed, if the bank was really asked', () => {
        const late = DOUBT_MS + 30 * MINUTE;
        expect(next(proof, TO_DOUBT, askedOften(9, late - 1)).step.do).toBe('ask');
        expect(next(proof, TO_DOUBT, askedOften(2, late)).step.do).toBe('ask');
        expect(next(proof, TO_DOUBT, askedOften(3, late)).step).toMatchObject({
          do: 'hold',
          hold: { code: 'in-doubt-unanswered' },
        });
      });

      it('nobody is called for a time in which we were not there to ask', () => {
        const asked = { count: 3, lastMs: DOUBT_MS + 3 * DAY, observedMs: MINUTE };
        const world = { nowMs: DOUBT_MS + 3 * DAY, asked };
        expect(next(proof, TO_DOUBT, world).step.do).toBe('ask');
        // A process that never runs so long at a stretch is not left alone with it for ever.
        const days = { nowMs: DOUBT_MS + 9 * DAY, asked: { ...asked, lastMs: DOUBT_MS + 9 * DAY } };
        expect(next(proof, TO_DOUBT, days).step.do).toBe('hold');
      });

      it('a person is told which message to look for', () => {
        const { step } = next(proof, TO_DOUBT, askedOften(3, DOUBT_MS + HOUR));
        expect(step.do === 'hold' && step.hold.evidence).toContain(planOf().messageId);
      });
    },
  );

  describe('at a bank that is known to say "not found", with a time after which nothing arrives', () => {
    it('it is sent again only when that has been heard for the whole time', () => {
      const world = askedOften(5, DOUBT_MS + MINUTE);
      expect(next('both', [...TO_DOUBT, denied()], world).step.do).toBe('ask');
      expect(next('both', [...TO_DOUBT, denied(), denied(BOUND - 1)], world).step.do).toBe('ask');
      expect(next('both', [...TO_DOUBT, denied(), denied(BOUND - 1), denied(1)], world).step).toMatchObject({
        do: 'clear-to-resend',
      });
    });

    it('one denial is never enough, whatever time it claims', () => {
      expect(next('both', [...TO_DOUBT, denied(DAY)], askedOften(5, DOUBT_MS + MINUTE)).step.do).toBe('ask');
    });

    it('a person is not called while denials are being heard, but when the bank falls silent', () => {
      const world = (silent: boolean): World => ({
        nowMs: DOUBT_MS + DAY,
        asked: { count: 50, lastMs: DOUBT_MS + DAY, denied: silent ? 0 : 1, observedMs: DAY },
      });
      expect(next('both', [...TO_DOUBT, denied()], world(false)).step.do).toBe('ask');
      expect(next('both', [...TO_DOUBT, denied()], world(true)).step.do).toBe('hold');
    });

    it('a person is called when the bank does not even say that', () => {
      expect(next('both', TO_DOUBT, askedOften(3, DOUBT_MS + HOUR)).step.do).toBe('hold');
    });

    it('the time is counted anew after every sending', () => {
      const again = [...TO_DOUBT, denied(), denied(BOUND), cleared(), started(1, 2), lost()];
      expect(next('both', again, askedOften(5, DOUBT_MS + MINUTE)).step.do).not.toBe('clear-to-resend');
      expect(next('both', [...again, denied(BOUND)], askedOften(5, DOUBT_MS + MINUTE)).step.do).toBe('ask');
    });
  });

  describe('at a bank that is known to refuse a repeated id', () => {
    it('it is sent again after one question', () => {
      expect(next('duplicate', TO_DOUBT, askedOften(1, DOUBT_MS + MINUTE)).step).toMatchObject({
        do: 'clear-to-resend',
      });
      expect(next('everything', TO_DOUBT, askedOften(1, DOUBT_MS + MINUTE)).step).toMatchObject({
        do: 'clear-to-resend',
      });
    });

    it('it is asked once more after a restart, because nobody remembers the first question', () => {
      expect(next('duplicate', TO_DOUBT).step.do).toBe('ask');
    });
  });

  describe('again and again', () => {
    const again = [cleared(), started(1, 2), lost()];
    const after = (resends: number): OrderEvent[] => [
      ...TO_DOUBT,
      ...Array.from({ length: resends }, () => again).flat(),
    ];

    it('the bank is given more time after each sending', () => {
      const dueAfter = (resends: number): number => {
        const order = orderAfter(...after(resends));
        const since = Date.parse(order.submissions[0]?.doubtSince ?? '');
        return only(work(order, { nowMs: since })).dueMs - since;
      };
      expect([0, 1, 2, 3].map(dueAfter)).toEqual([30, 60, 120, 240].map((each) => each * SECOND));
    });

    it.each(['duplicate', 'both', 'everything'] as const)(
      'a person decides in the end, whatever is known of the bank (%s)',
      (proof) => {
        const denials = [denied(), denied(BOUND)];
        const world = askedOften(3, DOUBT_MS + DAY);
        expect(next(proof, [...after(4), ...denials], world).step.do).toBe('clear-to-resend');
        expect(next(proof, [...after(5), ...denials], world).step.do).toBe('hold');
      },
    );

    it('a person who says resend gives it new tries', () => {
      const events = [...after(5), held('in-doubt-unanswered'), released('resend'), started(1, 7), lost()];
      expect(next('duplicate', events, askedOften(1, DOUBT_MS + HOUR)).step.do).toBe('clear-to-resend');
    });
  });
});

describe('submitted', () => {
  const order = orderAfter(...TO_SUBMITTED);

  it('the bank is asked some time after sending', () => {
    const { step, dueMs } = only(work(order));
    expect(step).toEqual({ by: 'courier', bank: 'bank', do: 'ask', part: 1 });
    expect(dueMs).toBe(SENT_MS + 30 * SECOND);
  });

  it('then with growing waits up to the longest of the bank', () => {
    const waits = [1, 2, 3, 100].map(
      (count) => only(work(order, { asked: { count, lastMs: START_MS } })).dueMs - START_MS,
    );
    expect(waits).toEqual([30, 60, 120, 900].map((each) => each * SECOND));
  });

  it('a person is named after the business days allowed, weekends not counted', () => {
    const monday = START_MS;
    expect(only(work(order, { nowMs: monday + 7 * DAY })).step.do).toBe('ask');
    expect(only(work(order, { nowMs: monday + 8 * DAY })).step).toMatchObject({
      do: 'hold',
      hold: { code: 'not-final-in-time' },
    });
  });

  it('a transfer ordered for a later day is not late before that day', () => {
    const later = orderAfter(
      CLAIMED,
      planned(planOf(1, [[0, 1]], '2027-02-01')),
      prepared(),
      started(),
      status('ACSP'),
    );
    expect(only(work(later, { nowMs: Date.parse('2027-02-08T12:00:00Z') })).step.do).toBe('ask');
    expect(only(work(later, { nowMs: Date.parse('2027-02-09T12:00:00Z') })).step.do).toBe('hold');
  });

  it('nobody is called when the date was set back', () => {
    expect(only(work(order, { nowMs: START_MS - 400 * DAY })).step.do).toBe('ask');
  });
});

describe('what only a person can move', () => {
  it.each([
    ['held', [...TO_DOUBT, held('in-doubt-unanswered')]],
    ['held before it was prepared', [CLAIMED, planned(), held('our-fault')]],
  ] as const)('has no step while it is %s', (_, events) => {
    expect(doings(orderAfter(...events), { nowMs: START_MS + 365 * DAY })).toEqual([]);
  });
});

describe('the same question', () => {
  it('has the same answer, because a step is looked up again before it is done', () => {
    const terms = bankTerms({ profile: { duplicate: ['E409'] } });
    for (const events of [TO_DOUBT, TO_SUBMITTED, [...TO_DOUBT, denied()]]) {
      const world = { terms, nowMs: START_MS + HOUR, asked: { count: 1, lastMs: START_MS } };
      expect(steps(orderAfter(...events), world)).toEqual(steps(orderAfter(...events), world));
    }
  });
});
