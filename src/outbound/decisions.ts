// What people decided, left as small files by the command line and put on record here, by the one writer of the journal.

import { join } from 'node:path';
import { type Order } from '../domain/order.ts';
import { releaseFault } from '../domain/release.ts';
import type { Release } from '../domain/order-event.ts';
import { FileFailure } from '../files/file-store.ts';
import type { ReadOnlyJournal } from '../journal/journal.ts';
import type { OutboundContext } from './outbound-context.ts';

export type Decision =
  | {
      readonly kind: 'release';
      readonly order: string;
      readonly part: number;
      readonly as: Release;
      readonly who: string;
      readonly reason: string;
      /** The evidence the person had before them; a decision about another hold is not carried out. */
      readonly evidence?: string;
    }
  | { readonly kind: 'resume'; readonly bank: string; readonly who: string; readonly reason: string };

const SIZE_MAX_BYTES = 64 * 1024;
const RELEASES: readonly string[] = ['resend', 'settled', 'rejected', 'dropped'];

/**
 * Records and removes every decision waiting in the folder; one that is not possible any more is logged and removed.
 * Resolves to how many were carried out. A file that can not be read or removed stands in nobody's way, and none is
 * carried out twice: a decision to send again must never send a second time.
 */
export async function recordDecisions(context: OutboundContext, folder: string): Promise<number> {
  let count = 0;
  for (const name of await waitingIn(context, folder)) {
    if (context.decided.has(name)) continue;
    try {
      // It counts from here on: the lanes must hear of it although its file may stay.
      if (await recordOne(context, folder, name)) count += 1;
      await context.ports.files.remove(join(folder, name));
    } catch (failure) {
      if (!(failure instanceof FileFailure)) throw failure;
      const { code, path, message: reason } = failure;
      context.ports.log.error('decision.disk', { file: name, code, path, reason });
    }
  }
  return count;
}

async function waitingIn({ ports }: OutboundContext, folder: string): Promise<readonly string[]> {
  try {
    if ((await ports.files.stat(folder)) === undefined) return [];
    const entries = await ports.files.list(folder);
    return entries
      .filter(({ kind, name }) => kind === 'file' && !name.startsWith('.'))
      .map(({ name }) => name);
  } catch (failure) {
    if (!(failure instanceof FileFailure)) throw failure;
    ports.log.error('decision.disk', { code: failure.code, path: failure.path, reason: failure.message });
    return [];
  }
}

async function recordOne(context: OutboundContext, folder: string, name: string): Promise<boolean> {
  const { files, log } = context.ports;
  const decision = parseDecision(await files.readWhole(join(folder, name), SIZE_MAX_BYTES));
  context.decided.add(name);
  if (decision === undefined) log.error('decision.unreadable', { file: name });
  else await carryOut(context, decision, name);
  return decision !== undefined;
}

/** Why a decision can not be taken; undefined when it can. */
export function decisionFault(order: Order, part: number, as: Release, reason: string): string | undefined {
  const submission = order.submissions.find(({ plan }) => plan.part === part);
  if (submission === undefined) return `Order ${order.id} has no message ${part}.`;
  return releaseFault(submission, as, reason);
}

function evidenceOf(order: Order, part: number): string | undefined {
  return order.submissions.find(({ plan }) => plan.part === part)?.hold?.evidence;
}

async function carryOut(context: OutboundContext, decision: Decision, id: string): Promise<void> {
  const { ports, book, paused } = context;
  switch (decision.kind) {
    case 'release': {
      const { order, part, as, who, reason, evidence } = decision;
      const again = await wasRecorded(context, `order/${order}`, id);
      const possible = (present: Order | undefined): boolean =>
        !again &&
        present !== undefined &&
        decisionFault(present, part, as, reason) === undefined &&
        (evidence === undefined || evidenceOf(present, part) === evidence);
      const released = await book.recordIf(order, possible, {
        type: 'submission-released',
        part,
        as,
        who,
        reason,
        decision: id,
      });
      if (released === undefined) ports.log.warn('decision.not-possible', { order, part, as, who });
      else ports.log.info('submission.released', { order, part, as, who, reason });
      context.attempts.forget(order, part);
      return;
    }
    case 'resume':
      if (await wasRecorded(context, `bank/${decision.bank}`, id)) return;
      await ports.journal.append([
        {
          stream: `bank/${decision.bank}`,
          event: { type: 'bank-resumed', who: decision.who, reason: decision.reason, decision: id },
        },
      ]);
      paused.delete(decision.bank);
      ports.log.info('bank.resumed', { bank: decision.bank, who: decision.who, reason: decision.reason });
      return;
  }
}

/** True when it was carried out already, be it long ago: its file could not be removed, or has come back. */
async function wasRecorded({ ports }: OutboundContext, stream: string, decision: string): Promise<boolean> {
  return (await ports.journal.read(stream)).some(
    ({ event }) => 'decision' in event && event.decision === decision,
  );
}

function parseDecision(bytes: Uint8Array): Decision | undefined {
  let found: unknown;
  try {
    found = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof found !== 'object' || found === null) return undefined;
  const { kind, order, part, as, bank, who, reason, evidence } = found as Record<string, unknown>;
  if (typeof who !== 'string' || typeof reason !== 'string') return undefined;
  if (kind === 'resume' && typeof bank === 'string') return { kind, bank, who, reason };
  if (
    kind === 'release' &&
    typeof order === 'string' &&
    typeof part === 'number' &&
    typeof as === 'string' &&
    RELEASES.includes(as)
  ) {
    const about = typeof evidence === 'string' ? { evidence } : {};
    return { kind, order, part, as: as as Release, who, reason, ...about };
  }
  return undefined;
}

/** The banks that are paused, by their streams. */
export async function pausedBanks(
  journal: Pick<ReadOnlyJournal, 'read'>,
  banks: readonly string[],
): Promise<Set<string>> {
  const paused = new Set<string>();
  for (const bank of banks) {
    const last = (await journal.read(`bank/${bank}`)).at(-1)?.event.type;
    if (last === 'bank-paused') paused.add(bank);
  }
  return paused;
}
