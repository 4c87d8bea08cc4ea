import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimals, formatDecimal, parseDecimal, ZERO } from '../../../src/domain/decimal.ts';
import type { IndexRuns, PlannedSubmission } from '../../../src/domain/order-event.ts';
import { createIso20022Format } from '../../../src/erp/iso20022/iso20022-format.ts';
import type { BlockSketch } from './payment-file.ts';
import { paymentFile, sourceOf, textOf } from './payment-file.ts';
import { record } from './recording-sink.ts';

const format = createIso20022Format();
const CREATED = new Date('2026-11-23T10:15:00Z');
const AS_WRITTEN = { initiatingPartyName: undefined };

const blocks: readonly BlockSketch[] = [
  { id: 'P1', count: '3', sum: '6.50', transfers: [{ endToEndId: 'E1', amount: '1.50' }, { endToEndId: 'E2', amount: '2.00' }, { endToEndId: 'E3', amount: '3.00' }] },
  { id: 'P2', transfers: [{ endToEndId: 'E4', amount: '0.01' }] },
]; // prettier-ignore

function planOf(
  planned: readonly (readonly [block: number, id: string, transfers: IndexRuns])[],
  of = blocks,
): PlannedSubmission {
  const all = of.flatMap((block) => block.transfers);
  const sumOf = (runs: IndexRuns): string => {
    const amounts = runs
      .flatMap(([from, to]) => all.slice(from, to + 1))
      .map(({ amount }) => parseDecimal(amount) ?? ZERO);
    return formatDecimal(amounts.reduce(addDecimals, ZERO));
  };
  const countOf = (runs: IndexRuns): number => runs.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  return {
    part: 1,
    messageId: 'G01TEST001',
    bank: 'bnp',
    operation: 'domestic',
    count: countOf(planned.flatMap(([, , runs]) => runs)),
    controlSum: sumOf(planned.flatMap(([, , runs]) => runs)),
    blocks: planned.map(([block, id, transfers]) => ({
      block,
      paymentInformationId: id,
      executionDate: '2026-11-23',
      transfers,
      count: countOf(transfers),
      controlSum: sumOf(transfers),
    })),
  };
}

async function cut(text: string, plan: PlannedSubmission, name?: string): Promise<string> {
  return textOf(format.cut(sourceOf(text), plan, CREATED, { initiatingPartyName: name }).document());
}

/** The transfer elements of a document, byte for byte but for comments and instructions. */
function transfersIn(text: string): string[] {
  const plain = text.replace(/<!--[\s\S]*?-->|<\?(?!xml)[\s\S]*?\?>/g, '');
  return plain.match(/<([\w.]+:)?CdtTrfTxInf>[\s\S]*?<\/([\w.]+:)?CdtTrfTxInf>/g) ?? [];
}

