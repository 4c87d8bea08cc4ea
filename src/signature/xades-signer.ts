// The signer on a key held in memory: XAdES-BES, or plain XMLDSig, as the bank's profile wants it.
import { sign } from 'node:crypto';
import { promisify } from 'node:util';

import type { XmlFault } from '../xml/xml-reader.ts';
import type { SigningKey } from './keys.ts';
import { createSignatureForm, type SignatureForm } from './signature-form.ts';
import { signatureDigests, signatureKeyTypes, type SignatureProfile } from './signature-profile.ts';
import { UnsoundMessage, type OrderSignature, type RunningDigest, type Signer } from './signer.ts';
import { createWrapperDigest } from './wrapper-digest.ts';

export interface XadesSignerOptions {
  readonly key: SigningKey;
  readonly profile: SignatureProfile;
}

/**
 * Signs with one key. The digest it is given must be that of `createWrapperDigest` under the same profile; the
 * element it returns declares the prefixes that it uses (`ds`, `xades`). Throws when `keyMisfit` has something to say.
 */
export function createXadesSigner({ key, profile }: XadesSignerOptions): Signer {
  const misfit = keyMisfit(key, profile);
  if (misfit !== undefined) throw new Error(misfit);
  const forms = new Map<string, SignatureForm>();
  /** There are as many as wrappers: one for each operation of the bank. */
  const formFor = ({ namespaces = {} }: OrderSignature): SignatureForm => {
    const where = JSON.stringify(namespaces);
    const known = forms.get(where) ?? createSignatureForm(key, profile, namespaces);
    forms.set(where, known);
    return known;
  };
  const { subject, validToDate: validTo, fingerprint256 } = key.certificate;
  return {
    certificate: { subject: subject.split('\n').join(', '), validTo, fingerprint256 },
    startDigest: () => runningDigest(profile),
    signOrder: (order) => signOrder(key, profile, formFor(order), order),
  };
}

/** Undefined when the key can make the profile's signature, else a sentence that says what to do. */
export function keyMisfit(key: SigningKey, profile: SignatureProfile): string | undefined {
  const type = key.privateKey.asymmetricKeyType;
  if (type === signatureKeyTypes[profile.signature]) return undefined;
  return `The signature ${profile.signature} cannot be made with a key of the type ${type ?? 'unknown'}; choose another key or another signature algorithm.`;
}

function runningDigest(profile: SignatureProfile): RunningDigest {
  const digest = createWrapperDigest(profile, profile.context === 'envelope' ? 'soap-body' : 'root');
  return {
    write: (piece) => refuse(digest.write(piece)),
    writePlain: (elements) => refuse(digest.writePlain(elements)),
    end: () => {
      const outcome = digest.end();
      if (outcome.kind === 'fault') throw unsound(outcome.fault);
      return outcome.digest;
    },
  };
}

function refuse(fault: XmlFault | undefined): void {
  if (fault !== undefined) throw unsound(fault);
}

function unsound({ rule, line, column, message }: XmlFault): UnsoundMessage {
  return new UnsoundMessage(message, rule, line, column);
}

const signed = promisify(sign);

async function signOrder(
  { privateKey }: SigningKey,
  profile: SignatureProfile,
  form: SignatureForm,
  { id, wrapperDigest, signingTime }: OrderSignature,
): Promise<Uint8Array> {
  if (!/^[A-Za-z_][\w.-]*$/.test(id)) throw new Error(`"${id}" cannot be the Id of a signature`);
  const contentDigest = Buffer.from(wrapperDigest).toString('base64');
  const { signedInfo, element } = form({ id, contentDigest, signingTime });
  // RFC 6931 section 2.3.6: the value of ECDSA is r and s, one after the other; to RSA it does not matter.
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  const value = await signed(signatureDigests[profile.signature], Buffer.from(signedInfo), key);
  return Buffer.from(element(value.toString('base64')));
}
