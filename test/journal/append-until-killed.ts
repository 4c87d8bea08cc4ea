// A process of its own for sqlite-journal.test.ts: appends until it is killed and prints every sequence it
// may rely on. Run as `node append-until-killed.ts <folder>`.

import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { systemClock } from '../../src/triggers/system-clock.ts';
import { claimed } from '../contract/claimed.ts';

const journal = await openSqliteJournal(process.argv[2] ?? '', systemClock);
if ('refused' in journal) throw new Error(journal.sentence);

async function lane(name: string): Promise<never> {
  for (let count = 1; ; count++) {
    if ('refused' in journal) throw new Error(journal.sentence);
    const records = await journal.append([claimed(`${name}${count}a`), claimed(`${name}${count}b`)]);
    for (const { sequence, stream } of records) process.stdout.write(`${sequence} ${stream}\n`);
  }
}

await Promise.all(['x', 'y', 'z'].map(lane));
