// Small messages to sign, and the splicing that a channel does.
import { createXadesSigner } from '../../src/signature/xades-signer.ts';
import type { SigningKey } from '../../src/signature/keys.ts';
import { proposedProfile, type SignatureProfile } from '../../src/signature/signature-profile.ts';
import { NOW } from './throw-away-keys.ts';

export const wrapper =
  '<cdc:DomesticTransfer xmlns:cdc="urn:ca:std:cdc:tech:xsd:cdc.001.01">' +
  '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn>\n  <GrpHdr>' +
  "<MsgId>GON1</MsgId></GrpHdr><Amt><InstdAmt  Ccy='PLN'>1234.50</InstdAmt></Amt>" +
  '<Nm>Zażółć &amp; gęślą &lt;jaźń&gt;</Nm><Empty/></CstmrCdtTrfInitn></Document></cdc:DomesticTransfer>';

export const wrapperNamespaces = { cdc: 'urn:ca:std:cdc:tech:xsd:cdc.001.01' };

export function inEnvelope(content: string, header = ''): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:unused="urn:unused">${header}` +
    `<soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`
  );
}

/** The wrapper with its signature as last child; with the context `envelope` the whole signed envelope. */
export async function signed(
  key: SigningKey,
  change: Partial<SignatureProfile> = {},
  content = wrapper,
): Promise<string> {
  const profile = { ...proposedProfile, ...change };
  const signer = createXadesSigner({ key, profile });
  const whole = profile.context === 'envelope';
  const digest = signer.startDigest();
  for await (const piece of pieces(whole ? inEnvelope(content) : content)) digest.write(piece);
  const wrapperDigest = digest.end();
  const namespaces = whole
    ? { ...wrapperNamespaces, soapenv: 'http://schemas.xmlsoap.org/soap/envelope/', unused: 'urn:unused' }
    : wrapperNamespaces;
  const element = await signer.signOrder({ wrapperDigest, id: 'sig-GON1', signingTime: NOW, namespaces });
  const message = splice(content, Buffer.from(element).toString('utf8'));
  return whole ? inEnvelope(message) : message;
}

export function splice(content: string, element: string): string {
  const at = content.lastIndexOf('</');
  return content.slice(0, at) + element + content.slice(at);
}

/** As a stream of pieces of seven bytes, which may be iterated more than once. */
export function pieces(message: string | Uint8Array): AsyncIterable<Uint8Array> {
  const bytes = typeof message === 'string' ? Buffer.from(message, 'utf8') : message;
  return {
    async *[Symbol.asyncIterator]() {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    },
  };
}
