// Mistakes below the simulated bank: in the connection, in reading answers, in checking signatures. Tests against a bank over
// real TLS must see them.

import type { Mistake } from './mistake.ts';

const ANSWERS = 'src/bank/cdc/submission-answer.ts';
const SUBMISSION_TEST = 'test/bank/cdc/submission.test.ts';

export const BANK_MISTAKES: readonly Mistake[] = [
  {
    name: 'sent-over-unproven-connection',
    wrong:
      'Under TLS 1.3 a refused client has already written its order; only a connection that has answered may carry one.',
    file: 'src/bank/cdc/transport/connection-pool.ts',
    edits: [['kept === undefined ? await prove()', 'kept === undefined ? await openNew()']],
    caughtBy: { test: SUBMISSION_TEST },
  },
  {
    name: 'connection-made-ready-unproven',
    wrong:
      'A connection that was made ready ahead of the order must have answered like any other that carries one.',
    file: 'src/bank/cdc/transport/connection-pool.ts',
    edits: [
      ['const taken = await prove();\n      if (taken', 'const taken = await openNew();\n      if (taken'],
    ],
    caughtBy: { test: SUBMISSION_TEST },
  },
  {
    name: 'stale-connection-used',
    wrong: 'A connection that has been silent for long may be dead, and what is written to it is lost.',
    file: 'src/bank/cdc/transport/connection-pool.ts',
    edits: [['clock.running() - kept.answeredAt <= options.freshMs && ', '']],
    caughtBy: { test: SUBMISSION_TEST },
  },
  {
    name: 'report-of-other-message-believed',
    wrong: 'A status that is about another message says nothing of ours.',
    file: ANSWERS,
    edits: [['if (report.originalMessageId !== messageId)', 'if (false)']],
    caughtBy: { test: SUBMISSION_TEST },
  },
  {
    name: 'fault-of-other-message-believed',
    wrong: 'A refusal that is about another message says nothing of ours.',
    file: ANSWERS,
    edits: [
      [
        "if (fault.refersTo !== undefined && fault.refersTo !== '' && fault.refersTo !== messageId) {",
        'if (false) {',
      ],
    ],
    caughtBy: { test: SUBMISSION_TEST },
  },
  {
    name: 'unlisted-fault-taken-for-refusal',
    wrong:
      'A fault the profile does not list may come from behind the instant at which the bank took the order.',
    file: ANSWERS,
    edits: [
      [
        'if (systemic || codes.some((code) => profile.refusal.includes(code)))',
        'if (systemic || codes.length > 0)',
      ],
    ],
    caughtBy: { test: SUBMISSION_TEST },
  },
  {
    name: 'duplicate-overlooked',
    wrong:
      'The bank says among other things that it has this id already, and is taken to refuse the payment.',
    file: ANSWERS,
    edits: [['if (duplicate !== undefined) return', 'if (false) return']],
    caughtBy: { test: SUBMISSION_TEST },
  },
  {
    name: 'not-found-of-other-message-believed',
    wrong: 'That the bank does not know another message would let ours go out again.',
    file: 'src/bank/cdc/status-answer.ts',
    edits: [['if (fault.refersTo !== undefined && ', 'if (false && ']],
    caughtBy: { test: 'test/bank/cdc/queries.test.ts' },
  },
  {
    name: 'signature-not-verified',
    wrong: 'The sandbox bank takes what a real bank would throw out, and every other test believes it.',
    file: 'src/signature/verify.ts',
    edits: [['const isRight = options.check(', 'void options.check; const isRight = Boolean(']],
    caughtBy: { test: 'test/signature/verify.test.ts' },
  },
];
