import { describe, expect, it } from 'vitest';
import { createErpFormat } from '../../../src/erp/erp-format.ts';
import type { ElixirOForm } from '../../../src/domain/erp-formats.ts';
import { codePage } from '../../../src/erp/text/code-pages.ts';
import { record } from '../iso20022/recording-sink.ts';
import { BENEFICIARY, elixirFile, elixirLine, ORDERER } from './elixir-o-file.ts';

const FORM: ElixirOForm = { encoding: 'cp852', complete: 'rename', splitPayment: 'title', language: 'en' };
const format = createErpFormat();

describe('An Elixir-O list as pain.001.001.03', () => {
  it('is a document without faults that says the same', async () => {
    const text = elixirFile(
      { 12: '"za <usługę> & \'x\'|druga"' },
      { 3: '999999999999999', 16: '' },
      { 2: '20261125', 15: '53', 12: '"/VAT/1,87/IDC/5260250274/INV/FV/1/2|026/TXT/opis"' },
    );
    const bytes = codePage('cp852').encode(text);
    const { verdict, blocks, transfers } = await record(await converted(bytes));
    expect(verdict.faults).toEqual([]);
    expect(verdict.messageName).toBe('pain.001.001.03');
    expect(blocks.map((block) => [block.executionDate.value, block.debtorAccount?.value, block.debtorAccountCurrency])).toEqual([
      ['2026-11-24', `PL${ORDERER}`, 'PLN'],
      ['2026-11-25', `PL${ORDERER}`, 'PLN'],
    ]); // prettier-ignore
    const { transfers: known } = await format.readIds(() => pieces(bytes, 64), { elixirO: FORM });
    expect(transfers.map((one) => one.endToEndId.value)).toEqual(known.map((one) => one.endToEndId));
    expect(transfers.map((one) => one.amount.value)).toEqual(known.map((one) => one.amount));
    expect(transfers.map((one) => one.remittance)).toEqual([
      "za <usługę> & 'x' druga",
      'FV/1/2026',
      '/VAT/1,87/IDC/5260250274/INV/FV/1/2026/TXT/opis',
    ]);
    expect(transfers[0]).toMatchObject({
      creditorName: { value: 'Huta Szkła' },
      creditorAddress: { lines: ['ul. Żółta 5', '30-002 Kraków'] },
      creditorAccount: { value: `PL${BENEFICIARY}` },
      creditorAgentMember: BENEFICIARY.slice(2, 10),
    });
  });

  it('is the same bytes each time', async () => {
    const bytes = codePage('cp852').encode(elixirFile({ 16: '' }, { 9: '"Huta"', 16: '' }));
    expect(await collected(await converted(bytes))).toEqual(await collected(await converted(bytes, 3)));
  });

  it('is never made of a file that has changed', async () => {
    const changed = await converted(codePage('cp852').encode(elixirFile({}, { 14: 'x' })));
    await expect(collected(changed)).rejects.toThrow('has changed since it was checked');
    const emptied = await converted(Buffer.from('\x1a'));
    await expect(collected(emptied)).rejects.toThrow('has changed since it was checked');
  });

  it('names what was done to it', () => {
    expect(format.conversionEdits('Elixir-O').join(' ')).toContain('pain.001.001.03');
    expect(format.conversionEdits('pain.001.001.09')).toEqual([]);
  });
});

describe('A file of an ERP that writes Elixir-O', () => {
  it.each([
    ['XML', ' \r\n<Document/>', 'document.unknown'],
    ['XML with a mark', '\ufeff<Document/>', 'document.unknown'],
    ['a list', elixirLine({ 2: '1' }), 'elixir-o.date'],
    ['anything else', 'this is no payment file\n', 'elixir-o.fields'],
    ['UTF-16', Buffer.from(`\ufeff<Document/>`, 'utf16le'), 'document.unknown'],
  ])('is read as what it begins like: %s', async (_, content, rule) => {
    const sink = { group: none, block: none, transfer: none, blockEnd: none };
    for (const sizeBytes of [1, 1_000]) {
      const verdict = await format.read(() => pieces(Buffer.from(content), sizeBytes), sink, {
        elixirO: FORM,
      });
      expect(verdict.faults[0]?.rule).toBe(rule);
    }
  });

  it('is read as XML alone where Elixir-O is not configured', async () => {
    const sink = { group: none, block: none, transfer: none, blockEnd: none };
    const verdict = await format.read(() => pieces(Buffer.from(elixirFile({})), 99), sink);
    expect(verdict.kind).toBe('unknown');
  });
});

const none = (): void => undefined;

async function converted(bytes: Uint8Array, pieceBytes = 1_000): Promise<() => AsyncIterable<Uint8Array>> {
  const conversion = await format.convert(() => pieces(bytes, pieceBytes), { elixirO: FORM });
  if (conversion.kind !== 'converted') throw new Error(conversion.kind);
  return () => conversion.bytes;
}

async function collected(source: () => AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(source())).toString('utf8');
}

async function* pieces(bytes: Uint8Array, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += sizeBytes) {
    const piece = Buffer.from(bytes.subarray(from, from + sizeBytes));
    yield piece;
    piece.fill(0x3c);
  }
}
