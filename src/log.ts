// The port of the log: one event name per fact, with flat fields; what may never be printed is held back behind it.

/** A fact's name, noun first: `order.claimed`. It is a constant of the code and never carries data. */
export type LogEvent = `${string}.${string}`;

/** What belongs to the fact. Names holding secret, passphrase, password, token or key are printed as `[hidden]`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** None of these throws or waits: a log that can not be written costs lines, never the daemon. */
export interface Log {
  debug(event: LogEvent, fields?: LogFields): void;
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  error(event: LogEvent, fields?: LogFields): void;
  /** The same log with these fields on every line. */
  child(fields: LogFields): Log;
  /** Resolves when what was logged has been handed to the disk; never rejects. */
  close(): Promise<void>;
}
