// Hostile answers read by what reads the bank's: none decides about a message, none is taken for account data.

import { describe, expect, it } from 'vitest';
import { AccountAnswerReading } from '../../src/bank/cdc/account-answer.ts';
import { UNTESTED_ANSWERS } from '../../src/bank/cdc/dialects/common.ts';
import { BNP } from '../../src/bank/cdc/dialects/bnp.ts';
import { readStatusAnswer } from '../../src/bank/cdc/status-answer.ts';
import { readSubmissionAnswer } from '../../src/bank/cdc/submission-answer.ts';
import type { AccountQuery } from '../../src/bank/channel.ts';
import { visibleText } from '../../src/operations/visible-text.ts';
import { historyAnswer, heldAnswer, inAnswer, statementAnswer } from '../bank/cdc/read-answers.ts';
import { entry, historyDocument, statementDocument } from '../bank/cdc/report-samples.ts';
import { ACCOUNT, answerCases, OURS, SOUND } from './bank-answer-cases.ts';
import { CPU_MAX_MS, cpuMs, DISTURBING } from './hostile-case.ts';

const PROFILE = {
  ...UNTESTED_ANSWERS,
  notFound: ['E404'],
  refusal: ['E7'],
  systemic: ['E8'],
  duplicate: ['E9'],
};

const QUERIES: readonly AccountQuery[] = [
  { kind: 'balances', account: ACCOUNT },
  { kind: 'history', account: ACCOUNT, from: '2026-01-12', to: '2026-01-12' },
  { kind: 'statement', account: ACCOUNT, day: '2026-01-14', format: 'xml' },
  { kind: 'statement', account: ACCOUNT, day: '2026-01-14', format: 'pdf' },
];

function collected(query: AccountQuery, bytes: Uint8Array): ReturnType<AccountAnswerReading['end']> {
  const reading = new AccountAnswerReading(query, BNP);
  for (let at = 0; at < bytes.length; at += 65_536) reading.write(bytes.subarray(at, at + 65_536));
  return reading.end(200);
}

describe('a hostile answer', () => {
  it('is made from one that decides', () => {
    expect(readSubmissionAnswer(200, Buffer.from(SOUND), OURS, PROFILE).kind).toBe('answered');
    expect(readStatusAnswer(200, Buffer.from(SOUND), OURS, 'Q1', PROFILE).kind).toBe('report');
  });

  it.each(answerCases)('$name decides nothing', async (hostile) => {
    const bytes = Buffer.from(hostile.bytes());
    const causes: string[] = [];
    const spentMs = await cpuMs(async () => {
      for (const status of [200, 500]) {
        const submitted = readSubmissionAnswer(status, bytes, OURS, PROFILE);
        expect(submitted.kind).toBe('lost');
        const asked = readStatusAnswer(status, bytes, OURS, 'Q1', PROFILE);
        expect(asked.kind).toBe('no-answer');
        for (const said of [submitted, asked]) causes.push('cause' in said ? said.cause : '');
      }
      for (const query of QUERIES) {
        const answer = collected(query, bytes);
        expect(['no-answer', 'refused']).toContain(answer.kind);
      }
    });
    expect(spentMs).toBeLessThan(CPU_MAX_MS);
    for (const cause of causes) {
      expect(cause).not.toBe('');
      expect(cause).not.toMatch(/\.ts:\d+|^\s+at /m);
      expect(visibleText(cause)).not.toMatch(DISTURBING);
    }
  });
});

const OTHER = ACCOUNT.replace(/1$/, '2');
const history = historyDocument(`<Acct><Id><IBAN>${ACCOUNT}</IBAN></Id></Acct>${entry({})}`);

describe('an answer about accounts', () => {
  it.each<[string, number, string]>([
    ['a history of another account', 1, history.replace(ACCOUNT, OTHER)],
    ['a history of two accounts, ours first', 1, history.replace('</Rpt>', `</Rpt><Rpt><Id>R2</Id><CreDtTm>2026-01-15T09:31:01</CreDtTm><Acct><Id><IBAN>${OTHER}</IBAN></Id></Acct></Rpt>`)], // prettier-ignore
    ['a statement in place of a history', 1, statementDocument(entry({}))],
    ['a history in place of a statement', 2, history],
    ['a statement of another account', 2, statementDocument(entry({})).replace(ACCOUNT, OTHER)],
    ['a history in another version', 1, history.replace('camt.052.001.02', 'camt.052.001.08')],
    ['a history in another namespace', 1, history.replace(/urn:iso[^"]*/, 'urn:evil')],
    ['a history in place of balances', 0, history],
  ])('is no answer when it is %s', (_, query, document) => {
    const asked = QUERIES[query];
    if (asked === undefined) throw new Error('There is no such query.');
    expect(collected(asked, Buffer.from(inAnswer(document))).kind).toBe('no-answer');
  });

  it.each<[string, string]>([
    ['an amount that is no number', entry({ amount: 'NaN' })],
    ['a negative amount', entry({ amount: '-1.00' })],
    ['an amount of a million digits', entry({ amount: '9'.repeat(1_000_000) })],
    ['a direction nobody knows', entry({ direction: 'BOTH' })],
    ['a day that there is not', entry({ date: '<Dt>2026-02-31</Dt>' })],
    ['two amounts', entry({}).replace(/(<Amt .*<\/Amt>)/, '$1$1')],
  ])('with %s is unreadable, or passed on with its fault named', async (_, hostile) => {
    const spentMs = await cpuMs(async () => {
      const read = await historyAnswer(
        heldAnswer(inAnswer(history.replace('</Rpt>', `${hostile}</Rpt>`)), 65_536),
        BNP,
      );
      if (!('kind' in read)) expect(read.schemaFaults).toEqual([expect.any(String) as string]);
      const statement = await statementAnswer(heldAnswer(inAnswer(statementDocument(hostile)), 65_536), BNP);
      if (!('kind' in statement)) expect(statement.schemaFaults).not.toEqual([]);
    });
    expect(spentMs).toBeLessThan(CPU_MAX_MS);
  });
});
