// What can lie in an outbox, or come to lie there at the wrong moment, on a real disk.

import { execFileSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  link,
  mkdir,
  rename,
  rm,
  symlink,
  truncate,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { RealOutbox } from './real-outbox.ts';

/**
 * `refused`: taken over, told and archived. `reported`: left where it is and said to be no ordinary file. `unseen`: left and
 * not spoken of. `waits`: left, because it is not whole. `too-large`: left and said. `gone`: nothing is there and nothing is
 * lost. `stuck`: taken over, not touched any more, and said to need a person. `away`: nothing at all is done.
 */
export type FolderEnd = 'refused' | 'reported' | 'unseen' | 'waits' | 'too-large' | 'gone' | 'stuck' | 'away';

export interface FolderCase {
  readonly name: string;
  readonly outcome: FolderEnd;
  readonly because: string;
  /** Puts it there; undefined where this machine can not. */
  readonly put: (world: RealOutbox) => Promise<void>;
}

/** Whole, and of no kind that is known: taken over, refused, told, archived. */
export const REFUSED = '<a/>';

const A_NAME =
  'A name is only a name: it is written out wherever it is shown, and made plain wherever it becomes a file name.';

const NAMES: readonly (readonly [what: string, name: string | Uint8Array, outcome?: FolderEnd])[] = [
  ['of 255 bytes', `${'n'.repeat(251)}.xml`],
  ['of 255 bytes in letters of three', `${'€'.repeat(83)}12.xml`],
  ['of one letter', 'x'],
  ['with a line end', 'a\nHELD    faked.xml'],
  ['with a carriage return', 'a\rb.xml'],
  ['with a tab', 'a\tb.xml'],
  ['with an escape sequence', '\u001b[2J\u001b[31mred.xml'],
  ['with a title sequence', '\u001b]0;title\u0007.xml'],
  ['with a bell', 'a\u0007.xml'],
  ['with a control character of the second row', 'a\u009b31m.xml'],
  ['with the direction turned', 'faktura\u202elmx.exe'],
  ['with a left-to-right mark', 'a\u200e.xml'],
  ['with a zero-width blank', 'a\u200bb.xml'],
  ['with a line separator', 'a\u2028b.xml'],
  ['with a private character', 'a\ue000.xml'],
  ['with an emoji', '💸💸.xml'],
  ['in Hebrew', 'חשבונית.xml'],
  ['in decomposed letters', 'zażo\u0301ł\u0107.xml'],
  ['with a replacement character', 'a\ufffdb.xml'],
  ['that begins with a blank', ' a.xml'],
  ['that ends with a blank', 'a.xml '],
  ['that ends with a point', 'a.xml.'],
  ['that ends with many points', 'a.xml....'],
  ['that Windows reserves', 'CON.xml'],
  ['that Windows reserves without an ending', 'NUL'],
  ['that Windows reserves for a port', 'com1.xml'],
  ['with a stream of NTFS', 'a.xml::$DATA'],
  ['with wildcards', 'a*?.xml'],
  ['with a pipe and angle brackets', '<a>|b.xml'],
  ['with quotes', `"a'b\`.xml`],
  ['with a path of Windows', 'a\\..\\..\\windows\\x.xml'],
  ['with a path in per cent', 'a%2f..%2f..%2fetc%2fpasswd.xml'],
  ['that a shell would run', '$(id);rm -rf x&&.xml'],
  ['that looks like an option', '-rf.xml'],
  ['that is markup', '<script>alert(1)<.xml'],
  ['that is a formula', '=cmd|calc.xml'],
  ['that is a format', '%s%n${x}.xml'],
  ['that looks like one of ours', '01M83K0000000000000000000A.x.xml'],
  ['that looks like a telling', 'pain.002_2026-11-23_x-final.xml'],
  ['that is a key of an object', '__proto__'],
  ['that is not UTF-8', Buffer.from([0x61, 0xb3, 0xff, 0x2e, 0x78, 0x6d, 0x6c]), 'reported'],
  ['that begins with a point', '.a.xml', 'unseen'],
  ['that begins with two points', '..a.xml', 'unseen'],
  ['of an editor', '~a.xml', 'unseen'],
  ['of an unfinished download', 'a.xml.CRDOWNLOAD', 'unseen'],
  ['that ends with .tmp', 'a.tmp', 'unseen'],
];

const PLAIN = 'Only ordinary files are taken over, and no link is ever followed.';
const LATER = 'It may still become whole.';
const NOTHING_LOST = 'It was never ours.';
const A_PERSON = 'It was taken over as a file and is none now: it is neither read nor thrown away.';

const at = ({ outbox }: RealOutbox, name = 'a.xml'): string => join(outbox, name);
const secret = ({ root }: RealOutbox): string => join(root, 'outside', 'secret.xml');
const pipe = (path: string): void => void execFileSync('mkfifo', [path]);

/** Swaps the file for something else at the last moment before it is taken over. */
const swapped = (swap: (path: string, world: RealOutbox) => Promise<void>) => async (world: RealOutbox) => {
  await writeFile(at(world), REFUSED);
  let isDone = false;
  world.beforeMove = async (from) => {
    if (isDone) return;
    isDone = true;
    await unlink(from);
    await swap(from, world);
  };
};

/** The same when it has been taken over, before it is read. */
const swappedLater =
  (swap: (path: string, world: RealOutbox) => Promise<void>) => async (world: RealOutbox) => {
    await writeFile(at(world), REFUSED);
    let isDone = false;
    world.beforeRead = async (path) => {
      if (isDone) return;
      isDone = true;
      await swap(path, world);
    };
  };

const THINGS: readonly (readonly [string, FolderEnd, string, FolderCase['put']])[] = [
  ['a link to a file outside', 'reported', PLAIN, (world) => symlink(secret(world), at(world))],
  [
    'a link to a file by a relative path',
    'reported',
    PLAIN,
    (world) => symlink('../outside/secret.xml', at(world)),
  ],
  ['a link to a folder', 'reported', PLAIN, (world) => symlink(join(world.root, 'outside'), at(world))],
  ['a link to nothing', 'reported', PLAIN, (world) => symlink('/nowhere/at/all', at(world))],
  ['a link to itself', 'reported', PLAIN, (world) => symlink('a.xml', at(world))],
  ['two links in a circle', 'reported', PLAIN, async (world) => { await symlink('b.xml', at(world)); await symlink('a.xml', at(world, 'b.xml')); }], // prettier-ignore
  ['a link to a device that never ends', 'reported', PLAIN, (world) => symlink('/dev/zero', at(world))],
  ['a link to our own input', 'reported', PLAIN, (world) => symlink('/dev/stdin', at(world))],
  ['a link to the outbox itself', 'reported', PLAIN, (world) => symlink('.', at(world))],
  ['a pipe', 'reported', PLAIN, async (world) => pipe(at(world))],
  ['a socket', 'reported', PLAIN, (world) => new Promise((resolve) => { const server = createServer().listen(at(world), () => { server.unref(); resolve(); }); })], // prettier-ignore
  ['a device', 'reported', PLAIN, async (world) => void execFileSync('mknod', [at(world), 'c', '1', '5'])],
  ['a folder', 'reported', PLAIN, (world) => mkdir(at(world)).then(() => undefined)],
  ['a folder with a payment in it', 'reported', PLAIN, async (world) => { await mkdir(at(world)); await writeFile(join(at(world), 'b.xml'), REFUSED); }], // prettier-ignore
  ['a folder nobody may enter', 'reported', PLAIN, async (world) => { await mkdir(at(world)); await chmod(at(world), 0); }], // prettier-ignore
  ['a second name of a file outside', 'refused', 'What is under it was given to us; the file itself is not changed, and who may link to what is decided by the system.', async (world) => { await writeFile(join(world.root, 'outside', 'plain.xml'), REFUSED); await link(join(world.root, 'outside', 'plain.xml'), at(world)); }], // prettier-ignore
  ['names that differ in case only', 'refused', A_NAME, async (world) => { await writeFile(at(world, 'A.xml'), REFUSED); await writeFile(at(world), '<b/>'); }], // prettier-ignore
  ['an empty file', 'waits', LATER, (world) => writeFile(at(world), '')],
  ['a file of zeros, as a server shows that has reserved the size', 'waits', LATER, (world) => writeFile(at(world), Buffer.alloc(10_000))], // prettier-ignore
  ['a beginning and then zeros', 'waits', LATER, (world) => writeFile(at(world), Buffer.concat([Buffer.from('<a>'), Buffer.alloc(10_000)]))], // prettier-ignore
  ['a file without its end', 'waits', LATER, (world) => writeFile(at(world), '<a><b></b>')],
  ['a file with a hole of four gigabytes', 'too-large', 'Its size is bounded before a byte of it is read.', async (world) => { await writeFile(at(world), REFUSED); await truncate(at(world), 4 * 2 ** 30); }], // prettier-ignore
  ['a file from the future', 'refused', 'Times of the server are only compared with themselves.', async (world) => { await writeFile(at(world), REFUSED); await utimes(at(world), 4e9, 4e9); }], // prettier-ignore
  ['a file from before 1970', 'refused', 'Times of the server are only compared with themselves.', async (world) => { await writeFile(at(world), REFUSED); await utimes(at(world), -4e8, -4e8); }], // prettier-ignore
  ['bytes that are no XML', 'refused', 'It is told what is wrong instead of waiting for ever.', (world) => writeFile(at(world), Buffer.from([0x7f, 0x45, 0x4c, 0x46]))], // prettier-ignore
  ['a file that is gone when it is taken over', 'gone', NOTHING_LOST, swapped(async () => undefined)],
  [
    'a file swapped for a link when it is taken over',
    'reported',
    PLAIN,
    swapped((path, world) => symlink(secret(world), path)),
  ],
  ['a file swapped for a pipe when it is taken over', 'reported', PLAIN, swapped(async (path) => pipe(path))],
  ['a file swapped for a folder when it is taken over', 'reported', PLAIN, swapped(async (path) => { await mkdir(path); await writeFile(join(path, 'kept.xml'), 'kept'); })], // prettier-ignore
  ['a file swapped for another one when it is taken over', 'refused', 'What was taken over is what is checked.', swapped((path) => writeFile(path, '<b/>'))], // prettier-ignore
  ['a file swapped for one with a hole when it is taken over', 'stuck', 'It is larger than any file may be: it is not read.', swapped(async (path) => { await writeFile(path, ''); await truncate(path, 4 * 2 ** 30); })], // prettier-ignore
  ['a file swapped for a link after it was taken over', 'stuck', A_PERSON, swappedLater(async (path, world) => { await unlink(path); await symlink(secret(world), path); })], // prettier-ignore
  ['a file swapped for a pipe after it was taken over', 'stuck', A_PERSON, swappedLater(async (path) => { await unlink(path); pipe(path); })], // prettier-ignore
  ['a file swapped for a folder after it was taken over', 'stuck', A_PERSON, swappedLater(async (path) => { await unlink(path); await mkdir(path); await writeFile(join(path, 'kept.xml'), 'kept'); })], // prettier-ignore
  ['a file written to after it was taken over', 'refused', 'It is read again until it stands still; what was read is what counts.', swappedLater((path) => appendFile(path, ' '))], // prettier-ignore
  [
    'a file removed after it was taken over',
    'refused',
    'The ERP is told that somebody removed it.',
    swappedLater((path) => rm(path)),
  ],
  ['our working folder swapped for a link', 'away', 'Nothing is written where a link leads.', async (world) => { await writeFile(at(world), REFUSED); await rename(world.working, `${world.working}-old`); await symlink(join(world.root, 'outside'), world.working); }], // prettier-ignore
  ['the outbox swapped for a link to another folder', 'away', 'It lacks our mark.', async (world) => { await rename(world.outbox, `${world.outbox}-old`); await writeFile(join(world.root, 'outside', 'b.xml'), REFUSED); await symlink(join(world.root, 'outside'), world.outbox); }], // prettier-ignore
  ['the outbox swapped for an empty folder', 'away', 'It lacks our mark, as a share does that is not mounted.', async (world) => { await rename(world.outbox, `${world.outbox}-old`); await mkdir(world.outbox); await writeFile(at(world), REFUSED); }], // prettier-ignore
  ['the outbox swapped for a file', 'away', 'It lacks our mark.', async (world) => { await rename(world.outbox, `${world.outbox}-old`); await writeFile(world.outbox, REFUSED); }], // prettier-ignore
];

export const folderCases: readonly FolderCase[] = [
  ...NAMES.map(([what, name, outcome = 'refused' as const]): FolderCase => {
    const put = async ({ outbox }: RealOutbox): Promise<void> =>
      writeFile(Buffer.concat([Buffer.from(`${outbox}/`), Buffer.from(name)]), REFUSED);
    return { name: `a name ${what}`, outcome, because: A_NAME, put };
  }),
  ...THINGS.map(([name, outcome, because, put]) => ({ name, outcome, because, put })),
];
