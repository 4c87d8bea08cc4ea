// Mistakes in preparing a message and handing it over.

import type { Mistake } from './mistake.ts';

const SUBMIT = 'src/outbound/submit.ts';
const OUTCOME = 'src/outbound/submission-outcome.ts';
const SUBMISSION = 'src/domain/submission.ts';
const STEPS = 'src/domain/order-steps.ts';

export const SEND_MISTAKES: readonly Mistake[] = [
  {
    name: 'sent-before-siblings-prepared',
    wrong: 'When a later part turns out impossible, half of the order has been paid already.',
    file: STEPS,
    edits: [
      [
        'return unprepared === undefined ? submitSteps(order, submission, nowMs, context) : [];',
        'return submitSteps(order, submission, nowMs, context);',
      ],
    ],
    caughtBy: { test: 'test/domain/order-steps.test.ts' },
  },
  {
    name: 'sent-before-recorded',
    wrong: 'After a crash between sending and recording nothing says that the message may be at the bank.',
    file: SUBMIT,
    edits: [
      ["if ((await book.recordIf(order.id, stillIn(part, 'prepared'), started)) === undefined) return;", ''],
      [
        'await recordOutcome(context, order, submission, outcome);',
        'await book.record(order.id, started);\n  await recordOutcome(context, order, submission, outcome);',
      ],
    ],
    caughtBy: { checks: ['money', 'outcome', 'bytes'] },
  },
  {
    name: 'lost-taken-for-not-sent',
    wrong: 'A message whose answer was lost may be at the bank, and is sent again as if it were not.',
    file: OUTCOME,
    edits: [
      [
        'return lost(context, order, submission, outcome.cause, outcome.answer);',
        'return notSent(context, order, submission, outcome.cause);',
      ],
    ],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'crash-taken-for-not-sent',
    wrong:
      'A message that was being sent when the process died may be at the bank, and is sent again as if it were not.',
    file: SUBMIT,
    edits: [
      [
        "{ type: 'submission-lost', part: submission.plan.part, cause }",
        "{ type: 'submission-not-sent', part: submission.plan.part, cause }",
      ],
    ],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'not-sent-not-recorded',
    wrong: 'What surely never left is taken for lost, and a person must look for it in vain.',
    file: OUTCOME,
    edits: [["await book.record(order.id, { type: 'submission-not-sent', part, cause });", '']],
    caughtBy: { checks: ['outcome', 'quiet'] },
  },
  {
    name: 'new-id-at-resend',
    wrong: 'A message sent again under a new id is another message to the bank, which then pays both.',
    file: SUBMISSION,
    edits: [
      [
        `        phase: 'prepared',
        resends: submission.resends + 1,`,
        `        phase: 'planned',
        plan: { ...submission.plan, messageId: \`\${submission.plan.messageId}R\` },
        resends: submission.resends + 1,`,
      ],
    ],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'signed-anew-at-resend',
    wrong: 'A message sent again with other bytes is not the one the bank may already have under this id.',
    file: SUBMISSION,
    edits: [
      [
        `        phase: 'prepared',
        resends: submission.resends + 1,`,
        `        phase: 'planned',
        resends: submission.resends + 1,`,
      ],
    ],
    caughtBy: { checks: ['bytes'] },
  },
  {
    name: 'sent-again-after-duplicate',
    wrong: 'The bank says that it has the message, and it is sent yet again, for ever.',
    file: OUTCOME,
    edits: [
      [
        'return duplicate(context, order, submission, outcome.answer, outcome.code);',
        'return notSent(context, order, submission, outcome.code);',
      ],
    ],
    caughtBy: { checks: ['restless', 'outcome'] },
  },
  {
    name: 'earlier-loss-forgotten',
    wrong:
      'After a resend the earlier sending is forgotten, and what the bank says of the later one is taken for all.',
    file: SUBMISSION,
    edits: [['lostBefore: true,', 'lostBefore: false,']],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'rejection-after-loss-believed',
    wrong: 'The bank rejects the second sending of a message whose first one it may have taken.',
    file: OUTCOME,
    edits: [['if (submission.lostBefore && rejectsAll(report, submission.plan, runs)) {', 'if (false) {']],
    caughtBy: { checks: ['money'] },
  },
  {
    name: 'refusal-after-loss-believed',
    wrong: 'The bank refuses the second sending of a message whose first one it may have taken.',
    file: OUTCOME,
    edits: [
      [
        '  if (submission.lostBefore) {\n    const evidence = `The answer to an earlier sending was lost, and the bank refuses',
        '  if (false) {\n    const evidence = `The answer to an earlier sending was lost, and the bank refuses',
      ],
    ],
    caughtBy: { checks: ['money'] },
  },
  {
    name: 'pause-forgotten',
    wrong:
      'After a restart everything is sent to a bank that refuses all of it, although a person was to resume it.',
    file: 'src/outbound/decisions.ts',
    edits: [["if (last === 'bank-paused') paused.add(bank);", '']],
    caughtBy: { checks: ['outcome'] },
  },
];
