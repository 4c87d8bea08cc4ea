import { describe, expect, it } from 'vitest';
import { formatDecimal } from '../../../src/domain/decimal.ts';
import type { ElixirOEncoding, ElixirOForm } from '../../../src/domain/erp-formats.ts';
import type { BlockFacts, GroupFacts, TransferFacts } from '../../../src/domain/payment.ts';
import { readElixirO, readElixirOIds } from '../../../src/erp/elixir-o/read-elixir-o.ts';
import type { ReadVerdict } from '../../../src/erp/format.ts';
import { codePage } from '../../../src/erp/text/code-pages.ts';
import { BENEFICIARY, elixirFile, elixirLine, ORDERER, type FieldsOfLine } from './elixir-o-file.ts';

const FORM: ElixirOForm = { encoding: 'utf-8', complete: 'rename', splitPayment: 'title', language: 'en' };

describe('An Elixir-O list', () => {
  it('is read as blocks of one day and orderer, with lines and fields as places', async () => {
    const { verdict, groups, blocks, transfers, calls } = await record(
      elixirFile({}, { 3: '250', 16: '"REF2"' }, { 2: '20261125', 16: '' }),
    );
    expect(verdict).toMatchObject({ messageName: 'Elixir-O', kind: 'payment', complete: true, faults: [] });
    expect(calls).toEqual(['group', 'block 0', 'transfer 0', 'transfer 1', 'end 0', 'block 1', 'transfer 2', 'end 1']); // prettier-ignore
    expect(groups[0]?.initiatingParty?.value).toBe('Fabryka Sp. z o.o.');
    expect(blocks.map(({ executionDate }) => executionDate.value)).toEqual(['2026-11-24', '2026-11-25']);
    expect(blocks[0]?.debtorAccount?.iban).toBe(`PL${ORDERER}`);
    expect(transfers.map(({ amount }) => formatDecimal(amount.value))).toEqual(['10.01', '2.50', '10.01']);
    expect(transfers[1]).toMatchObject({
      endToEndId: { value: 'REF2', place: { line: 2, path: 'field 16 (client reference)' } },
      creditorAccount: {
        iban: `PL${BENEFICIARY}`,
        place: { line: 2, column: elixirLine({ 3: '250' }).indexOf(`"${BENEFICIARY}`) + 1 },
      },
      creditorName: { value: 'Huta Szkła' },
      creditorAddress: { lines: ['ul. Żółta 5', '30-002 Kraków'] },
      remittance: 'FV/1/2026',
      currency: 'PLN',
    });
  });

  it('gives a transfer without reference an id that says its line and is the same each time', async () => {
    const file = elixirFile({ 16: '' }, { 16: '""' }, {});
    const { transfers } = await record(file);
    const ids = transfers.map(({ endToEndId }) => endToEndId.value);
    expect(ids).toEqual([
      expect.stringMatching(/^L1X[0-9A-F]{20}$/),
      expect.stringMatching(/^L2X[0-9A-F]{20}$/),
      'REF1',
    ]);
    const known = await readElixirOIds(() => pieces(Buffer.from(file), 7));
    expect(known.transfers.map(({ endToEndId, line }) => [endToEndId, line])).toEqual(
      ids.map((id, index) => [id, index + 1]),
    );
    const marked = Buffer.from(`\ufeff${file}`);
    const [one, other] = await Promise.all(
      [FORM, undefined].map(async (form) => (await readElixirOIds(() => pieces(marked, 50), form)).transfers),
    );
    expect(one).toEqual(other);
    const { transfers: others } = await record(elixirFile({ 16: '', 3: '1002' }));
    expect(others[0]?.endToEndId.value).not.toBe(ids[0]);
  });

  it.each([1, 2, 3, 100, 1_000_000])('is the same in pieces of %i bytes', async (sizeBytes) => {
    const file = elixirFile({}, { 16: '' }, { 12: '"Zażółć|gęślą"' });
    const found = await record(file, FORM, sizeBytes);
    expect(found.verdict.faults).toEqual([]);
    expect(found.transfers).toEqual((await record(file)).transfers);
  });

  it('goes on in the next line of a title where a line is full, and with a blank elsewhere', async () => {
    const full = 'x'.repeat(35);
    const { transfers } = await record(elixirFile({ 12: `"${full}|yz|a ""b"""` }));
    expect(transfers[0]?.remittance).toBe(`${full}yz a "b"`);
  });

  it.each<[string, FieldsOfLine, string, string]>([
    ['another type', { 1: '210' }, 'elixir-o.value', 'field 1 (type)'],
    ['a day that is none', { 2: '20260230' }, 'elixir-o.date', 'field 2 (execution date)'],
    ['a day with hyphens', { 2: '2026-11-24' }, 'elixir-o.date', 'field 2 (execution date)'],
    ['a day in another form', { 2: '24.11.2026' }, 'elixir-o.date', 'field 2 (execution date)'],
    ['an amount with a point', { 3: '10.01' }, 'elixir-o.amount', 'field 3 (amount in grosze)'],
    ['a negative amount', { 3: '-1001' }, 'elixir-o.amount', 'field 3 (amount in grosze)'],
    ['an amount with blanks', { 3: '"1 001"' }, 'elixir-o.amount', 'field 3 (amount in grosze)'],
    ['no amount', { 3: '' }, 'elixir-o.amount', 'field 3 (amount in grosze)'],
    ['an amount of too many digits', { 3: '1'.repeat(16) }, 'elixir-o.amount', 'field 3 (amount in grosze)'],
    [
      "another bank's sort code",
      { 11: '10901014' },
      'elixir-o.sort-code',
      "field 11 (beneficiary's sort code)",
    ],
    ['an account of 25 digits', { 7: '"2711402004000030020135538"' }, 'elixir-o.account', "field 7 (beneficiary's account)"], // prettier-ignore
    ['an empty name', { 9: '""' }, 'elixir-o.name', 'field 9 (beneficiary)'],
    ['five lines', { 12: '"1|2|3|4|5"' }, 'elixir-o.lines', 'field 12 (title)'],
    ['a line of 36 characters', { 12: `"${'x'.repeat(36)}"` }, 'elixir-o.lines', 'field 12 (title)'],
    ['something in a reserved field', { 14: '"x"' }, 'elixir-o.value', 'field 14 (reserved, empty)'],
    ['a payment of taxes', { 15: '"71"' }, 'elixir-o.tax', 'field 15 (classification)'],
    ['an unknown classification', { 15: '"99"' }, 'elixir-o.value', 'field 15 (classification)'],
    ['a split payment called ordinary', { 12: '"/VAT/1,00/IDC/5260250274/INV/1/TXT/"' }, 'elixir-o.split-payment-title', 'field 12 (title)'], // prettier-ignore
    ['VAT above the whole', { 15: '53', 12: '"/VAT/10,02/IDC/5260250274/INV/1|/TXT/"' }, 'split-payment.vat', 'field 12 (title)'], // prettier-ignore
    ['a NUL', { 9: '"Huta\0"' }, 'elixir-o.character', 'field 9 (beneficiary)'],
    ['a long reference', { 16: `"${'R'.repeat(36)}"` }, 'elixir-o.reference', 'field 16 (client reference)'],
  ])('with %s is told of by line and field', async (_, change, rule, path) => {
    const { verdict } = await record(elixirFile({}, change));
    const found = verdict.faults.map((fault) => [fault.rule, fault.line, fault.path]);
    expect(found).toEqual(rule === '' ? [] : [[rule, 2, path]]);
  });

  it('says of a quote that does not end, and of a wrong number of fields, where they are', async () => {
    const { verdict } = await record(
      `${elixirLine({ 12: '"FV 1' })}\r\n${elixirLine()},\r\n"a"b,${elixirLine()}\n${elixirLine()}\n`,
    );
    expect(verdict.faults.map(({ rule, line, column }) => [rule, line, column])).toEqual([
      // What looks like the end of the open text is the quote before the 51.
      ['elixir-o.quotes', 1, elixirLine({ 12: '"FV 1' }).indexOf('51') + 1],
      ['elixir-o.fields', 2, 1],
      ['elixir-o.quotes', 3, 4],
    ]);
    expect(verdict.complete).toBe(true);
  });

  it('is not complete where it ends within a line, and is where the last text is in quotes', async () => {
    const whole = elixirFile({}, { 16: 'REF2' });
    for (let length = elixirFile({}).length + 1; length < whole.length; length++) {
      const { verdict } = await record(whole.slice(0, length));
      expect([verdict.complete, verdict.faults.map(({ rule }) => rule)], String(length)).toEqual([
        length === whole.length - 1 && whole[length] === '\r' ? true : false,
        ['elixir-o.cut'],
      ]);
    }
    const quoted = await record(elixirFile({}) + elixirLine({ 16: '"REF2"' }));
    expect([quoted.verdict.complete, quoted.verdict.faults, quoted.transfers.length]).toEqual([true, [], 2]);
    const ended = await record(`${elixirFile({})}\x1a`);
    expect([ended.verdict.complete, ended.verdict.faults]).toEqual([true, []]);
  });

  it('without any order is refused', async () => {
    const { verdict } = await record('\r\n\r\n');
    expect(verdict.faults.map(({ rule }) => rule)).toEqual(['elixir-o.empty']);
  });

  it('finds faults without end and keeps a bounded number of them', async () => {
    const { verdict } = await record('x\n'.repeat(5_000));
    expect([verdict.faults.length, verdict.faultCount]).toEqual([1_000, 5_000]);
  });

  it('holds no line that has no end', async () => {
    const before = process.memoryUsage().heapUsed;
    const piece = Buffer.alloc(1 << 20, '"');
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 100; count++) yield piece;
    };
    const { verdict } = await recordFrom(endless, FORM);
    expect(verdict.faults.map(({ rule }) => rule)).toEqual(['elixir-o.line-length']);
    expect(verdict.complete).toBe(false);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
  });
});

