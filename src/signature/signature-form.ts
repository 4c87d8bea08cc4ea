// The form of a key's signatures: xml-crypto builds one with marks in the places of what differs from order to order, and each
// order then only fills these gaps. Building every signature as a tree would be most of the work of a small order.
import { hash } from 'node:crypto';
import { SignedXml } from 'xml-crypto';

import { escapeAttribute } from '../xml/escape.ts';
import { contentTransforms, useContentDigest, useDocumentFilter } from './content-reference.ts';
import type { SigningKey } from './keys.ts';
import {
  canonicalizationUris,
  digestUris,
  signatureUris,
  signedPropertiesType,
  type SignatureProfile,
} from './signature-profile.ts';
import { qualifyingProperties, signingTimeText } from './signed-properties.ts';

/** What differs from order to order; digests and value in base64. */
export interface OrderParts {
  readonly id: string;
  readonly contentDigest: string;
  readonly signingTime: Date;
}

/** Gives the signature of an order, still without its value. */
export type SignatureForm = (parts: OrderParts) => {
  /** The canonical form of SignedInfo: the octets that are signed. */
  readonly signedInfo: string;
  /** The whole element, with the signature value in base64. */
  element(value: string): string;
};

/** `namespaces` are those in scope where the signature will stand, by prefix. */
export function createSignatureForm(
  key: SigningKey,
  profile: SignatureProfile,
  namespaces: Readonly<Record<string, string>>,
): SignatureForm {
  const marked = markedSignature(key, profile, namespaces);
  const [properties, signedInfo, element] = [
    textWithGaps(marked.properties),
    textWithGaps(marked.signedInfo),
    textWithGaps(marked.element),
  ];
  return ({ id, contentDigest, signingTime }) => {
    const own = {
      id,
      contentDigest,
      signingTime: signingTimeText(signingTime),
      propertiesDigest: '',
      value: '',
    };
    const propertiesDigest = hash(profile.digest, filled(properties, own), 'base64');
    return {
      signedInfo: filled(signedInfo, { ...own, propertiesDigest }),
      element: (value) => filled(element, { ...own, propertiesDigest, value }),
    };
  };
}

type Gap = 'id' | 'contentDigest' | 'propertiesDigest' | 'signingTime' | 'value';

const MARKED_DIGEST = Buffer.from('goniec: the digest of the content');
const MARKED_TIME = new Date(1_000);

/** In none of these is anything that XML would write in another way, just as in what comes in their places. */
const MARKS: Readonly<Record<Gap, string>> = {
  id: 'goniec-mark-of-the-id',
  contentDigest: MARKED_DIGEST.toString('base64'),
  propertiesDigest: Buffer.from('goniec: the digest of the properties').toString('base64'),
  signingTime: signingTimeText(MARKED_TIME),
  value: Buffer.from('goniec: the value of the signature').toString('base64'),
};
const GAPS = new Map(Object.entries(MARKS).map(([gap, mark]) => [mark, gap as Gap]));

/** Texts and gaps in turn, texts first. */
type TextWithGaps = readonly { readonly text: string; readonly gap: Gap | undefined }[];

function textWithGaps(marked: string): TextWithGaps {
  const marks = [...GAPS.keys()].map((mark) => mark.replaceAll('+', '\\+'));
  const pieces = marked.split(new RegExp(`(${marks.join('|')})`));
  return pieces.flatMap((text, at) => (at % 2 === 0 ? [{ text, gap: GAPS.get(pieces[at + 1] ?? '') }] : []));
}

function filled(pieces: TextWithGaps, values: Readonly<Record<Gap, string>>): string {
  return pieces.map(({ text, gap }) => (gap === undefined ? text : text + values[gap])).join('');
}

interface Marked {
  /** Canonical; empty without XAdES. */
  readonly properties: string;
  /** Canonical. */
  readonly signedInfo: string;
  readonly element: string;
}

function markedSignature(
  key: SigningKey,
  profile: SignatureProfile,
  namespaces: Readonly<Record<string, string>>,
): Marked {
  const { id } = MARKS;
  const ids = { signatureId: id, contentId: `${id}-content`, propertiesId: `${id}-properties` };
  const digestAlgorithm = digestUris[profile.digest];
  const signed = new SignedXml({
    privateKey: key.privateKey,
    signatureAlgorithm: signatureUris[profile.signature],
    canonicalizationAlgorithm: canonicalizationUris[profile.c14n],
    getKeyInfoContent: () => keyInfo(key, profile),
  });
  useContentDigest(signed, profile, MARKED_DIGEST);
  const canonical = markInstead(signed, profile);
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
      { content: qualifyingProperties({ ...ids, certificate, digest, signingTime: MARKED_TIME }) },
    ];
    signed.addReference({
      xpath: `//*[@Id='${ids.propertiesId}']`,
      type: signedPropertiesType,
      transforms: [canonicalizationUris[profile.c14n]],
      digestAlgorithm,
    });
  }
  signed.computeSignature(emptyWrapper(namespaces), { prefix: 'ds', attrs: { Id: id } });
  return { ...canonical, element: signed.getSignatureXml() };
}

/** Lets `signed` write marks for the digest of the properties and for its value, and gives what they would be of. */
function markInstead(signed: SignedXml, profile: SignatureProfile): Omit<Marked, 'element'> {
  const canonical = { properties: '', signedInfo: '' };
  const digestUri = digestUris[profile.digest];
  const Digest = signed.HashAlgorithms[digestUri];
  if (Digest === undefined) throw new Error(`xml-crypto was given no ${digestUri}`);
  signed.HashAlgorithms = {
    [digestUri]: class extends Digest {
      override getHash(text: string): string {
        const digest = super.getHash(text);
        if (digest === MARKS.contentDigest) return digest;
        canonical.properties = text;
        return MARKS.propertiesDigest;
      }
    },
  };
  const signatureUri = signatureUris[profile.signature];
  signed.SignatureAlgorithms = {
    [signatureUri]: class {
      getSignature(text: string): string {
        canonical.signedInfo = text;
        return MARKS.value;
      }
      verifySignature(): boolean {
        return false;
      }
      getAlgorithmName(): string {
        return signatureUri;
      }
    },
  };
  return canonical;
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
