// Journals damaged in every way a disk or a person may damage them: none is worked with, none is replaced by
// an empty one, and `journal verify` says the same as the start.

import { cp, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pathsIn } from '../../src/journal/folder-volume.ts';
import {
  JournalFailure,
  type Journal,
  type JournalRefusal,
  type NewRecord,
} from '../../src/journal/journal.ts';
import { newestVersion } from '../../src/journal/migrations.ts';
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { verifyFiles } from '../../src/journal/verify-files.ts';
import type { Verified } from '../../src/journal/verify-journal.ts';
import { claimed, closed } from '../contract/claimed.ts';
import { createTestClock } from '../test-clock.ts';

/** Past one checkpoint, so that there are records a start checks and records only `verify` checks. */
const RECORDS = 1_200;
const SLOT_BYTES = 4_096;

let base: string;
let folder: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'goniec-damage-'));
  await makeImages();
});
afterAll(() => rm(base, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(base, 'case-'));
});

/**
 * `older`: the journal a few records before its end. `ended`: its owner stopped. `killed`: it was killed with
 * commits that only the log has. `other`: another journal.
 */
type Image = 'older' | 'ended' | 'killed' | 'other';

interface Damage {
  readonly title: string;
  readonly image?: Image;
  readonly act: () => unknown;
  /** What the start says; 'starts' where the damage lies before the last checkpoint or can be mended. */
  readonly start: JournalRefusal['refused'] | 'starts';
  readonly says?: string;
  /** What `verify` says when the start does not mind, or minds something else; 'sound' where it was mended. */
  readonly verify?: string;
}

