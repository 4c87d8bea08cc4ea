import { describe, expect, it } from 'vitest';
import { camt053, OUR_IBAN, type SketchedEntry } from '../account-file/sketched-camt.ts';
import { written, writtenText } from '../account-file/written.ts';
import { joined, readMessages, subfieldsOf } from './read-mt940.ts';

const CREDITOR = 'PL27114020040000300201355387';

async function mt940(entry: SketchedEntry, dialect: 'tilde' | 'angle' | 'swift' = 'tilde'): Promise<string> {
  return writtenText(camt053({ entries: [entry] }), 'mt940', {
    mt940: { dialect, encoding: 'utf-8', lineEnd: 'lf' },
  });
}

describe('A statement as MT940', () => {
  it('has number, balances, entry and end in the order of the fields', async () => {
    const camt = camt053({
      number: '231',
      balances: [
        ['OPBD', '-12.5', '2026-11-22'],
        ['CLBD', '1000', '2026-11-23'],
        ['CLAV', '900.10', '2026-11-23'],
      ],
      entries: [
        {
          amount: '1012.50',
          direction: 'CRDT',
          valueDay: '2026-11-20',
          bankReference: '2026/77',
          endToEndId: 'FV-7',
          name: 'Zakład Łódź',
          account: CREDITOR.slice(2),
          title: 'Faktura 7',
          description: 'Przelew',
          code: '152',
        },
      ],
    });
    expect(await writtenText(camt, 'mt940')).toBe(`:20:ST261123/231
:25:/${OUR_IBAN}
:28C:231/1
:60F:D261122PLN12,50
:61:2611201123C1012,50N152FV-7//2026/77
:86:152~00Przelew
~20Faktura 7
~3011402004
~310000300201355387
~32Zakład Łódź
~38${CREDITOR}
~63FV-7
:62F:C261123PLN1000,00
:64:C261123PLN900,10
-
`);
  });

  it('is written in the encoding and with the line ends of the ERP', async () => {
    const camt = camt053({ entries: [{ title: 'Żółw' }] });
    const file = await written(camt, 'mt940');
    if (file.kind === 'impossible') throw new Error(file.reasons.join());
    expect(file.bytes.includes(Buffer.from('~20\xbd\xa2\x88w\r\n:62F:', 'latin1'))).toBe(true);
    expect(file.losses).toEqual({ cutTexts: 0, replacedCharacters: 0, unbookedEntries: 0 });
    const plain = await written(camt, 'mt940', {
      mt940: { dialect: 'tilde', encoding: 'ascii', lineEnd: 'lf' },
    });
    if (plain.kind === 'impossible') throw new Error(plain.reasons.join());
    expect(plain.bytes.toString('latin1')).toContain('~20Zolw\n:62F:');
    expect(plain.losses.replacedCharacters).toBe(3);
  });

  it('takes the day for its number where the bank gives none', async () => {
    expect(await mt940({})).toContain(':28C:26327/1\n');
    expect(await writtenText(camt053({ number: '1234567' }), 'mt940')).toContain(':28C:34567/1\n');
  });

  it('tells statements of one file apart where the bank numbers none', async () => {
    const one = camt053({});
    const two = one.replace(/<Stmt>[^]*<\/Stmt>/, '$&$&');
    const numbers = readMessages(await writtenText(two, 'mt940')).map(({ fields }) => fields.get('28C'));
    expect(numbers).toEqual(['26327/1', '26327/2']);
  });

  it.each([
    [{ direction: 'CRDT' }, 'C'],
    [{ direction: 'DBIT' }, 'D'],
    [{ direction: 'CRDT', reversal: true }, 'RD'],
    [{ direction: 'DBIT', reversal: true }, 'RC'],
  ] as const)('gives an entry %j the sign %s', async (entry, mark) => {
    expect(await mt940(entry)).toContain(`:61:2611231123${mark}1,00N`);
  });

  it('writes amounts exactly, with the decimals of the currency or more', async () => {
    expect(await mt940({ amount: '7' })).toContain('D7,00N');
    expect(await mt940({ amount: '0.12345' })).toContain('D0,12345N');
    expect(await mt940({ amount: '1.50000' })).toContain('D1,50N');
    const yen = camt053({
      currency: 'JPY',
      balances: [
        ['OPBD', '0', '2026-11-22'],
        ['CLBD', '5', '2026-11-23'],
      ],
    });
    expect(await writtenText(yen, 'mt940')).toContain(':62F:C261123JPY5,\n');
  });

  it('puts a reference where it fits, whole', async () => {
    expect(await mt940({ bankReference: '1234567890123456' })).toContain('NONREF//1234567890123456\n');
    expect(await mt940({ bankReference: '12345678901234567' })).toContain('NONREF\n12345678901234567\n:86:');
    expect(await mt940({ endToEndId: 'A//B' })).toContain('NONREF\n');
    expect(await mt940({ endToEndId: 'A//B' })).toContain('~63A//B\n');
    const file = await written(camt053({ entries: [{ bankReference: 'x'.repeat(35) }] }), 'mt940');
    expect(file).toMatchObject({ kind: 'written', losses: { cutTexts: 1 } });
  });

  it('cuts a title only after 140 characters, and says so', async () => {
    const title = `/VAT/23,00/IDC/1234567890/INV/${'F'.repeat(35)}/TXT/${'t'.repeat(33)} ${'z'.repeat(36)}`;
    expect(title.length).toBe(140);
    const [message] = readMessages(await mt940({ title }));
    const entry = message?.entries[0];
    expect(entry && joined(subfieldsOf(entry, '~'), 20, 21, 22, 23, 24, 25)).toBe(title);
    const file = await written(camt053({ entries: [{ title: title.repeat(2) }] }), 'mt940');
    expect(file).toMatchObject({ kind: 'written', losses: { cutTexts: 1 } });
  });

  it('lets no text pass for a field, a subfield or the end of the message', async () => {
    const title = '~32Mallory\n:61:2611231123C999999,00NTRFX\n-\n<38PL?20';
    for (const [dialect, separator] of [
      ['tilde', '~'],
      ['angle', '<'],
      ['swift', '?'],
    ] as const) {
      const [message, ...others] = readMessages(await mt940({ title, name: 'Anna' }, dialect));
      expect(others).toEqual([]);
      expect(message?.entries.map(({ amount }) => amount)).toEqual(['1,00']);
      const entry = message?.entries[0];
      const subfields = entry && subfieldsOf(entry, separator);
      const names = dialect === 'angle' ? ([27, 28, 29] as const) : ([32, 33] as const);
      expect(subfields && joined(subfields, ...names)).toBe('Anna');
    }
  });

  it('keeps to six lines of 65 characters where SWIFT is asked for', async () => {
    const text = await mt940(
      {
        title: 'Długi tytuł: '.repeat(30),
        name: 'Spółka '.repeat(30),
        description: 'Opis '.repeat(20),
        account: 'DE89370400440532013000',
      },
      'swift',
    );
    const [, information = ''] = /:86:([^]*?)\n:62F:/.exec(text) ?? [];
    const lines = information.split('\n');
    expect(lines.length).toBeLessThanOrEqual(6);
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(65);
      expect(line).toMatch(/^[^:\- ].*[^ ]$/);
    }
    expect(lines.join('')).toContain('?31DE89370400440532013000');
  });

  it('sums up several operations as the one entry that they are', async () => {
    const [message] = readMessages(await mt940({ title: 'a', account: CREDITOR, amount: '3', more: 30 }));
    expect(message?.entries.map(({ amount }) => amount)).toEqual(['3,00']);
    const subfields = message?.entries[0] && subfieldsOf(message.entries[0], '~');
    expect(subfields?.has('38')).toBe(false);
    expect(subfields?.get('20')).toMatch(/^a; a/);
  });

  it('lists only what is booked, and says so', async () => {
    const file = await written(camt053({ entries: [{ status: 'PDNG' }, {}] }), 'mt940');
    expect(file).toMatchObject({ kind: 'written', losses: { unbookedEntries: 1 } });
    if (file.kind === 'written') expect(readMessages(file.bytes.toString())[0]?.entries.length).toBe(1);
  });
});

