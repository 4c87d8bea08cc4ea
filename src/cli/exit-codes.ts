// What a script may rely on; documented in README.

export const EXIT = {
  ok: 0,
  /** A fault of Goniec itself. */
  fault: 1,
  /** Wrong use of the command line. */
  usage: 2,
  /** The configuration is refused. */
  configuration: 3,
  /** The start is refused, or would be: damaged journal, second instance, another journal's files. */
  startRefused: 4,
  /** `check` or `file` found something, or `status` shows what waits for a person. */
  attention: 5,
  /** What was asked for is not there. */
  notFound: 6,
  /** Nobody answered in time; the request stays and will be answered. */
  unanswered: 7,
  /** A file that was asked for could not be written: `journal backup`, `journal export`, `file sign`, `init`, `service install`. */
  notWritten: 8,
  /** The journal or its disk failed while running; the supervisor should start again. */
  journalFailed: 70,
} as const;

/** Starting again would meet the same: a supervisor must not. */
export const NO_RESTART = [EXIT.usage, EXIT.configuration, EXIT.startRefused] as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