const DAMAGES: readonly Damage[] = [
  {
    title: 'database truncated to half',
    act: async () =>
      truncate(file('journal.sqlite'), Math.floor((await size('journal.sqlite')) / 8_192) * SLOT_BYTES),
    start: 'damaged',
    says: 'malformed',
  },
  {
    title: 'database cut within a page',
    act: () => cut('journal.sqlite', 100),
    start: 'starts',
    verify: 'the database file is damaged',
  },
  {
    title: 'database with its first page zeroed',
    act: () => zero('journal.sqlite', 0, 4_096),
    start: 'damaged',
  },
  {
    title: 'database that is garbage',
    act: () => writeFile(file('journal.sqlite'), 'no database. '.repeat(900)),
    start: 'damaged',
  },
  {
    title: 'database that is an empty file',
    act: () => writeFile(file('journal.sqlite'), ''),
    start: 'database-missing',
  },
  {
    title: 'database that is gone',
    act: () => rm(file('journal.sqlite')),
    start: 'database-missing',
    says: 'gone',
  },
  {
    title: 'database and head gone, the log left',
    image: 'killed',
    act: () => Promise.all([rm(file('journal.sqlite')), rm(file('journal.head'))]),
    start: 'database-missing',
  },
  { title: 'database of something else', act: () => otherTables(), start: 'damaged', says: 'no journal' },
  {
    title: 'database without the row that names it',
    act: () => sql('DELETE FROM meta'),
    start: 'damaged',
    says: 'no journal',
  },
  {
    title: 'record edited',
    act: () => sql("UPDATE record SET body = replace(body, 'acme', 'evil') WHERE sequence = 1100"),
    start: 'chain-broken',
    says: 'at record 1100',
  },
  {
    title: 'time of a record edited',
    act: () => sql("UPDATE record SET at = '2026-01-01' WHERE sequence = 1100"),
    start: 'chain-broken',
    says: 'at record 1100',
  },
  {
    title: 'hash edited',
    act: () => sql('UPDATE record SET hash = zeroblob(32) WHERE sequence = 1100'),
    start: 'chain-broken',
    says: 'at record 1100',
  },
  {
    title: 'last hash edited',
    act: () => sql(`UPDATE record SET hash = zeroblob(32) WHERE sequence = ${RECORDS}`),
    start: 'head-differs',
  },
  {
    title: 'record in the middle removed',
    act: () => sql('DELETE FROM record WHERE sequence = 1100'),
    start: 'chain-broken',
    says: 'missing',
  },
  {
    title: 'records at the end removed',
    act: () => sql('DELETE FROM record WHERE sequence > 1190'),
    start: 'behind-head',
    says: 'ends at record 1190 but had reached 1200',
  },
  {
    title: 'all records removed',
    act: () => sql('DELETE FROM record; DELETE FROM checkpoint'),
    start: 'behind-head',
  },
  {
    title: 'old record edited',
    act: () => sql("UPDATE record SET body = '{}' WHERE sequence = 500"),
    start: 'starts',
    verify: 'at record 500: the record is not the one',
  },
  {
    title: 'old record removed',
    act: () => sql('DELETE FROM record WHERE sequence = 500'),
    start: 'starts',
    verify: 'at record 500: the record is missing',
  },
  {
    title: 'older copy put back',
    act: () => put('older', 'journal.sqlite'),
    start: 'behind-head',
    says: 'older copy',
  },
  {
    title: 'older copy put back under the newer log',
    image: 'killed',
    act: () => put('older', 'journal.sqlite'),
    start: 'chain-broken',
    says: 'the keys stored for the record are not its own',
    verify: 'the database file is damaged',
  },
  { title: "another journal's database", act: () => put('other', 'journal.sqlite'), start: 'other-journal' },
  {
    title: "another journal's head",
    act: () => put('other', 'journal.head'),
    start: 'other-journal',
    says: 'belong together',
  },
  {
    title: 'head gone',
    act: () => rm(file('journal.head')),
    start: 'head-missing',
    says: 'Put back the journal.head',
  },
  { title: 'head empty', act: () => writeFile(file('journal.head'), ''), start: 'head-unreadable' },
  {
    title: 'both slots of the head torn',
    act: async () => {
      await zero('journal.head', 40, 60);
      await zero('journal.head', SLOT_BYTES + 40, 60);
    },
    start: 'head-unreadable',
  },
  {
    title: 'first slot of the head torn',
    act: () => zero('journal.head', 40, 60),
    start: 'starts',
    verify: 'sound',
  },
  {
    title: 'second slot of the head torn',
    act: () => zero('journal.head', SLOT_BYTES + 40, 60),
    start: 'starts',
    verify: 'sound',
  },
  { title: 'older head', act: () => put('older', 'journal.head'), start: 'starts', verify: 'sound' },
  {
    title: 'log gone with what it held',
    image: 'killed',
    act: () => rm(file('journal.sqlite-wal')),
    start: 'behind-head',
  },
  { title: 'log cut', image: 'killed', act: () => cut('journal.sqlite-wal', 5_000), start: 'behind-head' },
  {
    title: 'log zeroed in its middle',
    image: 'killed',
    act: async () => zero('journal.sqlite-wal', Math.floor((await size('journal.sqlite-wal')) / 2), 100),
    start: 'behind-head',
  },
  {
    title: "log's index gone",
    image: 'killed',
    act: () => rm(file('journal.sqlite-shm'), { force: true }),
    start: 'starts',
    verify: 'sound',
  },
  {
    title: "log's index garbage",
    image: 'killed',
    act: () => writeFile(file('journal.sqlite-shm'), 'x'.repeat(32_768)),
    start: 'starts',
    verify: 'sound',
  },
  {
    title: 'schema newer than we know',
    act: () => sql(`UPDATE meta SET schema_version = ${newestVersion() + 1}`),
    start: 'schema-newer',
    says: 'newer',
  },
  {
    title: 'checkpoint with another hash',
    act: () => sql('UPDATE checkpoint SET hash = zeroblob(32)'),
    start: 'chain-broken',
    says: 'checkpoint',
  },
  {
    title: 'checkpoint with another seal',
    act: () => sql('UPDATE checkpoint SET seal = zeroblob(32)'),
    start: 'chain-broken',
    says: 'checkpoint',
  },
  {
    title: 'checkpoint moved to a record that is not there',
    act: () => sql('UPDATE checkpoint SET sequence = 5000'),
    start: 'chain-broken',
    says: 'checkpoint',
  },
  {
    title: 'checkpoint removed',
    act: () => sql('DELETE FROM checkpoint'),
    start: 'starts',
    verify: 'at record 1000: the checkpoint is missing',
  },
  {
    title: 'key removed',
    act: () => sql('DELETE FROM stream_key WHERE sequence = 1100'),
    start: 'chain-broken',
    says: 'at record 1100: the keys',
  },
  {
    title: 'old key removed',
    act: () => sql('DELETE FROM stream_key WHERE sequence = 500'),
    start: 'starts',
    verify: 'at record 500: the keys',
  },
  {
    title: 'stream as it was a record ago',
    act: () => sql(`UPDATE stream SET last = last - 1, closed = NULL WHERE last = ${RECORDS}`),
    start: 'chain-broken',
    says: `at record ${RECORDS}: the stream of the record is stored as ending before it`,
    verify: 'begins or ends with other records',
  },
  {
    title: 'key added',
    act: () => sql("INSERT INTO stream_key VALUES ('bytes', 'x', 'order/9', 7000)"),
    start: 'starts',
    verify: 'a key is stored that no record has',
  },
  {
    title: 'open stream stored as closed',
    act: () => sql("UPDATE stream SET closed = last WHERE name = 'order/5'"),
    start: 'starts',
    verify: 'stored as closed',
  },
  {
    title: 'stream added',
    act: () => sql("INSERT INTO stream VALUES ('order/none', 1, 2, NULL)"),
    start: 'starts',
    verify: 'begins or ends with other records',
  },
];

