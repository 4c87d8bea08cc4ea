import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/domain/fault.ts';
import { convertDocument } from '../../../src/erp/iso20022/convert-document.ts';
import { paymentFile, sourceOf, textOf } from './payment-file.ts';
import { record } from './recording-sink.ts';

const plain = paymentFile({ blocks: [{ id: 'P1', transfers: [{ endToEndId: 'E1', amount: '1.00' }, { endToEndId: 'E2', amount: '2.00' }] }] }); // prettier-ignore

/** A version 9 of the plain file, with changes. */
function version9(...changes: readonly (readonly [from: string, to: string])[]): string {
  const file = plain
    .replace('pain.001.001.03', 'pain.001.001.09')
    .replace('>2026-11-24<', '>\n <Dt>2026-11-24</Dt>\n<');
  return changes.reduce((text, [from, to]) => text.replace(from, to), file);
}

async function converted(text: string, chunkBytes?: number): Promise<string> {
  const conversion = await convertDocument(sourceOf(text, chunkBytes));
  if (conversion.kind !== 'converted') throw new Error(JSON.stringify(conversion));
  const first = await textOf(conversion.bytes);
  expect(await textOf(conversion.bytes)).toBe(first);
  return first;
}

async function faultsOf(text: string): Promise<readonly Fault[]> {
  expect((await record(sourceOf(text))).verdict.faults).toEqual([]);
  const conversion = await convertDocument(sourceOf(text));
  return conversion.kind === 'impossible' ? conversion.faults : [];
}

