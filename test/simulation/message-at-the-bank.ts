// How the simulated bank reads what was handed to it, and how such a message is made.

import { addDecimals, parseDecimal, ZERO, type Decimal } from '../../src/domain/decimal.ts';
import { parseSmallDocument, type XmlNode } from '../../src/xml/small-document.ts';
import { each, one, optTextOf, textOf } from '../../src/xml/xml-path.ts';

export interface Instruction {
  readonly block: string;
  readonly endToEndId: string;
  readonly instructionId: string | undefined;
  readonly amount: Decimal;
  readonly debtor: string;
}

/** A message as the channel of this bank composes it: one element around the document. */
export async function* wrapped(
  { messageId, operation, signingTime }: { messageId: string; operation: string; signingTime: Date },
  document: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  yield Buffer.from(
    `<Order id="${messageId}" operation="${operation}" signed="${signingTime.toISOString()}">`,
  );
  yield* document;
  yield Buffer.from('</Order>');
}

export function messageIdOf(bytes: Uint8Array): string {
  const id = /^<Order id="([^"]+)"/.exec(Buffer.from(bytes.subarray(0, 80)).toString('latin1'))?.[1];
  if (id === undefined) throw new Error('bytes that are no message reached the bank');
  return id;
}

export function instructionsOf(bytes: Uint8Array): Instruction[] {
  const document = parsed(bytes).children[0];
  if (document === undefined) throw new Error('a message without a document reached the bank');
  return transfersOf(document);
}

/** The transfers of a pain.001, one after the other. */
export function transfersOf(document: XmlNode): Instruction[] {
  return each(document, 'CstmrCdtTrfInitn/PmtInf').flatMap((block) =>
    each(block, 'CdtTrfTxInf').map((transfer) => ({
      block: textOf(block, 'PmtInfId'),
      endToEndId: textOf(transfer, 'PmtId/EndToEndId'),
      instructionId: optTextOf(one(transfer, 'PmtId'), 'InstrId'),
      amount: addDecimals(ZERO, parseDecimal(textOf(transfer, 'Amt/InstdAmt')) ?? ZERO),
      debtor: textOf(block, 'DbtrAcct/Id/IBAN'),
    })),
  );
}

function parsed(bytes: Uint8Array): XmlNode {
  const root = parseSmallDocument(bytes);
  if ('rule' in root) throw new Error(`bytes that are no XML reached the bank: ${root.message}`);
  return root;
}
