/** A small pain.001.001.03 written by hand; a test replaces the part it is about. */
export const PAIN_001_NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.03';

export function pain001(replace: Readonly<Record<string, string>> = {}): string {
  let document = DOCUMENT;
  for (const [part, by] of Object.entries(replace)) {
    if (!document.includes(part)) throw new Error(`The document has no ${part}.`);
    document = document.replace(part, () => by);
  }
  return document;
}

const DOCUMENT = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="${PAIN_001_NAMESPACE}">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>ORDER-1</MsgId>
      <CreDtTm>2026-03-31T17:05:00</CreDtTm>
      <NbOfTxs>2</NbOfTxs>
      <CtrlSum>150.25</CtrlSum>
      <InitgPty><Nm>Zakłady Zażółć</Nm></InitgPty>
    </GrpHdr>
    <PmtInf>
      <PmtInfId>BLOCK-1</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <ReqdExctnDt>2026-04-01</ReqdExctnDt>
      <Dbtr><Nm>Payer</Nm></Dbtr>
      <DbtrAcct><Id><IBAN>PL61109010140000071219812874</IBAN></Id></DbtrAcct>
      <DbtrAgt><FinInstnId><BIC>WBKPPLPP</BIC></FinInstnId></DbtrAgt>
      <CdtTrfTxInf>
        <PmtId><EndToEndId>E2E-1</EndToEndId></PmtId>
        <Amt><InstdAmt Ccy="PLN">100.00</InstdAmt></Amt>
        <Cdtr><Nm>First</Nm></Cdtr>
        <RmtInf><Ustrd>Invoice 1</Ustrd></RmtInf>
      </CdtTrfTxInf>
      <CdtTrfTxInf>
        <PmtId><EndToEndId>E2E-2</EndToEndId></PmtId>
        <Amt><InstdAmt Ccy="PLN">50.25</InstdAmt></Amt>
        <Cdtr><Nm>Second</Nm></Cdtr>
      </CdtTrfTxInf>
    </PmtInf>
  </CstmrCdtTrfInitn>
</Document>
`;
