// The ids of all payments of a file, for telling the ERP about each of them.

import type { ByteSource, FileIds, TransferIds } from '../format.ts';
import { readDocument } from './read-document.ts';

/** Reads a file that was read without faults before. Throws an Error when it has faults now: then it is not the same file. */
export async function readFileIds(source: ByteSource): Promise<FileIds> {
  const blocks: FileIds['blocks'][number][] = [];
  const transfers: TransferIds[] = [];
  const verdict = await readDocument(source, {
    group: () => undefined,
    block: ({ paymentInformationId, debtorAccount }) => {
      blocks.push({ paymentInformationId: paymentInformationId.value, debtorAccount: debtorAccount?.value });
    },
    transfer: ({ index, block, instructionId, endToEndId, amount, currency }) => {
      transfers.push({
        index,
        block,
        instructionId: instructionId?.value,
        endToEndId: endToEndId.value,
        amount: amount.value,
        currency,
      });
    },
    blockEnd: () => undefined,
  });
  const [fault] = verdict.faults;
  if (fault !== undefined) throw new Error(`The file has changed since it was checked: ${fault.message}`);
  return { blocks, transfers };
}
