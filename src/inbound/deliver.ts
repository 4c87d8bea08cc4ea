// Puts a file into the inbox under a name that sorts and explains itself, and a copy into the archive; never overwrites.

import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { localDateTime } from '../domain/calendar.ts';
import { FileFailure } from '../files/file-store.ts';
import type { CollectedAccount, InboundPorts } from './inbound-ports.ts';

/** A taken name with other bytes gets the next number; more than this many means something is badly wrong. */
const SAME_NAME_MAX = 1_000;

/** What a file is made of: the same bytes each time, a piece at a time. */
export type Content = () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface Named {
  readonly name: string;
  readonly sha256: string;
}

/**
 * `stem` and `ending` make the name; gives the name used. Writing the same bytes again is no second delivery. The archive
 * files it under the day of `at`, the journalled instant of what is delivered, so that a repeat on a later day after a
 * crash replaces what the crash left.
 */
export async function deliver(
  ports: InboundPorts,
  account: CollectedAccount,
  at: string,
  stem: string,
  ending: string,
  content: Content,
): Promise<Named> {
  const delivered = await putIntoInbox(ports, account, stem, ending, content);
  await archiveCopy(ports, account, at, delivered.name, content);
  return delivered;
}

/** The same without a copy in the archive, for what lies there as the bank's answer. */
export async function putIntoInbox(
  ports: InboundPorts,
  account: CollectedAccount,
  stem: string,
  ending: string,
  content: Content,
): Promise<Named> {
  for (let count = 1; count <= SAME_NAME_MAX; count += 1) {
    const name = `${stem}${count === 1 ? '' : `-${count}`}.${ending}`;
    const path = join(account.inbox, name);
    try {
      const { sha256 } = await ports.files.write(path, piecesOf(content));
      return { name, sha256 };
    } catch (failure) {
      if (!(failure instanceof FileFailure) || failure.code !== 'exists') throw failure;
      const sha256 = await digestOf(content());
      if (sha256 === (await digestOf(ports.files.read(path, { lent: true })))) return { name, sha256 };
    }
  }
  throw new Error(`More than ${SAME_NAME_MAX} files are named ${stem} in ${account.inbox}.`);
}

/** The copy for people. */
export async function archiveCopy(
  ports: InboundPorts,
  account: CollectedAccount,
  at: string,
  name: string,
  content: Content,
): Promise<void> {
  const path = join(await archiveFolder(ports, account, at), name);
  await ports.files.write(path, piecesOf(content), { replace: true });
}

async function* piecesOf(content: Content): AsyncGenerator<Uint8Array> {
  yield* content();
}

async function digestOf(pieces: ReturnType<Content>): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of pieces) digest.update(piece);
  return digest.digest('hex');
}

/** What the bank sent, beside what was made of it: the file that was kept, which nobody writes again. */
export async function archiveAnswer(
  ports: InboundPorts,
  account: CollectedAccount,
  at: string,
  deliveredName: string,
  answerPath: string,
): Promise<void> {
  const name = `${basename(deliveredName).replace(/\.[a-z]+$/, '')}.answer.xml`;
  await ports.files.copy(answerPath, join(await archiveFolder(ports, account, at), name));
}

/** `camt.052_2026-11-23_PL60..._balance_101500_250`: kind, day, account, what, and the time where a day has many. */
export function fileStem(message: string, day: string, account: string, what: string): string {
  return `${message}_${day}_${account}_${what}`;
}

/**
 * An instant in the bank's zone, for file names. To the millisecond, because a name must never be used twice: after a
 * restart two answers may be delivered within a second, and the ERP may have taken the first file away already.
 */
export function instantForName(
  ports: Pick<InboundPorts, 'timeZone'>,
  instant: string,
): { readonly day: string; readonly time: string } {
  const [day = '', time = ''] = localDateTime(Date.parse(instant), ports.timeZone).split('T');
  const milliseconds = (Date.parse(instant) % 1_000).toString().padStart(3, '0');
  return { day, time: `${time.replace(/:/g, '')}_${milliseconds}` };
}

async function archiveFolder(ports: InboundPorts, account: CollectedAccount, at: string): Promise<string> {
  const [year = '', month = '', day = ''] = localDateTime(Date.parse(at), ports.timeZone)
    .slice(0, 10)
    .split('-');
  const folder = join(account.archive, year, month, day, `account_${account.iban}`);
  await ports.files.makeFolder(folder);
  return folder;
}
