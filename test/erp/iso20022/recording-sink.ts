// A sink that keeps all it is told.

import type { BlockFacts, GroupFacts, TransferFacts } from '../../../src/domain/payment.ts';
import type { ByteSource, PaymentSink, ReadVerdict } from '../../../src/erp/format.ts';
import { readDocument } from '../../../src/erp/iso20022/read-document.ts';

export interface Recorded {
  readonly verdict: ReadVerdict;
  readonly groups: readonly GroupFacts[];
  readonly blocks: readonly BlockFacts[];
  readonly transfers: readonly TransferFacts[];
  /** The order of the calls: `group`, `block 0`, `transfer 0`, `end 0` ... */
  readonly calls: readonly string[];
}

export async function record(source: ByteSource): Promise<Recorded> {
  const groups: GroupFacts[] = [];
  const blocks: BlockFacts[] = [];
  const transfers: TransferFacts[] = [];
  const calls: string[] = [];
  const sink: PaymentSink = {
    group: (facts) => {
      groups.push(facts);
      calls.push('group');
    },
    block: (facts) => {
      blocks.push(facts);
      calls.push(`block ${facts.index}`);
    },
    transfer: (facts) => {
      transfers.push(keptFacts(facts));
      calls.push(`transfer ${facts.index}`);
    },
    blockEnd: (index) => {
      calls.push(`end ${index}`);
    },
  };
  return { verdict: await readDocument(source, sink), groups, blocks, transfers, calls };
}

/** The facts of a transfer are valid only while they are told. */
function keptFacts(facts: TransferFacts): TransferFacts {
  return {
    index: facts.index,
    block: facts.block,
    instructionId: facts.instructionId,
    endToEndId: facts.endToEndId,
    type: facts.type,
    amount: facts.amount,
    currency: facts.currency,
    equivalent: facts.equivalent,
    creditorName: facts.creditorName,
    creditorAccount: facts.creditorAccount,
    creditorAgentBic: facts.creditorAgentBic,
    creditorAgentMember: facts.creditorAgentMember,
    creditorAddress: facts.creditorAddress,
    debtorAddress: facts.debtorAddress,
    remittance: facts.remittance,
    texts: facts.texts,
    place: facts.place,
  };
}
