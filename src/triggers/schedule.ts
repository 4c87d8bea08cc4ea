// Cron schedules: at their times they say that something may be due. What is due is computed elsewhere.

import { createTask, validate, type ScheduledTask } from 'node-cron';

export interface Schedule {
  readonly name: string;
  /** Five fields (minute, hour, day of month, month, day of week), or six with seconds first. */
  readonly cron: string;
  /** IANA name, e.g. `Europe/Warsaw`. */
  readonly timeZone: string;
  /** Short: it marks and rings. What it throws goes to `onError`. */
  readonly fire: () => void;
}

export interface Schedules {
  stop(): void;
  /** When the schedule fires next; undefined for a name that is not there, or a time that never comes. */
  next(name: string): Date | undefined;
}

/**
 * The library writes to the console by itself otherwise; a late or missed firing is no news here, see below.
 */
const SILENT = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
};

/**
 * Starts all schedules. A firing that was missed (the machine slept, the process was busy) fires once late
 * instead: it only wakes, so late is as good as on time. Throws for an expression that `isValidCron` refuses.
 */
export function startSchedules(
  schedules: readonly Schedule[],
  onError: (name: string, error: unknown) => void,
): Schedules {
  const tasks = new Map<string, ScheduledTask>();
  for (const schedule of schedules) tasks.set(schedule.name, start(schedule, onError));
  return {
    stop() {
      for (const task of tasks.values()) void task.destroy();
      tasks.clear();
    },
    next: (name) => tasks.get(name)?.getNextRun() ?? undefined,
  };
}

/** True for an expression `startSchedules` takes. */
export function isValidCron(expression: string): boolean {
  return validate(expression);
}

function start(schedule: Schedule, onError: (name: string, error: unknown) => void): ScheduledTask {
  const fire = (): void => {
    try {
      schedule.fire();
    } catch (error) {
      onError(schedule.name, error);
    }
  };
  const task = createTask(schedule.cron, fire, {
    name: schedule.name,
    timezone: schedule.timeZone,
    logger: SILENT,
  });
  task.on('execution:missed', fire);
  void task.start();
  return task;
}
