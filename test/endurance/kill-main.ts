// `npm run kill`: the real daemon and two real sandbox banks on a real disk, killed again and again while files keep coming.

import { runHarness } from './harness.ts';
import { killAgainAndAgain } from './kills.ts';

await runHarness({
  title: 'Kill harness',
  sentence: ({ kills, orders, seed }) =>
    `\`npm run kill -- --kills ${kills} --orders ${orders} --seed ${seed}\`: the daemon was ended with SIGKILL at random moments, at moments of its log and while it recovered; the banks were killed as well, lost answers, broke off connections, were slow and refused.`,
  defaults: { kills: 300, orders: 2_000 },
  trouble: ({ kills }) => killAgainAndAgain(kills),
});
