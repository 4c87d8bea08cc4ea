// Mistakes in telling the ERP, archiving and closing.

import type { Mistake } from './mistake.ts';

const TELL = 'src/outbound/tell.ts';
const TELLING_FILE = 'src/outbound/telling-file.ts';
const ARCHIVE = 'src/outbound/archive.ts';

export const TELL_MISTAKES: readonly Mistake[] = [
  {
    name: 'duplicate-told-rejected',
    wrong: 'The ERP takes "rejected" for "not paid" and pays again what the first file has paid.',
    file: TELL,
    edits: [["const shown = first === undefined ? 'PDNG' : groupStatus(first);", "const shown = 'RJCT';"]],
    caughtBy: { checks: ['repeats'] },
  },
  {
    name: 'dropped-under-the-id-of-a-paid-file',
    wrong:
      'The ERP takes what is said of a file that a person dropped for the paid one whose MsgId it bears.',
    file: TELL,
    edits: [['if (bearsAnothersId(order)) return', 'if (false) return']],
    caughtBy: { test: 'test/outbound/duplicates.test.ts' },
  },
  {
    name: 'told-before-fixed',
    wrong:
      'After a crash the file is made anew from newer facts, and the ERP sees one name with two contents.',
    file: TELLING_FILE,
    edits: [
      ['before?.name ?? news.name', 'before === undefined ? news.name : news.name'],
      ['  if ((await files.stat(path)) === undefined) {\n', '  {\n'],
      ['files.write(path, content())', 'files.write(path, content(), { replace: true })'],
    ],
    caughtBy: {
      checks: ['repeat-differs', 'telling'],
      first: 'what waits for a paused bank goes out once a person has resumed it',
    },
  },
  {
    name: 'number-from-folder',
    wrong: 'After a crash the same news gets the next number, and the ERP is told its end twice.',
    file: TELL,
    edits: [
      [
        'const number = Math.max(order.told?.number ?? 0, order.tellFrom) + 1;',
        "const folder = places.spoolFolder(order.id);\n  const number = (await ports.files.stat(folder)) === undefined ? 1 : (await ports.files.list(folder)).filter(({ name }) => name.startsWith('pain.002_')).length + 1;",
      ],
    ],
    caughtBy: { checks: ['telling'] },
  },
  {
    name: 'told-recorded-before-shown',
    wrong: 'After a crash between record and rename the ERP is never told.',
    file: TELL,
    edits: [
      ['const shown = await showTelling(context, inbox, file);', 'const shown = true;'],
      [
        "  ports.log.info('order.told'",
        "  await showTelling(context, inbox, file);\n  ports.log.info('order.told'",
      ],
    ],
    caughtBy: { checks: ['telling', 'outcome'] },
  },
  {
    name: 'told-as-final-too-early',
    wrong: 'The first end of one of several messages is told as the end of all.',
    file: TELL,
    edits: [
      [
        'tellingName(order, number, final, day)',
        "tellingName(order, number, final || order.submissions.some(({ phase }) => phase === 'settled'), day)",
      ],
    ],
    caughtBy: { checks: ['outcome', 'telling', 'money'] },
  },
  {
    name: 'closed-without-telling',
    wrong: 'An order is archived and closed although its end was never told.',
    file: 'src/domain/order-steps.ts',
    edits: [
      ['if (telling !== undefined) return', 'if (telling !== undefined && !isLastWord(order, first)) return'],
    ],
    caughtBy: { checks: ['telling', 'outcome'] },
  },
  {
    name: 'archived-recorded-first',
    wrong:
      'After a crash between the record and the copies the working files are removed and the archive lacks them.',
    file: ARCHIVE,
    edits: [
      [
        '  const folder = archiveFolder(context, order);\n',
        "  const folder = archiveFolder(context, order);\n  await book.record(order.id, { type: 'order-archived', folder });\n",
      ],
      [
        "await book.recordIf(order.id, (present) => present === order, { type: 'order-archived', folder });",
        '',
      ],
    ],
    caughtBy: { checks: ['places', 'broken', 'replay'] },
  },
  {
    name: 'closed-before-removal',
    wrong: 'After a crash between the record and the removal nobody ever removes the working files.',
    file: ARCHIVE,
    edits: [
      [
        '  await ports.files.remove(places.workingFile(order));\n',
        "  await book.record(order.id, { type: 'order-closed' });\n  await ports.files.remove(places.workingFile(order));\n",
      ],
      [
        "  await ports.files.remove(places.heldNote(order));\n  await book.record(order.id, { type: 'order-closed' });\n",
        '  await ports.files.remove(places.heldNote(order));\n',
      ],
    ],
    caughtBy: { checks: ['leftovers', 'places'] },
  },
  {
    name: 'removed-before-archived',
    wrong: "Between the removal and the copy the ERP's file lies nowhere a person would look.",
    file: ARCHIVE,
    edits: [
      [
        '  await ports.files.makeFolder(folder);\n',
        '  await ports.files.remove(places.workingFile(order));\n  await ports.files.makeFolder(folder);\n',
      ],
    ],
    caughtBy: { checks: ['lost'] },
  },
];
