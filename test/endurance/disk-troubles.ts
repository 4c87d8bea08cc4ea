// Real troubles of real file systems: small ones that are filled and freed again, and one that may only be read for a while.

import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DaemonProcess } from './daemon-process.ts';
import { pause, type Trouble, type World } from './endurance-run.ts';
import { openSite, type Site } from './site.ts';

const SIZES: Readonly<Record<'state' | 'inbox' | 'archive', string>> = {
  state: '96m',
  inbox: '24m',
  archive: '64m',
};
const FOLDERS = ['state', 'inbox', 'archive'] as const;

type Kind =
  | 'state is full'
  | 'inbox is full'
  | 'archive is full'
  | 'inbox may only be read'
  | 'archive may only be read';
const KINDS: readonly Kind[] = [
  'state is full',
  'inbox is full',
  'archive is full',
  'inbox may only be read',
  'archive may only be read',
];

/** Why nothing can be mounted here; undefined when it can. */
export function mountingRefused(): string | undefined {
  const tried = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], {
    encoding: 'utf8',
  });
  if (tried.error !== undefined) return 'unshare and mount are not installed';
  return tried.status === 0 ? undefined : `mounting is not permitted here (${tried.stderr.trim()})`;
}

/** A site whose state, inbox and archive are small file systems in memory. */
export async function openOnSmallDisks(root: string): Promise<Site> {
  for (const name of FOLDERS) {
    await mkdir(join(root, name), { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZES[name]}`, 'none', join(root, name)]);
  }
  return openSite(root);
}

/** Takes the file systems away again; what lay on them is copied to the disk below where something was wrong. */
export async function closeSmallDisks(root: string, isSound: boolean): Promise<void> {
  for (const name of FOLDERS) {
    const kept = join(root, `${name}.kept`);
    if (!isSound) await cp(join(root, name), kept, { recursive: true });
    execFileSync('umount', ['-l', join(root, name)]);
  }
}

/** So many troubles, one after the other, over a daemon that is started again whenever it ended. */
export function diskTroubles(troubles: number): Trouble {
  return async (world) => {
    const supervisor = new Supervisor(world);
    const supervising = supervisor.run();
    for (let done = 0; done < troubles || !world.erp.isDone; done += 1) {
      const kind = KINDS[done % KINDS.length];
      if (kind !== undefined && done < troubles) await oneTrouble(world, kind, supervisor);
      else await pause(500);
      world.progress = Math.min(1, (done + 1) / troubles);
    }
    supervisor.end();
    await supervising;
  };
}

async function oneTrouble(world: World, kind: Kind, supervisor: Supervisor): Promise<void> {
  const { random, site } = world;
  await pause(random.between(500, 2_500));
  const cure = await makeTrouble(site, kind);
  supervisor.inTrouble = kind;
  await pause(random.between(1_500, 8_000));
  if (random.percent(25)) await supervisor.killDaemon();
  await cure();
  supervisor.inTrouble = undefined;
  world.count(kind);
  await goesOn(world, kind);
}

/** Something that was dropped before must come to its end by itself, without anybody touching Goniec. */
async function goesOn(world: World, kind: Kind): Promise<void> {
  const before = world.erp.open();
  const endMs = performance.now() + 60_000;
  const isMoving = (): boolean => {
    const still = new Set(world.erp.open());
    return before.length === 0 || before.some((name) => !still.has(name));
  };
  while (!isMoving()) {
    if (performance.now() > endMs) {
      world.surprises.push(`after "${kind}" was over nothing came to its end for a minute`);
      return;
    }
    await pause(100);
  }
}

/** Resolves to what takes the trouble away again. */
async function makeTrouble(site: Site, kind: Kind): Promise<() => Promise<void>> {
  const folder = kind.startsWith('state') ? site.state : kind.startsWith('inbox') ? site.inbox : site.archive;
  if (kind.endsWith('full')) {
    const filler = join(folder, '.filler');
    await fill(filler);
    return () => rm(filler, { force: true });
  }
  // Refused as long as a file in it is open for writing, so it may take some tries.
  while (spawnSync('mount', ['-o', 'remount,ro', folder]).status !== 0) await pause(5);
  return async () => {
    execFileSync('mount', ['-o', 'remount,rw', folder]);
    await Promise.resolve();
  };
}

/** Writes until nothing more goes, in ever smaller pieces. */
async function fill(path: string): Promise<void> {
  const handle = await open(path, 'w');
  for (let sizeBytes = 1 << 20; sizeBytes >= 512;) {
    const written = await handle.write(Buffer.alloc(sizeBytes)).then(
      ({ bytesWritten }) => bytesWritten,
      () => 0,
    );
    if (written < sizeBytes) sizeBytes /= 2;
  }
  await handle.close();
}

/** What the daemon says when the disk refuses something. */
const SAYS_SO =
  /\b(?:order\.disk|outbox\.unreachable|outbox\.not-recovered|collect\.failed|decision\.disk)\b/;

/** Starts the daemon again whenever it ended, as a service manager does. */
class Supervisor {
  inTrouble: Kind | undefined;
  readonly #world: World;
  #daemon: DaemonProcess | undefined;
  #isOver = false;

  constructor(world: World) {
    this.#world = world;
  }

  async run(): Promise<void> {
    while (!this.#isOver) {
      const daemon = new DaemonProcess(this.#world.site.config);
      this.#daemon = daemon;
      daemon.onLine((line) => {
        if (SAYS_SO.test(line)) this.#world.count('log lines about the disk');
      });
      const { code, signal, output } = await daemon.ended;
      if (signal === 'SIGKILL') this.#world.count('kills');
      else if (code !== 0 && !this.#hasStopped(signal, output)) {
        this.#world.count(`ends by itself with exit ${String(code)}, started again`);
        // Ended by a trouble that has just been taken away is still ended by it, so only the code is looked at.
        if (code !== 70 && code !== 4)
          this.#world.surprises.push(
            `the daemon ended with ${String(code ?? signal)}: ${output.slice(-8).join(' | ')}`,
          );
      }
      await pause(300);
    }
  }

  /** Our own stop at the end may come before a daemon that has just been started hears of signals. */
  #hasStopped(signal: NodeJS.Signals | null, output: readonly string[]): boolean {
    return this.#isOver && signal === 'SIGTERM' && output.length === 0;
  }

  async killDaemon(): Promise<void> {
    await this.#daemon?.kill();
  }

  end(): void {
    this.#isOver = true;
    void this.#daemon?.stop();
  }
}
