// The demo's own configuration, the files its ERP drops, and an example payment to try any set-up with.

/** One company, the built-in bank on these ports, and short waits. */
export function demoConfiguration(port: number, controlPort: number): string {
  return `state: ../state
scanEvery: 1s
tellEvery: 1s
companies:
  - { name: Demo, outbox: ../outbox, inbox: ../inbox, archive: ../archive }
banks:
  - name: Sandbox
    dialect: bnp
    url: https://localhost:${port}/bnpp-cdc/cdc00101
    environment: test
    sandbox: true
    sandboxControlPort: ${controlPort}
    follow: { firstAsk: 1s, askEveryMax: 2s }
accounts:
  - iban: PL60160014620000000000000001
    company: Demo
    bank: Sandbox
    currency: PLN
    balances: '*/5 * * * *'
    history: '*/5 * * * *'
    statements: { at: '*/15 * * * *', pdf: true }
`;
}

/** Two good transfers for execution on that day. */
export function demoPayment(day: string): string {
  return paymentFile('DEMO-1', day, '334.55', [
    {
      id: 'DEMO-1-A',
      amount: '234.50',
      name: 'Tartak Wzorcowy',
      iban: 'PL55114000029900000000000022',
      text: 'Faktura 15/2026',
    },
    {
      id: 'DEMO-1-B',
      amount: '100.05',
      name: 'Drukarnia Probna',
      iban: 'PL58102000039900000000000033',
      text: 'Faktura 16/2026',
    },
  ]);
}

/** One transfer with a mistyped account number, and a control sum that does not add up. */
export function demoRefused(day: string): string {
  return paymentFile('DEMO-2', day, '500.00', [
    {
      id: 'DEMO-2-A',
      amount: '50.00',
      name: 'Tartak Wzorcowy',
      iban: 'PL55114000029900000000000023',
      text: 'Faktura 17/2026',
    },
  ]);
}

/** One small payment from that account, with ids of its own, to try a set-up with. */
export function examplePayment(
  debtor: { readonly iban: string; readonly name: string; readonly currency: string },
  id: string,
  day: string,
): string {
  return paymentFile(
    id,
    day,
    '1.00',
    [
      {
        id: `${id}-1`,
        amount: '1.00',
        name: 'Tartak Wzorcowy',
        iban: 'PL55114000029900000000000022',
        text: 'Example payment',
      },
    ],
    debtor,
  );
}

interface DemoTransfer {
  readonly id: string;
  readonly amount: string;
  readonly name: string;
  readonly iban: string;
  readonly text: string;
}

const DEMO_DEBTOR = {
  iban: 'PL60160014620000000000000001',
  name: 'Wytwornia Przykladowa Sp. z o.o.',
  currency: 'PLN',
};

function paymentFile(
  messageId: string,
  day: string,
  sum: string,
  transfers: readonly DemoTransfer[],
  debtor = DEMO_DEBTOR,
): string {
  const each = transfers.map(
    ({ id, amount, name, iban, text }) => `      <CdtTrfTxInf>
        <PmtId><EndToEndId>${id}</EndToEndId></PmtId>
        <Amt><InstdAmt Ccy="${debtor.currency}">${amount}</InstdAmt></Amt>
        <CdtrAgt><FinInstnId><ClrSysMmbId><MmbId>${iban.slice(4, 12)}</MmbId></ClrSysMmbId></FinInstnId></CdtrAgt>
        <Cdtr><Nm>${name}</Nm></Cdtr>
        <CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct>
        <RmtInf><Ustrd>${text}</Ustrd></RmtInf>
      </CdtTrfTxInf>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>${messageId}</MsgId>
      <CreDtTm>${day}T08:00:00</CreDtTm>
      <NbOfTxs>${transfers.length}</NbOfTxs>
      <CtrlSum>${sum}</CtrlSum>
      <InitgPty><Nm>WYTWORNIAPRZYKLADOWA</Nm></InitgPty>
    </GrpHdr>
    <PmtInf>
      <PmtInfId>${messageId}-1</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <ReqdExctnDt>${day}</ReqdExctnDt>
      <Dbtr><Nm>${debtor.name}</Nm></Dbtr>
      <DbtrAcct><Id><IBAN>${debtor.iban}</IBAN></Id></DbtrAcct>
      <DbtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>PLKNR</Cd></ClrSysId><MmbId>${debtor.iban.slice(4, 12)}</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>
${each.join('\n')}
    </PmtInf>
  </CstmrCdtTrfInitn>
</Document>
`;
}
