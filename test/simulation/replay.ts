// One run again, by its name: its log, what was found, and a digest of all that it came to.

import { createHash } from 'node:crypto';
import { runCase } from './cases.ts';
import type { World } from './world.ts';

/** Prints it; resolves to the exit code. */
export async function replay(id: string): Promise<number> {
  const { run, effects, violations } = await runCase(id);
  const ends = run.lives.map(({ ended, effects: life }) => `${life.tried.length} ${ended ?? 'crashed'}`);
  console.log(`${id}\n${run.world.log.join('\n')}`);
  console.log(`lives (effects, end): ${ends.join('; ')}`);
  console.log(`effects ${effects}, digest ${digestOf(run.world)}`);
  for (const violation of violations) console.log(`VIOLATION ${violation}`);
  return violations.length === 0 ? 0 : 1;
}

/** Of everything outside the process: the journal, the disk, the bank and what the ERP saw; and of the log. */
export function digestOf({ journal, disk, bank, erp, log }: World): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([journal.records(), bank.executions, bank.ledger.all, [...erp.seen], log]));
  for (const path of disk.paths())
    hash
      .update(path)
      .update('\0')
      .update(disk.content(path) ?? '');
  return hash.digest('hex').slice(0, 16);
}
