// Writes an instant as the wall clock of a zone shows it, because banks and ERPs take times without an offset as local.

/** Gives e.g. `2026-11-23T11:15:00` for an instant in an IANA zone; the same text for the same input everywhere. */
export type WriteLocalDateTime = (instant: Date) => string;

/** Makes the writer for one zone. Throws a RangeError for a zone that does not exist. */
export function localDateTimeWriter(timeZone: string): WriteLocalDateTime {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
    const day = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
    return `${day}T${part('hour')}:${part('minute')}:${part('second')}`;
  };
}
