// The life of an order: what is known of it at any instant, rebuilt from its events and from nothing else. Its bank messages
// live their own lives in submission.ts.
//
// | order phase | may become | by the event |
// | --- | --- | --- |
// | claimed | refused, repeats, planned, requested | order-refused, order-repeats, order-planned, request-accepted |
// | requested | answered, refused | request-answered, order-refused |
// | planned, refused, repeats, answered | closed, once final, told and archived | order-archived, order-closed |
// | closed | | |
//
// A step that fails again and again is noted by order-stuck, which leaves every phase but closed as it is.
//
// After an older journal was put back: order-restored leaves the phase as it is, and order-recovered brings any open order, or
// one the journal does not know, to the end its receipt in the archive has.

import type { AccountRequest, ErpMessage, OrderEvent, OrderId } from './order-event.ts';
import {
  IllegalMove,
  isFinalPhase,
  moveSubmission,
  plannedSubmission,
  type Submission,
} from './submission.ts';
import { perhapsSent, recoveredOrder, restoredOrder } from './restored-order.ts';
import type { Fault } from './fault.ts';

export type OrderPhase = 'claimed' | 'planned' | 'requested' | 'answered' | 'refused' | 'repeats' | 'closed';

export interface Order {
  readonly id: OrderId;
  readonly company: string;
  readonly fileName: string;
  readonly workingName: string;
  readonly sizeBytes: number;
  /** Found after the state folder was put back, so it may have been sent already. */
  readonly restored: boolean;
  /** Lower numbers of tellings may have been used; 0 when none was. */
  readonly tellFrom: number;
  readonly claimedAt: string;
  /** When the last event happened. */
  readonly changedAt: string;
  readonly phase: OrderPhase;
  readonly erp: ErpMessage | undefined;
  readonly sha256: string | undefined;
  readonly paymentSet: string | undefined;
  readonly faults: readonly Fault[];
  readonly faultCount: number;
  readonly warnings: readonly string[];
  readonly repeats: OrderId | undefined;
  readonly requests: readonly AccountRequest[];
  readonly answeredFiles: readonly string[];
  readonly notes: readonly string[];
  readonly submissions: readonly Submission[];
  readonly told:
    | {
        readonly number: number;
        readonly fileName: string;
        readonly final: boolean;
        readonly digest: string;
        readonly at: string;
      }
    | undefined;
  readonly archivedIn: string | undefined;
  /** A step that fails again and again. */
  readonly stuck: { readonly step: string; readonly reason: string } | undefined;
}

/** The order after one more event; throws IllegalMove for a move the table does not know. */
export function evolveOrder(order: Order | undefined, id: OrderId, event: OrderEvent, at: string): Order {
  if (order === undefined) {
    if (event.type === 'order-recovered') return recoveredOrder(id, event, at);
    if (event.type !== 'order-claimed') throw new IllegalMove(id, event.type, 'not claimed');
    return claimedOrder(id, event, at);
  }
  return { ...move(order, event, at), changedAt: at };
}

/** Replays an order from its records. */
export function replayOrder(
  id: OrderId,
  records: readonly { readonly at: string; readonly event: OrderEvent }[],
): Order | undefined {
  let order: Order | undefined;
  for (const record of records) order = evolveOrder(order, id, record.event, record.at);
  return order;
}

/** True once nothing more can happen to the order's money. */
export function isOrderFinal(order: Order): boolean {
  if (order.phase === 'planned')
    return order.submissions.every((submission) => isFinalPhase(submission.phase));
  return order.phase !== 'claimed' && order.phase !== 'requested';
}

