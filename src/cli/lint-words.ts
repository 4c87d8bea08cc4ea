// What `goniec lint` says around the faults, in the languages of those who read it. Faults stand as the rules word them.

import { counted } from '../domain/counted.ts';

export type LintLanguage = 'pl' | 'en';

export interface LintWords {
  readonly found: string;
  readonly more: (count: number) => string;
  readonly unknownKind: string;
  readonly holds: (kind: string, count: number, sum: string) => string;
  readonly refused: (faults: number) => string;
  readonly answered: (requests: number) => string;
  readonly planned: string;
  readonly held: (reason: string) => string;
  readonly headings: readonly string[];
  readonly to: string;
}

export const LINT_WORDS: Readonly<Record<LintLanguage, LintWords>> = {
  en: {
    found: 'Found',
    more: (count) => `${count} more faults were found and are not listed.`,
    unknownKind: 'no message that Goniec knows',
    holds: (kind, count, sum) => `${kind}, ${counted(count, 'transfer')}, sum ${sum}`,
    refused: (faults) => `It would be refused: ${counted(faults, 'fault')}.`,
    answered: (requests) => `It would be answered: ${counted(requests, 'request')}.`,
    planned:
      'It would be planned like this, unless it repeats an earlier file, which is not looked for here.',
    held: (reason) => `It would be held for a person. ${reason}`,
    headings: ['message', 'bank', 'operation', 'blocks', 'transfers', 'sum', 'to be executed on'],
    to: 'to',
  },
  pl: {
    found: 'Znaleziono',
    more: (count) => `Znaleziono jeszcze błędy, których tu nie ma: ${count}.`,
    unknownKind: 'nie jest to plik, który Goniec zna',
    holds: (kind, count, sum) => `${kind}, przelewy: ${count}, suma ${sum}`,
    refused: (faults) => `Plik zostałby odrzucony. Błędy: ${faults}.`,
    answered: (requests) => `Plik dostałby odpowiedź. Zapytania: ${requests}.`,
    planned: 'Tak zostałby podzielony, o ile nie powtarza wcześniejszego pliku, czego się tu nie sprawdza.',
    held: (reason) => `Plik czekałby na decyzję człowieka. ${reason}`,
    headings: ['komunikat', 'bank', 'operacja', 'bloki', 'przelewy', 'suma', 'data realizacji'],
    to: 'do',
  },
};
