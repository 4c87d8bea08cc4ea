// Composes an order as the bank will get it: the document in its wrapper, signed, in its envelope.

import type { RunningDigest, Signer } from '../../signature/signer.ts';
import type { OutgoingMessage } from '../channel.ts';
import type { CdcDialect } from './dialects/dialect.ts';
import { SOAP_NAMESPACE, WRAPPER_PREFIX, type Soap } from './soap.ts';

export interface OrderComposition {
  readonly dialect: CdcDialect;
  readonly soap: Soap;
  /** undefined where people sign in the bank's screens. */
  readonly signer: Signer | undefined;
  readonly signed: 'wrapper' | 'envelope';
}

/** The whole message in pieces. The document is read once: its digest is taken while it goes by. */
export async function* composeOrder(
  message: OutgoingMessage,
  composition: OrderComposition,
): AsyncGenerator<Uint8Array> {
  const { dialect, soap, signer, signed } = composition;
  const operation = dialect.orderOperations[message.operation];
  const wrapper = soap.wrapper(operation);
  const covered = signed === 'envelope' ? soap.envelope : { before: '', after: '' };
  const digest = signer?.startDigest();
  digest?.write(Buffer.from(covered.before + wrapper.open));
  yield Buffer.from(soap.envelope.before + wrapper.open);
  const plain: (readonly [from: number, to: number])[] = [];
  for await (const piece of message.document((from, to) => plain.push([from, to]))) {
    if (digest !== undefined) digestPiece(digest, piece, plain);
    plain.length = 0;
    yield piece;
  }
  digest?.write(Buffer.from(wrapper.close + covered.after));
  if (signer !== undefined && digest !== undefined) {
    yield await signer.signOrder({
      wrapperDigest: digest.end(),
      // An XML Id must not begin with a digit, and a message id may.
      id: `sig-${message.messageId}`,
      signingTime: message.signingTime,
      namespaces: { soapenv: SOAP_NAMESPACE, [WRAPPER_PREFIX]: dialect.wrapperNamespaces[operation] },
    });
  }
  yield Buffer.from(wrapper.close + soap.envelope.after);
}

function digestPiece(
  digest: RunningDigest,
  piece: Uint8Array,
  plain: readonly (readonly [from: number, to: number])[],
): void {
  let at = 0;
  for (const [from, to] of plain) {
    if (from > at) digest.write(piece.subarray(at, from));
    digest.writePlain(piece.subarray(from, to));
    at = to;
  }
  if (at < piece.length) digest.write(piece.subarray(at));
}