describe('a damaged journal', () => {
  it.each(DAMAGES)('$title', async ({ image = 'ended', act, start, says, verify }) => {
    await cp(join(base, image), folder, { recursive: true });
    await act();
    const log = await content('journal.sqlite-wal');
    const head = await content('journal.head');
    const verified = await verifyFiles(pathsIn(folder));
    const started = await startSentence();
    if (start === 'starts') {
      expect(started).toBe('started');
      if (verify === 'sound') expect(verified).toMatchObject({ records: RECORDS });
      else expect(sentenceOf(verified)).toContain(verify);
      return;
    }
    expect(verified).toMatchObject({ refused: start });
    // The start says the very same, or what it met first.
    if (verify === undefined) expect(started).toBe(sentenceOf(verified));
    else expect(sentenceOf(verified)).toContain(verify);
    expect(started).toContain(says ?? '');
    expect(started).toMatch(/Put back|Run that version/);
    // What is needed to mend it is still there, and a second start does not get by.
    expect(await content('journal.head')).toEqual(head);
    if (start === 'database-missing') expect(await content('journal.sqlite-wal')).toEqual(log);
    expect(await startSentence()).toBe(started);
  });

  it('with any one page zeroed is refused, or verify finds it, and nothing is read that was never written', async () => {
    await cp(join(base, 'older'), folder, { recursive: true });
    const whole = await readFile(file('journal.sqlite'));
    const pages = whole.length / 4_096;
    const outcomes = { refused: 0, found: 0 };
    for (let page = 1; page < pages; page += 3) {
      const bytes = Buffer.from(whole);
      bytes.fill(0, page * 4_096, (page + 1) * 4_096);
      await writeFile(file('journal.sqlite'), bytes);
      const verified = await verifyFiles(pathsIn(folder));
      expect(verified, `page ${page}`).toMatchObject({ refused: expect.any(String) as string });
      const started = await startSentence(readsRight);
      outcomes[started === 'started' ? 'found' : 'refused'] += 1;
      await cp(join(base, 'older', 'journal.head'), file('journal.head'));
    }
    expect(outcomes.refused).toBeGreaterThan(0);
  }, 120_000);

  it('with any page of a few records ago, as a disk leaves it that lost a write, is refused', async () => {
    await cp(join(base, 'ended'), folder, { recursive: true });
    const [now, before] = [
      await readFile(file('journal.sqlite')),
      await readFile(join(base, 'older', 'journal.sqlite')),
    ];
    const stale: number[] = [];
    // The first page counts the changes of the whole file; the others hold what was written.
    for (let start = SLOT_BYTES; start < before.length; start += SLOT_BYTES)
      if (!now.subarray(start, start + SLOT_BYTES).equals(before.subarray(start, start + SLOT_BYTES)))
        stale.push(start);
    expect(stale.length).toBeGreaterThan(3);
    for (const start of stale) {
      const bytes = Buffer.from(now);
      before.copy(bytes, start, start, start + SLOT_BYTES);
      await writeFile(file('journal.sqlite'), bytes);
      expect(await startSentence(), `page ${start / SLOT_BYTES}`).toContain('Put back the newest');
    }
  });

  it('cut at any page is refused', async () => {
    await cp(join(base, 'older'), folder, { recursive: true });
    const whole = await readFile(file('journal.sqlite'));
    for (let bytes = 4_096; bytes < whole.length; bytes += 4_096 * 4) {
      await writeFile(file('journal.sqlite'), whole.subarray(0, bytes));
      expect(await startSentence(), `after ${bytes} bytes`).toContain('damaged');
    }
  });
});

