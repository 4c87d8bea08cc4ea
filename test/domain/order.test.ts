import { describe, expect, it } from 'vitest';
import { evolveOrder, isOrderFinal, replayOrder, type Order } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { IllegalMove } from '../../src/domain/submission.ts';
import {
  ANSWER,
  CLAIMED,
  ERP,
  held,
  lost,
  notSent,
  cleared,
  denied,
  ORDER_ID,
  orderAfter,
  planned,
  planOf,
  prepared,
  RECOVERED,
  recordsOf,
  released,
  RESTORED,
  START,
  started,
  status,
} from './sketches.ts';

const REFUSED: OrderEvent = { type: 'order-refused', erp: ERP, sha256: 'ab', faults: [], faultCount: 1 };
const REPEATS: OrderEvent = { type: 'order-repeats', erp: ERP, sha256: 'ab', of: ORDER_ID };
const ACCEPTED: OrderEvent = { type: 'request-accepted', erp: ERP, sha256: 'ab', requests: [] };
const ANSWERED: OrderEvent = { type: 'request-answered', files: ['a.xml'], notes: [] };
const TOLD: OrderEvent = {
  type: 'order-told',
  number: 1,
  fileName: 'pain.002.xml',
  sha256: 'ef',
  final: true,
  digest: 'd',
};
const STUCK: OrderEvent = { type: 'order-stuck', step: 'tell', reason: 'no inbox' };
const ARCHIVED: OrderEvent = { type: 'order-archived', folder: '/archive/x' };
const CLOSED: OrderEvent = { type: 'order-closed' };
const PLANNED = planned();
const SETTLED = [CLAIMED, PLANNED, prepared(), started(), status('ACSC')];

/** One event of every type there is; the compiler sees to it that none is left out. */
const EVENTS: Readonly<Record<OrderEvent['type'], OrderEvent>> = {
  'order-claimed': CLAIMED,
  'order-refused': REFUSED,
  'order-repeats': REPEATS,
  'order-planned': PLANNED,
  'order-restored': RESTORED,
  'order-recovered': RECOVERED,
  'submission-prepared': prepared(),
  'submission-started': started(),
  'submission-not-sent': notSent(),
  'submission-lost': lost(),
  'submission-rejected': { type: 'submission-rejected', part: 1, answer: ANSWER, reasons: [] },
  'status-received': status('ACSP'),
  'submission-not-found': denied(),
  'submission-cleared-to-resend': cleared(),
  'submission-held': held('our-fault'),
  'submission-refused': { type: 'submission-refused', part: 1, reasons: [] },
  'submission-released': released('resend'),
  'request-accepted': ACCEPTED,
  'request-answered': ANSWERED,
  'order-told': TOLD,
  'order-stuck': STUCK,
  'order-archived': ARCHIVED,
  'order-closed': CLOSED,
};

const PUT_BACK = ['order-restored', 'order-recovered'] as const;

/** Each state an order can be in, how it came there, and the only events that may follow. */
const STATES: Readonly<
  Record<string, { after: readonly OrderEvent[]; legal: readonly OrderEvent['type'][] }>
> = {
  'not claimed': { after: [], legal: ['order-claimed', 'order-recovered'] },
  claimed: {
    after: [CLAIMED],
    legal: ['order-refused', 'order-repeats', 'order-planned', 'request-accepted', ...PUT_BACK],
  },
  requested: { after: [CLAIMED, ACCEPTED], legal: ['request-answered', 'order-refused', 'order-recovered'] },
  answered: { after: [CLAIMED, ACCEPTED, ANSWERED], legal: ['order-archived', 'order-recovered'] },
  'answered and archived': {
    after: [CLAIMED, ACCEPTED, ANSWERED, ARCHIVED],
    legal: ['order-closed', 'order-recovered'],
  },
  refused: { after: [CLAIMED, REFUSED], legal: ['order-told', 'order-archived', 'order-recovered'] },
  'refused after it was requested': {
    after: [CLAIMED, ACCEPTED, REFUSED],
    legal: ['order-told', 'order-archived', 'order-recovered'],
  },
  'refused and archived': {
    after: [CLAIMED, REFUSED, TOLD, ARCHIVED],
    legal: ['order-told', 'order-closed', 'order-recovered'],
  },
  repeats: { after: [CLAIMED, REPEATS], legal: ['order-told', 'order-archived', ...PUT_BACK] },
  'repeats and archived': {
    after: [CLAIMED, REPEATS, TOLD, ARCHIVED],
    legal: ['order-told', 'order-closed', ...PUT_BACK],
  },
  planned: {
    after: [CLAIMED, PLANNED],
    legal: ['submission-prepared', 'submission-held', 'submission-refused', 'order-told', ...PUT_BACK],
  },
  settled: { after: SETTLED, legal: ['order-told', 'order-archived', ...PUT_BACK] },
  'settled and archived': {
    after: [...SETTLED, TOLD, ARCHIVED],
    legal: ['order-told', 'order-closed', ...PUT_BACK],
  },
  closed: { after: [...SETTLED, TOLD, ARCHIVED, CLOSED], legal: [] },
};

