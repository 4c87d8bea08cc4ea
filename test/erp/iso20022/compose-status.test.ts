import { describe, expect, it } from 'vitest';
import type { StatusToTell } from '../../../src/erp/format.ts';
import { createIso20022Format } from '../../../src/erp/iso20022/iso20022-format.ts';
import { DocumentChecker } from '../../../src/iso20022/document-checker.ts';
import { pain00200103 } from '../../../src/iso20022/messages/pain.002.001.03.ts';
import { readEncodedXml } from '../../../src/xml/decode.ts';
import { sourceOf, textOf } from './payment-file.ts';

const format = createIso20022Format();
const status: StatusToTell = {
  messageId: 'S1',
  createdAt: new Date('2026-07-01T22:30:05Z'),
  erp: { messageId: 'ERP-1', messageName: 'pain.001.001.03', transferCount: 2, controlSum: '1334.55' },
  fileName: 'płatności.xml',
  groupStatus: 'PART',
  groupReasons: [],
  blocks: [
    {
      paymentInformationId: 'P1',
      transfers: [
        { instructionId: 'I1', endToEndId: 'E1', status: 'ACSC', reasons: [] },
        {
          instructionId: undefined,
          endToEndId: 'E2',
          status: 'RJCT',
          reasons: [{ code: 'AC01', texts: ['Zły rachunek'] }],
        },
      ],
    },
  ],
};

/** The report as one line, once it is found to be a valid pain.002.001.03. */
async function composed(changes: Partial<StatusToTell>): Promise<string> {
  const bytes = Buffer.from(await textOf(format.composeStatus({ ...status, ...changes })));
  const checker = new DocumentChecker(pain00200103, {});
  expect(await readEncodedXml(sourceOf(bytes)(), checker)).toBeUndefined();
  expect(checker.faults).toEqual([]);
  return Buffer.from(bytes).toString('utf8').replace(/>\s+</g, '><');
}

