// The ERP of the endurance runs reads what it is given: whole files, their numbers, and nothing out of half ones.

import { expect, test } from 'vitest';
import { isWholeXml, readStatusFile, shownPayments } from './status-file.ts';

const STATUS = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>X1</MsgId></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>M</OrgnlMsgId><GrpSts>ACSC</GrpSts><StsRsnInf><AddtlInf>This file has the same bytes as a.xml</AddtlInf></StsRsnInf></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>E-1</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
`;
const NAME = 'pain.002_2026-01-15_p00001-single_01KAS4Y0000000000000000000_02-final.xml';

test('a status file is read with its name', () => {
  expect(readStatusFile(NAME, STATUS)).toEqual({
    stem: 'p00001-single',
    order: '01KAS4Y0000000000000000000',
    number: 2,
    final: true,
    messageId: 'X1',
    groupStatus: 'ACSC',
    repeats: true,
    held: false,
    transfers: [{ endToEndId: 'E-1', status: 'ACSC' }],
  });
});

test('no cut of a file counts as whole', () => {
  expect(isWholeXml(STATUS)).toBe(true);
  const whole = [...STATUS].map((_, index) => isWholeXml(STATUS.slice(0, index)));
  expect(whole.lastIndexOf(true)).toBe(STATUS.length - 1);
  expect(whole.indexOf(true)).toBe(STATUS.length - 1);
});

test('debits of a history file are found by their ids', () => {
  const entry = (direction: string, id: string): string =>
    `<Ntry><CdtDbtInd>${direction}</CdtDbtInd><NtryDtls><TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>`;
  const text = `<Document><BkToCstmrAcctRpt><Rpt>${entry('DBIT', 'E-1')}${entry('CRDT', 'E-2')}</Rpt></BkToCstmrAcctRpt></Document>`;
  expect(shownPayments(text)).toEqual(['E-1']);
});
