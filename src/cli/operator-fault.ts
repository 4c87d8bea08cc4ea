// Which failures are the operator's to mend: they are told in a sentence, never with a stack.

import { FileFailure } from '../files/file-store.ts';

/** A sentence that says by itself what is wrong and what to do. */
export class OperatorFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OperatorFault';
  }
}

/** What the disk, the network or the settings are to blame for; undefined for a fault of Goniec itself. */
export function operatorSentence(failure: unknown): string | undefined {
  if (failure instanceof OperatorFault || failure instanceof FileFailure) return failure.message;
  if (!(failure instanceof Error) || !('code' in failure) || !('syscall' in failure)) return undefined;
  const path = 'path' in failure ? ` ${String(failure.path)}` : '';
  return `The system refuses ${String(failure.syscall)}${path} (${String(failure.code)}). Check that the path is right and that the account Goniec runs under may use it.`;
}