describe('the status report for the ERP', () => {
  it('tells each transfer under the ids of the ERP', async () => {
    const text = await composed({});
    expect(text).toContain('<GrpHdr><MsgId>S1</MsgId><CreDtTm>2026-07-02T00:30:05</CreDtTm></GrpHdr>');
    expect(text).toContain(
      '<OrgnlGrpInfAndSts><OrgnlMsgId>ERP-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId><OrgnlNbOfTxs>2</OrgnlNbOfTxs>' +
        '<OrgnlCtrlSum>1334.55</OrgnlCtrlSum><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>',
    );
    expect(text).toContain(
      '<OrgnlPmtInfAndSts><OrgnlPmtInfId>P1</OrgnlPmtInfId>' +
        '<TxInfAndSts><OrgnlInstrId>I1</OrgnlInstrId><OrgnlEndToEndId>E1</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>' +
        '<TxInfAndSts><OrgnlEndToEndId>E2</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>Zły rachunek</AddtlInf></StsRsnInf></TxInfAndSts>' +
        '</OrgnlPmtInfAndSts>',
    );
  });

  it('gives the same bytes for the same status', async () => {
    const again = textOf(format.composeStatus(structuredClone(status)));
    expect(await textOf(format.composeStatus(status))).toEqual(await again);
  });

  it('is written piece by piece, so that a large one is never held, with the bytes of one that is', async () => {
    const transfers = Array.from({ length: 3000 }, (_, n) => ({
      instructionId: `I${n}`,
      endToEndId: `Ż${n}`,
      status: 'ACSC' as const,
      reasons: [],
    }));
    const blocks = ['P1', 'P2'].map((paymentInformationId) => ({ paymentInformationId, transfers }));
    const pieces: Uint8Array[] = [];
    for await (const piece of format.composeStatus({ ...status, blocks })) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(80_000);
    const lines = Buffer.concat(pieces).toString().split('\n');
    expect(lines.filter((line) => line === '      <TxInfAndSts>')).toHaveLength(6000);
    expect(lines.filter((line) => !/^ *<[^<>]+>([^<>]+<\/[^<>]+>)?$/.test(line))).toEqual([]);
  });

  it('names the file where there is no message id to refer to', async () => {
    const erp = { messageId: undefined, messageName: undefined, transferCount: 0, controlSum: '0' };
    const text = await composed({
      erp,
      groupStatus: 'RJCT',
      groupReasons: [{ code: undefined, texts: ['Line 1: broken'] }],
      blocks: [],
    });
    expect(text).toContain(
      '<OrgnlMsgId>NOTPROVIDED</OrgnlMsgId><OrgnlMsgNmId>NOTPROVIDED</OrgnlMsgNmId><GrpSts>RJCT</GrpSts>' +
        '<StsRsnInf><AddtlInf>Line 1: broken</AddtlInf></StsRsnInf><StsRsnInf><AddtlInf>File: płatności.xml</AddtlInf></StsRsnInf>',
    );
  });

  it('never shortens an id: one that is too long is told in words', async () => {
    const long = 'X'.repeat(36);
    const [block] = status.blocks;
    const transfers = [{ instructionId: '', endToEndId: long, status: 'RJCT', reasons: [] }] as const;
    const text = await composed({
      erp: { ...status.erp, messageId: long },
      blocks: [{ ...block, paymentInformationId: long, transfers }],
    });
    expect(text).toContain(`<OrgnlMsgId>NOTPROVIDED</OrgnlMsgId>`);
    expect(text).toContain(`<AddtlInf>MsgId: ${long}</AddtlInf>`);
    expect(text).toContain('<OrgnlPmtInfId>NOTPROVIDED</OrgnlPmtInfId>');
    expect(text).toContain(
      `<TxInfAndSts><TxSts>RJCT</TxSts><StsRsnInf><AddtlInf>EndToEndId: ${long}</AddtlInf></StsRsnInf></TxInfAndSts>`,
    );
  });

  it.each([
    ['AC01', '<Rsn><Cd>AC01</Cd></Rsn>'],
    ['NARR', '<Rsn><Cd>NARR</Cd></Rsn>'],
    ['E502', '<Rsn><Prtry>E502</Prtry></Rsn>'],
    ['rule.iban', '<Rsn><Prtry>rule.iban</Prtry></Rsn>'],
    ['Y'.repeat(40), `<AddtlInf>${'Y'.repeat(40)}</AddtlInf>`],
  ])('gives the code %s as %s', async (code, written) => {
    expect(await composed({ groupReasons: [{ code, texts: [] }] })).toContain(
      `<StsRsnInf>${written}</StsRsnInf>`,
    );
  });

  it('cuts a long text into pieces that are the text again, and never within a character', async () => {
    const long = `${'a'.repeat(104)}\u{1F600}${'ż'.repeat(110)}`;
    const text = await composed({ groupReasons: [{ code: 'NARR', texts: [long, '', 'short'] }] });
    const pieces = [...text.matchAll(/<AddtlInf>(.*?)<\/AddtlInf>/gu)].map(([, piece = '']) => piece);
    expect(pieces.map((piece) => Array.from(piece).length)).toEqual([105, 105, 5, 5, 12]);
    expect(pieces.slice(0, 3).join('')).toBe(long);
  });

  it('leaves out a reason that says nothing', async () => {
    expect(
      await composed({
        groupReasons: [
          { code: undefined, texts: [] },
          { code: undefined, texts: [''] },
        ],
      }),
    ).not.toContain('<GrpSts>PART</GrpSts><StsRsnInf>');
  });

  it('tells a transfer that was only received as pending, because a pain.002 has no RCVD for it', async () => {
    const transfers = [{ instructionId: undefined, endToEndId: 'E1', status: 'RCVD', reasons: [] }] as const;
    expect(await composed({ blocks: [{ paymentInformationId: 'P1', transfers }] })).toContain(
      '<TxSts>PDNG</TxSts>',
    );
  });

  it.each([
    ['123456789012345678', true],
    ['1234567890123456789', false],
    ['0.12345678901234567', true],
    ['1.5000000000000000000', true],
    ['0.123456789012345678', false],
    ['', false],
  ])('tells the control sum %s only if it fits its type: %s', async (controlSum, told) => {
    const text = await composed({ erp: { ...status.erp, controlSum } });
    expect(text.includes('<OrgnlCtrlSum>')).toBe(told);
  });
});
