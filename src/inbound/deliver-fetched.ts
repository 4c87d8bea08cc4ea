// Makes ERP files of a kept answer: balances as camt.052, new operations as camt.052, a statement as the bank wrote it.

import { join } from 'node:path';
import type { AccountState } from '../domain/account-life.ts';
import { formatDecimal } from '../domain/decimal.ts';
import type { AccountBook } from './account-book.ts';
import { answerFolder } from './collect.ts';
import { archiveAnswer, deliver, fileStem, instantForName } from './deliver.ts';
import { deliverHistory } from './deliver-history.ts';
import { deliverDocument, deliverStatement } from './deliver-statement.ts';
import { messageId, type Delivered, type Delivery } from './delivery.ts';
import type { CollectedAccount, InboundPorts } from './inbound-ports.ts';

export async function deliverFetched(
  ports: InboundPorts,
  account: CollectedAccount,
  book: AccountBook,
  { fetch, answer, at, sequence, advanced }: NonNullable<AccountState['pending']>,
): Promise<Delivered> {
  const answerPath = join(answerFolder(ports, account.iban), answer.name);
  const delivery: Delivery = {
    ports,
    account,
    book,
    answer: (range) => ports.files.read(answerPath, { ...range, lent: true }),
    answerPath,
    answerSizeBytes: answer.sizeBytes,
    at,
    sequence,
    advanced,
  };
  switch (fetch.kind) {
    case 'balance':
      return deliverBalances(delivery);
    case 'history':
      return deliverHistory(delivery, { from: fetch.from, to: fetch.to, after: 0, finished: true });
    case 'incremental':
      return deliverHistory(delivery, {
        from: fetch.day,
        to: fetch.day,
        after: fetch.after,
        finished: false,
      });
    case 'statement':
      return deliverStatement(delivery, fetch.day);
    case 'statement-document':
      return deliverDocument(delivery, fetch.day);
  }
}

async function deliverBalances(delivery: Delivery): Promise<Delivered> {
  const { ports, account, book, answerPath, at } = delivery;
  const balances = await ports.channel(account.bank).readBalances(delivery.answer);
  if ('kind' in balances) return { kind: 'failed', cause: balances.reason };
  const moment = instantForName(ports, at);
  const stem = fileStem('camt.052', moment.day, account.iban, `balance_${moment.time}`);
  const document = ports.format.composeBalances({
    messageId: messageId('BAL', delivery),
    createdAt: new Date(at),
    account: account.iban,
    ...balances,
    copy: false,
  });
  const { name: file } = await deliver(ports, account, at, stem, 'xml', () => [document]);
  await archiveAnswer(ports, account, at, file, answerPath);
  const available = balances.available === undefined ? undefined : formatDecimal(balances.available);
  const booked = balances.booked === undefined ? undefined : formatDecimal(balances.booked);
  await book.record({ type: 'balances-delivered', file, available, booked, currency: balances.currency });
  ports.log.info('balances.delivered', { account: account.iban, file });
  return { kind: 'done' };
}
