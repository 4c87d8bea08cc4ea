// Hostile inputs under programs nobody here wrote: xmllint about what is XML, xmlsec1 about what is signed.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strongSignatures, verifyEnvelopedSignature } from '../../src/signature/verify.ts';
import { readEncodedXml } from '../../src/xml/decode.ts';
import { answerCases } from '../hostile/bank-answer-cases.ts';
import { documentCases } from '../hostile/document-cases.ts';
import { paymentCases } from '../hostile/payment-cases.ts';
import { almostXml } from '../hostile/random-xml.ts';
import { signedOrder } from '../hostile/signed-order.ts';
import { wrappingCases, type Signed } from '../hostile/wrapping-cases.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { bothChecks } from '../signature/both-checks.ts';
import { pieces } from '../signature/messages.ts';
import { NOW, throwAwayKey, type ThrowAway } from '../signature/throw-away-keys.ts';

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
const hasXmlsec = spawnSync('xmlsec1', ['--version']).status === 0;
const RANDOM_DOCUMENTS = 400;
/** Beyond that it is our bounds that are tried, and xmllint takes minutes. */
const LARGE_BYTES = 1 << 20;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'goniec-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Which of the documents xmllint takes for well-formed; many at once, because to start it is most of the work. */
function wellFormed(documents: readonly Uint8Array[]): boolean[] {
  const paths = documents.map((document, index) => {
    const path = join(folder, `${index}.xml`);
    writeFileSync(path, document);
    return path;
  });
  const said = new Set<string>();
  const { stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--huge', ...paths], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  for (const line of stderr.split('\n')) {
    const [, path, kind = ''] = /^(.*?\.xml):\d+: (.*)$/.exec(line) ?? [];
    // A namespace that is not absolute is no fault of form.
    if (path !== undefined && kind.includes('error') && !kind.includes('is not a valid URI')) said.add(path);
  }
  return paths.map((path) => !said.has(path));
}

async function ourFault(document: Uint8Array): Promise<string | undefined> {
  return (await readEncodedXml([document], {}))?.rule;
}

/** Sentences about the documents of which theirs is another verdict than ours, but for what is known. */
async function differences(documents: readonly Uint8Array[], names: readonly string[]): Promise<string[]> {
  const theirs = wellFormed(documents);
  const said = documents.map(async (document, index) => {
    const ours = await ourFault(document);
    if ((ours === undefined) === theirs[index] || (ours !== undefined && STRICTER.test(ours))) return [];
    // To libxml2 a NUL behind the document is its end.
    if (ours === 'xml.outside' && document.includes(0)) return [];
    return [`${names[index] ?? ''}: ours ${ours ?? 'well-formed'}, theirs ${String(theirs[index])}`];
  });
  return (await Promise.all(said)).flat();
}

/** What we refuse although it is well-formed: on purpose. */
const STRICTER = /^xml\.(?:dtd|limit|encoding|declaration)/;

describe.skipIf(!hasXmllint)('xmllint (skipped where it is not installed)', () => {
  const file = (): string =>
    paymentFile({
      messageId: 'M1',
      blocks: [{ id: 'P1', transfers: [{ endToEndId: 'E1', amount: '1.00' }] }],
    });

  it('has the same verdict on every hostile document, but for what we refuse on purpose', async () => {
    const all = [...documentCases(file), ...paymentCases(file), ...answerCases];
    const cases = all
      .map(({ name, bytes }) => ({ name, document: Buffer.from(bytes()) }))
      .filter(({ document }) => document.length <= LARGE_BYTES);
    const documents = cases.map(({ document }) => document);
    const names = cases.map(({ name }) => name);
    expect(await differences(documents, names)).toEqual([]);
  });

  it('has the same verdict on random documents', async () => {
    const documents = fc.sample(almostXml, { numRuns: RANDOM_DOCUMENTS, seed: 20261123 });
    const names = documents.map((document) => JSON.stringify(Buffer.from(document).toString('latin1')));
    expect(await differences(documents, names)).toEqual([]);
  });
});

describe.skipIf(!hasXmlsec)('xmlsec1 (skipped where it is not installed)', () => {
  let key: ThrowAway;
  let made: Signed;
  beforeAll(async () => {
    key = await throwAwayKey({ name: 'CN=Company' });
    made = await signedOrder(key);
    writeFileSync(join(folder, 'trusted.pem'), key.certificatePem);
  });

  function acceptedByXmlsec(message: string): boolean {
    const path = join(folder, 'message.xml');
    writeFileSync(path, message);
    const trust = ['--trusted-pem', join(folder, 'trusted.pem'), '--enabled-key-data', 'x509'];
    const at = ['--verification-gmt-time', '2026-03-02 10:00:00'];
    const ids = ['--id-attr:Id', 'http://uri.etsi.org/01903/v1.3.2#:SignedProperties'];
    return (
      spawnSync('xmlsec1', ['--verify', ...trust, ...at, ...ids, path], { timeout: 20_000 }).status === 0
    );
  }

  it.each(wrappingCases)('agrees about $name wherever we take it for signed', async ({ make, outcome }) => {
    const message = make(made);
    const ours = await verifyEnvelopedSignature(pieces(message), {
      trusted: { kind: 'pinned', fingerprints256: [key.certificate.fingerprint256] },
      at: NOW,
      place: 'root',
      accepted: strongSignatures,
      check: bothChecks,
    });
    expect(ours.kind === 'valid').toBe(outcome === 'valid');
    if (ours.kind === 'valid') expect(acceptedByXmlsec(message)).toBe(true);
  });

  it('takes some of them for signed that we refuse: a sound signature says nothing about what is read', () => {
    const fooled = wrappingCases.filter(
      ({ outcome, make }) => outcome === 'refused' && acceptedByXmlsec(make(made)),
    );
    expect(fooled.length).toBeGreaterThan(0);
  });
});
