// An outbox on the real disk with everything that takes files out of it, and a world around it that must stay as it is.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFileStore } from '../../src/files/disk-file-store.ts';
import type { FileStore } from '../../src/files/file-store.ts';
import { OutboxScanner } from '../../src/outbound/claim.ts';
import { markedFolders } from '../../src/outbound/company-folders.ts';
import { guardedFiles } from '../../src/outbound/guarded-files.ts';
import { OrderBook } from '../../src/outbound/order-book.ts';
import { outboundContext } from '../../src/outbound/outbound-context.ts';
import { createOffice, work, type Office } from '../outbound/support/office.ts';

/** What nobody may ever read out of the files beside the outbox. */
export const SECRET = 'TOP-SECRET-4711';

export interface RealOutbox {
  readonly root: string;
  readonly outbox: string;
  /** Our folder in the outbox. */
  readonly working: string;
  readonly office: Office;
  /** Called with the name of a file just before it is taken over. */
  beforeMove: (from: string) => Promise<void>;
  /** Called just before a file that was taken over is read. */
  beforeRead: (path: string) => Promise<void>;
  /** Looks and works until nothing moves any more. */
  settle(looks?: number): Promise<void>;
  /** Every path below the root, and what is in its files. */
  everything(): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}

export async function createRealOutbox(): Promise<RealOutbox> {
  const root = await mkdtemp(join(tmpdir(), 'goniec-outbox-'));
  const office = await createOffice();
  const { ports } = office.context;
  const company = {
    name: 'acme',
    outbox: join(root, 'outbox'),
    inbox: join(root, 'inbox'),
    archive: join(root, 'archive'),
  };
  const marks = markedFolders(ports.journal.id, company);
  for (const { mark } of marks) await mkdir(mark, { recursive: true });
  await mkdir(join(root, 'state', 'spool'), { recursive: true });
  await mkdir(join(root, 'outside'));
  await writeFile(join(root, 'outside', 'secret.xml'), `<secret>${SECRET}</secret>`);
  const working = marks.find(({ role }) => role === 'outbox')?.mark ?? '';
  const signal = new AbortController().signal;
  const world = { root, outbox: company.outbox, working, office };
  const hooks = {
    beforeMove: async (): Promise<void> => undefined,
    beforeRead: async (): Promise<void> => undefined,
  } as Pick<RealOutbox, 'beforeMove' | 'beforeRead'>;
  const attacked: FileStore = {
    ...diskFileStore,
    move: async (from, to) => {
      if (to.startsWith(working)) await hooks.beforeMove(from);
      await diskFileStore.move(from, to);
    },
    read: async function* (path, options) {
      if (path.startsWith(working)) await hooks.beforeRead(path);
      yield* diskFileStore.read(path, options);
    },
  };
  const files = guardedFiles(attacked, marks, ports.log, signal);
  const context = outboundContext(
    { ...ports, files, companies: [company], spoolFolder: join(root, 'state', 'spool') },
    await OrderBook.open(ports.journal),
    new Set(),
    signal,
  );
  const scanner = new OutboxScanner(context, company);
  return Object.assign(hooks, {
    ...world,
    office: { ...office, context },
    async settle(looks = 4) {
      for (let look = 0; look < looks; look += 1) {
        await scanner.scan();
        await work(context);
        await office.clock.advance(31_000);
      }
      await work(context);
    },
    async everything() {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const found = entries.map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path, entry.isFile() ? await readFile(path, 'utf8').catch(() => '') : ''] as const;
      });
      return new Map(await Promise.all(found));
    },
    close: () => rm(root, { recursive: true, force: true }),
  });
}
