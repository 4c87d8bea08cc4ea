// Puts the lane of alerts together for `goniec start`. Whatever is wrong with it, the daemon works.

import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../config/settings.ts';
import { diskFileStore } from '../../files/disk-file-store.ts';
import type { Log } from '../../log.ts';
import { AlertLane } from '../../operations/alerts/alert-lane.ts';
import { english } from '../../operations/alerts/wording-en.ts';
import { systemClock } from '../../triggers/system-clock.ts';
import { alertChannels } from './alert-channels.ts';
import { factsLook, type FactSources } from './alert-facts.ts';

const CHECK_EVERY_MS = 10_000;

/** Tells people until `stop` aborts; resolves at once where nobody is to be told. Never rejects. */
export async function watchForAlerts(sources: FactSources, log: Log, stop: AbortSignal): Promise<void> {
  try {
    const lane = await openLane(sources.settings, sources.config, log);
    if (lane !== undefined) await lane.run(await factsLook(sources), stop);
  } catch (failure) {
    log.error('alert.off', {
      reason: failure instanceof Error ? failure.message : String(failure),
      remedy: 'Nobody is told of anything until this is put right and Goniec is started again: goniec check',
    });
  }
}

/** Says that Goniec has to end, as far as that can be said within seconds. Never rejects. */
export async function tellOfStop(
  settings: Settings,
  config: string | undefined,
  log: Log,
  reason: string,
): Promise<void> {
  try {
    await (await openLane(settings, config, log))?.tellStopped(reason);
  } catch (failure) {
    log.error('alert.off', { reason: failure instanceof Error ? failure.message : String(failure) });
  }
}

async function openLane(
  settings: Settings,
  config: string | undefined,
  log: Log,
): Promise<AlertLane | undefined> {
  if (settings.alerts === undefined) return undefined;
  return AlertLane.open({
    clock: systemClock,
    log,
    files: diskFileStore,
    bookPath: join(settings.state, 'alerts.json'),
    channels: await alertChannels(settings.alerts),
    wording: english,
    site: hostname(),
    timeZone: settings.timeZone,
    commandTail: config === undefined ? '' : ` --config ${config}`,
    limits: settings.alerts,
    checkEveryMs: CHECK_EVERY_MS,
  });
}
