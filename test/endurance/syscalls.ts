// Makes system calls of the real daemon fail, or kills it exactly at one of them, through the tracer `strace`.

import { spawn, spawnSync } from 'node:child_process';
import type { Random } from '../iso20022/support/random.ts';
import { DaemonProcess } from './daemon-process.ts';
import { pause, slowness, type Trouble, type World } from './endurance-run.ts';

/** What is done at the n-th call of each thread; `+` in `when` would mean at every one from there on. */
export interface Injection {
  readonly name: string;
  readonly calls: string;
  readonly fault: string;
  /** The n-th call is drawn from 1 to this. */
  readonly nthMax: number;
  /** Also every call after it, as on a disk that has gone for good. */
  readonly lasting?: boolean;
  /** Only once the daemon runs: before that the call belongs to the loading of the program. */
  readonly running?: boolean;
}

const NAMING = 'rename,renameat,renameat2,link,linkat';
const FLUSHING = 'fsync,fdatasync';

/**
 * libuv flushes by fsync and fdatasync, names by rename, link and unlink; SQLite and the head file write by pwrite64, other
 * files and sockets by write. A failing write is left to the full-disk run: the runtime also wakes its own threads by write,
 * and aborts when that fails, which no disk can bring about.
 */
export const INJECTIONS: readonly Injection[] = [
  { name: 'flush fails once', calls: FLUSHING, fault: 'error=EIO', nthMax: 20 },
  { name: 'flush fails from then on', calls: FLUSHING, fault: 'error=EIO', nthMax: 20, lasting: true },
  { name: 'name fails once', calls: NAMING, fault: 'error=EIO', nthMax: 5 },
  { name: 'name denied from then on', calls: NAMING, fault: 'error=EACCES', nthMax: 5, lasting: true },
  { name: 'removal fails once', calls: 'unlink,unlinkat,rmdir', fault: 'error=EIO', nthMax: 3 },
  { name: 'disk full at one write', calls: 'pwrite64', fault: 'error=ENOSPC', nthMax: 30 },
  { name: 'disk full from then on', calls: 'pwrite64', fault: 'error=ENOSPC', nthMax: 30, lasting: true },
  { name: 'connect refused once', calls: 'connect', fault: 'error=ECONNREFUSED', nthMax: 3 },
  {
    name: 'connect times out from then on',
    calls: 'connect',
    fault: 'error=ETIMEDOUT',
    nthMax: 3,
    lasting: true,
  },
  { name: 'connection reset at a write', calls: 'writev', fault: 'error=ECONNRESET', nthMax: 10 },
  { name: 'too many open files once', calls: 'openat', fault: 'error=EMFILE', nthMax: 30, running: true },
  { name: 'folder unreadable once', calls: 'getdents64', fault: 'error=EIO', nthMax: 10, running: true },
  { name: 'crash at a flush', calls: FLUSHING, fault: 'signal=KILL', nthMax: 15 },
  { name: 'crash at a name', calls: NAMING, fault: 'signal=KILL', nthMax: 3 },
  { name: 'crash at a removal', calls: 'unlink,unlinkat,rmdir', fault: 'signal=KILL', nthMax: 3 },
  { name: 'crash at a database write', calls: 'pwrite64', fault: 'signal=KILL', nthMax: 30 },
  { name: 'crash at a write', calls: 'write,writev', fault: 'signal=KILL', nthMax: 30, running: true },
];

/** Exit codes with which the daemon may end when a call has failed: stopped, start refused, journal failed. */
const ENDS_ALLOWED: readonly (number | null)[] = [0, 4, 70];

const START_WITHIN_MS = 20_000;

/** Why the tracer cannot be used here; undefined when it can. */
export function tracerMissing(): string | undefined {
  const { error, status, stderr } = spawnSync('strace', ['-f', '-e', 'trace=none', 'true'], {
    encoding: 'utf8',
  });
  if (error !== undefined) return 'strace is not installed';
  return status === 0 ? undefined : `strace may not trace here: ${stderr.trim()}`;
}

/** As many lives of the daemon under the tracer, going through all injections in turn, each life followed by a short sound one. */
export function failingCalls(lives: number): Trouble {
  return async (world) => {
    for (let done = 0; done < lives || !world.erp.isDone; done += 1) {
      const injection = INJECTIONS[done % INJECTIONS.length];
      if (injection !== undefined) await injectedLife(world, injection);
      world.progress = Math.min(1, (done + 1) / lives);
    }
  };
}

/** The tracer counts each thread's calls; with one thread for all of them the n-th is the n-th of the daemon. */
const ONE_THREAD = { UV_THREADPOOL_SIZE: '1' };

/** Half of the lives meet the fault from their first instant on, half once they run. */
async function injectedLife(world: World, injection: Injection): Promise<void> {
  const { random, site } = world;
  const fromTheStart = injection.running !== true && random.percent(50);
  const options = tracerOptions(injection, random);
  const bornMs = performance.now();
  const daemon = new DaemonProcess(
    site.config,
    fromTheStart ? ['strace', '-D', '--seccomp-bpf', ...options] : [],
    ONE_THREAD,
  );
  const started = await daemon.line(/daemon\.started/, START_WITHIN_MS);
  if (started && !fromTheStart) {
    world.startMs = performance.now() - bornMs;
    attachTracer(daemon.processId, options);
  }
  await Promise.race([pause(random.between(2_000, 4_000) * slowness(world)), daemon.ended]);
  const endedByItself = daemon.isOver;
  const { code, signal, output } = await daemon.kill();
  const end = endedByItself ? `ended by ${signal ?? `exit ${String(code)}`}` : 'went on';
  world.count(`${injection.name}: ${end}`);
  if (signal === 'SIGKILL' || ENDS_ALLOWED.includes(code)) return;
  world.surprises.push(`${injection.name}: the daemon ${end}: ${output.slice(-8).join(' | ')}`);
}

function tracerOptions({ calls, fault, nthMax, lasting = false }: Injection, random: Random): string[] {
  const when = `${random.between(1, nthMax)}${lasting ? '+' : ''}`;
  const inject = `inject=${calls}:${fault}:when=${when}`;
  // With -D, where the tracer starts the daemon, it stands aside: the process that is started and killed is the daemon itself.
  return ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', inject];
}

/** The tracer ends with the daemon. */
function attachTracer(processId: number, options: readonly string[]): void {
  spawn('strace', [...options, '-p', String(processId)], { stdio: 'ignore' });
}
