// Mistakes in the journal itself: what it holds may be gone, old or altered, and nobody notices.

import type { Mistake } from './mistake.ts';

const OPEN_TEST = 'test/journal/sqlite-journal.test.ts';
const WITNESS_TEST = 'test/outbound/outbox-witness.test.ts';

export const JOURNAL_MISTAKES: readonly Mistake[] = [
  {
    name: 'chain-not-checked',
    wrong: 'A record that was altered is worked on as if it were the one that was written.',
    file: 'src/journal/check-chain.ts',
    edits: [['if (!sameBytes(chainHash(end.hash, row), row.hash)) {', 'if (false) {']],
    caughtBy: { test: OPEN_TEST },
  },
  {
    name: 'older-copy-accepted',
    wrong: 'A journal put back from yesterday has forgotten what was sent today, and sends it again.',
    file: 'src/journal/opening-checks.ts',
    edits: [['if (last < head.sequence) return refusals.behindHead(folder, last, head.sequence);', '']],
    caughtBy: { test: OPEN_TEST },
  },
  {
    name: 'head-not-written',
    wrong: 'Without a head that goes along nobody can see that a journal is older than it should be.',
    file: 'src/journal/open-journal.ts',
    edits: [["    await headFile.write({ kind: 'own', journalId: parts.id, ...written.end });\n", '']],
    caughtBy: { test: OPEN_TEST },
  },
  {
    name: 'commit-not-flushed',
    wrong: 'When the power goes a message that was sent is one that the journal has never heard of.',
    file: 'src/journal/open-journal.ts',
    edits: [['    await log.flush();\n', '']],
    caughtBy: { test: 'test/journal/simulated-journal.test.ts' },
  },
  {
    name: 'head-not-flushed',
    wrong: 'When the power goes the head says less than was announced, and an older journal would pass.',
    file: 'src/journal/head-file.ts',
    edits: [['      await file.flush();\n', '']],
    caughtBy: { test: 'test/journal/simulated-journal.test.ts' },
  },
  {
    name: 'one-head-slot',
    wrong:
      'A head written over the only good one is torn when the power goes, and the journal does not open.',
    file: 'src/journal/head-file.ts',
    edits: [['const slot = (current + 1) % SLOT_COUNT;', 'const slot = current;']],
    caughtBy: { test: 'test/journal/head-file.test.ts' },
  },
  {
    name: 'snapshot-accepted',
    wrong: 'A state folder that was put back whole fits itself, and sends again what was sent since.',
    file: 'src/outbound/outbox-witness.ts',
    edits: [
      [
        'if (sequence === 0 || (ours?.at === at && ours.stream === stream)) return;',
        'if (sequence >= 0 || ours?.at === at || life === stream) return;',
      ],
    ],
    caughtBy: { test: WITNESS_TEST },
  },
  {
    name: 'copy-works-beside',
    wrong: 'Two machines that were one go on side by side, and both send what was open.',
    file: 'src/outbound/outbox-witness.ts',
    edits: [['if (this.#isNoted)\n      throw', 'if (this.#isNoted && sequence < 0)\n      throw']],
    caughtBy: { test: WITNESS_TEST },
  },
  {
    name: 'stale-index-believed',
    wrong: 'The disk did not write a page: an open order is not listed any more, and nobody follows it.',
    file: 'src/journal/open-journal.ts',
    edits: [
      [
        "  if (how === 'since-checkpoint')\n",
        "  if (how === 'since-checkpoint') return undefined;\n  if (how === undefined)\n",
      ],
    ],
    caughtBy: { test: 'test/journal/damage.test.ts' },
  },
  {
    name: 'two-owners',
    wrong: 'Two daemons on one journal send every message twice.',
    file: 'src/journal/instance-lock.ts',
    edits: [['    hold(database, ', '    void hold; void (']],
    caughtBy: { test: OPEN_TEST },
  },
  {
    name: 'restored-order-sent',
    wrong:
      'What was open in an older journal that was put back may have been sent since, and would be sent again.',
    file: 'src/domain/restored-order.ts',
    edits: [
      [
        "if (isFinalPhase(phase) || phase === 'submitted') return submission;",
        "if (isFinalPhase(phase) || phase === 'submitted' || phase === 'prepared') return submission;",
      ],
    ],
    caughtBy: { test: 'test/simulation/restore.test.ts' },
  },
];
