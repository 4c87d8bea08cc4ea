/** The canonicalizer and the reader's verdict against libxml2, on random documents; skipped where xmllint is missing. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalize } from '../xml/canonicalize.ts';
import { recordEvents } from '../xml/record-events.ts';

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

/** A namespace name stays as it is spelled here: libxml2 does not unescape `&amp;` in it, and wants it to be a URI. */
const namespace = fc.constantFrom('urn:a', 'urn:b', 'http://c.example/');
const prefix = fc.constantFrom('', 'p', 'q', 'r');
const local = fc.constantFrom('a', 'b', 'Ntry', 'ż', 'é1', '\uf900', '\u{10000}');
const text = fc.constantFrom(
  'x',
  ' ',
  '\n',
  '\r\n',
  '\t',
  'zażółć',
  '😀',
  '&amp;',
  '&lt;',
  '&gt;',
  '>',
  "'",
  '"',
  '&#13;',
  '&#10;',
  '&#9;',
  '&#x20;',
  '&#x1F600;',
  ']] ',
  '<![CDATA[<&]]]>',
  '<![CDATA[]]>',
  '<!-- c -->',
  '<?i d ?>',
  '<?j?>',
);
const value = fc.constantFrom(
  '',
  'x',
  ' y ',
  '\n',
  '\t',
  '\r\n',
  'ż',
  '&amp;',
  '&lt;',
  '&gt;',
  '>',
  '&apos;',
  '&quot;',
  '&#13;',
  '&#10;',
  '&#9;',
);
const declaration = fc.record({ prefix, namespace: fc.oneof(namespace, fc.constant('')) });
const attribute = fc.record({ prefix: fc.oneof(prefix, fc.constant('xml')), local, value });

interface Element {
  readonly prefix: string;
  readonly local: string;
  readonly declarations: readonly { readonly prefix: string; readonly namespace: string }[];
  readonly attributes: readonly { readonly prefix: string; readonly local: string; readonly value: string }[];
  readonly children: readonly (string | Element)[];
}

const { element } = fc.letrec<{ element: Element; child: string | Element }>((tie) => ({
  element: fc.record({
    prefix,
    local,
    declarations: fc.uniqueArray(declaration, { maxLength: 3, selector: (one) => one.prefix }),
    attributes: fc.uniqueArray(attribute, { maxLength: 4, selector: (one) => one.local }),
    children: fc.array(tie('child'), { maxLength: 5 }),
  }),
  child: fc.oneof({ depthSize: 'small' }, text, tie('element')),
}));

/** Prefixes that are not declared are left out, so that nearly every document has namespaces that hold. */
function write(node: Element, scope: ReadonlySet<string>): string {
  const declared = node.declarations.filter((one) => one.prefix === '' || one.namespace !== '');
  const known = new Set([...scope, ...declared.map((one) => one.prefix)]);
  const name = (own: string, rest: string) => (own !== '' && known.has(own) ? `${own}:${rest}` : rest);
  const tag = name(node.prefix, node.local);
  const parts = [
    ...declared.map((one) => `xmlns${one.prefix === '' ? '' : ':'}${one.prefix}="${one.namespace}"`),
    ...node.attributes.map((one) => `${name(one.prefix, one.local)}="${one.value}"`),
  ];
  const inside = node.children
    .map((child) => (typeof child === 'string' ? child : write(child, known)))
    .join('');
  const open = [tag, ...parts].join('\n ');
  return inside === '' ? `<${open}/>` : `<${open}>${inside}</${tag} >`;
}

const document = fc
  .tuple(
    fc.constantFrom('', '<?xml version="1.0"?>\n', '<!-- 1 -->', '<?i d?>\n<!--2-->'),
    element,
    fc.constantFrom('', '\n', '<!-- 3 -->\n<?j?>'),
  )
  .map(([before, root, after]) => before + write(root, new Set(['xml'])) + after);

describe.skipIf(!hasXmllint)('against xmllint (skipped where it is not installed)', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'goniec-c14n-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const xmllint = (content: string | Uint8Array, option: string) => {
    const file = join(folder, 'document.xml');
    writeFileSync(file, content);
    return spawnSync('xmllint', ['--nonet', option, file], { encoding: 'utf8' });
  };

  it.each([
    ['exclusive', '--exc-c14n'],
    ['inclusive', '--c14n'],
  ] as const)('the canonical form is byte for byte that of libxml2: %s', (method, option) => {
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 40 }), (content, chunkBytes) => {
        const peer = xmllint(content, option);
        const own = canonicalize(content, { method, comments: true }, chunkBytes);
        expect(own).toBe(peer.stdout);
      }),
      { numRuns: 1000 },
    );
  });

  it('what libxml2 calls well-formed and what we do is the same, document by damaged document', () => {
    const damaged = fc
      .tuple(
        document,
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.oneof(
          text,
          value,
          fc.constantFrom(
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
            '<p:a/>',
            '<!',
          ),
          // Bytes that are not UTF-8: stray, cut short, overlong, a surrogate, beyond the last code point.
          fc.constantFrom([0xff], [0xc5], [0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]),
        ),
      )
      .map(([text, at, cut, put]) => {
        const sound = Buffer.from(text);
        const from = at % (sound.length + 1);
        const damage = typeof put === 'string' ? Buffer.from(put) : Uint8Array.from(put);
        return Buffer.concat([sound.subarray(0, from), damage, sound.subarray(from + cut)]);
      });
    fc.assert(
      fc.property(damaged, (content) => {
        const { stderr } = xmllint(content, '--noout');
        // Two rules of ours are not libxml2's: it wants namespace names to be URIs, and is lax in the XML declaration.
        fc.pre(
          !stderr.includes('is not a valid URI') &&
            !stderr.includes('xmlns: URI') &&
            !content.toString('latin1').startsWith('<?xml'),
        );
        const refused = stderr.split('\n').some((line) => /(?:parser|namespace|I\/O) error/.test(line));
        const shown = content.toString('latin1');
        expect([shown, recordEvents(content).fault?.rule !== undefined]).toEqual([shown, refused]);
      }),
      { numRuns: 1500 },
    );
  });
});
