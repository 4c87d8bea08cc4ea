// The port for time and chance: the only way anything inside learns what time it is or draws a number.

export interface Clock {
  /** Milliseconds since 1970 in UTC; may jump when the machine's clock is set. */
  now(): number;
  /** Milliseconds of running time; never goes back, says nothing about the date. */
  running(): number;
  /** Resolves after `ms` or as soon as the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Unpredictable bytes, for identifiers. */
  random(sizeBytes: number): Uint8Array;
}
