import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolveOrder, type Order } from '../../src/domain/order.ts';
import type { OrderEvent, Release } from '../../src/domain/order-event.ts';
import { allowedReleases } from '../../src/domain/release.ts';
import { IllegalMove, isFinalPhase, type Submission } from '../../src/domain/submission.ts';
import { toldState } from '../../src/domain/telling.ts';
import {
  ANSWER,
  CLAIMED,
  cleared,
  denied,
  held,
  lost,
  notSent,
  ORDER_ID,
  orderAfter,
  planned,
  planOf,
  prepared,
  released,
  RESTORED,
  START,
  started,
  status,
} from './sketches.ts';

const REJECTED: OrderEvent = {
  type: 'submission-rejected',
  part: 1,
  answer: ANSWER,
  reasons: [{ code: 'FF01', texts: ['No.'] }],
};
const REFUSED: OrderEvent = { type: 'submission-refused', part: 1, reasons: [] };
/** The account shows the first of two transfers. */
const BOOKED = { ...status('ACSC', [[0, 0]]), source: 'entry' } as OrderEvent;
const TO_PREPARED = [CLAIMED, planned(), prepared()];
const TO_SUBMITTING = [...TO_PREPARED, started()];
const TO_DOUBT = [...TO_SUBMITTING, lost()];
const TO_SUBMITTED = [...TO_SUBMITTING, status('ACSP')];

const EVENTS: Readonly<Record<string, OrderEvent>> = {
  prepared: prepared(),
  started: started(),
  'not-sent': notSent(),
  lost: lost(),
  rejected: REJECTED,
  status: status('ACSP'),
  'a booked entry': BOOKED,
  'not-found': denied(),
  cleared: cleared(),
  held: held('our-fault'),
  refused: REFUSED,
  'released as resend': released('resend'),
  'released as settled': released('settled'),
  'released as rejected': released('rejected'),
  'released as dropped': released('dropped'),
};

/** Each phase, how it is reached, and the phase every legal event leads to; any other event is a bug. */
const PHASES: Readonly<
  Record<string, { after: readonly OrderEvent[]; legal: Readonly<Record<string, string>> }>
> = {
  planned: {
    after: [CLAIMED, planned()],
    legal: { prepared: 'prepared', held: 'held', refused: 'refused' },
  },
  prepared: {
    after: TO_PREPARED,
    legal: { started: 'submitting', held: 'held', refused: 'refused' },
  },
  'prepared after it was not sent': {
    after: [...TO_SUBMITTING, notSent()],
    legal: { started: 'submitting', held: 'held', refused: 'refused' },
  },
  'prepared after it was lost': {
    after: [...TO_DOUBT, cleared()],
    legal: { started: 'submitting', held: 'held', status: 'submitted', 'a booked entry': 'submitted' },
  },
  submitting: {
    after: TO_SUBMITTING,
    legal: { status: 'submitted', rejected: 'rejected', 'not-sent': 'prepared', lost: 'in-doubt' },
  },
  'in-doubt': {
    after: TO_DOUBT,
    legal: {
      status: 'submitted',
      rejected: 'rejected',
      cleared: 'prepared',
      held: 'held',
      'not-found': 'in-doubt',
      'a booked entry': 'submitted',
    },
  },
  submitted: {
    after: TO_SUBMITTED,
    legal: { 'a booked entry': 'submitted', status: 'submitted', held: 'held', rejected: 'rejected' },
  },
  'held while planned': {
    after: [CLAIMED, planned(), held('our-fault')],
    legal: { 'released as resend': 'planned', 'released as dropped': 'refused' },
  },
  'held while prepared': {
    after: [...TO_PREPARED, held('our-fault')],
    legal: { 'released as resend': 'prepared', 'released as dropped': 'refused' },
  },
  'held while prepared to be sent again': {
    after: [...TO_DOUBT, cleared(), held('our-fault')],
    legal: {
      'a booked entry': 'submitted',
      'released as resend': 'prepared',
      'released as settled': 'settled',
      'released as rejected': 'rejected',
    },
  },
  'held while in doubt': {
    after: [...TO_DOUBT, held('in-doubt-unanswered')],
    legal: {
      'a booked entry': 'submitted',
      'released as resend': 'prepared',
      'released as settled': 'settled',
      'released as rejected': 'rejected',
    },
  },
  'held because an older journal was put back': {
    after: [...TO_PREPARED, RESTORED],
    legal: {
      status: 'submitted',
      'a booked entry': 'submitted',
      'not-found': 'held',
      held: 'held',
      'released as resend': 'prepared',
      'released as settled': 'settled',
      'released as rejected': 'rejected',
    },
  },
  'planned again by a person after an older journal was put back': {
    after: [CLAIMED, planned(), RESTORED, released('resend')],
    legal: { prepared: 'prepared', held: 'held', status: 'submitted' },
  },
  'held while submitted': {
    after: [...TO_SUBMITTED, held('not-final-in-time')],
    legal: {
      'a booked entry': 'submitted',
      'released as settled': 'settled',
      'released as rejected': 'rejected',
    },
  },
  refused: { after: [CLAIMED, planned(), REFUSED], legal: {} },
  rejected: { after: [...TO_SUBMITTING, REJECTED], legal: {} },
  settled: { after: [...TO_SUBMITTING, status('ACSC')], legal: {} },
  'partly-settled': {
    after: [...TO_SUBMITTING, status('ACSC', [[0, 0]]), status('RJCT', [[1, 1]])],
    legal: {},
  },
};

