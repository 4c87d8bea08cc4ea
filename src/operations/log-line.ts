// How one fact is written: as a JSON object for programs, or as a line for people.

import type { FlatField } from './flat-fields.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogRecord {
  readonly time: Date;
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: readonly FlatField[];
}

/** One JSON object, without a line end. A field given twice keeps its last value. */
export function jsonLine(record: LogRecord): string {
  const { time, level, event, fields } = record;
  return JSON.stringify({ time: time.toISOString(), level, event, ...Object.fromEntries(fields) });
}

/** `2026-01-15T09:31:02.005Z INFO  order.claimed order=01J... file="two words.xml"`, without a line end. */
export function prettyLine(record: LogRecord, color: boolean): string {
  const level = record.level.toUpperCase().padEnd(5);
  const start = `${record.time.toISOString()} ${color ? colored(record.level, level) : level} ${record.event}`;
  return [start, ...record.fields.map(([name, value]) => `${bare(name)}=${bare(String(value))}`)].join(' ');
}

/** Quoted wherever a value could be taken for more than one field. */
function bare(text: string): string {
  return /^[^\s"'=]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function colored(level: LogLevel, text: string): string {
  const colors = { debug: 90, info: 32, warn: 33, error: 31 } as const;
  return `\u001b[${colors[level]}m${text}\u001b[0m`;
}
