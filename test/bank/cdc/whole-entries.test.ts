import { describe, expect, it } from 'vitest';
import { AccountAnswerReading } from '../../../src/bank/cdc/account-answer.ts';
import { isUnreadable } from '../../../src/bank/cdc/answers/unreadable.ts';
import { BNP } from '../../../src/bank/cdc/dialects/bnp.ts';
import { ING } from '../../../src/bank/cdc/dialects/ing.ts';
import type { AccountQuery } from '../../../src/bank/channel.ts';
import { Random } from '../../iso20022/support/random.ts';
import { heldAnswer, historyAnswer, inAnswer, statementAnswer, wholeOf } from './read-answers.ts';
import { entry, historyDocument, statementDocument } from './report-samples.ts';

const OURS = 'PL60160014620000000000000001';
const ACCOUNT = `<Acct><Id><IBAN>${OURS}</IBAN></Id><Ccy>PLN</Ccy></Acct>`;
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

/** Pieces in which no entry lies whole, so that each is read tag by tag. */
const TAG_BY_TAG_BYTES = 100;
const WHOLE_BYTES = 1 << 20;

describe('entries that are recognised whole', () => {
  it.each(SEEDS)(
    'say what they say when they are read tag by tag, faults included (seed %i)',
    async (seed) => {
      const entries = manyEntries(new Random(seed));
      const dialect = seed % 2 === 0 ? BNP : ING;
      const history = inAnswer(historyDocument(ACCOUNT + entries));
      const statement = inAnswer(statementDocument(entries));
      const [whole, piecemeal] = [WHOLE_BYTES, TAG_BY_TAG_BYTES].map(async (pieceBytes) => {
        const statementRead = await statementAnswer(heldAnswer(statement, pieceBytes), dialect);
        const historyRead = await historyAnswer(heldAnswer(history, pieceBytes), dialect);
        return { statementRead, historyRead };
      });
      const [one, other] = [await whole, await piecemeal];
      expect(withoutFunctions(one?.statementRead)).toEqual(withoutFunctions(other?.statementRead));
      expect(withoutFunctions(one?.historyRead)).toEqual(withoutFunctions(other?.historyRead));
    },
  );

  it('are heard of nothing but where they stand', async () => {
    const entries = Array.from({ length: 50 }, (_, n) => entry({ amount: `${n}.00`, refs: refs(n) })).join(
      '',
    );
    const answer = heldAnswer(inAnswer(historyDocument(ACCOUNT + entries)), WHOLE_BYTES);
    const read = await historyAnswer(answer, BNP);
    if (isUnreadable(read)) throw new Error(read.reason);
    const copied = await wholeOf(read.copyEntries(read.entries.map(({ place }) => place)));
    expect(copied.toString()).toBe(entries);
    expect(read.entries.slice(1).every(({ place }, n) => place.after === read.entries[n]?.place.to)).toBe(
      true,
    );
  });

  it.each([
    ['a fault of the XML', '<Ntry><Amt Ccy="PLN">1.00</Amt><CdtDbtInd>CRDT</Sts></Ntry>', 'no-answer'],
    ['an entry that is cut off', '<Ntry><Amt Ccy="PLN">1.00</Amt>', 'no-answer'],
    ['an entry that breaks the schema', '<Ntry><Amt Ccy="PLN">one</Amt></Ntry>', 'collected'],
  ])('do not hide %s behind them when an answer comes in', (_what, last, kind) => {
    const entries = Array.from({ length: 5 }, (_each, n) => entry({ refs: refs(n) })).join('');
    const query: AccountQuery = {
      kind: 'statement',
      account: 'PL60160014620000000000000001',
      day: '2026-01-14',
      format: 'xml',
    };
    const reading = new AccountAnswerReading(query, BNP);
    reading.write(Buffer.from(inAnswer(statementDocument(entries + last))));
    expect(reading.end(200).kind).toBe(kind);
  });
});

