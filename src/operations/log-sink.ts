// Where finished lines go: the console, or files that rotate. Each has a writer of its own, so that none waits for another.

import type { Writable } from 'node:stream';
import winston from 'winston';
import { rotatingFile, type RotatingFileOptions } from './rotating-file.ts';

export interface LogSink {
  readonly write: (line: string) => void;
  /** Resolves when everything is written, or after two seconds; never rejects. */
  readonly close: () => Promise<void>;
}

const CLOSE_WITHIN_MS = 2_000;

/** Lines waiting for a disk or a reader that hangs; more than these are dropped, so that memory stays bounded. */
const WAITING_MAX_BYTES = 16_000_000;

/** Lines on a stream that stays open. A reader that went away (a closed pipe) costs the lines and nothing else. */
export function consoleSink(stream: Writable): LogSink {
  stream.on('error', () => undefined);
  return lineSink(
    stream,
    () => undefined,
    (done) => stream.write('', done),
  );
}

/** Lines in `<folder>/goniec.log` and older files beside it; `onFailure` hears of what could not be written. */
export function fileSink(options: RotatingFileOptions): LogSink {
  const stream = rotatingFile(options);
  return lineSink(stream, options.onFailure, (done) => stream.end(done));
}

/**
 * winston carries the lines as they are. Its own File transport is not used: at a rotation it loses lines that come
 * in a burst, it finishes before they are on disk, and it stalls for good when the disk is full.
 */
function lineSink(
  stream: Writable,
  onDropped: (error: Error) => void,
  flush: (done: () => void) => void,
  linesAtOnceMax = 100,
): LogSink {
  const logger = winston.createLogger({
    format: winston.format.printf((info) => String(info.message)),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston types its own transports as interfaces
    transports: [new winston.transports.Stream({ stream, eol: '\n' })],
  });
  // Without this listener a transport's failure would be an uncaught exception.
  logger.on('error', () => undefined);
  // Lines of one turn are carried together: each on its own would cost more than all else about it.
  let lines: string[] = [];
  const carry = (): void => {
    if (lines.length > 0) logger.log('info', lines.join('\n'));
    lines = [];
  };
  return {
    write(line) {
      if (stream.writableLength > WAITING_MAX_BYTES) {
        onDropped(new Error('too many lines are waiting to be written'));
        return;
      }
      if (lines.length === 0) setImmediate(carry);
      lines.push(line);
      if (lines.length >= linesAtOnceMax) carry();
    },
    close: () =>
      new Promise((resolve) => {
        carry();
        const limit = setTimeout(resolve, CLOSE_WITHIN_MS);
        const done = (): void => {
          clearTimeout(limit);
          resolve();
        };
        logger.once('finish', () => flush(done));
        logger.end();
      }),
  };
}