describe('the document of a submission', () => {
  it('holds the planned transfers and a header of its own', async () => {
    const document = await cut(paymentFile({ blocks }), planOf([[0, 'P1-1', [[0, 0], [2, 2]]], [1, 'P2', [[3, 3]]]])); // prettier-ignore
    const { verdict, groups, blocks: found, transfers } = await record(sourceOf(document));
    expect(verdict.faults).toEqual([]);
    expect(document).toContain(
      '<CstmrCdtTrfInitn><GrpHdr><MsgId>G01TEST001</MsgId><CreDtTm>2026-11-23T11:15:00</CreDtTm><NbOfTxs>3</NbOfTxs>' +
        '<CtrlSum>4.51</CtrlSum><InitgPty><Nm>Fabryka Okien</Nm>',
    );
    expect(groups[0]?.messageId.value).toBe('G01TEST001');
    expect(found.map((block) => block.paymentInformationId.value)).toEqual(['P1-1', 'P2']);
    expect(found.map((block) => block.declaredCount?.value)).toEqual(['2', undefined]);
    expect(found[0]?.declaredSum && formatDecimal(found[0].declaredSum.value)).toBe('4.50');
    expect(transfers.map((transfer) => transfer.endToEndId.value)).toEqual(['E1', 'E3', 'E4']);
  });

  it('leaves a block that goes as a whole as the ERP wrote it', async () => {
    const file = paymentFile({ blocks }).replace('<CtrlSum>6.50<', '<CtrlSum> 6.5 <');
    const document = await cut(file, planOf([[0, 'P1', [[0, 2]]]]));
    expect(document).toContain(
      '<PmtInf><PmtInfId>P1</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>3</NbOfTxs><CtrlSum> 6.5 </CtrlSum><PmtTpInf>',
    );
  });

  it.each([1, 7, 100])('holds the same bytes whatever pieces the file comes in (%d)', async (chunkBytes) => {
    const plan = planOf([[0, 'P1', [[0, 2]]], [1, 'P2', [[3, 3]]]]); // prettier-ignore
    const file = paymentFile({ blocks, prefix: 'ns0:' });
    const { document } = format.cut(sourceOf(file, chunkBytes), plan, CREATED, AS_WRITTEN);
    const text = await textOf(document());
    expect(text).toBe(await cut(file, plan));
    expect(text).toContain('<PmtInf><ns0:PmtInfId>P1</ns0:PmtInfId><ns0:PmtMtd>');
  });

  it('counts an equivalent amount as the control sum does', async () => {
    const equivalent = '<EqvtAmt><Amt Ccy="EUR">0.01</Amt><CcyOfTrf>USD</CcyOfTrf></EqvtAmt>';
    const file = paymentFile({ blocks }).replace('<InstdAmt Ccy="PLN">0.01</InstdAmt>', equivalent);
    expect(await cut(file, planOf([[1, 'P2', [[3, 3]]]]))).toContain(equivalent);
  });

  it('leaves out a control sum that no CtrlSum can hold', async () => {
    const transfers = [{ endToEndId: 'E1', amount: '9999999999999999.99' }, { endToEndId: 'E2', amount: '0.001' }]; // prettier-ignore
    const large = [{ id: 'P', sum: '1', transfers }];
    const document = await cut(paymentFile({ blocks: large }), planOf([[0, 'P', [[0, 1]]]], large));
    expect((await record(sourceOf(document))).verdict.faults).toEqual([]);
    expect(document).not.toContain('CtrlSum');
  });

  it('replaces a CtrlSum of the header and adds it where there is none', async () => {
    const plan = planOf([[1, 'P2', [[3, 3]]]]);
    const without = await cut(paymentFile({ blocks }), plan);
    expect(await cut(paymentFile({ blocks, controlSum: '6.51' }), plan)).toBe(without);
    expect(without).toContain('<NbOfTxs>1</NbOfTxs><CtrlSum>0.01</CtrlSum><InitgPty>');
  });

  it('sets the name of the initiating party and keeps its id', async () => {
    const plan = planOf([[1, 'P2', [[3, 3]]]]);
    const document = await cut(paymentFile({ blocks }), plan, 'FABRYKA & CO');
    expect(document).toContain(
      '<InitgPty><Nm>FABRYKA &amp; CO</Nm><Id><OrgId><Othr><Id>5250001009</Id></Othr></OrgId></Id></InitgPty>',
    );
    const nameless = paymentFile({ blocks }).replace('<Nm>Fabryka Okien</Nm>', '');
    expect(await cut(nameless, plan, 'FABRYKA & CO')).toBe(document);
    expect((await record(sourceOf(document))).verdict.faults).toEqual([]);
  });

  it('gives the same bytes each time, in the time zone it was made for', async () => {
    const { document } = createIso20022Format({ timeZone: 'UTC' }).cut(
      sourceOf(paymentFile({ blocks })),
      planOf([[1, 'P2', [[3, 3]]]]),
      CREATED,
      AS_WRITTEN,
    );
    const first = await textOf(document());
    expect(await textOf(document())).toBe(first);
    expect(first).toContain('<CreDtTm>2026-11-23T10:15:00</CreDtTm>');
  });

  it('keeps prefixes usable that are declared above the pieces', async () => {
    const file = paymentFile({ blocks, prefix: 'ns0:' })
      .replace('<ns0:PmtInf>', '<ns0:PmtInf xmlns:b="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">')
      .replace('<ns0:BtchBookg', '<b:BtchBookg');
    const changed = file.replace('<ns0:Amt>', '<b:Amt>').replace('</ns0:Amt>', '</b:Amt>');
    const document = await cut(changed, planOf([[0, 'P1', [[0, 2]]]]));
    expect(document).toMatch(
      /^<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03" xmlns:ns0="urn:iso[^"]*"/,
    );
    const { verdict, transfers } = await record(sourceOf(document));
    expect(verdict.faults).toEqual([]);
    expect(transfers).toHaveLength(3);
    expect(transfersIn(document)).toEqual(transfersIn(changed).slice(0, 3));
  });

  it('leaves comments and instructions out, wherever they stand', async () => {
    const file = paymentFile({ blocks })
      .replace('<MsgId>', '<!-- a < b --><MsgId>')
      .replace('P1<', 'P<!-- in an id -->1<')
      .replace('<Amt>', '<?erp x="1 > 0"?><Amt><!-- one --><!-- two -->')
      .replace('E1<', '<![CDATA[E1<!-- stays ]]><')
      .replace('</PmtInf>', '<!-- end --></PmtInf>');
    const document = await cut(file, planOf([[0, 'P1', [[0, 2]]]]));
    expect(document).not.toMatch(/<!--(?! stays)|<\?/);
    expect(document).toContain('<PmtInfId>P1</PmtInfId>');
    expect(document).toContain('<EndToEndId><![CDATA[E1<!-- stays ]]></EndToEndId>');
    expect(transfersIn(document)).toHaveLength(3);
  });

  it('copies every transfer as it stands, however its tags are written and wherever a piece of the file ends', async () => {
    const transfers = Array.from({ length: 40 }, (_, at) => ({
      endToEndId: `E${at}`,
      amount: `${at + 1}.00`,
      extra: at % 3 === 0 ? '<Purp ><Prtry>żółć &amp; co</Prtry\n></Purp >' : '<Purp><Cd>SUPP</Cd></Purp>',
    }));
    const many = [{ id: 'P1', transfers }];
    const text = paymentFile({ blocks: many });
    const plan = planOf([[0, 'P1', [[1, 37]]]], many);
    for (const chunkBytes of [61, 1009, 1 << 16]) {
      const { document } = format.cut(sourceOf(text, chunkBytes), plan, CREATED, AS_WRITTEN);
      expect(transfersIn(await textOf(document()))).toEqual(transfersIn(text).slice(1, 38));
    }
  });

  it('names its edits in words', () => {
    const plan = planOf([[0, 'P1-1', [[0, 1]]]]);
    const { edits } = format.cut(sourceOf(''), plan, CREATED, { initiatingPartyName: 'FABRYKA' });
    expect(edits).toEqual([
      'GrpHdr is written for this message: MsgId G01TEST001, CreDtTm 2026-11-23T11:15:00, NbOfTxs 2, CtrlSum 3.50.',
      'InitgPty/Nm is set to FABRYKA.',
      'PmtInf[1] is sent with PmtInfId P1-1; NbOfTxs, where it stands, is 2 and CtrlSum, where it stands, is 3.50.',
      'Comments, processing instructions and white space between the payments are left out.',
    ]);
  });

  it.each([
    ['an amount', paymentFile({ blocks }).replace('>2.00<', '>20.00<')],
    [
      'a missing transfer',
      paymentFile({ blocks: [{ id: 'P1', transfers: [{ endToEndId: 'E1', amount: '1.50' }] }] }),
    ],
    ['a missing block', paymentFile({ blocks: [] })],
    ['broken XML', paymentFile({ blocks }).replace('</Amt>', '</Amtt>')],
    ['an early end', paymentFile({ blocks }).slice(0, 1500)],
  ])('is not finished when the file has changed since the plan: %s', async (_name, text) => {
    await expect(cut(text, planOf([[0, 'P1', [[0, 2]]]]))).rejects.toThrow('has changed');
  });

  it('takes any file apart so that its parts hold each transfer once, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomFile,
        fc.integer({ min: 1, max: 3 }),
        fc.infiniteStream(fc.nat(2)),
        fc.integer({ min: 1, max: 300 }),
        async (file, parts, choices, chunkBytes) => {
          const text = paymentFile(file);
          const found: (string | undefined)[] = [];
          const partOf = file.blocks
            .flatMap((block) => block.transfers)
            .map(() => (choices.next().value ?? 0) % parts);
          for (let part = 0; part < parts; part++) {
            const runs = runsByBlock(file.blocks, (index) => partOf[index] === part);
            if (runs.length === 0) continue;
            const plan = planOf(
              runs.map(([block, transfers]) => [block, `P${part}-${block}`, transfers]),
              file.blocks,
            );
            const { document } = format.cut(sourceOf(text, chunkBytes), plan, CREATED, AS_WRITTEN);
            const cutText = await textOf(document());
            const { verdict, transfers } = await record(sourceOf(cutText));
            expect(verdict.faults).toEqual([]);
            expect(transfers).toHaveLength(plan.count);
            const pieces = transfersIn(cutText);
            let next = 0;
            for (const [, indexRuns] of runs) {
              for (const [from, to] of indexRuns)
                for (let index = from; index <= to; index++) found[index] = pieces[next++];
            }
          }
          expect(found).toEqual(transfersIn(text));
        },
      ),
      { numRuns: 60 },
    );
  });
});

