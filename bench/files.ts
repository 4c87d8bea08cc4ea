// Payment files of any size, written to disk as they are made: the same seed and day give the same bytes.

import { closeSync, openSync, writeSync } from 'node:fs';
import { dayAt } from '../src/domain/calendar.ts';
import { Random } from '../test/iso20022/support/random.ts';

/** The account that pays; the bench's bank keeps it. */
export const DEBTOR = 'PL60160014620000000000000001';

/** Today where the bank is: an execution date must not lie in the past. */
export const TODAY = dayAt(Date.now(), 'Europe/Warsaw');

const WRITE_BYTES = 1 << 20;

/** Writes what is produced piece by piece, so that a file of a gigabyte needs no gigabyte of memory. */
export function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < WRITE_BYTES) continue;
    writeSync(file, waiting);
    waiting = '';
  }
  writeSync(file, waiting);
  closeSync(file);
}

/** A pain.001.001.03 with one block: about 985 bytes and 35 elements a transfer, indented as ERPs do. */
export function* paymentFile(transfers: number, seed: number): Generator<string> {
  const sum = money(sumOf(transfers, seed));
  yield `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>BENCH${seed}N${transfers}</MsgId>
      <CreDtTm>${TODAY}T08:00:00</CreDtTm>
      <NbOfTxs>${transfers}</NbOfTxs>
      <CtrlSum>${sum}</CtrlSum>
      <InitgPty>
        <Nm>WYTWORNIA</Nm>
      </InitgPty>
    </GrpHdr>
    <PmtInf>
      <PmtInfId>BENCH${seed}N${transfers}-1</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <NbOfTxs>${transfers}</NbOfTxs>
      <CtrlSum>${sum}</CtrlSum>
      <ReqdExctnDt>${TODAY}</ReqdExctnDt>
      <Dbtr>
        <Nm>Wytwornia Mebli Ogrodowych</Nm>
      </Dbtr>
      <DbtrAcct>
        <Id>
          <IBAN>${DEBTOR}</IBAN>
        </Id>
      </DbtrAcct>
      <DbtrAgt>
        <FinInstnId>
          <ClrSysMmbId>
            <MmbId>${DEBTOR.slice(4, 12)}</MmbId>
          </ClrSysMmbId>
        </FinInstnId>
      </DbtrAgt>
`;
  for (let index = 0; index < transfers; index += 1) yield transferText(index, seed);
  yield `    </PmtInf>
  </CstmrCdtTrfInitn>
</Document>
`;
}

/** One transfer that the sandbox settles in its first answer. */
export function smallOrder(id: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>${id}</MsgId>
      <CreDtTm>${TODAY}T08:00:00</CreDtTm>
      <NbOfTxs>1</NbOfTxs>
      <CtrlSum>10.00</CtrlSum>
      <InitgPty><Nm>WYTWORNIA</Nm></InitgPty>
    </GrpHdr>
    <PmtInf>
      <PmtInfId>${id}-1</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <ReqdExctnDt>${TODAY}</ReqdExctnDt>
      <Dbtr><Nm>Wytwornia Mebli Ogrodowych</Nm></Dbtr>
      <DbtrAcct><Id><IBAN>${DEBTOR}</IBAN></Id></DbtrAcct>
      <DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>${DEBTOR.slice(4, 12)}</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>
      <CdtTrfTxInf>
        <PmtId><EndToEndId>${id}-E</EndToEndId></PmtId>
        <Amt><InstdAmt Ccy="PLN">10.00</InstdAmt></Amt>
        <Cdtr><Nm>SANDBOX:ACSC</Nm></Cdtr>
        <CdtrAcct><Id><IBAN>${creditorIban(1, 1)}</IBAN></Id></CdtrAcct>
        <RmtInf><Ustrd>Faktura ${id}</Ustrd></RmtInf>
      </CdtTrfTxInf>
    </PmtInf>
  </CstmrCdtTrfInitn>
</Document>
`;
}

function transferText(index: number, seed: number): string {
  const random = new Random(seed + index * 2 + 1);
  const invoice = random.between(1, 999_999);
  return `  <CdtTrfTxInf>
   <PmtId>
    <InstrId>I${seed}-${index}</InstrId>
    <EndToEndId>E${seed}-${index}</EndToEndId>
   </PmtId>
   <PmtTpInf>
    <InstrPrty>NORM</InstrPrty>
    <CtgyPurp>
     <Cd>SUPP</Cd>
    </CtgyPurp>
   </PmtTpInf>
   <Amt>
    <InstdAmt Ccy="PLN">${money(amountOf(index, seed))}</InstdAmt>
   </Amt>
   <ChrgBr>SLEV</ChrgBr>
   <CdtrAgt>
    <FinInstnId>
     <BIC>BREXPLPWXXX</BIC>
    </FinInstnId>
   </CdtrAgt>
   <Cdtr>
    <Nm>${random.pick(NAMES)} nr ${invoice}</Nm>
    <PstlAdr>
     <BldgNb>${random.between(1, 99)}</BldgNb>
     <PstCd>26-600</PstCd>
     <TwnNm>Radom</TwnNm>
     <Ctry>PL</Ctry>
     <AdrLine>ul. ${random.pick(STREETS)} ${random.between(1, 180)}</AdrLine>
    </PstlAdr>
    <Id>
     <OrgId>
      <Othr>
       <Id>${random.between(100_000, 999_999)}</Id>
       <SchmeNm>
        <Cd>TXID</Cd>
       </SchmeNm>
      </Othr>
     </OrgId>
    </Id>
   </Cdtr>
   <CdtrAcct>
    <Id>
     <IBAN>${creditorIban(index, seed)}</IBAN>
    </Id>
   </CdtrAcct>
   <Purp>
    <Cd>SUPP</Cd>
   </Purp>
   <RmtInf>
    <Ustrd>Faktura FV/${invoice}/2026</Ustrd>
   </RmtInf>
  </CdtTrfTxInf>
`;
}

const NAMES = [
  'Tartak Żółty Bór',
  'Huta Szkła Łysica',
  'Drukarnia Świt',
  'Odlewnia Źródło',
  'Garbarnia Mała',
];
const STREETS = ['Krótka', 'Prosta', 'Słoneczna', 'Młyńska', 'Żwirowa'];

/** In hundredths; by its own number, so that the header can hold the sum before the transfers are made. */
function amountOf(index: number, seed: number): number {
  return new Random(seed + index * 2).between(100, 9_999_999);
}

function sumOf(transfers: number, seed: number): number {
  let sum = 0;
  for (let index = 0; index < transfers; index += 1) sum += amountOf(index, seed);
  return sum;
}

function money(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** An account of its own for every transfer, at another bank than the debtor's, with right check digits (ISO 7064, mod 97-10). */
function creditorIban(index: number, seed: number): string {
  const basic = `11401010${String(seed).padStart(6, '0')}${String(index).padStart(10, '0')}`;
  const PL00 = '252100';
  const remainder = Number(BigInt(basic + PL00) % 97n);
  return `PL${String(98 - remainder).padStart(2, '0')}${basic}`;
}
