import { describe, expect, it } from 'vitest';
import { replayOrder, type Order } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { countedOrders, missingName } from '../../src/outbound/still-configured.ts';

const IBAN = 'PL60160014620000000000000001';
const ALL = { companies: ['acme'], banks: ['north'], accounts: [{ company: 'acme', iban: IBAN }] };

describe('The configuration', () => {
  it('that has all open orders refer to is taken', () => {
    expect(missingName([planned('1')], ALL)).toBeUndefined();
    expect(missingName([], { companies: [], banks: [], accounts: [] })).toBeUndefined();
  });

  it.each([
    ['the company "acme"', { ...ALL, companies: ['other'] }],
    ['the bank "north"', { ...ALL, banks: [] }],
    [`the account ${IBAN} of "acme"`, { ...ALL, accounts: [] }],
    [`the account ${IBAN} of "acme"`, { ...ALL, accounts: [{ company: 'other', iban: IBAN }] }],
  ])('that no longer has %s is refused with the orders named', (what, configured) => {
    const sentence = missingName([planned('1'), planned('2')], configured);
    expect(sentence).toContain(`The configuration no longer has ${what}, but 2 orders (file-1.xml`);
    expect(sentence).toContain('Put it back as it was');
  });

  it('may lose what only finished messages refer to', () => {
    const rejected: OrderEvent = {
      type: 'submission-refused',
      part: 1,
      reasons: [{ code: undefined, texts: ['dropped'] }],
    };
    expect(missingName([planned('1', rejected)], { ...ALL, banks: [], accounts: [] })).toBeUndefined();
  });

  it('names everything that is gone', () => {
    const sentence = missingName([planned('1')], { ...ALL, banks: [], accounts: [] });
    expect(sentence).toContain('the bank "north"');
    expect(sentence).toContain(`The same goes for the account ${IBAN} of "acme"`);
  });
});

describe('A list of orders', () => {
  it('names the first few and counts the others', () => {
    expect(countedOrders([planned('1')])).toMatch(/^1 order \(file-1\.xml \w+\) is$/);
    expect(countedOrders(['1', '2', '3', '4', '5'].map((id) => planned(id)))).toMatch(
      /^5 orders \(file-1.*, file-2.*, file-3\S+ \w+ and 2 more\) are$/,
    );
  });
});

function planned(id: string, ...more: readonly OrderEvent[]): Order {
  const events: OrderEvent[] = [
    { type: 'order-claimed', company: 'acme', fileName: `file-${id}.xml`, workingName: 'w', sizeBytes: 1 },
    {
      type: 'order-planned',
      erp: { messageId: 'M', messageName: 'pain.001.001.03', transferCount: 1, controlSum: '1' },
      sha256: 'a',
      paymentSet: 'b',
      warnings: [],
      submissions: [
        {
          part: 1,
          messageId: `GNC${id}`,
          bank: 'north',
          operation: 'domestic',
          count: 1,
          controlSum: '1',
          blocks: [
            {
              block: 0,
              paymentInformationId: 'P',
              executionDate: '2026-11-23',
              debtorAccount: IBAN,
              transfers: [[0, 0]],
              count: 1,
              controlSum: '1',
            },
          ],
        },
      ],
    },
    ...more,
  ];
  const order = replayOrder(
    id.padStart(26, '0'),
    events.map((event) => ({ at: '2026-11-23T09:00:00.000Z', event })),
  );
  if (order === undefined) throw new Error('no order');
  return order;
}