function runsByBlock(
  of: readonly BlockSketch[],
  isIn: (index: number) => boolean,
): [block: number, transfers: [number, number][]][] {
  let index = -1;
  const result: [number, [number, number][]][] = [];
  of.forEach((block, k) => {
    const runs: [number, number][] = [];
    block.transfers.forEach(() => {
      index++;
      const last = runs.at(-1);
      if (!isIn(index)) return;
      if (last?.[1] === index - 1) last[1] = index;
      else runs.push([index, index]);
    });
    if (runs.length > 0) result.push([k, runs]);
  });
  return result;
}

const randomTransfer = fc.record({
  endToEndId: fc.constantFrom(
    'E-1',
    'ŻÓŁW',
    'a&amp;b',
    '<![CDATA[x]]>',
    '<!-- c -->N1',
    '&#xD;q',
    '<?p i?>z',
  ),
  amount: fc
    .integer({ min: 1, max: 10_000_000 })
    .map((grosze) => `${Math.floor(grosze / 100)}.${String(grosze % 100).padStart(2, '0')}`),
  extra: fc.constantFrom('', '<!-- a > b -->', '<?erp ?>', '<Purp><Cd>SALA</Cd></Purp>', '\n\t '),
});
const randomFile = fc.record(
  {
    blocks: fc.array(
      fc.record({
        id: fc.constantFrom('P', 'Q'),
        transfers: fc.array(randomTransfer, { minLength: 1, maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    prefix: fc.constantFrom('ns0:', 'a.b:'),
    lineEnd: fc.constantFrom('\n', '\r\n', ''),
    controlSum: fc.constant('1'),
    declaration: fc.constantFrom(
      '<?xml version="1.0" encoding="utf-8"?>',
      '<?xml version="1.0"?>\n<!-- x -->',
    ),
  },
  { requiredKeys: ['blocks'] },
);
