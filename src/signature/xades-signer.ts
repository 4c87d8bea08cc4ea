// The signer on a key held in memory: XAdES-BES, or plain XMLDSig, as the bank's profile wants it.
import { SignedXml } from 'xml-crypto';

import { escapeAttribute } from '../xml/escape.ts';
import type { XmlFault } from '../xml/xml-reader.ts';
import { contentTransforms, useContentDigest, useDocumentFilter } from './content-reference.ts';
import type { SigningKey } from './keys.ts';
import {
  canonicalizationUris,
  digestUris,
  signatureKeyTypes,
  signatureUris,
  signedPropertiesType,
  type SignatureProfile,
} from './signature-profile.ts';
import { qualifyingProperties } from './signed-properties.ts';
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
  const { subject, validToDate: validTo, fingerprint256 } = key.certificate;
  return {
    certificate: { subject: subject.split('\n').join(', '), validTo, fingerprint256 },
    startDigest: () => runningDigest(profile),
    signOrder: async (order) => Buffer.from(signatureElement(key, profile, order), 'utf8'),
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

function signatureElement(key: SigningKey, profile: SignatureProfile, order: OrderSignature): string {
  const { id } = order;
  if (!/^[A-Za-z_][\w.-]*$/.test(id)) throw new Error(`"${id}" cannot be the Id of a signature`);
  const ids = { signatureId: id, contentId: `${id}-content`, propertiesId: `${id}-properties` };
  const digestAlgorithm = digestUris[profile.digest];
  const signed = new SignedXml({
    privateKey: key.privateKey,
    signatureAlgorithm: signatureUris[profile.signature],
    canonicalizationAlgorithm: canonicalizationUris[profile.c14n],
    getKeyInfoContent: () => keyInfo(key, profile),
  });
  useContentDigest(signed, profile, order.wrapperDigest);
  if (profile.context === 'document')
    signed.canonicalizationAlgorithm = useDocumentFilter(signed, profile.c14n);
  signed.addReference({
    xpath: '/*',
    uri: '',
    isEmptyUri: true,
    id: ids.contentId,
    transforms: contentTransforms(profile),
    digestAlgorithm,
  });
  if (profile.xades === 'bes') {
    const { certificate } = key;
    const { digest } = profile;
    signed.objects = [
      { content: qualifyingProperties({ ...ids, certificate, digest, signingTime: order.signingTime }) },
    ];
    signed.addReference({
      xpath: `//*[@Id='${ids.propertiesId}']`,
      type: signedPropertiesType,
      transforms: [canonicalizationUris[profile.c14n]],
      digestAlgorithm,
    });
  }
  signed.computeSignature(emptyWrapper(order.namespaces ?? {}), { prefix: 'ds', attrs: { Id: id } });
  return signed.getSignatureXml();
}

function keyInfo(key: SigningKey, profile: SignatureProfile): string {
  const certificates = profile.keyInfo === 'chain' ? [key.certificate, ...key.issuers] : [key.certificate];
  const shown = certificates.map(
    ({ raw }) => `<ds:X509Certificate>${raw.toString('base64')}</ds:X509Certificate>`,
  );
  return `<ds:X509Data>${shown.join('')}</ds:X509Data>`;
}

/** Where the signature will stand: the names around it do not matter to it, the namespaces in scope may. */
function emptyWrapper(namespaces: Readonly<Record<string, string>>): string {
  const declarations = Object.entries(namespaces).map(
    ([prefix, namespace]) => ` xmlns${prefix === '' ? '' : ':'}${prefix}="${escapeAttribute(namespace)}"`,
  );
  return `<wrapper${declarations.join('')}/>`;
}