function only(order: Order): Submission {
  const [submission] = order.submissions;
  if (submission === undefined) throw new Error('The order has no submission.');
  return submission;
}

function submissionAfter(...events: readonly OrderEvent[]): Submission {
  return only(orderAfter(...events));
}

describe.each(Object.entries(PHASES))('a submission that is %s', (_, { after, legal }) => {
  it.each(Object.entries(EVENTS))('takes %s only if the table allows it', (name, event) => {
    const order = orderAfter(...after);
    const move = (): Order => evolveOrder(order, ORDER_ID, event, START);
    if (legal[name] === undefined) expect(move).toThrow(IllegalMove);
    else expect(only(move()).phase).toBe(legal[name]);
  });
});

describe('statuses', () => {
  it.each([
    ['settled', [status('ACSC')]],
    ['rejected', [status('RJCT')]],
    ['partly-settled', [status('ACSC', [[1, 1]]), status('RJCT', [[0, 0]])]],
    ['submitted', [status('ACSC', [[0, 0]])]],
    ['submitted', [status('RJCT', [[0, 0]]), status('PDNG', [[1, 1]])]],
    ['settled', [status('ACSC', [[0, 0]]), status('PDNG', [[0, 0]]), status('ACSC', [[1, 1]])]],
  ] as const)('make it %s', (phase, events) => {
    expect(submissionAfter(...TO_SUBMITTING, ...events).phase).toBe(phase);
  });

  it('that say nothing still prove that the bank has the message', () => {
    const submission = submissionAfter(...TO_DOUBT, { ...status('PDNG'), runs: [] } as OrderEvent);
    expect(submission.phase).toBe('submitted');
  });

  it('of a message in doubt may be its end at once', () => {
    expect(submissionAfter(...TO_DOUBT, status('ACSC')).phase).toBe('settled');
  });

  it('come with the answer they stood in', () => {
    const answered: OrderEvent = {
      type: 'status-received',
      part: 1,
      source: 'answer',
      answer: ANSWER,
      runs: [],
    };
    expect(submissionAfter(...TO_SUBMITTING, answered).answers).toEqual([ANSWER]);
  });
});

describe('a booked entry', () => {
  it('settles what is held or waits to be sent again, so that it does not go out a second time', () => {
    const whole = { ...status('ACSC'), source: 'entry' } as OrderEvent;
    for (const events of [
      [cleared()],
      [held('in-doubt-unanswered')],
      [held('in-doubt-unanswered'), released('resend')],
    ])
      expect(submissionAfter(...TO_DOUBT, ...events, whole).phase).toBe('settled');
  });

  it('of a part of the message proves that the bank has all of it', () => {
    expect(submissionAfter(...TO_DOUBT, cleared(), BOOKED).phase).toBe('submitted');
  });

  it('proves nothing of a message that never left us: it must still be sent', () => {
    for (const events of [TO_PREPARED, [...TO_SUBMITTING, notSent()], [...TO_PREPARED, held('our-fault')]])
      expect(() => submissionAfter(...events, BOOKED)).toThrow(IllegalMove);
  });
});

describe('denials', () => {
  it('count and add up the time they were observed', () => {
    expect(submissionAfter(...TO_DOUBT, denied(), denied(30_000), denied(60_000)).denial).toEqual({
      count: 3,
      observedMs: 90_000,
    });
  });

  it('are observed from the first of this doubt on', () => {
    expect(submissionAfter(...TO_DOUBT, denied(99_000)).denial).toEqual({ count: 1, observedMs: 0 });
  });

  it('begin again when it was sent again and lost again', () => {
    const again = [...TO_DOUBT, denied(), denied(60_000), cleared(), started(1, 2), lost()];
    expect(submissionAfter(...again).denial).toBeUndefined();
  });

  it('are forgotten when the bank confirms', () => {
    expect(submissionAfter(...TO_DOUBT, denied(), status('PDNG')).denial).toBeUndefined();
  });

  it('survive a restart, which only replays', () => {
    const events = [...TO_DOUBT, denied(), denied(60_000)];
    expect(submissionAfter(...events)).toEqual(submissionAfter(...events));
  });
});

