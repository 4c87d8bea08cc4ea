// `npm run kill:disk`: the same world with state, inbox and archive on small file systems that fill up or may only be read.

import { closeSmallDisks, diskTroubles, mountingRefused, openOnSmallDisks } from './disk-troubles.ts';
import { runHarness } from './harness.ts';

const refused = mountingRefused();
if (refused !== undefined) process.stdout.write(`Skipped: ${refused}.\n`);
else
  await runHarness({
    title: 'Full and read-only disks',
    sentence: ({ kills, orders, seed }) =>
      `\`npm run kill:disk -- --kills ${kills} --orders ${orders} --seed ${seed}\`: state, inbox and archive lay on small file systems that were filled to the last byte and freed again, or might only be read for a while; a daemon that ended was started again, as a supervisor does.`,
    defaults: { kills: 20, orders: 200 },
    trouble: ({ kills }) => diskTroubles(kills),
    open: openOnSmallDisks,
    close: closeSmallDisks,
  });
