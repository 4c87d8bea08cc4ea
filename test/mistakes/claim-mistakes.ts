// Mistakes in taking a file over and in telling whether it was there before.

import type { Mistake } from './mistake.ts';

const CLAIM = 'src/outbound/claim.ts';
const CHECK = 'src/outbound/check.ts';
const DUPLICATES = 'src/outbound/duplicates.ts';

export const CLAIM_MISTAKES: readonly Mistake[] = [
  {
    name: 'claimed-by-copy',
    wrong: 'A file that is copied instead of renamed stays in the outbox and is taken over again.',
    file: CLAIM,
    edits: [[`    await files.move(dropped, taken);`, `    await files.write(taken, files.read(dropped));`]],
    caughtBy: { checks: ['places', 'outcome'] },
  },
  {
    name: 'recorded-before-rename',
    wrong:
      'A crash between the record and the rename leaves an order without a file, and the file becomes a second order.',
    file: CLAIM,
    edits: [
      [
        '    // From this rename on the file is ours; its new name keeps the order id through a crash before the record.',
        '    await this.#record(orderId, entry.name, entry);',
      ],
      [
        `    await this.#removeDone(entry.name);
    await this.#record(orderId, entry.name, entry);`,
        `    await this.#removeDone(entry.name);`,
      ],
    ],
    caughtBy: { checks: ['outcome', 'places'] },
  },
  {
    name: 'new-id-for-found-file',
    wrong:
      'A file found in the working folder after a crash keeps its name, so an order under a new id never finds it.',
    file: CLAIM,
    edits: [
      [
        'await this.#record(orderId, fileName, entry, restored);',
        'await this.#record(ulid(this.#ports.clock.now(), this.#ports.clock.random(10)), fileName, entry, restored);',
      ],
    ],
    caughtBy: { checks: ['outcome', 'places'] },
  },
  {
    name: 'found-file-not-recorded',
    wrong: 'A file whose claim a crash cut short lies in our folder for ever and is never paid.',
    file: CLAIM,
    edits: [['if (this.#unsure) await this.#recoverQuietly();', '']],
    caughtBy: { checks: ['restless', 'outcome'] },
  },
  {
    name: 'half-list-taken',
    wrong:
      'A list that is taken before its done-file has come is paid in part, and its rest is another list.',
    file: 'src/outbound/wholeness.ts',
    edits: [['return done !== undefined && done.mtimeMs >= list.mtimeMs;', 'return true;']],
    caughtBy: {
      checks: ['outcome', 'places', 'money'],
      first:
        'an Elixir-O list is written slowly, goes in two messages and settles when its done-file has come',
    },
  },
  {
    name: 'old-done-file-counts',
    wrong: 'A done-file of the last list lets the next one of its name be taken half-written.',
    file: 'src/outbound/wholeness.ts',
    edits: [['return done !== undefined && done.mtimeMs >= list.mtimeMs;', 'return done !== undefined;']],
    caughtBy: { test: 'test/outbound/wholeness.test.ts' },
  },
  {
    name: 'done-file-left',
    wrong: 'A done-file that is left behind speaks for the next list of its name, too.',
    file: CLAIM,
    edits: [
      [
        `    await this.#removeDone(entry.name);
    await this.#record(`,
        `    await this.#record(`,
      ],
    ],
    caughtBy: { test: 'test/outbound/wholeness.test.ts' },
  },
  {
    name: 'half-file-taken',
    wrong: 'A file that the ERP is still writing is taken over without its end.',
    file: CLAIM,
    edits: [['if (missing !== undefined) {', 'if (missing !== undefined && entry.name.length === 0) {']],
    caughtBy: { checks: ['outcome', 'places', 'lost'] },
  },
  {
    name: 'restored-file-sent',
    wrong: 'A file that lies in our folder from before the state was put back may have been paid already.',
    file: CLAIM,
    edits: [['claimedMs <= restoredMs || Math.abs(ageMs) > CRASH_AGE_MAX_MS || isStrange;', 'false;']],
    caughtBy: { test: 'test/simulation/restore.test.ts' },
  },
  {
    name: 'same-bytes-forgotten',
    wrong: 'The same file dropped again is a second order, not a question about the first.',
    file: CHECK,
    edits: [['if (repeated !== undefined) {', 'if (false) {']],
    caughtBy: { checks: ['outcome'] },
  },
  {
    name: 'faults-before-repeats',
    wrong: 'A paid file that is dropped again after its day is called rejected, and is paid again.',
    file: CHECK,
    edits: [
      [
        'const repeated = await findSameBytes(context, order, sha256);',
        'const repeated = isPayable ? await findSameBytes(context, order, sha256) : undefined;',
      ],
    ],
    caughtBy: { checks: ['outcome'] },
  },
  {
    name: 'refused-under-the-id-of-a-paid-file',
    wrong: 'The ERP takes what is said of a faulty file for the paid one whose MsgId it bears.',
    file: CHECK,
    edits: [
      ['const used = await findSameMessageId(context, order, erp.messageId);', 'const used = undefined;'],
    ],
    caughtBy: { test: 'test/outbound/duplicates.test.ts' },
  },
  {
    name: 'planned-out-of-turn',
    wrong:
      'Two files that are the same are checked beside each other, neither sees the other, and both are paid.',
    file: DUPLICATES,
    edits: [['  await context.planning.take(order.id, printsOf(prints));\n', '']],
    caughtBy: { checks: ['money', 'outcome'] },
  },
  {
    name: 'message-id-forgotten',
    wrong: 'Another file under a MsgId already used is sent without a person having looked.',
    file: DUPLICATES,
    edits: [['if (sameId !== undefined) {', 'if (false) {']],
    caughtBy: { checks: ['outcome'] },
  },
  {
    name: 'payment-set-forgotten',
    wrong: 'The same payments under new ids are paid a second time.',
    file: DUPLICATES,
    edits: [['if (sameSet === undefined) return undefined;', 'return undefined;']],
    caughtBy: { checks: ['outcome'] },
  },
  {
    name: 'closed-orders-forgotten',
    wrong: 'A file is only compared with orders that are still open, so a paid one can be paid again.',
    file: DUPLICATES,
    edits: [
      [
        "  return order.submissions.some(({ phase }) => phase !== 'refused' && phase !== 'rejected');",
        "  return order.phase !== 'closed' && order.submissions.some(({ phase }) => phase !== 'refused' && phase !== 'rejected');",
      ],
    ],
    caughtBy: { checks: ['outcome'] },
  },
];
