// Why a file waits for a person although nothing is wrong with it: the company's own rules.

import { ApprovalReading } from '../domain/approval.ts';
import { readCreditorList } from '../domain/creditor-list.ts';
import type { Money } from '../domain/decimal.ts';
import type { TransferFacts } from '../domain/payment.ts';
import { FileFailure, type FileStore } from '../files/file-store.ts';

/** What is held for a person before it is sent; with nothing in it nothing is. */
export interface HoldRules {
  readonly transferAbove: readonly Money[];
  readonly fileAbove: readonly Money[];
  /** Path of a list of accounts; a creditor that is not on it is held. */
  readonly creditorsNotIn?: string;
}

export interface Approval {
  add(transfer: TransferFacts): void;
  /** Sentences; none where the file may go as it is. */
  reasons(): readonly string[];
}

const LIST_SIZE_MAX_BYTES = 8 << 20;

/** Asks a transfer for nothing: to read all of a hundred thousand of them takes time. */
const ALL_MAY_GO: Approval = { add: () => undefined, reasons: () => [] };

/** The list is read anew for every file, so that who changes it need not restart anything. A list that can not be read lets nothing go. */
export async function approvalBy(
  files: Pick<FileStore, 'readWhole'>,
  { transferAbove, fileAbove, creditorsNotIn }: HoldRules,
): Promise<Approval> {
  if (transferAbove.length + fileAbove.length === 0 && creditorsNotIn === undefined) return ALL_MAY_GO;
  const listed = creditorsNotIn === undefined ? undefined : await readCreditors(files, creditorsNotIn);
  if (typeof listed !== 'string') return new ApprovalReading({ transferAbove, fileAbove, creditors: listed });
  const limits = new ApprovalReading({ transferAbove, fileAbove, creditors: undefined });
  return {
    add: (transfer) => limits.add(transfer),
    reasons: () => [...limits.reasons(), `creditorsNotIn: ${listed} No creditor counts as listed.`],
  };
}

/** The list, or a sentence that says why there is none. */
export async function readCreditors(
  files: Pick<FileStore, 'readWhole'>,
  path: string,
): Promise<ReadonlySet<string> | string> {
  try {
    const bytes = await files.readWhole(path, LIST_SIZE_MAX_BYTES);
    const list = readCreditorList(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return 'line' in list ? `The list ${path} is wrong in line ${list.line}: ${list.message}.` : list;
  } catch (failure) {
    if (failure instanceof FileFailure) return `The list ${path} can not be read: ${failure.message}.`;
    if (failure instanceof TypeError) return `The list ${path} is not UTF-8.`;
    throw failure;
  }
}
