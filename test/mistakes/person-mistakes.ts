// Mistakes in what people decide, and in what only people may decide.

import type { Mistake } from './mistake.ts';

const DECISIONS = 'src/outbound/decisions.ts';

export const PERSON_MISTAKES: readonly Mistake[] = [
  {
    name: 'sent-without-approval',
    wrong: 'What the rules of the company want a person to see goes out by itself.',
    file: 'src/outbound/plan-hold.ts',
    edits: [['return withApproval(hold, approval);', 'return hold;']],
    caughtBy: {
      checks: ['approval'],
      first: 'a person lets a large transfer go, and a small one needs nobody',
    },
  },
  {
    name: 'decided-twice',
    wrong: 'A decision whose file comes back, or could not be removed, sends a message once more.',
    file: DECISIONS,
    edits: [['const again = await wasRecorded(context, `order/${order}`, id);', 'const again = false;']],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'resumed-without-record',
    wrong: 'That a person resumed the bank is forgotten at the next restart, and everything waits again.',
    file: DECISIONS,
    edits: [
      [
        `      await ports.journal.append([
        {
          stream: \`bank/\${decision.bank}\`,
          event: { type: 'bank-resumed', who: decision.who, reason: decision.reason, decision: id },
        },
      ]);
`,
        '',
      ],
    ],
    caughtBy: { checks: ['outcome'] },
  },
  {
    name: 'dropped-from-in-doubt',
    wrong: 'A person drops what may be at the bank; the ERP hears "rejected" and the bank pays.',
    file: 'src/domain/release.ts',
    edits: [
      [
        "'in-doubt': ['resend', 'settled', 'rejected'],",
        "'in-doubt': ['resend', 'settled', 'rejected', 'dropped'],",
      ],
    ],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'held-order-sent',
    wrong: 'An order that looks like one paid before goes out before a person has looked.',
    file: 'src/domain/submission.ts',
    edits: [["phase: hold === undefined ? 'planned' : 'held',", "phase: 'planned',"]],
    caughtBy: { checks: ['outcome'] },
  },
];
