// Small makers of domain facts for tests: everything has a harmless default, a test names only what it is about.

import type { BankTerms } from '../../src/domain/bank-profile.ts';
import { parseDecimal, ZERO, type Decimal } from '../../src/domain/decimal.ts';
import { accountId } from '../../src/domain/iban.ts';
import { replayOrder, type Order } from '../../src/domain/order.ts';
import type {
  ErpMessage,
  IndexRuns,
  KeptAnswer,
  OrderEvent,
  PlannedSubmission,
  StatusRun,
} from '../../src/domain/order-event.ts';
import type { BlockFacts, GroupFacts, Place, Placed, TransferFacts } from '../../src/domain/payment.ts';
import type { TransferStatus } from '../../src/domain/status.ts';

export const ORDER_ID = '01JDBX5V9M0000000000000000';
/** Two accounts at one Polish bank, one at another, and one abroad; the check digits are right. */
export const OURS = 'PL61109010140000071219812874';
export const SAME_BANK = 'PL23109024020000000112345678';
export const OTHER_BANK = 'PL27114020040000300201355387';
export const GERMAN = 'DE89370400440532013000';

/** A Monday morning in Warsaw. */
export const START = '2026-11-23T09:00:00.000Z';
export const START_MS = Date.parse(START);

export function decimal(text: string): Decimal {
  return parseDecimal(text) ?? ZERO;
}

export function place(path = 'CstmrCdtTrfInitn', line = 1): Place {
  return { line, column: 1, path };
}

export function placed<T>(value: T, at: Place = place()): Placed<T> {
  return { value, place: at };
}

interface TermsSketch {
  readonly name?: string;
  readonly rules?: Partial<BankTerms['rules']>;
  readonly operations?: BankTerms['operations'];
  readonly profile?: Partial<BankTerms['profile']>;
  readonly follow?: Partial<BankTerms['follow']>;
}

export function bankTerms({
  name = 'bank',
  rules,
  operations,
  profile,
  follow,
}: TermsSketch = {}): BankTerms {
  return {
    name,
    rules: {
      messageIdPrefix: 'GNC',
      transfersPerMessageMax: 100,
      textCharacters: undefined,
      endToEndIdPattern: undefined,
      endToEndIdMaxLength: 35,
      remittanceMaxLength: 140,
      addressLineMaxLength: 35,
      initiatingPartyName: undefined,
      initiatingPartyPattern: undefined,
      domesticCountry: 'PL',
      domesticCurrency: 'PLN',
      ...rules,
    },
    operations: operations ?? [
      { operation: 'internal', currency: 'domestic', creditor: 'same-bank' },
      { operation: 'internal-foreign-currency', creditor: 'same-bank' },
      { operation: 'domestic', currency: 'domestic', creditor: 'domestic' },
      { operation: 'sepa', currency: 'EUR', creditor: 'sepa' },
      { operation: 'foreign' },
    ],
    profile: {
      notFound: [],
      duplicate: [],
      refusal: [],
      systemic: [],
      arrivalBoundMs: undefined,
      rejectMeansRejected: false,
      ...profile,
    },
    follow: {
      firstAskMs: 30_000,
      askEveryMaxMs: 900_000,
      inDoubtHoldAfterMs: 1_800_000,
      businessDaysMax: 5,
      ...follow,
    },
  };
}

export function groupFacts(facts: Partial<GroupFacts> = {}): GroupFacts {
  return {
    messageId: placed('MSG-1'),
    creationDateTime: '2026-11-23T10:00:00',
    declaredCount: placed('1'),
    declaredSum: undefined,
    initiatingParty: undefined,
    ...facts,
  };
}

export function blockFacts(facts: Partial<BlockFacts> = {}): BlockFacts {
  return {
    index: 0,
    paymentInformationId: placed('PMT-1'),
    method: 'TRF',
    declaredCount: undefined,
    declaredSum: undefined,
    type: { serviceLevel: undefined, localInstrument: undefined, categoryPurpose: undefined },
    executionDate: placed('2026-11-23'),
    debtorName: 'Our Company',
    debtorAccount: accountId('iban', OURS, place()),
    debtorAccountCurrency: undefined,
    chargeBearer: undefined,
    texts: [],
    place: place('CstmrCdtTrfInitn/PmtInf[1]'),
    ...facts,
  };
}

export function transferFacts(facts: Partial<TransferFacts> = {}): TransferFacts {
  const index = facts.index ?? 0;
  return {
    index,
    block: 0,
    instructionId: undefined,
    endToEndId: placed(`E2E-${index}`),
    type: undefined,
    amount: placed(decimal('12.50')),
    currency: 'PLN',
    equivalent: false,
    creditorName: undefined,
    creditorAccount: accountId('iban', OTHER_BANK, place()),
    creditorAgentBic: undefined,
    creditorAgentMember: undefined,
    creditorAddress: undefined,
    debtorAddress: undefined,
    remittance: 'Invoice 1',
    texts: [],
    place: place(`CstmrCdtTrfInitn/PmtInf[1]/CdtTrfTxInf[${index + 1}]`, 10 + index),
    ...facts,
  };
}