describe('a lost answer', () => {
  it('is remembered for good: the earlier sending may have been taken', () => {
    for (const later of [
      [cleared()],
      [cleared(), started(1, 2)],
      [cleared(), started(1, 2), notSent()],
      [held('in-doubt-unanswered'), released('resend')],
    ])
      expect(submissionAfter(...TO_DOUBT, ...later).lostBefore).toBe(true);
    expect(submissionAfter(...TO_SUBMITTING, notSent()).lostBefore).toBe(false);
  });

  it('is counted each time the message is cleared to go out again, until a person decides', () => {
    const again = [cleared(), started(1, 2), lost()];
    expect(submissionAfter(...TO_DOUBT, ...again, ...again).resends).toBe(2);
    expect(
      submissionAfter(...TO_DOUBT, ...again, held('in-doubt-unanswered'), released('resend')).resends,
    ).toBe(0);
  });
});

describe('what a person may decide', () => {
  it.each([
    ['planned', [CLAIMED, planned(), held('our-fault')], ['resend', 'dropped']],
    ['prepared', [...TO_PREPARED, held('our-fault')], ['resend', 'dropped']],
    ['in-doubt', [...TO_DOUBT, held('in-doubt-unanswered')], ['resend', 'settled', 'rejected']],
    ['submitted', [...TO_SUBMITTED, held('not-final-in-time')], ['settled', 'rejected']],
  ] as const)('about one held while %s', (origin, events, allowed) => {
    const submission = submissionAfter(...events);
    expect(submission.hold?.origin).toBe(origin);
    expect(allowedReleases(submission)).toEqual(allowed);
  });

  it('never includes dropping once an answer was lost', () => {
    for (const events of [
      [...TO_DOUBT, cleared(), held('our-fault')],
      [...TO_DOUBT, cleared(), started(1, 2), notSent(), held('our-fault')],
      [...TO_DOUBT, held('in-doubt-unanswered'), released('resend'), held('our-fault')],
    ])
      expect(allowedReleases(submissionAfter(...events))).not.toContain('dropped');
  });

  it('is nothing when it is not held', () => {
    expect(allowedReleases(submissionAfter(...TO_DOUBT))).toEqual([]);
    expect(
      allowedReleases(submissionAfter(...TO_DOUBT, held('in-doubt-unanswered'), released('resend'))),
    ).toEqual([]);
  });

  it('is recorded with name and reason', () => {
    const submission = submissionAfter(...TO_DOUBT, held('in-doubt-unanswered'), released('settled'));
    expect(submission.release).toMatchObject({ as: 'settled', who: 'Anna', reason: 'seen in the e-bank' });
    expect(toldState(submission, 0)).toEqual({
      status: 'ACSC',
      reasons: [{ code: undefined, texts: ['Decided by Anna: seen in the e-bank'] }],
    });
  });
});

describe('a decision about a whole message', () => {
  const half = [...TO_SUBMITTED, status('ACSC', [[0, 0]]), held('not-final-in-time')];
  const told = (submission: Submission): string[] =>
    [0, 1].map((index) => toldState(submission, index).status);

  it('never makes a transfer rejected that the bank has settled, or it would be paid again', () => {
    const submission = submissionAfter(...half, released('rejected'));
    expect(told(submission)).toEqual(['ACSC', 'RJCT']);
    expect(submission.phase).toBe('partly-settled');
  });

  it('never does so either when the bank has contradicted itself', () => {
    const events = [...half.slice(0, -1), held('confirmed-then-denied'), released('rejected')];
    expect(told(submissionAfter(...events))).toEqual(['ACSC', 'RJCT']);
  });

  it('never makes a transfer settled that the bank has rejected', () => {
    const events = [
      ...TO_SUBMITTED,
      status('RJCT', [[0, 0]]),
      held('not-final-in-time'),
      released('settled'),
    ];
    expect(told(submissionAfter(...events))).toEqual(['RJCT', 'ACSC']);
  });

  it('settles also what the bank rejected when the bank has contradicted itself', () => {
    const events = [
      ...TO_SUBMITTED,
      status('RJCT', [[0, 0]]),
      held('confirmed-then-denied'),
      released('settled'),
    ];
    const submission = submissionAfter(...events);
    expect(told(submission)).toEqual(['ACSC', 'ACSC']);
    expect(submission.phase).toBe('settled');
  });

  it('by the bank rejects what had no end yet', () => {
    const submission = submissionAfter(...TO_SUBMITTED, status('ACSC', [[0, 0]]), REJECTED);
    expect(told(submission)).toEqual(['ACSC', 'RJCT']);
    expect(toldState(submission, 1).reasons).toEqual([{ code: 'FF01', texts: ['No.'] }]);
  });
});

