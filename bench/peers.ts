// The programs of others that we are measured against: which are here, and what they are given to do.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WRAPPER_PREFIX } from '../src/bank/cdc/soap.ts';
import { CORE_NAMESPACE } from '../src/bank/cdc/dialects/common.ts';

/** Why these can not run here; undefined when all of them can. */
export function missingOf(
  ...programs: readonly ('xmlsec1' | 'xmllint' | 'curl' | 'bash' | 'python3')[]
): string | undefined {
  const missing = programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not installed`;
}

/** The schema that ISO 20022 published, where the interop tests find it as well; undefined where it is not there. */
export function paymentSchema(): string | undefined {
  const shared = process.env.GONIEC_SHARED ?? resolve(import.meta.dirname, '../../shared');
  const schema = join(shared, 'iso20022-xsd', 'pain.001.001.03.xsd');
  return existsSync(schema) ? schema : undefined;
}

/** The interpreter itself: a launcher of one would be measured along with it. */
export function pythonPath(): string {
  return spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  }).stdout.trim();
}

export function checkBySchema(schema: string, file: string): readonly string[] {
  return ['xmllint', '--stream', '--noout', '--nonet', '--schema', schema, file];
}

/** Fills in the template in a file and writes the signed document. */
export function signByXmlsec(keys: string, template: string, out: string): readonly string[] {
  return [...signing(keys), '--output', out, template];
}

/** Everything but the file, whose template has properties that are signed along; the result goes to the standard output. */
export function signingWithProperties(keys: string): readonly string[] {
  return [...signing(keys), ...PROPERTIES_ID];
}

function signing(keys: string): readonly string[] {
  return ['xmlsec1', '--sign', ...laxKeySearch(), '--privkey-pem', `${keys}/signing.key,${keys}/signing.pem`];
}

export function verifyByXmlsec(keys: string, file: string): readonly string[] {
  const trust = ['--trusted-pem', `${keys}/ca.pem`, '--enabled-key-data', 'x509'];
  return ['xmlsec1', '--verify', ...laxKeySearch(), ...trust, ...PROPERTIES_ID, file];
}

/** Since 1.3 a key is only used when KeyInfo names it, unless this is said; before, it was not known. */
function laxKeySearch(): string[] {
  const { stdout } = spawnSync('xmlsec1', ['--version'], { encoding: 'utf8' });
  return / (?:0|1\.[0-2])\./.test(stdout) ? [] : ['--lax-key-search'];
}

const PROPERTIES_ID = ['--id-attr:Id', 'http://uri.etsi.org/01903/v1.3.2#:SignedProperties'];

/** The element that an order is signed in. */
export const WRAPPER = {
  open: `<${WRAPPER_PREFIX}:DomesticTransfer xmlns:${WRAPPER_PREFIX}="${CORE_NAMESPACE}">`,
  close: `</${WRAPPER_PREFIX}:DomesticTransfer>`,
};

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const SHA256 = '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>';

/**
 * An enveloped signature over the whole document (exclusive canonicalization, RSA-SHA256) with everything empty that is
 * computed. `properties` is a XAdES element that is signed along; it refers to the ids `s`, `c` and `p`.
 */
export function signatureTemplate(properties = ''): string {
  const transform = (algorithm: string): string => `<ds:Transform Algorithm="${algorithm}"/>`;
  const propertiesReference = `<ds:Reference URI="#p" Type="http://uri.etsi.org/01903#SignedProperties"><ds:Transforms>${transform(EXCLUSIVE)}</ds:Transforms>${SHA256}<ds:DigestValue/></ds:Reference>`;
  return (
    `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="s"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>` +
    `<ds:Reference URI="" Id="c"><ds:Transforms>${transform('http://www.w3.org/2000/09/xmldsig#enveloped-signature')}${transform(EXCLUSIVE)}</ds:Transforms>${SHA256}<ds:DigestValue/></ds:Reference>` +
    `${properties === '' ? '' : propertiesReference}</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo>` +
    `${properties === '' ? '' : `<ds:Object>${properties}</ds:Object>`}</ds:Signature>`
  );
}
