// One hostile input: what it is, how it is made, and what must become of it.

export interface HostileCase {
  readonly name: string;
  /** Made when it is needed, for some are large. */
  readonly bytes: () => Uint8Array | string;
  /** The rule that refuses it, or a word that says what becomes of it otherwise; each table names its own. */
  readonly outcome: string;
  /** Why this is the right end. */
  readonly because: string;
}

/** Milliseconds of processor time a case may cost us, however busy the machine is. */
export const CPU_MAX_MS = 4_000;

/** Fails when nothing was changed, so that no attack is a no-op. */
export function changed(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, () => to);
  if (result === text) throw new Error(`There is nothing to change: ${String(from)}`);
  return result;
}

/** Raw bytes in the middle of a text. */
export function withBytes(before: string, bytes: readonly number[], after: string): Uint8Array {
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
}

/** What a person must never be shown in the raw: control and direction characters other than a line end. */
export const DISTURBING = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Runs it and gives the processor time it took. */
export async function cpuMs(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
