import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { createMemoryJournalDisk } from '../journal/memory-journal.ts';
import { journalContract } from './journal.contract.ts';

journalContract('on SQLite', async (clock) => {
  const folder = await mkdtemp(join(tmpdir(), 'goniec-journal-'));
  const journal = await openSqliteJournal(folder, clock);
  if ('refused' in journal) throw new Error(journal.sentence);
  return {
    journal,
    async close() {
      await journal.close();
      await rm(folder, { recursive: true });
    },
  };
});

journalContract('in memory', async (clock) => {
  const journal = createMemoryJournalDisk().open(clock);
  return { journal, close: () => journal.close() };
});
