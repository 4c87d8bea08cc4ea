import { describe, expect, it } from 'vitest';
import type { AnswerProfile } from '../../src/domain/bank-profile.ts';
import { orderSteps, type Asked, type Step } from '../../src/domain/order-steps.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import {
  bankTerms,
  CLAIMED,
  cleared,
  denied,
  lost,
  orderAfter,
  planned,
  prepared,
  RESTORED,
  START_MS,
  started,
} from './sketches.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const BOUND = 10 * MINUTE;
const DOUBT = [CLAIMED, planned(), prepared(), started(), lost()];
const PUT_BACK = [CLAIMED, planned(), prepared(), RESTORED];
const DENIED_FOR_THE_BOUND = [denied(), denied(BOUND)];

type Does = 'ask' | 'clear-to-resend' | 'hold';

interface Row {
  readonly notFound: boolean;
  readonly bound: boolean;
  readonly duplicate: boolean;
  /** Once it was asked and nothing was proved. */
  readonly askedOnce: Does;
  /** Once "not found" has been heard for the bound. */
  readonly denied: Does;
  /** Once nothing was heard for the time after which a person is named. */
  readonly silent: Does;
}

/** What is known of a bank, and what is done about a message in doubt there. */
const TABLE: readonly Row[] = [
  { notFound: false, bound: false, duplicate: false, askedOnce: 'ask', denied: 'ask', silent: 'hold' },
  { notFound: true, bound: false, duplicate: false, askedOnce: 'ask', denied: 'ask', silent: 'hold' },
  { notFound: false, bound: true, duplicate: false, askedOnce: 'ask', denied: 'ask', silent: 'hold' },
  {
    notFound: true,
    bound: true,
    duplicate: false,
    askedOnce: 'ask',
    denied: 'clear-to-resend',
    silent: 'hold',
  },
  ...[false, true].flatMap((notFound) =>
    [false, true].map((bound): Row => ({
      notFound,
      bound,
      duplicate: true,
      askedOnce: 'clear-to-resend',
      denied: 'clear-to-resend',
      silent: 'clear-to-resend',
    })),
  ),
];

const rows = TABLE.flatMap((row) => [
  { ...row, rejectMeansRejected: false },
  { ...row, rejectMeansRejected: true },
]);

const KNOWN =
  '"not found" $notFound, bound $bound, repeated ids refused $duplicate, RJCT means rejected $rejectMeansRejected';

describe.each(rows)(`a message in doubt where it is known: ${KNOWN}`, (row) => {
  it('is asked about first', () => {
    expect(next(DOUBT, row, undefined)).toBe('ask');
  });

  it(`after one question that proved nothing: ${row.askedOnce}`, () => {
    expect(next(DOUBT, row, asked(1, SECOND))).toBe(row.askedOnce);
  });

  it(`after "not found" for the whole bound: ${row.denied}`, () => {
    const memory = { ...asked(2, BOUND), denied: 2 };
    expect(next([...DOUBT, ...DENIED_FOR_THE_BOUND], row, memory)).toBe(row.denied);
  });

  it('after "not found" for less than the bound, or once, has no proof', () => {
    const memory = { ...asked(2, BOUND), denied: 2 };
    for (const denials of [[denied(), denied(BOUND - 1)], [denied(BOUND)]])
      expect(next([...DOUBT, ...denials], row, memory)).toBe(row.askedOnce);
  });

  it(`after a long silence: ${row.silent}`, () => {
    expect(next(DOUBT, row, asked(9, HOUR))).toBe(row.silent);
  });

  it('after five sendings without an answer never goes out again', () => {
    const again = [cleared(), started(), lost()];
    const often = [...DOUBT, ...again, ...again, ...again, ...again, ...again];
    expect(next(often, row, asked(9, HOUR))).toBe('hold');
    expect(next([...often, ...DENIED_FOR_THE_BOUND], row, { ...asked(2, BOUND), denied: 2 })).not.toBe(
      'clear-to-resend',
    );
  });
});

describe.each(rows)(`after an older journal was put back, where it is known: ${KNOWN}`, (row) => {
  const proves = row.notFound && row.bound;

  it('a message is asked about', () => {
    expect(next(PUT_BACK, row, undefined)).toBe('ask');
    expect(next(PUT_BACK, row, asked(1, SECOND))).toBe('ask');
  });

  it('a message is never sent by itself, whatever was heard', () => {
    const denied2 = { ...asked(2, BOUND), denied: 2 };
    expect(next([...PUT_BACK, ...DENIED_FOR_THE_BOUND], row, denied2)).toBe(proves ? 'hold' : 'ask');
    expect(next(PUT_BACK, row, asked(9, HOUR))).toBe('hold');
  });
});

describe('after an older journal was put back', () => {
  it('a person reads that the bank does not have the message, and where to look before it is sent', () => {
    const row = { notFound: true, bound: true, duplicate: false };
    const order = orderAfter(...PUT_BACK, ...DENIED_FOR_THE_BOUND);
    const step = courierStep(order, row, { ...asked(2, BOUND), denied: 2 });
    expect(step?.do === 'hold' && step.hold).toMatchObject({ code: 'in-doubt-unanswered' });
    expect(step?.do === 'hold' && step.hold.evidence).toMatch(/does not have message .* told as rejected/s);
  });

  it('the bank is asked no more once a person has all there is', () => {
    const unanswered: OrderEvent = {
      type: 'submission-held',
      part: 1,
      hold: { code: 'in-doubt-unanswered', evidence: 'look' },
    };
    expect(next([...PUT_BACK, unanswered], { notFound: true, bound: true, duplicate: true }, undefined)).toBe(
      undefined,
    );
  });
});

type Known = Pick<Row, 'notFound' | 'bound' | 'duplicate'> & { readonly rejectMeansRejected?: boolean };

function profileOf({ notFound, bound, duplicate, rejectMeansRejected }: Known): Partial<AnswerProfile> {
  return {
    notFound: notFound ? ['E404'] : [],
    duplicate: duplicate ? ['E409'] : [],
    arrivalBoundMs: bound ? BOUND : undefined,
    rejectMeansRejected: rejectMeansRejected ?? false,
  };
}

function asked(count: number, observedMs: number): Asked {
  return { count, lastMs: START_MS + observedMs, denied: 0, observedMs };
}

function next(events: readonly OrderEvent[], known: Known, memory: Asked | undefined): string | undefined {
  return courierStep(orderAfter(...events), known, memory)?.do;
}

function courierStep(
  order: ReturnType<typeof orderAfter>,
  known: Known,
  memory: Asked | undefined,
): Extract<Step, { by: 'courier' }> | undefined {
  const steps = orderSteps(order, START_MS + 2 * HOUR, {
    terms: () => bankTerms({ profile: profileOf(known) }),
    paused: () => false,
    open: () => undefined,
    attempts: { asked: () => memory, notSent: () => undefined },
    timeZone: 'Europe/Warsaw',
    tellEveryMs: MINUTE,
  });
  return steps.map(({ step }) => step).find((step) => step.by === 'courier');
}
