// The sandbox's moods: how it misbehaves on demand. They are kept on disk, so that a restarted bank is in the same mood.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFaultCode } from './fault-codes.ts';
import { replaceFile } from './replace-file.ts';

/** What a request asks for; a mood concerns some of these only. */
export type RequestKind = 'order' | 'status' | 'query';

/**
 * `slow` answers late. `refuses` answers with a fault and takes nothing. `loses-request` reads the request and closes without taking
 * it. `loses-answer` takes it and closes without answering. `answers-5xx` answers with a bare HTTP 503. `no-answer` holds the
 * connection for ever. `fault-after-taking` takes the message and answers with a fault nobody has listed. `silently-takes-duplicates`
 * takes a repeated message id as if it were new, and executes it again. `unknown-ids-unlisted-fault` answers a status query for
 * an id it does not have with a fault nobody has listed. `not-found-then-found` does not know a message for some time after it
 * was sent, although it will execute it. `confirmed-then-denied` reports a message once and then does not know it any more.
 * `wrong-certificate` shows new connections the certificate of an authority nobody trusts.
 */
export const MOODS = [
  'slow',
  'refuses',
  'loses-request',
  'loses-answer',
  'answers-5xx',
  'no-answer',
  'fault-after-taking',
  'silently-takes-duplicates',
  'unknown-ids-unlisted-fault',
  'not-found-then-found',
  'confirmed-then-denied',
  'wrong-certificate',
] as const;

export type MoodName = (typeof MOODS)[number];

export interface Mood {
  readonly mood: MoodName;
  /** What it concerns; where nothing is said, orders, or status queries for moods about those. */
  readonly on: readonly RequestKind[];
  /** How many more requests it concerns; absent = until it is changed. */
  readonly times?: number;
  /** slow: the delay; not-found-then-found: how long a message stays unknown. */
  readonly ms?: number;
  /** refuses: the fault code. */
  readonly code?: string;
  /** answers-5xx and no-answer: whether an order is taken before. */
  readonly taken?: boolean;
}

/** What a person orders: a mood that is added, or one of the two names that replace all moods. */
export type MoodOrder = Omit<Mood, 'mood' | 'on'> & {
  readonly mood: MoodName | 'honest' | 'pessimistic';
  readonly on?: readonly RequestKind[];
};

/** How long a message stays unknown where nothing else is said. */
export const LATE_MS = 5000;

const STATUS_MOODS: readonly MoodName[] = [
  'unknown-ids-unlisted-fault',
  'not-found-then-found',
  'confirmed-then-denied',
];

/** A bank of which nothing good is known: what a client must be safe with as long as no test has shown better. */
const PESSIMISTIC: readonly MoodOrder[] = [
  { mood: 'silently-takes-duplicates' },
  { mood: 'unknown-ids-unlisted-fault' },
  { mood: 'not-found-then-found' },
  { mood: 'fault-after-taking' },
];

const FILE_NAME = 'moods.json';

export class Moods {
  readonly #path: string;
  #moods: readonly Mood[];
  #written = Promise.resolve();

  /** Reads the moods of a folder. Throws when the file is damaged. */
  constructor(folder: string) {
    this.#path = join(folder, FILE_NAME);
    this.#moods = readMoods(this.#path);
  }

  get current(): readonly Mood[] {
    return this.#moods;
  }

  /** Adds a mood; `honest` takes all away, `pessimistic` puts its own set in place of all. Resolves when it is on disk. */
  async order(order: MoodOrder): Promise<void> {
    if (order.mood === 'honest') await this.#keep([]);
    else if (order.mood === 'pessimistic') await this.#keep(PESSIMISTIC.map(moodOf));
    else await this.#keep([...this.#moods, moodOf(order)]);
  }

  /** The mood of these names ordered last that concerns the request; it counts as used when this resolves. */
  async use(names: readonly MoodName[], kind: RequestKind): Promise<Mood | undefined> {
    const mood = this.#moods.findLast((one) => names.includes(one.mood) && one.on.includes(kind));
    if (mood?.times === undefined) return mood;
    const rest = mood.times > 1 ? [{ ...mood, times: mood.times - 1 }] : [];
    await this.#keep(this.#moods.flatMap((one) => (one === mood ? rest : [one])));
    return mood;
  }

  /** One write after the other, because two requests may use up moods at the same time. */
  async #keep(moods: readonly Mood[]): Promise<void> {
    this.#moods = moods;
    this.#written = this.#written.then(() =>
      replaceFile(this.#path, `${JSON.stringify(moods, null, 2)}\n`, 0o600),
    );
    await this.#written;
  }
}

/** Why an order cannot be followed; undefined when it can. */
export function moodFault(order: MoodOrder): string | undefined {
  if (order.mood === 'refuses' && order.code !== undefined && !isFaultCode(order.code))
    return `"${order.code}" is no fault code of this bank`;
  if (order.times !== undefined && (!Number.isInteger(order.times) || order.times < 1))
    return '"times" must be a whole number from 1';
  if (order.ms !== undefined && (!Number.isInteger(order.ms) || order.ms < 0))
    return '"ms" must be a whole number from 0';
  return undefined;
}

function moodOf(order: MoodOrder): Mood {
  if (order.mood === 'honest' || order.mood === 'pessimistic')
    throw new Error(`${order.mood} is a set of moods, not one.`);
  return {
    ...order,
    mood: order.mood,
    on: order.on ?? [STATUS_MOODS.includes(order.mood) ? 'status' : 'order'],
  };
}

function readMoods(path: string): readonly Mood[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as readonly Mood[];
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw failure;
  }
}
