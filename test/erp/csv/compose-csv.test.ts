import { expect, it } from 'vitest';
import { camt053, OUR_IBAN } from '../account-file/sketched-camt.ts';
import { written, writtenText } from '../account-file/written.ts';

it('A statement as a table has a row for each balance and entry, also what is not booked', async () => {
  const camt = camt053({
    entries: [
      { amount: '1234.5', name: 'Zakład; Łódź', title: 'Faktura "7"', bankReference: 'A1', endToEndId: 'E1' },
      { status: 'PDNG', direction: 'CRDT', bookingDay: undefined, valueDay: '2026-11-24', more: 2 },
      { reversal: true, direction: 'CRDT' },
    ],
  });
  expect(await writtenText(camt, 'csv')).toBe(
    `Rodzaj;Rachunek;Data księgowania;Data waluty;Kwota;Waluta;Kontrahent;Rachunek kontrahenta;Tytuł;Opis;Identyfikator EndToEnd;Numer banku;Liczba operacji
saldo początkowe;${OUR_IBAN};2026-11-22;;100,00;PLN;;;;;;;
operacja;${OUR_IBAN};2026-11-23;;-1234,50;PLN;"Zakład; Łódź";;"Faktura ""7""";;E1;A1;1
operacja, niezaksięgowana (PDNG);${OUR_IBAN};;2026-11-24;1,00;PLN;;;;;;;3
storno;${OUR_IBAN};2026-11-23;;1,00;PLN;;;;;;;1
saldo końcowe;${OUR_IBAN};2026-11-23;;100,00;PLN;;;;;;;
`,
  );
});

it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)'])('A title %s is no formula', async (title) => {
  const text = await writtenText(camt053({ entries: [{ title }] }), 'csv');
  expect(text).toContain(`'${title.replaceAll('"', '""')}`);
});

it('A table is written in any encoding, its own words too', async () => {
  for (const encoding of ['ascii', 'mazovia', 'cp852', 'utf-8-bom'] as const) {
    const file = await written(camt053({}), 'csv', { csv: { encoding, lineEnd: 'crlf' } });
    expect(file).toMatchObject({ kind: 'written', losses: { replacedCharacters: 0 } });
    if (file.kind === 'written' && encoding === 'ascii')
      expect(file.bytes.toString('latin1')).toContain('saldo koncowe');
    if (file.kind === 'written' && encoding === 'utf-8-bom')
      expect(file.bytes.toString('hex').slice(0, 6)).toBe('efbbbf');
  }
});