const ENCODINGS: readonly ElixirOEncoding[] = ['utf-8', 'windows-1250', 'iso-8859-2', 'cp852', 'mazovia'];

describe('The encoding of an Elixir-O list', () => {
  const file = elixirFile({ 9: '"Zażółć Gęślą Jaźń|Łódź"' }, { 12: '"ŻÓŁĆ ŚĄ"', 16: 'R2' });

  it.each(ENCODINGS.flatMap((written) => ENCODINGS.map((read) => [written, read] as const)))(
    'that is %s is read in it, and found out where %s is configured',
    async (written, read) => {
      const bytes = codePage(written).encode(file);
      const { verdict, transfers } = await recordFrom(() => pieces(bytes, 100), { ...FORM, encoding: read });
      const found = verdict.faults.find(({ rule }) => rule === 'elixir-o.encoding');
      if (written === read) {
        expect(verdict.faults).toEqual([]);
        expect(transfers[0]?.creditorName?.value).toBe('Zażółć Gęślą Jaźń');
      } else {
        expect(found?.message).toContain(`looks like ${written}.`);
        expect(found?.line).toBe(1);
      }
    },
  );

  it('may have letters that are not Polish', async () => {
    const foreign = codePage('iso-8859-2').encode(elixirFile({ 9: '"Dušan Müller"' }));
    const { verdict } = await recordFrom(() => pieces(foreign, 9), { ...FORM, encoding: 'iso-8859-2' });
    expect(verdict.faults).toEqual([]);
  });

  it('of plain letters alone is any of them, and UTF-8 may have its mark', async () => {
    const plain = elixirFile({ 9: '"Huta"' });
    for (const encoding of ENCODINGS)
      expect((await record(plain, { ...FORM, encoding })).verdict.faults).toEqual([]);
    expect((await record(`\ufeff${file}`)).verdict.faults).toEqual([]);
  });

  it('is blamed for a byte that is no character in it', async () => {
    const bytes = Buffer.concat([Buffer.from(elixirFile({ 9: '"Huta' }).slice(0, 200)), Buffer.of(0x81), Buffer.from(elixirFile({}))]); // prettier-ignore
    const { verdict } = await recordFrom(() => pieces(bytes, 50), { ...FORM, encoding: 'windows-1250' });
    expect(verdict.faultCount).toBeGreaterThan(0);
  });
});

async function record(text: string, form = FORM, pieceBytes = 1 << 20) {
  return recordFrom(() => pieces(Buffer.from(text), pieceBytes), form);
}

/** Each piece is gone when the next is asked for, as pieces are that are only lent. */
async function* pieces(bytes: Uint8Array, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += sizeBytes) {
    const piece = Buffer.from(bytes.subarray(from, from + sizeBytes));
    yield piece;
    piece.fill(0x2c);
  }
}

async function recordFrom(source: () => AsyncIterable<Uint8Array>, form: ElixirOForm) {
  const groups: GroupFacts[] = [];
  const blocks: BlockFacts[] = [];
  const transfers: TransferFacts[] = [];
  const calls: string[] = [];
  const verdict: ReadVerdict = await readElixirO(
    source,
    {
      group: (facts) => void (groups.push(facts), calls.push('group')),
      block: (facts) => void (blocks.push(facts), calls.push(`block ${facts.index}`)),
      transfer: (facts) => void (transfers.push(facts), calls.push(`transfer ${facts.index}`)),
      blockEnd: (index) => void calls.push(`end ${index}`),
    },
    form,
  );
  return { verdict, groups, blocks, transfers, calls };
}
