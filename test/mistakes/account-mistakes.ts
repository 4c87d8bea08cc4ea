// Mistakes in fetching what happened at an account and showing it to the ERP.

import type { Mistake } from './mistake.ts';

const COLLECT = 'src/inbound/collect.ts';
const HISTORY = 'src/inbound/deliver-history.ts';
const IDENTITY = 'src/domain/entry-identity.ts';

export const ACCOUNT_MISTAKES: readonly Mistake[] = [
  {
    name: 'delivered-before-kept',
    wrong: 'After a crash the bank is asked again, and the entries just shown are shown under a second name.',
    file: COLLECT,
    edits: [
      [
        `      await book.record({ type: 'answer-kept', query: JSON.stringify(fetch), answer: outcome.answer });
      return deliverPending(ports, account, book);`,
        '      return deliverFetched(ports, account, book, { fetch, answer: outcome.answer, sequence: ports.clock.now(), advanced: 0, at: new Date(ports.clock.now()).toISOString() });',
      ],
    ],
    caughtBy: { checks: ['entries'] },
  },
  {
    name: 'kept-before-stored',
    wrong: 'The record says that the answer is ours while its bytes are still being written.',
    file: COLLECT,
    edits: [
      [
        'const { sizeBytes, sha256 } = await ports.files.write(join(folder, name), bytes);\n    return { name, sha256, sizeBytes };',
        "const content = bytes instanceof Uint8Array ? bytes : Buffer.concat(await Array.fromAsync(bytes));\n    setTimeout(() => ports.files.write(join(folder, name), content).catch(() => undefined), 0);\n    return { name, sha256: '', sizeBytes: content.length };",
      ],
    ],
    caughtBy: { checks: ['entries', 'statements', 'restless'] },
  },
  {
    name: 'kept-answer-swept',
    wrong:
      'After a crash the answer that was kept for delivery is thrown away, and its days are never shown.',
    file: COLLECT,
    edits: [['if (name !== book.state.pending?.answer.name) await', 'await']],
    caughtBy: { checks: ['entries', 'statements', 'restless', 'outcome'] },
  },
  {
    name: 'named-by-the-present',
    wrong: 'After a crash the same entries are shown again under the name of another instant.',
    file: HISTORY,
    edits: [
      [
        'const moment = instantForName(ports, at);',
        'const moment = instantForName(ports, new Date(ports.clock.now()).toISOString());',
      ],
    ],
    caughtBy: { checks: ['entries'] },
  },
  {
    name: 'shown-entries-forgotten',
    wrong: 'Overlapping downloads show the same entry again, and the ERP books it twice.',
    file: IDENTITY,
    edits: [['return !(mayBeKnown && shown.takeOne(identity));', 'return true;']],
    caughtBy: { checks: ['entries'] },
  },
  {
    name: 'equal-fees-are-one',
    wrong: 'Two equal fees of one day are two, and the second would never be booked.',
    file: HISTORY,
    edits: [
      [
        'if (!isNew(entry, identity, this.#before, finished || after === 0)) return { entry, fresh: undefined };',
        'if (!isNew(entry, identity, this.#before, finished || after === 0) || seen.has(JSON.stringify(identity))) return { entry, fresh: undefined };\n      seen.add(JSON.stringify(identity));',
      ],
      ['class Sifting {', 'const seen = new Set<string>();\nclass Sifting {'],
    ],
    caughtBy: { checks: ['entries'] },
  },
  {
    name: 'statement-recorded-before-shown',
    wrong: 'After a crash between the record and the inbox the statement of that day is never seen.',
    file: 'src/inbound/deliver-statement.ts',
    edits: [
      [
        '  const shown = await deliverWanted(',
        "  await book.record({ type: 'statement-delivered', day, statementId: first.id, file: '', sha256: '', opening: undefined, closing: undefined, flags });\n  const shown = await deliverWanted(",
      ],
    ],
    caughtBy: { checks: ['statements'] },
  },
  {
    name: 'history-recorded-before-shown',
    wrong: 'After a crash between the record and the inbox the entries count as shown and never are.',
    file: HISTORY,
    edits: [
      [
        '  const files = runs.isEmpty',
        "  await recordDelivery(delivery, { source: 'history', freshCount: shown.count, shown, booked, end: { type: 'history-delivered', day: span.to, cursor, finished: span.finished, file: undefined } });\n  const files = runs.isEmpty",
      ],
    ],
    caughtBy: { checks: ['entries'] },
  },
  {
    name: 'inbox-overwritten',
    wrong: 'A file of the same name that the ERP has not taken yet is replaced by another.',
    file: 'src/inbound/deliver.ts',
    edits: [
      [
        'await ports.files.write(path, piecesOf(content));',
        'await ports.files.write(path, piecesOf(content), { replace: true });',
      ],
    ],
    caughtBy: { checks: ['repeat-differs'] },
  },
  {
    name: 'no-statement-believed-for-good',
    wrong: 'A bank that was late with a statement is never asked for it again.',
    file: 'src/domain/account-life.ts',
    edits: [["(known.outcome === 'none' && isProvisional(state, day, policy.today))", 'false']],
    caughtBy: { checks: ['statements'] },
  },
];
