// Thousands of payment messages and statements, written in all the ways that XML allows and some that it does not: verdict,
// canonical bytes and digests are those of libxml2 and xmlsec1. Many documents to a process; skipped where they are missing.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { camt05300102 } from '../../src/iso20022/messages/camt.053.001.02.ts';
import { pain00100103 } from '../../src/iso20022/messages/pain.001.001.03.ts';
import { generated } from '../iso20022/support/document-generator.ts';
import { Random } from '../iso20022/support/random.ts';
import { canonicalize } from '../xml/canonicalize.ts';
import { writtenOtherwise } from './support/written-otherwise.ts';

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

/** One after each document, so that the outputs of one process can be told apart. */
const SEPARATOR = '<separator></separator>';
const BATCH = 250;

const FRAGMENTS = [
  '<',
  '>',
  '/',
  '&',
  ';',
  ':',
  '=',
  '"',
  '--',
  ']]>',
  '\u0001',
  '<a>',
  '</a>',
  '<x:a/>',
  '<!',
  ' ',
];
const NO_UTF8 = [
  [0xff],
  [0xc5],
  [0x80],
  [0xc0, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xef, 0xbf, 0xbf],
];

function documentsOf(count: number, seed: number): Buffer[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const definition = random.pick([pain00100103, camt05300102]);
    const tree = generated(definition, { optional: random.pick([0, 0, 10, 20]) }, random);
    const document = Buffer.from(writtenOtherwise(tree, definition.namespace, random));
    return random.percent(25) ? damaged(document, random) : document;
  });
}

/** Behind the XML declaration, in which libxml2 is lax. */
function damaged(document: Buffer, random: Random): Buffer {
  const at = random.between(60, document.length - 1);
  const put = random.percent(30)
    ? Uint8Array.from(random.pick(NO_UTF8))
    : Buffer.from(random.pick(FRAGMENTS));
  return Buffer.concat([document.subarray(0, at), put, document.subarray(at + random.pick([0, 0, 1, 4]))]);
}

