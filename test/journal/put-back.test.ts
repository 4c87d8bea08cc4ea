// A journal that was put back from a backup: never worked with by mistake, and worked with once a person has
// said so.

import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUpJournal } from '../../src/journal/backup-journal.ts';
import { pathsIn } from '../../src/journal/folder-volume.ts';
import type { Journal, JournalRefusal } from '../../src/journal/journal.ts';
import { openPutBackJournal, openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { claimed } from '../contract/claimed.ts';
import { createTestClock } from '../test-clock.ts';

let folder: string;
let copy: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goniec-put-back-'));
  copy = join(folder, 'backup.sqlite');
  const journal = opened(await openSqliteJournal(folder, createTestClock()));
  await journal.append([claimed('A')]);
  await backUpJournal(pathsIn(folder), copy);
  await journal.append([claimed('B')]);
  await journal.close();
});
afterEach(() => rm(folder, { recursive: true }));

/** How people put back: the database alone, with the head of the backup, or without any head. */
const WAYS: readonly (readonly [string, () => Promise<unknown>, JournalRefusal['refused']])[] = [
  ['under the newer head', () => putBack(), 'behind-head'],
  [
    'with its own head',
    () => Promise.all([putBack(), cp(`${copy}.head`, join(folder, 'journal.head'))]),
    'is-backup',
  ],
  ['without a head', () => Promise.all([putBack(), rm(join(folder, 'journal.head'))]), 'head-missing'],
];

describe('a journal that was put back', () => {
  it.each(WAYS)('%s is refused until a person has answered for it', async (_, act, refused) => {
    await act();
    expect(await openSqliteJournal(folder, createTestClock())).toMatchObject({ refused });
    const head = await content('journal.head');

    // Opened, but nothing said: as if it had not been.
    await opened(await openPutBackJournal(folder, createTestClock())).close();
    expect(await content('journal.head')).toEqual(head);
    expect(await openSqliteJournal(folder, createTestClock())).toMatchObject({ refused });

    const journal = opened(await openPutBackJournal(folder, createTestClock()));
    await journal.append([claimed('C')]);
    await journal.append([claimed('D')]);
    await journal.close();
    const next = opened(await openSqliteJournal(folder, createTestClock()));
    expect(await next.openStreams('order/')).toEqual(['order/A', 'order/C', 'order/D']);
    expect(await next.verify()).toBeUndefined();
    await next.close();
  });

  it('is refused still when it is damaged, or when there is none', async () => {
    for (const name of ['journal.sqlite', 'journal.head']) await rm(join(folder, name));
    expect(await openPutBackJournal(folder, createTestClock())).toMatchObject({ refused: 'missing' });
    await cp(`${copy}.head`, join(folder, 'journal.sqlite'));
    expect(await openPutBackJournal(folder, createTestClock())).toMatchObject({ refused: 'damaged' });
  });
});

async function putBack(): Promise<void> {
  await cp(copy, join(folder, 'journal.sqlite'));
}

async function content(name: string): Promise<Buffer | undefined> {
  return readFile(join(folder, name)).catch(() => undefined);
}

function opened(journal: Journal | JournalRefusal): Journal {
  if ('refused' in journal) throw new Error(journal.sentence);
  return journal;
}
