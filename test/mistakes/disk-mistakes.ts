// Mistakes on the disk: what is said to be durable is not, or is to be seen half.

import type { Mistake } from './mistake.ts';

const STORE = 'src/files/disk-file-store.ts';
const NAMES = 'src/files/durable-names.ts';

export const DISK_MISTAKES: readonly Mistake[] = [
  {
    name: 'content-not-flushed',
    wrong: 'When the power goes a file has its name and none of its bytes.',
    file: STORE,
    edits: [['    await onDisk(path, () => file.flush());\n', '']],
    caughtBy: { checks: ['restless', 'half-written', 'places', 'outcome', 'repeat-differs', 'replay'] },
  },
  {
    name: 'folder-not-flushed',
    wrong: 'When the power goes a name that was announced in the journal is gone.',
    file: NAMES,
    edits: [['      await this.#calls.flushFolder(folder);\n', '']],
    caughtBy: { checks: ['lost', 'places', 'outcome', 'telling', 'restless', 'leftovers'] },
  },
  {
    name: 'written-in-place',
    wrong: 'Whoever looks while a file is being written under its own name sees half of it.',
    file: STORE,
    edits: [
      [
        '    const part = names.partPath(path);\n',
        '    if (options?.replace === true) await calls.unlink(path).catch(() => undefined);\n    const part = path;\n',
      ],
      [
        `      if (options?.replace === true) await onSharedDisk(path, () => calls.rename(part, path));
      else await names.putInPlace(part, path);
`,
        '',
      ],
    ],
    caughtBy: { checks: ['half-written', 'broken'] },
  },
  {
    name: 'put-in-place-by-rename',
    wrong: 'A rename replaces whatever has the name, be it a file of somebody else.',
    file: STORE,
    edits: [
      [
        'else await names.putInPlace(part, path);',
        'else await onSharedDisk(path, () => calls.rename(part, path));',
      ],
    ],
    caughtBy: { test: 'test/contract/file-store.test.ts' },
  },
  {
    name: 'journal-failure-swallowed',
    wrong: 'A daemon whose journal does not write goes on as if it did.',
    file: 'src/outbound/work.ts',
    edits: [['if (isFatal(failure)) throw failure;', '']],
    caughtBy: { checks: ['daemon'] },
  },
];
