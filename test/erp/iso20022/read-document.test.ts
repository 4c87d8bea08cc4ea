import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatDecimal } from '../../../src/domain/decimal.ts';
import { paymentFile, sourceOf } from './payment-file.ts';
import { record } from './recording-sink.ts';

const twoBlocks = paymentFile({
  controlSum: '6.50',
  blocks: [
    { id: 'P1', count: '2', sum: '3.50', transfers: [{ endToEndId: 'E1', amount: '1.50' }, { endToEndId: 'E2', amount: '2', instructionId: 'I2' }] },
    { id: 'P2', transfers: [{ endToEndId: 'E3', amount: '3.00', currency: 'EUR' }] },
  ],
}); // prettier-ignore

describe('reading a pain.001', () => {
  it('tells a block before its transfers and its end after them', async () => {
    const { calls, verdict } = await record(sourceOf(twoBlocks));
    expect(calls).toEqual([
      'group',
      'block 0',
      'transfer 0',
      'transfer 1',
      'end 0',
      'block 1',
      'transfer 2',
      'end 1',
    ]);
    expect(verdict).toMatchObject({
      messageName: 'pain.001.001.03',
      kind: 'payment',
      complete: true,
      faultCount: 0,
    });
  });

  it('gives the facts of group, block and transfer with their places', async () => {
    const { groups, blocks, transfers } = await record(sourceOf(twoBlocks));
    expect(groups[0]).toMatchObject({
      messageId: { value: 'ERP-1', place: { line: 4, column: 14, path: 'CstmrCdtTrfInitn/GrpHdr/MsgId' } },
      declaredCount: { value: '3' },
      initiatingParty: { value: 'Fabryka Okien' },
    });
    expect(blocks[0]).toMatchObject({
      paymentInformationId: { value: 'P1', place: { path: 'CstmrCdtTrfInitn/PmtInf[1]/PmtInfId' } },
      method: 'TRF',
      declaredCount: { value: '2' },
      type: { serviceLevel: 'NURG', localInstrument: undefined },
      executionDate: { value: '2026-11-24' },
      debtorName: 'Fabryka Okien Sp. z o.o.',
      debtorAccount: { kind: 'iban', value: 'PL61109010140000071219812874' },
      debtorAccountCurrency: 'PLN',
      chargeBearer: 'SLEV',
    });
    expect(blocks[1]).toMatchObject({ declaredCount: undefined, declaredSum: undefined });
    expect(
      transfers.map((transfer) => [transfer.block, formatDecimal(transfer.amount.value), transfer.currency]),
    ).toEqual([
      [0, '1.50', 'PLN'],
      [0, '2', 'PLN'],
      [1, '3.00', 'EUR'],
    ]);
    expect(transfers[1]).toMatchObject({
      instructionId: { value: 'I2' },
      endToEndId: {
        value: 'E2',
        place: { path: 'CstmrCdtTrfInitn/PmtInf[1]/CdtTrfTxInf[2]/PmtId/EndToEndId' },
      },
      creditorName: { value: 'Huta Szkła' },
      creditorAddress: { town: 'Łódź', country: 'PL', lines: ['ul. Prosta 1', 'lok. 2'] },
      debtorAddress: { town: 'Radom', country: 'PL', lines: [] },
      remittance: 'FV/1/2026',
      equivalent: false,
      type: undefined,
    });
  });

  it('gives every text that a bank may restrict with its place', async () => {
    const { blocks, transfers } = await record(sourceOf(twoBlocks));
    expect(blocks[0]?.texts.map((text) => text.value)).toEqual(['Fabryka Okien Sp. z o.o.', 'Radom']);
    const shown = transfers[0]?.texts.map(
      ({ value, place }) => `${value} @ ${place.path.split('CdtTrfTxInf[1]/')[1] ?? ''}`,
    );
    expect(shown).toEqual([
      'Huta Szkła @ Cdtr/Nm',
      'Łódź @ Cdtr/PstlAdr/TwnNm',
      'ul. Prosta 1 @ Cdtr/PstlAdr/AdrLine[1]',
      'lok. 2 @ Cdtr/PstlAdr/AdrLine[2]',
      'FV/1/2026 @ RmtInf/Ustrd[1]',
    ]);
  });

  it.each([1, 7, 64, 1000])('gives the same facts in chunks of %d bytes', async (chunkBytes) => {
    expect(await record(sourceOf(twoBlocks, chunkBytes))).toEqual(await record(sourceOf(twoBlocks)));
  });

  it('reads prefixes, CDATA, references, comments, CRLF and a byte order mark alike', async () => {
    const written = {
      blocks: [
        {
          id: 'P<![CDATA[1]]>',
          transfers: [{ endToEndId: 'A<!-- no -->&amp;&#66;', amount: '1.<![CDATA[00]]>' }],
        },
      ],
      prefix: 'ns0:',
      lineEnd: '\r\n',
    };
    const { blocks, transfers, verdict } = await record(sourceOf(`\uFEFF${paymentFile(written)}`));
    expect(verdict.faults).toEqual([]);
    expect(blocks[0]?.paymentInformationId.value).toBe('P1');
    expect(transfers[0]?.endToEndId.value).toBe('A&B');
    expect(transfers[0] && formatDecimal(transfers[0].amount.value)).toBe('1.00');
  });

  it('reads windows-1250', async () => {
    const text = paymentFile({
      declaration: '<?xml version="1.0" encoding="windows-1250"?>',
      blocks: [{ id: 'P1', transfers: [{ endToEndId: 'E1', amount: '1' }] }],
    });
    const codes = new Map([['ł', 0xb3], ['Ł', 0xa3], ['ó', 0xf3], ['ź', 0x9f]]); // prettier-ignore
    const bytes = Uint8Array.from(Array.from(text), (letter) => codes.get(letter) ?? letter.charCodeAt(0));
    const { transfers, verdict } = await record(sourceOf(bytes, 100));
    expect(verdict.faults).toEqual([]);
    expect(transfers[0]?.creditorName?.value).toBe('Huta Szkła');
    expect(transfers[0]?.creditorAddress?.town).toBe('Łódź');
  });

  it('takes the structured reference as remittance where there is no free text', async () => {
    const file = paymentFile({ blocks: [{ id: 'P1', transfers: [{ endToEndId: 'E1', amount: '1' }] }] });
    const strd =
      '<Strd><CdtrRefInf><Ref>RF18 5390</Ref></CdtrRefInf><AddtlRmtInf>dodatek</AddtlRmtInf></Strd>';
    const { transfers, verdict } = await record(sourceOf(file.replace('<Ustrd>FV/1/2026</Ustrd>', strd)));
    expect(verdict.faults).toEqual([]);
    expect(transfers[0]?.remittance).toBe('RF18 5390 dodatek');
    expect(transfers[0]?.texts.at(-1)?.place.path).toBe(
      'CstmrCdtTrfInitn/PmtInf[1]/CdtTrfTxInf[1]/RmtInf/Strd[1]/AddtlRmtInf[1]',
    );
  });

  it('marks an equivalent amount and gives it in its own currency', async () => {
    const file = paymentFile({ blocks: [{ id: 'P1', transfers: [{ endToEndId: 'E1', amount: '1' }] }] });
    const equivalent = '<EqvtAmt><Amt Ccy="EUR">7.10</Amt><CcyOfTrf>USD</CcyOfTrf></EqvtAmt>';
    const { transfers } = await record(
      sourceOf(file.replace('<InstdAmt Ccy="PLN">1</InstdAmt>', equivalent)),
    );
    expect(transfers[0]).toMatchObject({ equivalent: true, currency: 'EUR' });
  });

  it('tells the facts of a faulty file too, with what is missing left empty', async () => {
    const file = twoBlocks
      .replace('<PmtInfId>P2</PmtInfId>', '')
      .replace('>1.50<', '>viel<')
      .replace('<EndToEndId>E3</EndToEndId>', '');
    const { verdict, blocks, transfers, calls } = await record(sourceOf(file));
    expect(verdict.complete).toBe(true);
    expect(verdict.faults.map(({ rule }) => rule)).toEqual([
      'schema.decimal',
      'schema.missing',
      'schema.missing',
    ]);
    expect(calls).toHaveLength(8);
    expect(blocks[1]?.paymentInformationId).toEqual({ value: '', place: blocks[1]?.place });
    expect(transfers[0]?.amount.value).toEqual({ coefficient: 0n, scale: 0 });
    expect(transfers[2]?.endToEndId.value).toBe('');
  });

  it('does not take a header element that follows a transfer for one of the transfer', async () => {
    const file = paymentFile({ blocks: [{ id: 'P1', transfers: [{ endToEndId: 'E1', amount: '1' }] }] });
    const debtor = /      <Dbtr>.*<\/Dbtr>\n/.exec(file)?.[0] ?? '';
    const moved = file.replace(debtor, '').replace('    </PmtInf>', `${debtor}    </PmtInf>`);
    const { verdict, calls, transfers } = await record(sourceOf(moved));
    expect(verdict.faults.map(({ rule, path }) => [rule, path])).toContainEqual([
      'schema.order',
      'CstmrCdtTrfInitn/PmtInf[1]/Dbtr',
    ]);
    expect(calls).toEqual(['group', 'block 0', 'transfer 0', 'end 0']);
    expect(transfers[0]?.texts).toHaveLength(5);
  });
});