/** One bank message with these transfers in a single block. */
export function planOf(
  part = 1,
  transfers: IndexRuns = [[0, 1]],
  executionDate = '2026-11-23',
): PlannedSubmission {
  const count = transfers.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const block = {
    block: 0,
    paymentInformationId: 'PMT-1',
    executionDate,
    transfers,
    count,
    controlSum: '25.00',
  };
  return {
    part,
    messageId: `GNC${ORDER_ID}00${part}`,
    bank: 'bank',
    operation: 'domestic',
    count,
    controlSum: '25.00',
    blocks: [block],
  };
}

export const ERP: ErpMessage = {
  messageId: 'MSG-1',
  messageName: 'pain.001.001.03',
  transferCount: 2,
  controlSum: '25.00',
};

export const ANSWER: KeptAnswer = { name: 'part-001-answer-001.xml', sha256: 'aa', sizeBytes: 10 };

export const CLAIMED: OrderEvent = {
  type: 'order-claimed',
  company: 'acme',
  fileName: 'payments.xml',
  workingName: `${ORDER_ID}.payments.xml`,
  sizeBytes: 1_000,
};

export function planned(
  ...submissions: readonly PlannedSubmission[]
): Extract<OrderEvent, { type: 'order-planned' }> {
  return {
    type: 'order-planned',
    erp: ERP,
    sha256: 'ab',
    paymentSet: '2-00',
    submissions: submissions.length === 0 ? [planOf()] : submissions,
    warnings: [],
  };
}

export const prepared = (part = 1): OrderEvent => ({
  type: 'submission-prepared',
  part,
  sha256: 'cd',
  sizeBytes: 2_000,
  edits: [],
});
export const started = (part = 1, attempt = 1): OrderEvent => ({ type: 'submission-started', part, attempt });
export const notSent = (part = 1): OrderEvent => ({ type: 'submission-not-sent', part, cause: 'refused' });
export const lost = (part = 1): OrderEvent => ({ type: 'submission-lost', part, cause: 'time-out' });
export const cleared = (part = 1): OrderEvent => ({
  type: 'submission-cleared-to-resend',
  part,
  because: 'proved',
});
export const denied = (observedMs = 0, part = 1): OrderEvent => ({
  type: 'submission-not-found',
  part,
  answer: ANSWER,
  code: 'E404',
  observedMs,
});

export function status(
  code: TransferStatus,
  transfers: IndexRuns = [[0, 1]],
  reasons: StatusRun['reasons'] = [],
): OrderEvent {
  return { type: 'status-received', part: 1, source: 'report', runs: [{ transfers, status: code, reasons }] };
}

export function held(
  code: Extract<OrderEvent, { type: 'submission-held' }>['hold']['code'],
  part = 1,
): OrderEvent {
  return { type: 'submission-held', part, hold: { code, evidence: 'look here' } };
}

export function released(
  as: Extract<OrderEvent, { type: 'submission-released' }>['as'],
  part = 1,
): OrderEvent {
  return { type: 'submission-released', part, as, who: 'Anna', reason: 'seen in the e-bank' };
}

/** An older journal was put back. */
export const RESTORED: Extract<OrderEvent, { type: 'order-restored' }> = {
  type: 'order-restored',
  hold: { code: 'found-after-restore', evidence: 'put back' },
  tellFrom: 5_000,
  bytesGone: [],
};

/** The end of the order of two transfers, as its receipt in the archive has it. */
export const RECOVERED: Extract<OrderEvent, { type: 'order-recovered' }> = {
  type: 'order-recovered',
  folder: '/archive/2026/11/23/payments_x',
  company: 'acme',
  fileName: 'payments.xml',
  workingName: `${ORDER_ID}.payments.xml`,
  sizeBytes: 1_000,
  claimedAt: START,
  phase: 'planned',
  erp: ERP,
  sha256: 'ab',
  paymentSet: '2-00',
  faultCount: 0,
  told: { number: 2, fileName: 'pain.002_02-final.xml', digest: 'd' },
  submissions: [
    {
      plan: planOf(),
      phase: 'settled',
      states: [{ transfers: [[0, 1]], status: 'ACSC', reasons: [] }],
    },
  ],
};

/** Records at START, one a second. */
export function recordsOf(events: readonly OrderEvent[]): { at: string; event: OrderEvent }[] {
  return events.map((event, second) => ({
    at: new Date(START_MS + second * 1_000).toISOString(),
    event,
  }));
}

/** The order after these events. */
export function orderAfter(...events: readonly OrderEvent[]): Order {
  const order = replayOrder(ORDER_ID, recordsOf(events));
  if (order === undefined) throw new Error('No event was given.');
  return order;
}