describe('What MT940 can not say is told, with entry and line', () => {
  it.each([
    [
      'an entry without a booking date',
      { bookingDay: undefined, valueDay: '2026-11-23' },
      'Entry 1 (line 4): it has no booking date.',
    ],
    ['an entry in another currency', { currency: 'EUR' }, 'Entry 1 (line 4): its amount is in EUR'],
    [
      'an amount that is too long',
      { amount: '1234567890123.00' },
      'Entry 1 (line 4): its amount has more than fifteen',
    ],
    ['an amount that is none', { amount: '1,00' }, 'Entry 1: Ntry/Amt (line 4) is "1,00", not an amount.'],
    ['a date that does not exist', { bookingDay: '2026-13-45' }, 'holds no date but "2026-13-45"'],
    [
      'a booking date whose year a reader would guess wrong',
      { valueDay: '2026-01-02' },
      'it is written without a year',
    ],
    ['a date of another century', { bookingDay: '1979-12-31' }, 'are not between 1980 and 2079'],
  ])('%s', async (_what, entry, reason) => {
    const file = await written(camt053({ entries: [entry] }), 'mt940');
    expect(file).toMatchObject({ kind: 'impossible' });
    expect(file.kind === 'impossible' && file.reasons.join('\n')).toContain(reason);
  });

  it.each([
    ['no opening balance', [['CLBD', '1', '2026-11-23']], 'no opening booked balance'],
    ['no closing balance', [['OPBD', '1', '2026-11-23']], 'no closing booked balance'],
    [
      'a balance that is too long',
      [
        ['OPBD', '1', '2026-11-22'],
        ['CLBD', '99999999999999', '2026-11-23'],
      ],
      'The balance of 2026-11-23 does not fit',
    ],
  ] as const)('%s', async (_what, balances, reason) => {
    const file = await written(camt053({ balances }), 'mt940');
    expect(file.kind === 'impossible' && file.reasons.join('\n')).toContain(reason);
  });

  it('only the first of many', async () => {
    const file = await written(
      camt053({ entries: Array.from({ length: 30 }, () => ({ amount: 'x' })) }),
      'mt940',
    );
    expect(file.kind === 'impossible' && file.reasons.length).toBe(11);
    expect(file.kind === 'impossible' && file.reasons.at(-1)).toBe('There are 20 more reasons.');
  });
});
