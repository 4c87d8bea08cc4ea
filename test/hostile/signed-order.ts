// A signed order with all that the wrapping cases are made of.

import { wrapper, signed } from '../signature/messages.ts';
import { throwAwayKey, type ThrowAway } from '../signature/throw-away-keys.ts';
import { changed } from './hostile-case.ts';
import type { Signed } from './wrapping-cases.ts';

export async function signedOrder(key: ThrowAway): Promise<Signed> {
  const stranger = await throwAwayKey({ name: 'CN=Stranger' });
  const evil = changed(wrapper, '1234.50', '9999.99');
  const order = await signed(key);
  return {
    order,
    wrapper,
    evil,
    signature: signatureOf(order),
    strange: signatureOf(await signed(stranger, {}, evil)),
    strangeCertificate: stranger.certificatePem,
  };
}

function signatureOf(message: string): string {
  const [found] = /<ds:Signature .*<\/ds:Signature>/.exec(message) ?? [];
  if (found === undefined) throw new Error('There is no signature.');
  return found;
}