function replay(events: readonly OrderEvent[]): Order | undefined {
  return replayOrder(ORDER_ID, recordsOf(events));
}

/** Any step may fail for a while, whatever the order is at. */
function allowed(state: string): readonly OrderEvent['type'][] {
  const legal = STATES[state]?.legal ?? [];
  return state === 'not claimed' || state === 'closed' ? legal : [...legal, 'order-stuck'];
}

describe.each(Object.entries(STATES))('an order that is %s', (state, { after }) => {
  it.each(Object.entries(EVENTS))('takes %s only if the table allows it', (type, event) => {
    const order = replay(after);
    const move = (): Order => evolveOrder(order, ORDER_ID, event, START);
    if (allowed(state).includes(type as OrderEvent['type'])) expect(move().changedAt).toBe(START);
    else expect(move).toThrow(IllegalMove);
  });
});

describe('an order', () => {
  it('is what its events say, and nothing before the first', () => {
    expect(replay([])).toBeUndefined();
    expect(replay([CLAIMED])).toMatchObject({
      id: ORDER_ID,
      company: 'acme',
      fileName: 'payments.xml',
      claimedAt: START,
    });
  });

  it('remembers when the last event happened', () => {
    expect(orderAfter(CLAIMED, PLANNED, prepared()).changedAt).toBe('2026-11-23T09:00:02.000Z');
  });

  it('is never changed in place', () => {
    const before = orderAfter(CLAIMED, PLANNED);
    const copy = structuredClone(before);
    evolveOrder(before, ORDER_ID, prepared(), START);
    expect(before).toEqual(copy);
  });

  it('can not be planned without a message, because it would count as settled', () => {
    expect(() => orderAfter(CLAIMED, { ...PLANNED, submissions: [] })).toThrow(IllegalMove);
  });

  it('takes no event about a part it does not have', () => {
    expect(() => orderAfter(CLAIMED, PLANNED, prepared(2))).toThrow(IllegalMove);
  });

  it('moves only the part an event names', () => {
    const order = orderAfter(CLAIMED, planned(planOf(1, [[0, 0]]), planOf(2, [[1, 1]])), prepared(2));
    expect(order.submissions.map(({ phase }) => phase)).toEqual(['planned', 'prepared']);
  });

  it('is held whole when its plan says so', () => {
    const hold = { code: 'same-payments', evidence: 'look' } as const;
    const order = orderAfter(CLAIMED, { ...planned(planOf(1), planOf(2)), hold });
    for (const submission of order.submissions)
      expect(submission).toMatchObject({ phase: 'held', hold: { ...hold, origin: 'planned' } });
  });

  it('keeps the step that fails until it succeeds', () => {
    const through: OrderEvent = { type: 'order-stuck', step: 'tell' };
    expect(orderAfter(CLAIMED, REFUSED, STUCK).stuck).toEqual({ step: 'tell', reason: 'no inbox' });
    expect(orderAfter(CLAIMED, REFUSED, STUCK, TOLD).stuck).toBeDefined();
    expect(orderAfter(CLAIMED, REFUSED, STUCK, through).stuck).toBeUndefined();
  });

  it('keeps what was told last', () => {
    const again: OrderEvent = { ...TOLD, number: 2, digest: 'e' };
    expect(orderAfter(CLAIMED, REFUSED, TOLD, again).told).toMatchObject({
      number: 2,
      digest: 'e',
      at: '2026-11-23T09:00:03.000Z',
    });
  });

  it('says in its exception which order and which move it was', () => {
    expect(() => orderAfter(CLAIMED, CLAIMED)).toThrow(
      `Order ${ORDER_ID}: event order-claimed is not possible while claimed.`,
    );
  });
});

describe('an order is final', () => {
  it.each([
    ['refused', [CLAIMED, REFUSED], true],
    ['a repeat', [CLAIMED, REPEATS], true],
    ['answered', [CLAIMED, ACCEPTED, ANSWERED], true],
    ['claimed', [CLAIMED], false],
    ['requested', [CLAIMED, ACCEPTED], false],
    ['planned', [CLAIMED, PLANNED], false],
    ['held', [CLAIMED, PLANNED, held('our-fault')], false],
    ['settled', SETTLED, true],
    ['settled in one part only', [CLAIMED, planned(planOf(1), planOf(2)), ...SETTLED.slice(2)], false],
  ] as const)('or not, when it is %s', (_, events, final) => {
    expect(isOrderFinal(orderAfter(...events))).toBe(final);
  });
});
