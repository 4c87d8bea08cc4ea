// Composes an order as the bank will get it: the document in its wrapper, signed, in its envelope.

import type { Signer } from '../../signature/signer.ts';
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

/** The whole message in pieces. With a signer the document is read twice: once for the digest, once to be written. */
export async function* composeOrder(
  message: OutgoingMessage,
  composition: OrderComposition,
): AsyncGenerator<Uint8Array> {
  const { soap, signer } = composition;
  const wrapper = soap.wrapper(composition.dialect.orderOperations[message.operation]);
  const signature = signer === undefined ? undefined : await signatureOf(message, composition, signer);
  yield Buffer.from(soap.envelope.before + wrapper.open);
  yield* message.document();
  if (signature !== undefined) yield signature;
  yield Buffer.from(wrapper.close + soap.envelope.after);
}

async function signatureOf(
  message: OutgoingMessage,
  composition: OrderComposition,
  signer: Signer,
): Promise<Uint8Array> {
  const { dialect, soap } = composition;
  const operation = dialect.orderOperations[message.operation];
  const wrapper = soap.wrapper(operation);
  const envelope = composition.signed === 'envelope' ? soap.envelope : { before: '', after: '' };
  const unsigned = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(envelope.before + wrapper.open);
    yield* message.document();
    yield Buffer.from(wrapper.close + envelope.after);
  };
  return signer.signOrder({
    wrapperDigest: await signer.wrapperDigest(unsigned()),
    // An XML Id must not begin with a digit, and a message id may.
    id: `sig-${message.messageId}`,
    signingTime: message.signingTime,
    namespaces: { soapenv: SOAP_NAMESPACE, [WRAPPER_PREFIX]: dialect.wrapperNamespaces[operation] },
  });
}
