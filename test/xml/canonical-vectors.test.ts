/** The canonicalizer against the vectors of Apache Santuario, where they lie beside this repository. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CanonicalizerOptions } from '../../src/xml/canonicalizer.ts';
import { readEncodedXml } from '../../src/xml/decode.ts';
import type { XmlStart } from '../../src/xml/xml-reader.ts';
import { canonicalize } from './canonicalize.ts';

const shared = process.env.GONIEC_SHARED ?? join(import.meta.dirname, '../../../shared');
const folder = join(shared, 'samples/c14n-vectors');
const named = (local: string) => (start: XmlStart) => start.name.local === local;
const inclusive: CanonicalizerOptions = { method: 'inclusive' };
const exclusive: CanonicalizerOptions = { method: 'exclusive' };

const VECTORS: readonly (readonly [input: string, expected: string, options: CanonicalizerOptions])[] = [
  ['exclusive/example2_2_1', 'exclusive/example2_2_1_c14nized', { ...inclusive, apex: named('elem2') }],
  ['exclusive/example2_2_2', 'exclusive/example2_2_2_c14nized', { ...inclusive, apex: named('elem2') }],
  [
    'exclusive/example2_2_1',
    'exclusive/example2_2_c14nized_exclusive',
    { ...exclusive, apex: named('elem2') },
  ],
  [
    'exclusive/example2_2_2',
    'exclusive/example2_2_c14nized_exclusive',
    { ...exclusive, apex: named('elem2') },
  ],
  ['exclusive/example2_2_3', 'exclusive/example2_2_3_c14nized_exclusive', { ...exclusive, apex: named('p') }],
  ['exclusive/example2_4', 'exclusive/example2_4_c14nized', { ...exclusive, apex: named('elem2') }],
  ['exclusive/plain-soap-1.1', 'exclusive/plain-soap-c14nized', { ...exclusive, apex: named('Body') }],
  ['inclusive/32_input', 'inclusive/32_c14n', inclusive],
  ['inclusive/foo', 'inclusive/31_c14n', inclusive],
  [
    'inclusive/default_ns_redefinition_input',
    'inclusive/default_ns_redefinition_c14n',
    { ...inclusive, apex: named('Object') },
  ],
  // Already canonical, so it must come out as it is.
  ['inclusive/testTranslationFromUTF16toUTF8', 'inclusive/testTranslationFromUTF16toUTF8', inclusive],
  ['inclusive/31_c14n-comments', 'inclusive/31_c14n-comments', { ...inclusive, comments: true }],
];

/** They need a DTD: for default attributes, ID types or entities. The subsets of 37 and 38 are XPath filters besides. */
const WITH_DOCTYPE = [
  '31_input',
  '33_input',
  '34_input',
  '34_input_validatingParser',
  '35_input',
  '37_input',
  '38_input',
];

describe.skipIf(!existsSync(folder))(
  'Canonicalizer on the vectors of Santuario (skipped where ../shared is missing)',
  () => {
    const read = (name: string) => readFileSync(join(folder, `${name}.xml`));

    it.each(VECTORS)('%s gives %s', (input, expected, options) => {
      expect(canonicalize(read(input), options)).toBe(read(expected).toString('utf8'));
    });

    it('36_input is ISO-8859-1 and gives 36_c14n once it is decoded', async () => {
      let text = '';
      const fault = await readEncodedXml([read('inclusive/36_input')], {
        text: (bytes, from, to) => (text += Buffer.from(bytes.slice(from, to)).toString('utf8')),
      });
      expect(fault).toBeUndefined();
      expect(`<doc>${text}</doc>`).toBe(read('inclusive/36_c14n').toString('utf8'));
    });

    it('relative-ns-behaviour has no canonical form', () => {
      expect(canonicalize(read('inclusive/relative-ns-behaviour'), inclusive)).toMatchObject({
        rule: 'xml.c14n.relative-namespace',
      });
    });

    it.each(WITH_DOCTYPE)('%s is refused for its DOCTYPE', (input) => {
      expect(canonicalize(read(`inclusive/${input}`), inclusive)).toMatchObject({ rule: 'xml.dtd' });
    });
  },
);