function claimedOrder(id: OrderId, event: Extract<OrderEvent, { type: 'order-claimed' }>, at: string): Order {
  return {
    id,
    company: event.company,
    fileName: event.fileName,
    workingName: event.workingName,
    sizeBytes: event.sizeBytes,
    restored: event.restored === true,
    tellFrom: event.tellFrom ?? 0,
    claimedAt: at,
    changedAt: at,
    phase: 'claimed',
    erp: undefined,
    sha256: undefined,
    paymentSet: undefined,
    faults: [],
    faultCount: 0,
    warnings: [],
    repeats: undefined,
    requests: [],
    answeredFiles: [],
    notes: [],
    submissions: [],
    told: undefined,
    archivedIn: undefined,
    stuck: undefined,
  };
}

function move(order: Order, event: OrderEvent, at: string): Order {
  switch (event.type) {
    case 'order-claimed':
      throw new IllegalMove(order.id, event.type, order.phase);
    case 'order-refused':
      expect(order, event, ['claimed', 'requested']);
      return {
        ...order,
        phase: 'refused',
        erp: event.erp,
        sha256: event.sha256,
        faults: event.faults,
        faultCount: event.faultCount,
      };
    case 'order-repeats':
      expect(order, event, ['claimed']);
      return { ...order, phase: 'repeats', erp: event.erp, sha256: event.sha256, repeats: event.of };
    case 'order-planned':
      expect(order, event, ['claimed']);
      // An order without a message would count as settled with nothing paid.
      if (event.submissions.length === 0) throw new IllegalMove(order.id, event.type, 'empty');
      return {
        ...order,
        phase: 'planned',
        erp: event.erp,
        sha256: event.sha256,
        paymentSet: event.paymentSet,
        warnings: event.warnings,
        submissions: event.submissions.map((plan) =>
          event.mayBeSent === true && event.hold !== undefined
            ? perhapsSent(plannedSubmission(plan, undefined), order.id, event.hold, at)
            : plannedSubmission(plan, event.hold),
        ),
      };
    case 'order-restored':
      expect(order, event, ['claimed', 'planned', 'repeats']);
      return restoredOrder(order, event, at);
    case 'order-recovered':
      if (order.phase === 'closed') throw new IllegalMove(order.id, event.type, order.phase);
      return recoveredOrder(order.id, event, at);
    case 'request-accepted':
      expect(order, event, ['claimed']);
      return { ...order, phase: 'requested', erp: event.erp, sha256: event.sha256, requests: event.requests };
    case 'request-answered':
      expect(order, event, ['requested']);
      return { ...order, phase: 'answered', answeredFiles: event.files, notes: event.notes };
    case 'order-told':
      expect(order, event, ['planned', 'refused', 'repeats']);
      return {
        ...order,
        told: {
          number: event.number,
          fileName: event.fileName,
          final: event.final,
          digest: event.digest,
          at,
        },
      };
    case 'order-stuck': {
      if (order.phase === 'closed') throw new IllegalMove(order.id, event.type, order.phase);
      const { step, reason } = event;
      return { ...order, stuck: reason === undefined ? undefined : { step, reason } };
    }
    case 'order-archived':
      expect(order, event, ['planned', 'refused', 'repeats', 'answered']);
      if (!isOrderFinal(order) || order.archivedIn !== undefined)
        throw new IllegalMove(order.id, event.type, order.phase);
      return { ...order, archivedIn: event.folder };
    case 'order-closed':
      expect(order, event, ['planned', 'refused', 'repeats', 'answered']);
      if (order.archivedIn === undefined) throw new IllegalMove(order.id, event.type, 'not archived');
      return { ...order, phase: 'closed' };
    default:
      expect(order, event, ['planned']);
      if (!order.submissions.some(({ plan }) => plan.part === event.part))
        throw new IllegalMove(order.id, event.type, `without a part ${event.part}`);
      return {
        ...order,
        submissions: order.submissions.map((submission) =>
          submission.plan.part === event.part ? moveSubmission(order.id, submission, event, at) : submission,
        ),
      };
  }
}

function expect(order: Order, event: OrderEvent, phases: readonly OrderPhase[]): void {
  if (!phases.includes(order.phase)) throw new IllegalMove(order.id, event.type, order.phase);
}
