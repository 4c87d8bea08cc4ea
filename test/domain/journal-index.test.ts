import { describe, expect, it } from 'vitest';
import { closesStream, KEY, keysOf } from '../../src/domain/journal-index.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { CLAIMED, ERP, ORDER_ID, planned, planOf, started } from './sketches.ts';

const STREAM = `order/${ORDER_ID}`;
const ACCOUNT = 'account/acme/PL61109010140000071219812874';
const UNREAD = { ...ERP, messageId: undefined };

describe('a record is found', () => {
  it('by the name of the file it claims', () => {
    expect(keysOf(STREAM, CLAIMED)).toEqual([{ name: KEY.fileName, value: 'payments.xml' }]);
  });

  it('by bytes, payments, ids of the ERP and ids of the bank when it is a plan', () => {
    const ids = { paymentInformation: ['PMT-1'], endToEnd: ['E1', 'E2'] };
    expect(keysOf(STREAM, { ...planned(planOf(1), planOf(2)), ids })).toEqual([
      { name: KEY.bytes, value: 'ab' },
      { name: KEY.paymentSet, value: '2-00' },
      { name: KEY.erpMessageId, value: 'MSG-1' },
      { name: KEY.paymentInformationId, value: 'PMT-1' },
      { name: KEY.endToEndId, value: 'E1' },
      { name: KEY.endToEndId, value: 'E2' },
      { name: KEY.bankMessageId, value: planOf(1).messageId },
      { name: KEY.bankMessageId, value: planOf(2).messageId },
    ]);
  });

  it('by the message id of the ERP, where it could be read', () => {
    const refused: OrderEvent = { type: 'order-refused', erp: ERP, sha256: 'ab', faults: [], faultCount: 1 };
    expect(keysOf(STREAM, refused)).toEqual([{ name: KEY.erpMessageId, value: 'MSG-1' }]);
    expect(keysOf(STREAM, { ...refused, erp: UNREAD })).toEqual([]);
    expect(keysOf(STREAM, { type: 'order-repeats', erp: ERP, sha256: 'ab', of: 'x' })).toHaveLength(1);
    expect(keysOf(STREAM, { type: 'request-accepted', erp: ERP, sha256: 'ab', requests: [] })).toHaveLength(
      1,
    );
    expect(keysOf(STREAM, { ...planned(), erp: UNREAD }).map(({ name }) => name)).not.toContain(
      KEY.erpMessageId,
    );
  });

  it('by every entry it has shown, by account and day, equal ones as often as they were', () => {
    const shown = { bookingDay: '2026-11-23', rung: 'content', value: 'fee' };
    const keys = keysOf(ACCOUNT, {
      type: 'history-delivered',
      day: '2026-11-24',
      cursor: 0,
      finished: true,
      file: 'x',
      entries: [shown, shown, { ...shown, bookingDay: '2026-11-24' }],
    });
    expect(keys).toEqual([
      { name: `entry:${ACCOUNT}:2026-11-23`, value: 'content:fee' },
      { name: `entry:${ACCOUNT}:2026-11-23`, value: 'content:fee' },
      { name: `entry:${ACCOUNT}:2026-11-24`, value: 'content:fee' },
    ]);
  });

  it('by the day of the statement it delivered', () => {
    const keys = keysOf(ACCOUNT, {
      type: 'statement-delivered',
      day: '2026-11-23',
      statementId: '1',
      file: 'x',
      sha256: 'aa',
      opening: undefined,
      closing: undefined,
      flags: [],
    });
    expect(keys).toEqual([{ name: KEY.statement(ACCOUNT), value: '2026-11-23' }]);
  });

  it('by nothing when nobody looks for it', () => {
    expect(keysOf(STREAM, started())).toEqual([]);
    expect(keysOf('bank/bnp', { type: 'bank-resumed', who: 'Anna', reason: 'x' })).toEqual([]);
  });
});

describe('a stream', () => {
  it('needs no more work once its order is closed, and not before', () => {
    expect(closesStream({ type: 'order-closed' })).toBe(true);
    expect(closesStream({ type: 'order-archived', folder: '/x' })).toBe(false);
    expect(closesStream(CLAIMED)).toBe(false);
  });
});
