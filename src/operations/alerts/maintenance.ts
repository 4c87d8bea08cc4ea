// When a bank is expected to be away: windows of its maintenance, in local time.

import { addDays, localDateTime } from '../../domain/calendar.ts';
import type { Cause, CauseKind } from './cause.ts';

/** Local times `HH:MM`; it ends on the next day where `to` is not later than `from`. */
export interface MaintenanceWindow {
  readonly bank: string;
  /** `sat,sun`; with neither this nor a date it begins every day. */
  readonly days?: string;
  readonly date?: string;
  readonly from: string;
  readonly to: string;
}

/** What is expected while a bank is away; a held order or a refused signature never is. */
const EXPECTED: readonly CauseKind[] = ['bank-unreachable', 'statement-overdue'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** Windows are looked for this far back; no cause waits for longer to be told. */
const DAYS_BACK = 8;

/**
 * True while a window makes the cause expected, else how many milliseconds ago the last one ended (Infinity: none did). Local
 * times are compared as if all days had 24 hours: where the clock is changed a window is an hour off.
 */
export function maintenanceOf(
  cause: Cause,
  windows: readonly MaintenanceWindow[],
  nowMs: number,
  timeZone: string,
): true | number {
  if (!EXPECTED.includes(cause.kind)) return Infinity;
  const local = localDateTime(nowMs, timeZone);
  const now = instant(local);
  let endedAgoMs = Infinity;
  for (const window of windows.filter(({ bank }) => bank === cause.bank)) {
    for (let back = 0; back <= DAYS_BACK; back++) {
      const day = addDays(local.slice(0, 10), -back);
      if (!beginsOn(window, day)) continue;
      const begin = instant(`${day}T${window.from}:00`);
      const lastDay = window.to > window.from ? day : addDays(day, 1);
      const end = instant(`${lastDay}T${window.to}:00`);
      if (begin <= now && now < end) return true;
      if (end <= now) endedAgoMs = Math.min(endedAgoMs, now - end);
    }
  }
  return endedAgoMs;
}

function beginsOn({ days, date }: MaintenanceWindow, day: string): boolean {
  if (date !== undefined) return date === day;
  return (
    days === undefined || days.split(',').includes(WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '')
  );
}

function instant(local: string): number {
  return Date.parse(`${local}Z`);
}
