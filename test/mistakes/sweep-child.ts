// One process that holds one mistake, or none: sweeps until red and writes what it found as one line of JSON.

import { sweepUntilRed } from '../simulation/sweep-until-red.ts';
import { isMade } from './mistake-hook.ts';
import type { Found } from './run-mistake.ts';

const [runsMax, first] = process.argv.slice(2);
const violation = await sweepUntilRed({ runsMax: Number(runsMax), first });
const found: Found = {
  isMade,
  violation:
    violation === undefined ? undefined : { ...violation, sentences: violation.sentences.slice(0, 3) },
};
process.stdout.write(`${JSON.stringify(found)}\n`);
