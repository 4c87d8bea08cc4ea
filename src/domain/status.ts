// Statuses of a transfer in ISO 20022's external codes, and what they mean for the money.

/** TxSts as banks use it; RCVD and PART occur for groups only and are turned into one of these per transfer. */
export type TransferStatus = 'RCVD' | 'PDNG' | 'ACTC' | 'ACCP' | 'ACSP' | 'ACWC' | 'ACSC' | 'RJCT';

/** Codes from the ISO external code set that only refine one of ours. */
const REFINED: ReadonlyMap<string, TransferStatus> = new Map([
  ['RCVD', 'RCVD'],
  ['PDNG', 'PDNG'],
  ['ACTC', 'ACTC'],
  ['ACCP', 'ACCP'],
  ['ACSP', 'ACSP'],
  ['ACWC', 'ACWC'],
  ['ACSC', 'ACSC'],
  ['ACCC', 'ACSC'],
  ['RJCT', 'RJCT'],
]);

/** The status a code stands for; undefined for a code that says nothing about one transfer (PART, unknown ones). */
export function transferStatus(code: string): TransferStatus | undefined {
  return REFINED.get(code);
}

/** True when the bank will say nothing more: ACSC is executed, RJCT is rejected; ACCP and ACSP are on the way. */
export function isFinal(status: TransferStatus): boolean {
  return status === 'ACSC' || status === 'RJCT';
}
