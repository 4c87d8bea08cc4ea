import { describe, expect, it } from 'vitest';
import { readStatements } from '../../../src/erp/account-file/read-statements.ts';
import type { StatementPart } from '../../../src/erp/account-file/statement.ts';
import { camt053, OUR_IBAN } from './sketched-camt.ts';

async function partsOf(text: string): Promise<StatementPart[]> {
  const parts: StatementPart[] = [];
  const source = async function* () {
    yield Buffer.from(text);
  };
  for await (const some of readStatements(source, { zone: 'Europe/Warsaw', iban: OUR_IBAN }))
    parts.push(...some);
  return parts;
}

function faultsIn(parts: readonly StatementPart[]): string[] {
  return parts.flatMap((part) => (part.kind === 'fault' ? [part.sentence] : []));
}

function entriesIn(parts: readonly StatementPart[]) {
  return parts.flatMap((part) => (part.kind === 'entry' ? [part.entry] : []));
}

describe('A camt that is read part by part', () => {
  it('gives each statement its head, entries and end', async () => {
    const one = camt053({ number: '7', entries: [{}, {}] });
    const [, statement = ''] = /(<Stmt>[^]*<\/Stmt>)/.exec(one) ?? [];
    const parts = await partsOf(one.replace('</Stmt>', `</Stmt>${statement}`));
    expect(parts.map(({ kind }) => kind)).toEqual([
      'head',
      'entry',
      'entry',
      'end',
      'head',
      'entry',
      'entry',
      'end',
    ]);
    expect(entriesIn(parts).map(({ position }) => position)).toEqual([1, 2, 1, 2]);
  });

  it('takes the day of an instant in the zone of the bank', async () => {
    const text = camt053({ entries: [{}] }).replace(
      '<BookgDt><Dt>2026-11-23</Dt></BookgDt>',
      '<BookgDt><DtTm>2026-11-22T23:30:00Z</DtTm></BookgDt>',
    );
    expect(entriesIn(await partsOf(text))[0]?.bookingDay).toBe('2026-11-23');
  });

  it('finds the other side where a transfer of ours came back', async () => {
    const parties = `<RltdPties><Dbtr><Nm>We</Nm></Dbtr><DbtrAcct><Id><IBAN>${OUR_IBAN}</IBAN></Id></DbtrAcct><Cdtr><Nm>Anna</Nm></Cdtr></RltdPties>`;
    const text = camt053({ entries: [{ direction: 'CRDT', title: 'x' }] }).replace(
      '<RmtInf>',
      `${parties}<RmtInf>`,
    );
    expect(entriesIn(await partsOf(text))[0]?.counterparty.name).toBe('Anna');
  });

  it('looks at some operations of a large batch and counts the others', async () => {
    const [entry] = entriesIn(await partsOf(camt053({ entries: [{ title: 'x', more: 499 }] })));
    expect(entry?.operations).toBe(500);
    expect(entry?.title.length).toBeLessThan(100);
  });

  it.each([
    ['a document of another kind', '<Other/>', 'neither a camt.053.001.02 nor a camt.052.001.02'],
    ['another version', camt053({}).replace('053.001.02', '053.001.08'), 'neither a camt.053.001.02'],
    ['a document that ends too early', camt053({}).slice(0, -20), 'is no XML'],
    [
      'a balance behind the entries',
      camt053({ entries: [{}] }).replace('</Stmt>', '<Bal><Amt Ccy="PLN">1</Amt></Bal></Stmt>'),
      'stands after the entries',
    ],
    ['a sign that is none', camt053({ entries: [{}] }).replace('DBIT', 'DEBIT'), 'neither CRDT nor DBIT'],
  ])('tells of %s', async (_what, text, sentence) => {
    expect(faultsIn(await partsOf(text)).join('\n')).toContain(sentence);
  });
});
