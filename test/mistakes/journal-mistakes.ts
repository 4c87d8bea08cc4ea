// Mistakes in the journal itself: what it holds may be gone, old or altered, and nobody notices.

import type { Mistake } from './mistake.ts';

const OPEN_TEST = 'test/journal/sqlite-journal.test.ts';

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
