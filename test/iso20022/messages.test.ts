import { describe, expect, test } from 'vitest';
import { accountReportTypes } from '../../src/iso20022/messages/account-report-types.ts';
import { camt05200102WithBookingSystemDate } from '../../src/iso20022/messages/camt.052.001.02-booking-system-date.ts';
import { camt05200102 } from '../../src/iso20022/messages/camt.052.001.02.ts';
import { commonTypes2013 } from '../../src/iso20022/messages/common-types-2013.ts';
import { commonTypes } from '../../src/iso20022/messages/common-types.ts';
import { definitionFor, supportedMessages } from '../../src/iso20022/messages/registry.ts';
import { remittanceTypes } from '../../src/iso20022/messages/remittance-types.ts';
import { simpleTypes } from '../../src/iso20022/messages/simple-types.ts';
import { checked } from './support/checked.ts';
import { generated } from './support/document-generator.ts';
import { nodesIn, written } from './support/document-tree.ts';
import { Random } from './support/random.ts';

describe('the registry', () => {
  test('finds a definition by its namespace', () => {
    for (const name of supportedMessages) {
      expect(definitionFor(`urn:iso:std:iso:20022:tech:xsd:${name}`)?.name).toBe(name);
    }
    expect(definitionFor('urn:iso:std:iso:20022:tech:xsd:pain.001.001.99')).toBeUndefined();
    expect(definitionFor('')).toBeUndefined();
  });

  test('has the messages that go to and come from the banks', () => {
    expect([...supportedMessages].sort()).toEqual([
      'camt.052.001.02',
      'camt.053.001.02',
      'camt.060.001.03',
      'camt.060.001.05',
      'pain.001.001.03',
      'pain.001.001.09',
      'pain.002.001.03',
    ]);
  });
});

test('every shared type is used by a message', () => {
  const used = new Set(
    supportedMessages.flatMap((name) => [
      ...(definitionFor(`urn:iso:std:iso:20022:tech:xsd:${name}`)?.types.keys() ?? []),
    ]),
  );
  const shared = [simpleTypes, commonTypes, commonTypes2013, remittanceTypes, accountReportTypes].flatMap(
    (table) => [...table.keys()],
  );
  expect(shared.filter((name) => !used.has(name))).toEqual([]);
});

test.each(supportedMessages)('%s accepts what its definition describes', (name) => {
  const definition = definitionFor(`urn:iso:std:iso:20022:tech:xsd:${name}`);
  if (definition === undefined) throw new Error('There is no definition.');
  const random = new Random(7);
  for (const optional of [0, 20, 50, 100]) {
    const document = written(generated(definition, { optional }, random), definition.namespace);
    expect(checked(document, definition).faults).toEqual([]);
  }
});

test('the bank extends camt.052 by the date of its booking system, right after the period', () => {
  const tree = generated(camt05200102, { optional: 0 }, new Random(8));
  const report = [...nodesIn(tree)].find(({ node }) => node.name === 'Rpt')?.node;
  const created =
    report?.children.findIndex(
      (child) => typeof child === 'object' && 'name' in child && child.name === 'CreDtTm',
    ) ?? -1;
  report?.children.splice(created + 1, 0, { name: 'BookSysDt', attributes: [], children: ['2026-03-31'] });
  const document = written(tree, camt05200102.namespace);
  expect(checked(document, camt05200102WithBookingSystemDate).faults).toEqual([]);
  expect(checked(document, camt05200102).faults).toMatchObject([
    { rule: 'schema.unknown-element', path: 'BkToCstmrAcctRpt/Rpt[1]/BookSysDt' },
  ]);
});