describe.skipIf(!has('xmllint'))(
  'documents written otherwise (skipped where xmllint is not installed)',
  () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'goniec-mutants-'));
      writeFileSync(join(folder, 'separator.xml'), SEPARATOR);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    /** The canonical form of each, or undefined where libxml2 refuses it, or 'other' where it goes by a rule that is not XML's. */
    function byXmllint(documents: readonly Buffer[], option: string): (string | undefined)[] {
      const names = documents.map((_, number) => `${number}.xml`);
      names.forEach((name, number) => writeFileSync(join(folder, name), documents[number] ?? ''));
      const { stdout, stderr } = spawnSync(
        'xmllint',
        ['--nonet', option, ...names.flatMap((name) => [name, 'separator.xml'])],
        { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 },
      );
      const forms = stdout.split(SEPARATOR);
      expect(forms.length).toBe(documents.length + 1);
      const said = stderr.split('\n');
      return names.map((name, number) => {
        const about = said.filter((line) => line.startsWith(`${name}:`));
        // It wants namespace names to be URIs; XML does not.
        if (about.some((line) => /is not a valid URI|xmlns: URI|is not absolute/.test(line))) return 'other';
        const refused = about.some((line) => /(?:parser|namespace|I\/O) error/.test(line));
        return refused ? undefined : forms[number];
      });
    }

    it.each([
      ['exclusive', '--exc-c14n'],
      ['inclusive', '--c14n'],
      ['inclusive-1.1', '--c14n11'],
    ] as const)('have the verdict and the canonical form of libxml2: %s', (method, option) => {
      let [refused, compared] = [0, 0];
      for (let batch = 0; batch < 5; batch++) {
        const documents = documentsOf(BATCH, 100 + batch);
        byXmllint(documents, option).forEach((theirs, number) => {
          if (theirs === 'other') return;
          const document = documents[number] ?? Buffer.alloc(0);
          const own = canonicalize(document, { method, comments: true }, number % 3 === 0 ? 100 : 1 << 20);
          const shown = document.toString('latin1');
          expect([shown, typeof own === 'string' ? own : undefined]).toEqual([shown, theirs]);
          if (theirs === undefined) refused++;
          else compared++;
        });
      }
      expect(compared).toBeGreaterThan(900);
      expect(refused).toBeGreaterThan(100);
    });

    describe.skipIf(!has('xmlsec1'))('in parts (skipped where xmlsec1 is not installed)', () => {
      it.each([
        ['exclusive', 'http://www.w3.org/2001/10/xml-exc-c14n#', undefined],
        ['exclusive', 'http://www.w3.org/2001/10/xml-exc-c14n#', ['p', '#default']],
        ['inclusive', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315', undefined],
        ['inclusive-1.1', 'http://www.w3.org/2006/12/xml-c14n11', undefined],
      ] as const)('have the digests of xmlsec1: %s, %s, %s', (method, uri, inclusivePrefixes) => {
        let compared = 0;
        for (let seed = 0; seed < 30; seed++) {
          const random = new Random(500 + seed);
          let ids = 0;
          const mark = (depth: number): string =>
            [
              depth > 1 && depth < 9 && ids < 60 && random.percent(25) ? `Id="i${ids++}"` : '',
              random.percent(8) ? `xml:base="${random.pick(BASES)}"` : '',
              random.percent(3) ? `xml:id="x${depth}-${random.below(1 << 30)}"` : '',
            ]
              .filter((one) => one !== '')
              .join(' ');
          const tree = generated(pain00100103, { optional: 10 }, random);
          const document = writtenOtherwise(tree, pain00100103.namespace, random, mark);
          const list =
            inclusivePrefixes === undefined
              ? ''
              : `<InclusiveNamespaces xmlns="${uri}" PrefixList="${inclusivePrefixes.join(' ')}"/>`;
          const references = Array.from(
            { length: ids },
            (_, id) =>
              `<Reference URI="#i${id}"><Transforms><Transform Algorithm="${uri}">${list}</Transform></Transforms>` +
              '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference>',
          ).join('');
          const digests = byXmlsec(document, references);
          expect(digests.length).toBe(ids);
          digests.forEach((theirs, id) => {
            const own = canonicalize(document, {
              method,
              ...(inclusivePrefixes === undefined ? {} : { inclusivePrefixes }),
              apex: ({ attributes }) =>
                attributes.some(({ name, value }) => name.local === 'Id' && value === `i${id}`),
            });
            const shown = [document, typeof own === 'string' ? own : own.message];
            expect([...shown, typeof own === 'string' ? sha256(own) : '']).toEqual([...shown, theirs]);
            compared++;
          });
        }
        expect(compared).toBeGreaterThan(200);
      });

      /** Signs the parts of a document under a secret; all that matters are the digests. */
      function byXmlsec(document: string, references: string): string[] {
        const signature =
          '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>' +
          '<CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>' +
          '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/>' +
          `${references}</SignedInfo><SignatureValue/><KeyInfo/></Signature>`;
        const end = document.lastIndexOf('</');
        writeFileSync(join(folder, 'template.xml'), document.slice(0, end) + signature + document.slice(end));
        writeFileSync(join(folder, 'secret'), 'a secret of no use to anybody...');
        const ids = ['CstmrCdtTrfInitn', ...NAMES].flatMap((name) => [
          '--id-attr:Id',
          `${pain00100103.namespace}:${name}`,
        ]);
        const { stdout, stderr, status } = spawnSync(
          'xmlsec1',
          ['--sign', '--hmackey', 'secret', ...ids, 'template.xml'],
          { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 },
        );
        expect([status, stderr]).toEqual([0, '']);
        return [...stdout.matchAll(/<DigestValue>([^<]*)<\/DigestValue>/g)].map(([, value = '']) =>
          value.trim(),
        );
      }
    });
  },
);

const BASES = [
  'http://a.example/b/c',
  'http://b.example/x/y/',
  'd/',
  'd/i',
  '../e',
  './',
  '../../f/g',
  '/h',
  'j/../k',
];

/** Of the elements that may carry an Id. */
const NAMES = [...pain00100103.types.values()].flatMap((type) =>
  'elements' in type ? type.elements.map(({ name }) => name) : [],
);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
