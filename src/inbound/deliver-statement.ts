// Passes a statement on as the bank wrote it, and its printed form; says what a person should know about it.

import { neighbour } from '../domain/account-life.ts';
import { continuityFlags } from '../domain/continuity.ts';
import { formatDecimal } from '../domain/decimal.ts';
import type { StatementFacts } from '../bank/channel.ts';
import { archiveAnswer, deliver, fileStem } from './deliver.ts';
import { deliverWanted } from './deliver-wanted.ts';
import type { Delivered, Delivery } from './delivery.ts';
import { recordDelivery } from './delivery-parts.ts';
import { aboutAnother } from './other-account.ts';

/** A statement of a day that people open is in the archive as a file of its own; one that no viewer opens is there once. */
const ARCHIVED_TWICE_BYTES_MAX = 16 << 20;

export async function deliverStatement(delivery: Delivery, day: string): Promise<Delivered> {
  const { ports, account, book, answerPath, answerSizeBytes, at, advanced } = delivery;
  const bookings = ports.bookings(account.iban, 'statement');
  let entries = 0;
  const statement = await ports.channel(account.bank).readStatement(delivery.answer, async (some) => {
    // A statement shows each of its entries for the first time; of those on record already a crash was in the middle.
    const taken = some.map((entry, index) => {
      const number = entries + index;
      return { entry, fresh: number < advanced ? undefined : number };
    });
    entries += some.length;
    await bookings.take(taken);
  });
  if ('kind' in statement) return { kind: 'failed', cause: statement.reason };
  const [first] = statement.statements;
  const last = statement.statements.at(-1);
  if (first === undefined || last === undefined)
    return { kind: 'failed', cause: `The bank's answer for ${day} holds no statement.` };
  const accounts = statement.statements.map((one) => one.account);
  const cause = aboutAnother(accounts, account.iban) ?? ofAnotherDay(statement.statements, day);
  if (cause !== undefined) return { kind: 'failed', cause };
  const flags = [
    ...continuity(statement.statements, neighbour(book.state, day, -1)?.closing),
    ...statement.schemaFaults.map((fault) => `The bank's document breaks its schema: ${fault}`),
  ];
  const booked = await bookings.settle();
  const camt = {
    message: 'camt.053',
    day,
    what: 'statement',
    content: statement.document,
    at,
    isInAnswer: answerSizeBytes > ARCHIVED_TWICE_BYTES_MAX,
  } as const;
  const shown = await deliverWanted(ports, account, camt, account.formats.statements);
  const [file, ...others] = shown.files;
  flags.push(...shown.flags);
  await archiveAnswer(ports, account, at, shown.camtName, answerPath);
  await recordDelivery(delivery, {
    source: 'statement',
    freshCount: entries,
    booked,
    end: {
      type: 'statement-delivered',
      day,
      statementId: first.id,
      file: file.name,
      sha256: file.sha256,
      ...(others.length === 0 ? {} : { others: others.map(({ name }) => name) }),
      opening: first.opening === undefined ? undefined : formatDecimal(first.opening),
      closing: last.closing === undefined ? undefined : formatDecimal(last.closing),
      flags,
    },
  });
  const fields = { account: account.iban, day, file: shown.files.map(({ name }) => name).join(' '), entries };
  if (flags.length === 0) ports.log.info('statement.delivered', fields);
  else ports.log.warn('statement.flagged', { ...fields, flags: flags.join(' ') });
  return { kind: 'done' };
}

export async function deliverDocument(delivery: Delivery, day: string): Promise<Delivered> {
  const { ports, account, book, at } = delivery;
  const attachment = await ports.channel(account.bank).readAttachment(delivery.answer);
  if ('kind' in attachment) return { kind: 'failed', cause: attachment.reason };
  const stem = fileStem('camt.053', day, account.iban, 'statement');
  const { name, sha256 } = await deliver(ports, account, at, stem, 'pdf', attachment.content);
  await book.record({ type: 'statement-document-delivered', day, file: name, sha256 });
  ports.log.info('statement.document-delivered', { account: account.iban, day, file: name });
  return { kind: 'done' };
}

/** Why these are not the statements asked for; undefined when they are. */
function ofAnotherDay(statements: readonly StatementFacts[], day: string): string | undefined {
  for (const { fromDay, toDay } of statements) {
    if (fromDay !== undefined && toDay !== undefined && (day < fromDay || day > toDay))
      return `Asked for the statement of ${day}, the bank answered with ${fromDay} to ${toDay}.`;
  }
  return undefined;
}

function continuity(statements: readonly StatementFacts[], closingBefore: string | undefined): string[] {
  let closing = closingBefore;
  return statements.flatMap((statement) => {
    const flags = continuityFlags(statement, closing);
    closing = statement.closing === undefined ? undefined : formatDecimal(statement.closing);
    return flags;
  });
}