async function makeImages(): Promise<void> {
  const many = Array.from({ length: RECORDS - 5 }, (_, index) => claimed(`${index + 1}`));
  for (const [seed, image] of ['other', 'older'].entries())
    await (await appended(join(base, image), seed, [many])).close();
  const working = join(base, 'working');
  await cp(join(base, 'older'), working, { recursive: true });
  const rest = [RECORDS - 4, RECORDS - 3, RECORDS - 2, RECORDS - 1].map((number) => [claimed(`${number}`)]);
  await (await appended(working, 0, rest)).close();
  const journal = await appended(working, 0, [[closed(`${RECORDS - 1}`)]]);
  // What a kill would leave: the log is not merged into the database.
  await cp(working, join(base, 'killed'), { recursive: true });
  await journal.close();
  await cp(working, join(base, 'ended'), { recursive: true });
}

async function appended(
  target: string,
  seed: number,
  calls: readonly (readonly NewRecord[])[],
): Promise<Journal> {
  const journal = await openSqliteJournal(target, createTestClock({ seed }));
  if ('refused' in journal) throw new Error(journal.sentence);
  for (const records of calls) await journal.append(records);
  return journal;
}

/** What a start says: 'started', or its refusal. */
async function startSentence(
  look: (folder: string) => Promise<void> = async () => undefined,
): Promise<string> {
  const opened = await openSqliteJournal(folder, createTestClock());
  if ('refused' in opened) return opened.sentence;
  await opened.close();
  await look(folder);
  return 'started';
}

/** Every answer is right or is a failure; an absent key would let a duplicate pass. */
async function readsRight(): Promise<void> {
  const journal = await openSqliteJournal(folder, createTestClock());
  if ('refused' in journal) return;
  const right = async (answer: Promise<readonly unknown[]>, length: number): Promise<void> => {
    const found = await answer.catch((error: unknown) => error);
    if (!(error(found) instanceof JournalFailure)) expect(found).toHaveLength(length);
  };
  for (let number = 1; number < RECORDS - 5; number += 100) {
    await right(journal.keys('file-name', `${number}.xml`), 1);
    await right(journal.read(`order/${number}`), 1);
  }
  await right(journal.openStreams('order/'), RECORDS - 5);
  await journal.close();
}

function error(found: unknown): unknown {
  return found instanceof Error ? found : undefined;
}

function sentenceOf(verified: Verified | JournalRefusal): string {
  return 'refused' in verified ? verified.sentence : 'sound';
}

function file(name: string): string {
  return join(folder, name);
}

async function size(name: string): Promise<number> {
  return (await stat(file(name))).size;
}

async function content(name: string): Promise<Buffer | undefined> {
  return readFile(file(name)).catch(() => undefined);
}

async function put(image: Image, name: string): Promise<void> {
  await cp(join(base, image, name), file(name));
}

async function cut(name: string, bytes: number): Promise<void> {
  await truncate(file(name), (await size(name)) - bytes);
}

async function zero(name: string, from: number, length: number): Promise<void> {
  const bytes = await readFile(file(name));
  bytes.fill(0, from, from + length);
  await writeFile(file(name), bytes);
}

function sql(text: string): void {
  const database = new DatabaseSync(file('journal.sqlite'));
  database.exec(`PRAGMA foreign_keys = OFF; ${text}`);
  database.close();
}

async function otherTables(): Promise<void> {
  for (const name of ['journal.sqlite', 'journal.head']) await rm(file(name));
  sql('CREATE TABLE somebody (elses)');
}
