// Fetches one thing about one account: asks, keeps the answer, records that it is kept, and only then makes something of it.

import { join } from 'node:path';
import type { AccountQuery, CollectOutcome, KeepAnswer } from '../bank/channel.ts';
import type { Fetch } from '../domain/account-life.ts';
import type { KeptAnswer } from '../domain/order-event.ts';
import type { AccountBook } from './account-book.ts';
import { archiveAnswer } from './deliver.ts';
import { deliverFetched } from './deliver-fetched.ts';
import type { Delivered } from './delivery.ts';
import type { CollectedAccount, InboundPorts } from './inbound-ports.ts';

/** An answer kept before a crash is delivered first; it is never asked for twice. */
export async function fetchOne(
  ports: InboundPorts,
  account: CollectedAccount,
  book: AccountBook,
  fetch: Fetch,
): Promise<Delivered> {
  const pending = await deliverPending(ports, account, book);
  if (pending.kind !== 'done') return pending;
  const outcome = await ports
    .channel(account.bank)
    .collect(queryFor(account.iban, fetch), answerKeeper(ports, answerFolder(ports, account.iban)));
  switch (outcome.kind) {
    case 'collected':
      // From this record on the answer is ours: a crash now costs nothing.
      await book.record({ type: 'answer-kept', query: JSON.stringify(fetch), answer: outcome.answer });
      return deliverPending(ports, account, book);
    case 'nothing':
      return nothing(ports, account, book, fetch, outcome);
    case 'refused':
      await forgetAnswer(ports, account, outcome.answer);
      return { kind: 'failed', cause: `The bank refuses: ${outcome.code} ${outcome.text}` };
    case 'no-answer':
      if (outcome.answer !== undefined) await forgetAnswer(ports, account, outcome.answer);
      return { kind: 'failed', cause: outcome.cause };
  }
}

/** Delivers what was kept but not yet delivered. */
export async function deliverPending(
  ports: InboundPorts,
  account: CollectedAccount,
  book: AccountBook,
): Promise<Delivered> {
  const { pending } = book.state;
  if (pending === undefined) return { kind: 'done' };
  const kept = join(answerFolder(ports, account.iban), pending.answer.name);
  if ((await ports.files.stat(kept)) === undefined) return askedAnew(ports, account, book, kept);
  const delivered = await deliverFetched(ports, account, book, pending);
  if (delivered.kind === 'failed' || delivered.kind === 'too-long') {
    // Of answers to one question the last of a day is kept: a bank that repeats a bad one would fill the archive.
    await archiveAnswer(ports, account, pending.at, `unusable_${askedName(pending.fetch)}`, kept);
    await book.record({ type: 'answer-dropped', reason: delivered.cause });
  }
  await forgetAnswer(ports, account, pending.answer);
  return delivered;
}

function askedName(fetch: Fetch): string {
  switch (fetch.kind) {
    case 'balance':
      return fetch.kind;
    case 'history':
      return `${fetch.kind}_${fetch.from}_${fetch.to}`;
    case 'incremental':
    case 'statement':
    case 'statement-document':
      return `${fetch.kind}_${fetch.day}`;
  }
}

/** Somebody took the answer away, or a backup without the spool was put back: what it said, the bank can say again. */
async function askedAnew(
  ports: InboundPorts,
  account: CollectedAccount,
  book: AccountBook,
  path: string,
): Promise<Delivered> {
  const cause = 'The answer that was kept is gone from the spool; the bank is asked again.';
  ports.log.error('answer.gone', { account: account.iban, path, remedy: cause });
  await book.record({ type: 'answer-dropped', reason: cause });
  return { kind: 'failed', cause };
}

/** Where answers about an account wait for their delivery. */
export function answerFolder(ports: InboundPorts, iban: string): string {
  return join(ports.spoolFolder, `account_${iban}`);
}

/** The bank's query for a fetch. */
export function queryFor(account: string, fetch: Fetch): AccountQuery {
  switch (fetch.kind) {
    case 'balance':
      return { kind: 'balances', account };
    case 'history':
      return { kind: 'history', account, from: fetch.from, to: fetch.to };
    case 'incremental':
      return { kind: 'incremental', account, day: fetch.day, after: fetch.after };
    case 'statement':
      return { kind: 'statement', account, day: fetch.day, format: 'xml' };
    case 'statement-document':
      return { kind: 'statement', account, day: fetch.day, format: 'pdf' };
  }
}

/** Stores answers in `folder`, each under a name of its own. */
export function answerKeeper(ports: InboundPorts, folder: string): KeepAnswer {
  return async (bytes) => {
    await ports.files.makeFolder(folder);
    const name = `answer-${ports.clock.now()}-${Buffer.from(ports.clock.random(4)).toString('hex')}.xml`;
    const { sizeBytes, sha256 } = await ports.files.write(join(folder, name), bytes);
    return { name, sha256, sizeBytes };
  };
}

/** Removes answers that a crash left without a record; they were announced to nobody and are asked for again. */
export async function sweepAnswers(
  ports: InboundPorts,
  account: CollectedAccount,
  book: AccountBook,
): Promise<void> {
  const folder = answerFolder(ports, account.iban);
  if ((await ports.files.stat(folder)) === undefined) return;
  for (const { name } of await ports.files.list(folder)) {
    if (name !== book.state.pending?.answer.name) await ports.files.remove(join(folder, name));
  }
}

/** No statement that day is an answer; for anything else "nothing" is not foreseen and is looked at as a failure. */
async function nothing(
  ports: InboundPorts,
  account: CollectedAccount,
  book: AccountBook,
  fetch: Fetch,
  outcome: Extract<CollectOutcome, { kind: 'nothing' }>,
): Promise<Delivered> {
  await forgetAnswer(ports, account, outcome.answer);
  if (fetch.kind === 'statement') {
    await book.record({ type: 'no-statement', day: fetch.day, code: outcome.code });
    ports.log.info('statement.none', { account: account.iban, day: fetch.day, code: outcome.code });
    return { kind: 'done' };
  }
  return { kind: 'failed', cause: `The bank answers ${outcome.code}: it has nothing.` };
}

async function forgetAnswer(
  ports: InboundPorts,
  account: CollectedAccount,
  answer: KeptAnswer,
): Promise<void> {
  await ports.files.remove(join(answerFolder(ports, account.iban), answer.name));
}