describe('whatever happens, in whatever order', () => {
  const status2 = (code: 'ACSC' | 'RJCT' | 'PDNG' | 'ACSP'): fc.Arbitrary<OrderEvent> =>
    fc
      .constantFrom([[0, 0]] as const, [[1, 1]] as const, [[0, 2]] as const)
      .map((runs) => status(code, runs));
  const releases: readonly Release[] = ['resend', 'settled', 'rejected', 'dropped'];
  const anyEvent = fc.oneof(
    fc.constantFrom<OrderEvent[]>(
      prepared(),
      started(),
      notSent(),
      lost(),
      REJECTED,
      denied(),
      cleared(),
      REFUSED,
      held('our-fault'),
      held('confirmed-then-denied'),
      BOOKED,
    ),
    fc.constantFrom(...releases).map((as) => released(as)),
    fc.constantFrom<('ACSC' | 'RJCT' | 'PDNG' | 'ACSP')[]>('ACSC', 'RJCT', 'PDNG', 'ACSP').chain(status2),
  );
  const anyLife = fc.array(anyEvent, { minLength: 1, maxLength: 60 });

  /** Plays what is legal of these events and shows every step to `check`. */
  function play(
    events: readonly OrderEvent[],
    check: (before: Submission, event: OrderEvent, after: Submission) => void,
  ): void {
    let order = orderAfter(CLAIMED, planned(planOf(1, [[0, 2]])));
    for (const event of events) {
      const before = only(order);
      try {
        order = evolveOrder(order, ORDER_ID, event, START);
      } catch (failure) {
        if (failure instanceof IllegalMove) continue;
        throw failure;
      }
      check(before, event, only(order));
    }
  }

  function always(check: (before: Submission, event: OrderEvent, after: Submission) => void): void {
    fc.assert(
      fc.property(anyLife, (events) => {
        play(events, check);
      }),
      { numRuns: 2_000 },
    );
  }

  it('a message the bank has confirmed is never prepared or sent again', () => {
    fc.assert(
      fc.property(anyLife, (events) => {
        let confirmed = false;
        play(events, (_, event, after) => {
          confirmed ||= event.type === 'status-received';
          if (confirmed) expect(['prepared', 'submitting', 'in-doubt']).not.toContain(after.phase);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('one whose answer was lost goes out again only when it was cleared or a person said so', () => {
    fc.assert(
      fc.property(anyLife, (events) => {
        let mayGo = true;
        play(events, (_, event) => {
          if (event.type === 'submission-started') expect(mayGo).toBe(true);
          if (event.type === 'submission-lost') mayGo = false;
          if (event.type === 'submission-cleared-to-resend') mayGo = true;
          if (event.type === 'submission-released' && event.as === 'resend') mayGo = true;
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('one whose answer was lost is never refused by us', () => {
    always((before, _, after) => {
      if (before.lostBefore) expect(after.phase).not.toBe('refused');
    });
  });

  it('a transfer told as settled stays told as settled', () => {
    always((before, _, after) => {
      for (const index of [0, 1, 2])
        if (toldState(before, index).status === 'ACSC') expect(toldState(after, index).status).toBe('ACSC');
    });
  });

  it('a transfer told as rejected changes only where a person saw that the bank had contradicted itself', () => {
    always((before, event, after) => {
      if (event.type === 'submission-released' && before.hold?.code === 'confirmed-then-denied') return;
      for (const index of [0, 1, 2])
        if (toldState(before, index).status === 'RJCT') expect(toldState(after, index).status).toBe('RJCT');
    });
  });

  it('every transfer has an end exactly when its message has', () => {
    always((_before, _, after) => {
      const ended = [0, 1, 2].every((index) => ['ACSC', 'RJCT'].includes(toldState(after, index).status));
      if (isFinalPhase(after.phase)) expect(ended).toBe(true);
      else if (after.phase !== 'held') expect(ended).toBe(false);
    });
  });
});