describe('the version 9 of a pain.001', () => {
  it('gives the same facts where names differ', async () => {
    const file = paymentFile({
      blocks: [{ id: 'P1', transfers: [{ endToEndId: 'E1', amount: '1', extra: '' }] }],
    })
      .replace('pain.001.001.03', 'pain.001.001.09')
      .replace('>2026-11-24<', '><DtTm>2026-11-24T08:00:00Z</DtTm><')
      .replace(
        '<SvcLvl><Cd>NURG</Cd></SvcLvl>',
        '<SvcLvl><Cd>SEPA</Cd></SvcLvl><SvcLvl><Cd>G001</Cd></SvcLvl>',
      )
      .replace('<Cdtr>', '<CdtrAgt><FinInstnId><BICFI>BREXPLPWXXX</BICFI></FinInstnId></CdtrAgt><Cdtr>');
    const { verdict, blocks, transfers } = await record(sourceOf(file));
    expect(verdict.faults).toEqual([]);
    expect(verdict.messageName).toBe('pain.001.001.09');
    expect(blocks[0]).toMatchObject({
      executionDate: { value: '2026-11-24' },
      type: { serviceLevel: 'SEPA' },
    });
    expect(transfers[0]?.creditorAgentBic).toBe('BREXPLPWXXX');
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['an empty file', ''],
    ['white space', '  \n'],
    ['a tag that breaks off', twoBlocks.slice(0, 400)],
    ['a text that breaks off', twoBlocks.slice(0, twoBlocks.indexOf('Huta') + 2)],
    ['all but the closing tag', twoBlocks.slice(0, twoBlocks.indexOf('</Document>'))],
    ['half of the closing tag', twoBlocks.slice(0, -2)],
  ])('is incomplete: %s', async (_name, text) => {
    const { verdict } = await record(sourceOf(text));
    expect(verdict.complete).toBe(false);
    expect(verdict.faults.at(-1)?.remedy).toContain('Write the file to its end');
  });

  it('is complete, but wrong, when its tags do not match', async () => {
    const { verdict } = await record(sourceOf(twoBlocks.replace('</PmtInf>', '</PmtInfo>')));
    expect(verdict.complete).toBe(true);
    expect(verdict.faults).toMatchObject([{ rule: 'xml.mismatch', path: 'CstmrCdtTrfInitn/PmtInf[1]' }]);
  });

  it('is complete, but wrong, when something follows the root element', async () => {
    const { verdict } = await record(sourceOf(`${twoBlocks}\n<More/>`));
    expect(verdict).toMatchObject({ complete: true, faultCount: 1 });
  });

  it('is complete, but wrong, when its bytes are not of its encoding', async () => {
    const { verdict } = await record(sourceOf(Buffer.from(twoBlocks, 'latin1')));
    expect(verdict.complete).toBe(true);
    expect(verdict.faults[0]?.rule).toMatch(/^xml\./);
  });

  it.each([
    ['a later version', twoBlocks.replace('pain.001.001.03', 'pain.001.001.12'), 'pain.001.001.12'],
    [
      'another message',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt/></Document>',
      'camt.053',
    ],
    ['no namespace', '<Przelewy><Przelew/></Przelewy>', 'in no namespace'],
  ])('is unknown: %s', async (_name, text, found) => {
    const { verdict, calls } = await record(sourceOf(text));
    expect(verdict).toMatchObject({ kind: 'unknown', messageName: undefined, complete: true, faultCount: 1 });
    expect(verdict.faults[0]?.message).toContain(found);
    expect(verdict.faults[0]?.remedy).toContain(
      'pain.001.001.03, pain.001.001.09, camt.060.001.03, camt.060.001.05',
    );
    expect(calls).toEqual([]);
  });

  it.each([
    ['broken XML', Buffer.from(twoBlocks.replace('</GrpHdr>', '</Hdr>'))],
    [
      'bytes that are not of the encoding',
      Buffer.from(`<?xml version="1.0" encoding="utf8"?>${twoBlocks}`, 'latin1'),
    ],
    ['an encoding that is not supported', Buffer.from(`<?xml version="1.0" encoding="cp037"?>${twoBlocks}`)],
    ['an unknown document', Buffer.from(`<Other>${'x'.repeat(5000)}</Other>`)],
  ])('is read to its end all the same: %s', async (_name, bytes) => {
    const hash = createHash('sha256');
    const hashing = async function* (): AsyncGenerator<Uint8Array, void> {
      for await (const piece of sourceOf(bytes, 100)()) {
        hash.update(piece);
        yield piece;
      }
    };
    const { verdict } = await record(hashing);
    expect(verdict).toMatchObject({ complete: true, faultCount: 1 });
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('lets a failure of the source through', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array, void> {
      yield Buffer.from('<Document');
      throw new Error('the share is gone');
    };
    await expect(record(failing)).rejects.toThrow('the share is gone');
  });
});

/** Plain objects, with what is only computed when it is asked for. */
function spelledOut(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return value.map(spelledOut);
  if (typeof value !== 'object' || value === null) return value;
  const path = 'path' in value ? { path: value.path } : {};
  return {
    ...Object.fromEntries(Object.entries(value).map(([name, found]) => [name, spelledOut(found)])),
    ...path,
  };
}

describe('transfers of which only the values are new', () => {
  it('are told with the same facts and places as if each were read tag by tag', async () => {
    const structured =
      '<Purp><Cd>SUPP</Cd></Purp>\n<RmtInf><Strd><RfrdDocInf><Nb>F1</Nb></RfrdDocInf></Strd><Strd><CdtrRefInf><Ref>Zażółć</Ref></CdtrRefInf><AddtlRmtInf>x</AddtlRmtInf><AddtlRmtInf>y</AddtlRmtInf></Strd></RmtInf>';
    const transfers = Array.from({ length: 60 }, (_, n) => ({
      endToEndId: n % 5 === 0 ? `Ż-${n}` : `E${n}`,
      amount: n % 7 === 0 ? '12345678901234567.5' : `${n}.10`,
      ...(n % 4 === 0 ? { instructionId: `I${n}` } : {}),
      ...(n % 6 === 5 ? { currency: 'EUR' } : {}),
    }));
    const blocks = [
      { id: 'P1', transfers },
      { id: 'P2', transfers: transfers.slice(20) },
    ];
    let number = 0;
    const text = paymentFile({ blocks }).replace(/<RmtInf>.*<\/RmtInf>/g, (found) =>
      number++ % 3 === 0 ? structured : found,
    );
    const whole = await record(sourceOf(text, 1 << 20));
    const tagByTag = await record(sourceOf(text, 61));
    expect(whole.verdict.faults).toEqual(tagByTag.verdict.faults);
    expect(whole.calls).toEqual(tagByTag.calls);
    expect(whole.transfers.map(spelledOut)).toEqual(tagByTag.transfers.map(spelledOut));
    expect(whole.transfers[1]?.texts.at(-1)?.place.path).toBe(
      'CstmrCdtTrfInitn/PmtInf[1]/CdtTrfTxInf[2]/RmtInf/Ustrd[1]',
    );
  });
});
