// Kills the daemon at random moments, at moments of its log and while it starts, and a bank from time to time.

import type { Random } from '../iso20022/support/random.ts';
import { DaemonProcess } from './daemon-process.ts';
import { pause, slowness, type Trouble, type World } from './endurance-run.ts';

/** Log lines that stand right before or after an instant that commits something. */
const MOMENTS: readonly RegExp[] = [
  /order\.claimed/,
  /order\.(?:planned|refused|repeats)/,
  /submission\.prepared/,
  /submission\.started/,
  /submission\.(?:answered|confirmed-by-duplicate)/,
  /submission\.lost/,
  /submission\.cleared-to-resend/,
  /submission\.asked/,
  /submission\.status/,
  /order\.told .*final=false/,
  /order\.told .*final=true/,
  /order\.closed/,
  /history\.delivered/,
];

const MOMENT_WITHIN_MS = 2_500;
const START_WITHIN_MS = 20_000;

/** Resolves after so many kills, and not before the ERP has dropped everything. */
export function killAgainAndAgain(kills: number): Trouble {
  return async (world) => {
    const banks = killBanks(world, () => world.progress >= 1);
    let done = 0;
    while (done < kills || !world.erp.isDone) {
      if (await oneLife(world)) done += 1;
      world.progress = Math.min(1, done / kills);
    }
    await banks;
  };
}

/** Starts the daemon and ends it in one way; false where it was no kill. */
async function oneLife(world: World): Promise<boolean> {
  const { random, site } = world;
  const live = async (ms: number): Promise<void> =>
    Promise.race([pause(ms * slowness(world)), daemon.ended.then(() => undefined)]);
  const chance = random.below(100);
  const bornMs = performance.now();
  const daemon = new DaemonProcess(site.config);
  if (chance < 12) {
    await live(random.between(50, 900));
    return killed(world, daemon, 'kills while starting');
  }
  const started = await daemon.line(/daemon\.started/, START_WITHIN_MS);
  if (!started) return killed(world, daemon, 'kills of a start that hung');
  world.startMs = performance.now() - bornMs;
  if (chance < 18) {
    await live(random.below(60));
    return killed(world, daemon, 'kills just after the start');
  }
  if (chance < 22) {
    await live(random.between(300, 1_500));
    return stopped(world, daemon);
  }
  if (chance < 60) {
    await live(random.below(900));
    const seen = await daemon.line(random.pick(MOMENTS), MOMENT_WITHIN_MS, random.between(1, 2));
    if (random.percent(50)) await pause(random.below(12));
    return killed(world, daemon, seen ? 'kills at a moment of the log' : 'kills at random');
  }
  await live(random.between(60, 3_500));
  return killed(world, daemon, 'kills at random');
}

async function killed(world: World, daemon: DaemonProcess, kind: string): Promise<boolean> {
  const { signal, code, output } = await daemon.kill();
  if (signal === 'SIGKILL') {
    world.count(kind);
    return true;
  }
  world.surprises.push(
    `the daemon ended by itself with ${String(code ?? signal)}: ${output.slice(-6).join(' | ')}`,
  );
  // One that always ends at once must not keep the processor busy for ever.
  if (world.surprises.length > 20) throw new Error(world.surprises.join('\n'));
  return false;
}

async function stopped(world: World, daemon: DaemonProcess): Promise<boolean> {
  const { code, signal, output } = await daemon.stop();
  world.count('clean stops');
  if (code !== 0)
    world.surprises.push(`a stop ended with ${String(code ?? signal)}: ${output.slice(-6).join(' | ')}`);
  return false;
}

async function killBanks(world: World, isOver: () => boolean): Promise<void> {
  const random: Random = world.random;
  while (!isOver()) {
    await pause(random.between(6_000, 16_000));
    if (isOver()) return;
    const { bank } = random.pick(world.site.banks);
    await bank.service.kill();
    world.count('kills of a bank');
    await pause(random.below(1_500));
    await bank.service.start();
  }
}
