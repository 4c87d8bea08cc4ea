// An Elixir-O list on its whole way: checked like any payment, sent as pain.001.001.03, told by its lines.

import { describe, expect, it } from 'vitest';
import { bankTerms } from '../domain/sketches.ts';
import { codePage } from '../../src/erp/text/code-pages.ts';
import { elixirFile, type FieldsOfLine } from '../erp/elixir-o/elixir-o-file.ts';
import { createOffice, type Office } from './support/office.ts';

describe('An Elixir-O list', () => {
  it('is planned under the rules of its bank, with the source as the ERP wrote it', async () => {
    const office = await officeOf('refused');
    const bytes = list({}, { 3: '250', 16: '' });
    const order = await through(office, bytes);
    expect(order.faults).toEqual([]);
    expect(order.erp).toEqual({ messageId: undefined, messageName: 'Elixir-O', transferCount: 2, controlSum: '12.51' }); // prettier-ignore
    expect(order.submissions.map(({ plan }) => [plan.operation, plan.count, plan.blocks[0]?.paymentInformationId])).toEqual([
      ['domestic', 2, expect.stringContaining(order.id)],
    ]); // prettier-ignore
    expect(Buffer.from(office.disk.content(`/state/spool/${order.id}/source`) ?? [])).toEqual(bytes);
    expect(order.submissions[0]?.prepared?.edits[0]).toContain('written as pain.001.001.03');
  });

  it('is refused by the same rules as any payment, which name line and field', async () => {
    const order = await through(
      await officeOf('refused'),
      list({ 3: '0' }, { 7: '"27114020040000300201355388"' }, { 2: '20200101' }, { 16: '"REF1"' }),
    );
    expect(order.faults.map(({ rule, line, path }) => `${rule} ${line} ${path}`)).toEqual([
      'rule.amount-zero 1 field 3 (amount in grosze)',
      'rule.repeated-id 2 field 16 (client reference)',
      "rule.iban 2 field 7 (beneficiary's account)",
      'rule.date-past 3 field 2 (execution date)',
      'rule.repeated-id 3 field 16 (client reference)',
      'rule.repeated-id 4 field 16 (client reference)',
    ]);
  });

  it('tells of refusals by line and field, in XML and in words', async () => {
    const office = await officeOf('refused');
    const order = await through(
      office,
      list({}, { 15: '53', 12: '"/VAT/1,00/IDC/5260250274/INV/1/TXT/"', 16: '' }),
    );
    const [xml = '', text = ''] = office.inbox();
    expect([xml, text]).toEqual([
      expect.stringMatching(/^pain\.002_.*_list_.*_01-final\.xml$/),
      expect.stringMatching(/^status_.*_list_.*_01-final\.txt$/),
    ]);
    expect(order.faults.map(({ rule }) => rule)).toEqual(['elixir-o.split-payment']);
    expect(office.read(`/erp/inbox/${xml}`).replace(/<\/AddtlInf>\s*<AddtlInf>/g, '')).toContain(
      'Line 2, field 15 (classification): A split payment is told to the bank by its title alone',
    );
    const told = office.read(`/erp/inbox/${text}`);
    expect(told).toMatch(/^\ufeffPlik: list\.pli\r\n/);
    expect(told).toContain('Wynik: NIEZREALIZOWANY (RJCT)\r\n');
    expect(told).toContain('    Line 2, field 15 (classification): A split payment');
  });

  it('is held where another one has the same payments, and not sent again where it has the same bytes', async () => {
    const office = await officeOf('title');
    await through(office, list({}));
    const same = await through(office, list({}));
    expect(same.phase).toBe('repeats');
    const alike = await through(office, list({ 16: '"OTHER"' }));
    expect(alike.submissions.map(({ phase, hold }) => [phase, hold?.code])).toEqual([
      ['held', 'same-payments'],
    ]);
    const texts = office.inbox().filter((name) => name.startsWith('status_'));
    expect(office.read(`/erp/inbox/${texts.at(-1) ?? ''}`)).toMatch(
      /Wiersz 1, (?:REF1|OTHER): czeka \(PDNG\)/,
    );
  });

  it('may pay split where the bank knows that by its title', async () => {
    const order = await through(
      await officeOf('title'),
      list({ 15: '"53"', 12: '"/VAT/1,87/IDC/5260250274/INV/FV 1/TXT/"' }),
    );
    expect(order.faults).toEqual([]);
  });
});

function list(...lines: readonly FieldsOfLine[]): Buffer {
  return Buffer.from(codePage('windows-1250').encode(elixirFile(...lines)));
}

function officeOf(splitPayment: 'refused' | 'title'): Promise<Office> {
  return createOffice(bankTerms(), {
    forms: {
      elixirO: { encoding: 'windows-1250', complete: 'rename', splitPayment, language: 'pl' },
    },
  });
}

async function through(office: Office, bytes: Uint8Array) {
  const id = await office.claim('list.pli', bytes);
  await office.work();
  return office.order(id);
}
