import { expect, it } from 'vitest';
import { AccountAnswerReading } from '../../../src/bank/cdc/account-answer.ts';
import { BNP } from '../../../src/bank/cdc/dialects/bnp.ts';
import { inAnswer } from './read-answers.ts';

it('a file of more than 64 MiB in one element is collected, as it can be read', { timeout: 60_000 }, () => {
  const [before = '', after = ''] = inAnswer(
    '<Document xmlns="urn:ca:std:ccs:tech:xsd:rpts.005.001.02"><Rpt><MsgId><Id>1</Id></MsgId><RptDtls><RptNm>a.pdf</RptNm><RptFile>HERE</RptFile></RptDtls></Rpt></Document>',
  ).split('HERE');
  const account = 'PL60160014620000000000000001';
  const reading = new AccountAnswerReading(
    { kind: 'statement', account, day: '2026-01-14', format: 'pdf' },
    BNP,
  );
  const piece = Buffer.alloc(1 << 20, 'QUJD');
  reading.write(Buffer.from(before));
  for (let count = 0; count < 65; count += 1) reading.write(piece);
  reading.write(Buffer.from(after));
  expect(reading.end(200)).toEqual({ kind: 'collected' });
});
