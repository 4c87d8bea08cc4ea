// What became of a list, for a person who sees no XML: the whole in a few lines, then every order by its line in the file.

import type { ElixirOForm } from '../domain/erp-formats.ts';
import type { StatusReason } from '../domain/order-event.ts';
import { shownLine } from '../domain/shown-value.ts';
import type { TransferStatus } from '../domain/status.ts';
import type { StatusToTell, TransferToTell } from '../erp/format.ts';

const PIECE_CHARACTERS = 1 << 16;

/** UTF-8 with a mark, in lines of Windows; the same bytes for the same status. Reasons stand as the bank or a rule says them. */
export async function* statusText(
  status: StatusToTell,
  language: ElixirOForm['language'],
  final: boolean,
): AsyncGenerator<Uint8Array> {
  const words = WORDS[language];
  const { transferCount, controlSum } = status.erp;
  let text = `\ufeff${lines(
    `${words.file}: ${status.fileName}`,
    `${words.orders}: ${transferCount}, ${words.sum}: ${controlSum} PLN`,
    `${words.outcome}: ${wordFor(words.groups, status.groupStatus)} (${status.groupStatus})`,
    final ? words.final : words.notFinal,
    ...reasonLines(status.groupReasons),
    '',
  )}`;
  for (const block of status.blocks)
    for (const transfer of block.transfers) {
      text += transferLines(transfer, words);
      if (text.length < PIECE_CHARACTERS) continue;
      yield Buffer.from(text);
      text = '';
    }
  yield Buffer.from(text);
}

function transferLines({ instructionId, endToEndId, status, reasons }: TransferToTell, words: Words): string {
  const line = `${words.line} ${instructionId?.replace('LINE-', '') ?? '?'}`;
  return lines(
    `${line}, ${endToEndId}: ${wordFor(words.transfers, status)} (${status})`,
    ...reasonLines(reasons),
  );
}

function reasonLines(reasons: readonly StatusReason[]): string[] {
  return reasons.map(
    ({ code, texts }) => `    ${[code, ...texts].filter((one) => one !== undefined).join(' ')}`,
  );
}

function lines(...all: readonly string[]): string {
  return all.map((one) => `${shownLine(one)}\r\n`).join('');
}

function wordFor(words: Readonly<Record<string, string>>, status: string): string {
  return words[status] ?? '';
}

interface Words {
  readonly file: string;
  readonly orders: string;
  readonly sum: string;
  readonly outcome: string;
  readonly line: string;
  readonly final: string;
  readonly notFinal: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly transfers: Readonly<Record<TransferStatus, string>>;
}

const WORDS: Readonly<Record<ElixirOForm['language'], Words>> = {
  en: {
    file: 'File',
    orders: 'Orders',
    sum: 'sum',
    outcome: 'What became of it',
    line: 'Line',
    final: 'Nothing more will follow.',
    notFinal: 'This is not the end: another file will follow.',
    groups: {
      PDNG: 'waits, or a person must decide',
      RCVD: 'the bank has it',
      ACTC: 'the bank has it',
      ACCP: 'on its way',
      ACSP: 'on its way',
      ACWC: 'on its way, changed by the bank',
      ACSC: 'executed',
      RJCT: 'NOT executed',
      PART: 'PARTLY executed, see each order',
    },
    transfers: {
      PDNG: 'waits',
      RCVD: 'the bank has it',
      ACTC: 'the bank has it',
      ACCP: 'on its way',
      ACSP: 'on its way',
      ACWC: 'on its way, changed by the bank',
      ACSC: 'executed',
      RJCT: 'NOT executed',
    },
  },
  pl: {
    file: 'Plik',
    orders: 'Polecenia',
    sum: 'suma',
    outcome: 'Wynik',
    line: 'Wiersz',
    final: 'To ostatnia wiadomość o tym pliku.',
    notFinal: 'To jeszcze nie koniec: będzie następna wiadomość.',
    groups: {
      PDNG: 'czeka albo wymaga decyzji osoby uprawnionej',
      RCVD: 'przyjęty przez bank',
      ACTC: 'przyjęty przez bank',
      ACCP: 'w realizacji',
      ACSP: 'w realizacji',
      ACWC: 'w realizacji, zmieniony przez bank',
      ACSC: 'zrealizowany',
      RJCT: 'NIEZREALIZOWANY',
      PART: 'zrealizowany CZĘŚCIOWO, zob. poszczególne polecenia',
    },
    transfers: {
      PDNG: 'czeka',
      RCVD: 'przyjęte przez bank',
      ACTC: 'przyjęte przez bank',
      ACCP: 'w realizacji',
      ACSP: 'w realizacji',
      ACWC: 'w realizacji, zmienione przez bank',
      ACSC: 'zrealizowane',
      RJCT: 'NIEZREALIZOWANE',
    },
  },
};