describe('the conversion to version 3', () => {
  it('leaves a version 3 alone', async () => {
    expect(await convertDocument(sourceOf(plain))).toEqual({ kind: 'as-is' });
  });

  it.each([undefined, 1, 50])(
    'gives a valid version 3 with the same facts (chunks of %s bytes)',
    async (chunkBytes) => {
      const source = version9(
        ['<Cdtr>', '<CdtrAgt><FinInstnId><BICFI>BREXPLPW</BICFI></FinInstnId></CdtrAgt><Cdtr>'],
        ['<OrgId><Othr>', '<OrgId><AnyBIC>BREXPLPWXXX</AnyBIC><Othr>'],
        ['<Nm>Huta Szkła</Nm><PstlAdr>', '<Nm>A &lt;&#x26;&gt;</Nm><PstlAdr><AdrTp> <Cd>BIZZ</Cd> </AdrTp>'],
        ['<EndToEndId>E1<', '<EndToEndId><![CDATA[E<1]]><'],
      );
      const result = await converted(source, chunkBytes);
      const [before, after] = [await record(sourceOf(source)), await record(sourceOf(result))];
      expect(before.verdict.faults).toEqual([]);
      expect(after.verdict).toMatchObject({ messageName: 'pain.001.001.03', faults: [] });
      expect(result).toContain('<AdrTp>BIZZ</AdrTp>');
      expect(result).toContain('<BICOrBEI>BREXPLPWXXX</BICOrBEI>');
      expect(result).toContain('<ReqdExctnDt>2026-11-24</ReqdExctnDt>');
      expect(result).toContain('<InstdAmt Ccy="PLN">1.00</InstdAmt>');
      const facts = after.transfers.map((transfer) => [
        transfer.endToEndId.value,
        transfer.creditorName?.value,
        transfer.creditorAgentBic,
      ]);
      expect(facts).toEqual([['E<1', 'A <&>', 'BREXPLPW'], ['E2', 'Huta Szkła', undefined]]); // prettier-ignore
      expect(after.calls).toEqual(before.calls);
    },
  );

  it('converts prefixes, and tax and remittance details that were only nested otherwise', async () => {
    const extra =
      '<Tax><AdmstnZone>PL-14</AdmstnZone></Tax>' +
      '<RltdRmtInf><RmtLctnDtls><Mtd>EMAL</Mtd><ElctrncAdr>a@b.pl</ElctrncAdr></RmtLctnDtls></RltdRmtInf>';
    const strd =
      '<Strd><RfrdDocAmt><DscntApldAmt><Amt Ccy="PLN">1.00</Amt></DscntApldAmt><TaxAmt><Amt Ccy="PLN">2.00</Amt></TaxAmt></RfrdDocAmt></Strd>';
    const source = version9(['<RmtInf><Ustrd>FV/1/2026</Ustrd>', `${extra}<RmtInf>${strd}`]);
    const prefixed = source.replace('xmlns=', 'xmlns:p=').replace(/<(\/?)([A-Z])/g, '<$1p:$2');
    const result = await converted(prefixed);
    expect((await record(sourceOf(result))).verdict.faults).toEqual([]);
    expect(result).toContain('<Tax><AdmstnZn>PL-14</AdmstnZn></Tax>');
    expect(result).toContain(
      '<RltdRmtInf><RmtLctnMtd>EMAL</RmtLctnMtd><RmtLctnElctrncAdr>a@b.pl</RmtLctnElctrncAdr></RltdRmtInf>',
    );
    expect(result).toContain(
      '<RfrdDocAmt><DscntApldAmt Ccy="PLN">1.00</DscntApldAmt><TaxAmt Ccy="PLN">2.00</TaxAmt></RfrdDocAmt>',
    );
    expect(await converted(source)).toBe(result);
  });

  it.each([
    ['UETR', '</EndToEndId>', '</EndToEndId><UETR>8a562c67-ca16-48ba-b074-65581be6f001</UETR>', 'PmtId/UETR'],
    ['an LEI', '<OrgId>', '<OrgId><LEI>259400A1B2C3D4E5F601</LEI>', 'OrgId/LEI'],
    ['an instant', '<Dt>2026-11-24</Dt>', '<DtTm>2026-11-24T08:00:00</DtTm>', 'PmtInf[1]/ReqdExctnDt'],
    ['two service levels', '</SvcLvl>', '</SvcLvl><SvcLvl><Cd>G001</Cd></SvcLvl>', 'SvcLvl[2]'],
    ['an address part', '<TwnNm>', '<BldgNm>Rotunda</BldgNm><TwnNm>', 'PstlAdr/BldgNm'],
    [
      'a proxy',
      '</IBAN></Id></CdtrAcct>',
      '</IBAN></Id><Prxy><Id>+48500</Id></Prxy></CdtrAcct>',
      'CdtrAcct/Prxy',
    ],
    [
      'a code list',
      '</IBAN></Id></CdtrAcct>',
      '</IBAN></Id><Tp><Cd>VACC</Cd></Tp></CdtrAcct>',
      'CdtrAcct/Tp/Cd',
    ],
    [
      'a BIC of the new form',
      '<Cdtr>',
      '<CdtrAgt><FinInstnId><BICFI>1REXPLPW</BICFI></FinInstnId></CdtrAgt><Cdtr>',
      'FinInstnId/BIC',
    ],
    ['an instruction for all', '<ChrgBr>', '<InstrForDbtrAgt>x</InstrForDbtrAgt><ChrgBr>', 'InstrForDbtrAgt'],
    [
      'a private address type',
      '<PstlAdr>',
      '<PstlAdr><AdrTp><Prtry><Id>ABCD</Id><Issr>x</Issr></Prtry></AdrTp>',
      'PstlAdr/AdrTp',
    ],
    [
      'a remittance location too many',
      '<RmtInf>',
      '<RltdRmtInf><RmtLctnDtls><Mtd>EMAL</Mtd></RmtLctnDtls><RmtLctnDtls><Mtd>SMSM</Mtd></RmtLctnDtls></RltdRmtInf><RmtInf>',
      'RmtLctnMtd[2]',
    ],
    [
      'supplementary data',
      '</CdtTrfTxInf>',
      '<SplmtryData><Envlp><x xmlns="urn:x"/></Envlp></SplmtryData></CdtTrfTxInf>',
      'SplmtryData',
    ],
  ])('refuses what version 3 cannot hold: %s', async (_name, from, to, path) => {
    const text = version9([from, to]);
    const faults = await faultsOf(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.rule).toMatch(/^conversion\./);
    expect(faults[0]?.path).toContain(path);
    expect(faults[0]?.message).toContain('The bank takes pain.001.001.03, which cannot hold this');
    expect(faults[0]?.remedy).not.toBe('');
    expect(text.split('\n')[(faults[0]?.line ?? 0) - 1]).toContain(to.slice(1, 9).split('>')[0]);
  });

  it('finds everything at once', async () => {
    const faults = await faultsOf(
      version9(
        ['<Dt>2026-11-24</Dt>', '<DtTm>2026-11-24T08:00:00</DtTm>'],
        ['<TwnNm>', '<Flr>1</Flr><TwnNm>'],
        ['</EndToEndId>', '</EndToEndId><UETR>8a562c67-ca16-48ba-b074-65581be6f001</UETR>'],
      ),
    );
    expect(faults.map(({ path }) => path.split('/').at(-1))).toEqual(['ReqdExctnDt', 'Flr', 'UETR']);
  });
});
