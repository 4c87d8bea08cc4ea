// What else an ERP drops: a newer message version, an empty file, requests, transfers abroad; and what it then reads.

import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, isBusinessDay } from '../../src/domain/calendar.ts';
import { EUR_ACCOUNT, KNOWN_PROFILE, Office, PLN_ACCOUNT } from './support/office.ts';
import { paymentFile, singlePayment, TODAY } from './support/payment-file.ts';
import { goniec, removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

let root: string;
let bank: Bank;
let office: Office;

beforeAll(async () => {
  root = await temporaryFolder();
  bank = await startBank(root, '--booking-delay', '500');
  const accounts = [
    { iban: PLN_ACCOUNT, currency: 'PLN', collect: true },
    { iban: EUR_ACCOUNT, currency: 'EUR' },
  ];
  office = await Office.open(root, [{ bank, name: 'Bank', accounts, profile: KNOWN_PROFILE }]);
});

afterAll(async () => {
  await office.daemon.stop();
  await bank.service.stop();
  await removeFolder(root);
});

describe.concurrent('A payment file', () => {
  it('in version 09 is brought into the version the bank takes, and settles', async () => {
    const file = singlePayment('v09')
      .replaceAll('pain.001.001.03', 'pain.001.001.09')
      .replace(`<ReqdExctnDt>${TODAY}</ReqdExctnDt>`, `<ReqdExctnDt><Dt>${TODAY}</Dt></ReqdExctnDt>`);
    await office.drop('v09.xml', file);
    const status = await office.finalStatus('v09');
    expect(status).toContain('<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>');
    expect(status).toContain('<GrpSts>ACSC</GrpSts>');
    expect(office.executions().get('E-v09')).toBe(1);
    const [part] = (await office.archived()).filter((path) => /v09_.*part-001\.xml$/.test(path));
    const sent = await office.readAt(part ?? '');
    expect(sent).toContain('pain.001.001.03');
    expect(sent).not.toContain('pain.001.001.09');
  });

  it('with transfers abroad to accounts that are no IBANs settles', async () => {
    const abroad = { id: 'E-abroad', amount: '12.34', currency: 'EUR', iban: 'ABROAD' };
    const file = paymentFile('M-abroad', [{ debtor: EUR_ACCOUNT, transfers: [abroad] }])
      .replace('<IBAN>ABROAD</IBAN>', '<Othr><Id>1234567890</Id></Othr>')
      .replace(/(\s*)<Cdtr>/, '$1<CdtrAgt><FinInstnId><BIC>BKTRUS33</BIC></FinInstnId></CdtrAgt>$1<Cdtr>');
    await office.drop('abroad.xml', file);
    expect(await office.finalStatus('abroad')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(office.executions().get('E-abroad')).toBe(1);
    expect(await office.readAt(join('bank', 'ledger.ndjson'))).toMatch(/"ForeignTransfer".*E-abroad/);
  });

  it("is told the bank's own reason for a rejected transfer, with code and every word", async () => {
    const transfers = [
      { id: 'E-why-good', amount: '5.00' },
      { id: 'E-why-bad', amount: '6.00', text: 'SANDBOX:RJCT' },
    ];
    await office.drop('why.xml', paymentFile('M-why', [{ transfers }]));
    const status = (await office.finalStatus('why')).replace(/>\s+</g, '><');
    expect(status).toContain('<GrpSts>PART</GrpSts>');
    expect(status).toContain(
      '<OrgnlEndToEndId>E-why-bad</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>MS03</Cd></Rsn>' +
        '<AddtlInf>Rejected because SANDBOX:RJCT was ordered</AddtlInf></StsRsnInf>',
    );
    expect(status).toContain('<OrgnlEndToEndId>E-why-good</OrgnlEndToEndId><TxSts>ACSC</TxSts>');
  });

  it('that is empty stays where it is and is reported', async () => {
    const path = join(root, 'outbox', 'empty.xml');
    writeFileSync(path, '');
    await until('the report', () => /outbox\.incomplete .*file=empty\.xml/.test(office.daemon.output));
    expect(statSync(path).size).toBe(0);
    expect(await office.toldAbout('empty')).toEqual([]);
    expect((await goniec('status', '--config', office.config)).output).toContain('empty.xml');
  });
});

describe.concurrent('A request (camt.060) of the ERP', () => {
  it.each([
    ['balance', '', /^camt\.052_.*_balance_copy_/],
    ['history', period(addDays(TODAY, -9), TODAY), /^camt\.052_.*_history_copy_/],
    ['statement', period(lastBusinessDay(), lastBusinessDay()), /^camt\.053_.*_statement_copy_/],
  ])('for a %s is answered in the inbox, and archived', async (kind, content, name) => {
    await office.drop(`ask-${kind}.xml`, request(kind, content));
    await until(`the answer ${String(name)}`, async () =>
      (await office.inbox()).some((file) => name.test(file)),
    );
    await until('the request to be archived', async () =>
      (await office.archived()).some(
        (path) => path.includes(`ask-${kind}_`) && path.endsWith('receipt.json'),
      ),
    );
    expect(await office.toldAbout(`ask-${kind}`)).toEqual([]);
  });

  it('about a strange account is refused with its reason', async () => {
    const file = request('balance', '').replace(PLN_ACCOUNT, 'PL55114000029900000000000022');
    await office.drop('ask-stranger.xml', file);
    const status = (await office.finalStatus('ask-stranger')).replace(/<\/AddtlInf>\s*<AddtlInf>/g, '');
    expect(status).toContain('<GrpSts>RJCT</GrpSts>');
    expect(status).toContain('not one of the accounts configured');
  });
});

describe.concurrent('An account', () => {
  it('has a statement for every business day, and the days off are known to have none', async () => {
    const days = Array.from({ length: 7 }, (_, index) => addDays(TODAY, index - 7));
    await until('the last day to be looked at', () =>
      office.daemon.output
        .split('\n')
        .some((line) => /statement\.(delivered|none)/.test(line) && line.includes(`day=${days[6] ?? ''}`)),
    );
    const statements = (await office.inbox()).filter((name) => /^camt\.053_.*_statement\.xml$/.test(name));
    // The sandbox opened on the business day before its five days of history.
    for (const day of days) {
      const file = `camt.053_${day}_${PLN_ACCOUNT}_statement.xml`;
      if (statements.includes(file)) expect(isBusinessDay(day), day).toBe(true);
      else expect(office.daemon.output).toMatch(new RegExp(`statement\\.none .*day=${day} code=E502`));
    }
    expect(statements.length).toBeGreaterThan(2);
    expect(office.daemon.output).not.toContain('statement.flagged');
  });
});

describe('Afterwards', () => {
  it('only the empty file is left in the outbox', async () => {
    await until(
      'everything to be closed',
      async () => (await office.working()).length === 0 && (await office.spooled()).length === 0,
    );
    expect(await office.waiting()).toEqual(['empty.xml']);
  });

  it('a second daemon is turned away before it touches what the first may be writing; a later start clears it', async () => {
    const half = join(root, 'inbox', '.pain.002_half.xml.0123456789ab-1.goniec-part');
    writeFileSync(half, '<Docu');
    const second = await goniec('start', '--config', office.config);
    expect(second.code).toBe(4);
    expect(second.output.trim().split('\n')).toHaveLength(1);
    expect(second.output).toMatch(/stop|other|already|running/i);
    expect(existsSync(half)).toBe(true);
    expect(await office.daemon.stop()).toBe(0);
    await office.daemon.start();
    expect(existsSync(half)).toBe(false);
  });
});

function lastBusinessDay(): string {
  let day = addDays(TODAY, -1);
  while (!isBusinessDay(day)) day = addDays(day, -1);
  return day;
}

function period(from: string, to: string): string {
  return `<RptgPrd>
      <FrToDt><FrDt>${from}</FrDt><ToDt>${to}</ToDt></FrToDt>
      <FrToTm><FrTm>00:00:00</FrTm><ToTm>23:59:59</ToTm></FrToTm>
      <Tp>ALLL</Tp>
    </RptgPrd>`;
}

/** As an ERP writes it: for operations, a statement, or balances of now. */
function request(kind: string, periodXml: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.060.001.03">
  <AcctRptgReq>
    <GrpHdr><MsgId>R-${kind}</MsgId><CreDtTm>${TODAY}T08:00:00</CreDtTm></GrpHdr>
    <RptgReq>
    <ReqdMsgNmId>${kind === 'statement' ? 'camt.053.001.02' : 'camt.052.001.02'}</ReqdMsgNmId>
    <Acct><Id><IBAN>${PLN_ACCOUNT}</IBAN></Id></Acct>
    <AcctOwnr><Pty><Nm>Wytwornia</Nm></Pty></AcctOwnr>
    ${periodXml}${kind === 'balance' ? '<ReqdBalTp><CdOrPrtry><Cd>ITBD</Cd></CdOrPrtry></ReqdBalTp>' : ''}
    </RptgReq>
  </AcctRptgReq>
</Document>
`;
}
