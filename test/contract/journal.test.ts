import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { createSimulatedJournal } from '../journal/simulated-journal.ts';
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

journalContract('in a simulation', async (clock) => {
  const journal = await createSimulatedJournal().open(clock);
  if ('refused' in journal) throw new Error(journal.sentence);
  return { journal, close: () => journal.close() };
});
