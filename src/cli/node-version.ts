// Which Node the program can run on; an older one fails somewhere inside, with words that help nobody.

const MAJOR_LEAST = 24;

/** A sentence when that version of Node, `20.1.0`, is too old. */
export function tooOldNode(version: string): string | undefined {
  const [major = ''] = version.split('.', 1);
  return Number(major) >= MAJOR_LEAST
    ? undefined
    : `Goniec needs Node ${MAJOR_LEAST} or newer, and this is Node ${version}. Install it from nodejs.org, or put it before the other one in PATH.`;
}
