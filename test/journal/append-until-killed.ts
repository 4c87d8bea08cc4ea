// A process of its own for tests: appends until it is killed and prints every sequence it may rely on. Run as
// `node append-until-killed.ts <folder> [<count>]`; with a count it kills itself after so many appends.

import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { systemClock } from '../../src/triggers/system-clock.ts';
import { claimed } from '../contract/claimed.ts';

const journal = await openSqliteJournal(process.argv[2] ?? '', systemClock);
if ('refused' in journal) throw new Error(journal.sentence);

const last = Number(process.argv[3] ?? Infinity);
let appends = 0;

async function lane(name: string): Promise<never> {
  for (let count = 1; ; count++) {
    if ('refused' in journal) throw new Error(journal.sentence);
    const records = await journal.append([claimed(`${name}${count}a`), claimed(`${name}${count}b`)]);
    for (const { sequence, stream } of records) process.stdout.write(`${sequence} ${stream}\n`);
    appends += 1;
    if (appends >= last) process.kill(process.pid, 'SIGKILL');
  }
}

await Promise.all(['x', 'y', 'z'].map(lane));