describe('a list that is too long to be heard twice', () => {
  const query: AccountQuery = { kind: 'history', account: OURS, from: '2026-01-14', to: '2026-01-14' };
  const entries = Array.from({ length: 20_000 }, (_, n) => entry({ refs: refs(n) })).join('');

  function heard(document: string): { readonly kind: string; readonly answer: string } {
    const answer = inAnswer(document);
    expect(answer.length).toBeGreaterThan(5 << 20);
    const bytes = Buffer.from(answer);
    const reading = new AccountAnswerReading(query, BNP);
    for (let at = 0; at < bytes.length; at += 1 << 17) reading.write(bytes.subarray(at, at + (1 << 17)));
    return { kind: reading.end(200).kind, answer };
  }

  it('is no answer when it is about another account', () => {
    const other = ACCOUNT.replace(OURS, OURS.replace(/1$/, '2'));
    expect(heard(historyDocument(other + entries)).kind).toBe('no-answer');
  });

  it('is collected, and what is wrong at its end shows when it is read', async () => {
    const { kind, answer } = heard(historyDocument(`${ACCOUNT}${entries}<Ntry>`));
    expect(kind).toBe('collected');
    expect(await historyAnswer(heldAnswer(answer, 1 << 17), BNP)).toMatchObject({ kind: 'unreadable' });
  });

  it('names each account that it is about when it is read', async () => {
    const second = `</Rpt><Rpt><Id>R2</Id><CreDtTm>2026-01-15T09:31:01</CreDtTm>${ACCOUNT.replace(OURS, 'OTHER')}</Rpt>`;
    const { kind, answer } = heard(historyDocument(ACCOUNT + entries).replace('</Rpt>', second));
    expect(kind).toBe('collected');
    const read = await historyAnswer(heldAnswer(answer, 1 << 17), BNP);
    expect(read).toMatchObject({ accounts: [OURS, 'OTHER'] });
  });

  it('is not collected when it is no XML before its account is known', () => {
    expect(heard(historyDocument(`<Acct></Id>${ACCOUNT}${entries}`)).kind).toBe('no-answer');
  });
});

function withoutFunctions(read: unknown): unknown {
  return JSON.parse(
    JSON.stringify(read, (_key, value: unknown) =>
      typeof value === 'bigint' ? `${value}n` : value instanceof Map ? [...value] : value,
    ),
  );
}

function refs(n: number): string {
  return `<Refs><MsgId>${n}</MsgId><InstrId>OP${n}</InstrId><EndToEndId>E-${n}</EndToEndId><TxId>TX${n}</TxId></Refs>`;
}

/** Alike and not alike, some of them with what is not certainly in order or is wrong. */
function manyEntries(random: Random): string {
  const spoilt = random.percent(60);
  return Array.from({ length: 30 }, (_, n) => {
    const text = oneEntry(random, n);
    return (spoilt && random.percent(15) ? spoil(random, text) : text) + random.pick(['', '', '\n  ', '\t']);
  }).join('');
}

function oneEntry(random: Random, n: number): string {
  const amount = `${random.between(0, 99_999)}${random.pick(['', '.5', '.50', '.12345'])}`;
  const direction = random.pick(['CRDT', 'DBIT']);
  const detail = (k: number): string =>
    `<TxDtls>${refs(100 * n + k)}<AmtDtls><TxAmt><Amt Ccy="EUR">${k}.00</Amt></TxAmt></AmtDtls><RmtInf><Ustrd>Zapłata ${k}</Ustrd></RmtInf></TxDtls>`;
  const details = Array.from({ length: random.pick([0, 1, 1, 1, 2, 3]) }, (_, k) => detail(k)).join('');
  return entry({
    amount,
    direction,
    ...(random.percent(20) ? { reversal: true } : {}),
    ...(random.percent(20) ? { status: 'PDNG' } : {}),
    ...(random.percent(20) ? { date: '<DtTm>2026-01-12T23:30:00Z</DtTm>' } : {}),
    ...(random.percent(20) ? { valueDate: '2026-01-13' } : {}),
    ...(random.percent(30) ? { reference: String(n) } : {}),
    ...(details === '' ? {} : { details }),
  });
}

function spoil(random: Random, text: string): string {
  switch (random.below(10)) {
    case 0:
      return text.replace('<Sts>', '<!-- a note --><Sts>');
    case 1:
      return text.replace('<Sts>BOOK', '<Sts><![CDATA[BOOK]]>');
    case 2:
      return text.replace(/<Amt Ccy="PLN">/, '<Amt Ccy="ZLOTY">');
    case 3:
      return text.replace('<CdtDbtInd>', '<Unknown>1</Unknown><CdtDbtInd>');
    case 4:
      return text.replace('Zapłata', 'Zap&#322;ata');
    case 5:
      return text.replace(/<Ntry>/, '<Ntry xmlns:x="urn:x">');
    case 6:
      return text.replace('BOOK', '\n BOOK \n');
    case 7:
      return text.replace(/<BookgDt>.*<\/BookgDt>/, '');
    case 8:
      return text.replace('<Sts>', '<Sts>BOOK</Sts><Sts>');
    default:
      return text.replace(/<CdtDbtInd>....</, '<CdtDbtInd>NONE<');
  }
}
