// The log: readable lines on the console and NDJSON files that rotate. It never throws and never stops the daemon.

import type { Writable } from 'node:stream';
import type { Log, LogEvent, LogFields } from '../log.ts';
import { flatFields, type FlatField } from './flat-fields.ts';
import { jsonLine, prettyLine, type LogLevel, type LogRecord } from './log-line.ts';
import { consoleSink, fileSink } from './log-sink.ts';

export interface LogOptions {
  /** The least important level that is written. */
  readonly level: LogLevel;
  /** Where `goniec.log` and its older files go; absent: no file. */
  readonly folder?: string;
  readonly fileSizeMaxBytes: number;
  /** At least 2: the file being written and one older. */
  readonly filesMax: number;
  readonly console: 'pretty' | 'json' | 'none';
  /** Colors for the level on a pretty console. */
  readonly color?: boolean;
  /** Where the console's lines go; standard output unless told. */
  readonly stream?: Writable;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A failing log file is mentioned at most this often. */
const MENTION_EVERY_MS = 60_000;

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** A log as the options say. Files that can not be written cost lines, not the start or the run: the console tells. */
export function createLog(options: LogOptions): Log {
  const { level: least, now = Date.now } = options;
  const toConsole = options.console === 'none' ? undefined : consoleSink(options.stream ?? process.stdout);
  let mentionedAt = -Infinity;

  const show = (record: LogRecord): void => {
    if (toConsole === undefined) return;
    toConsole.write(
      options.console === 'json' ? jsonLine(record) : prettyLine(record, options.color ?? false),
    );
  };
  const onFailure = (error: unknown): void => {
    if (now() - mentionedAt < MENTION_EVERY_MS) return;
    mentionedAt = now();
    show({ time: new Date(now()), level: 'error', event: 'log.file-failed', fields: flatFields({ error }) });
  };
  const toFile =
    options.folder === undefined ? undefined : fileSink({ ...options, folder: options.folder, onFailure });
  let closed = false;

  const write = (level: LogLevel, event: LogEvent, fields: readonly FlatField[]): void => {
    if (closed || RANK[level] < RANK[least]) return;
    const record: LogRecord = { time: new Date(now()), level, event, fields };
    show(record);
    toFile?.write(jsonLine(record));
  };
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    // The console last: it may have to tell that the files could not be written.
    await toFile?.close();
    await toConsole?.close();
  };
  return logWith([], write, close);
}

function logWith(
  always: readonly FlatField[],
  write: (level: LogLevel, event: LogEvent, fields: readonly FlatField[]) => void,
  close: () => Promise<void>,
): Log {
  const at =
    (level: LogLevel) =>
    (event: LogEvent, fields: LogFields = {}): void =>
      write(level, event, [...always, ...flatFields(fields)]);
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => logWith([...always, ...flatFields(fields)], write, close),
    close,
  };
}
