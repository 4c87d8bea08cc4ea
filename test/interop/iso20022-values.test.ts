/** Holds our types against the schemas ISO 20022 published, type by type, and value by value with xmllint (libxml2) as the judge. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageDefinition, SimpleType, TypeDefinition } from '../../src/iso20022/definition.ts';
import { supportedMessages } from '../../src/iso20022/messages/registry.ts';
import { schemaValue, valueProblem } from '../../src/iso20022/simple-value.ts';
import { definitionOf } from '../iso20022/support/checked.ts';
import { written } from '../iso20022/support/document-tree.ts';
import { LENGTHS, VALUES } from '../iso20022/support/edge-values.ts';
import { publishedTypes } from '../iso20022/support/published-types.ts';
import { Random } from '../iso20022/support/random.ts';
import { textOfLength } from '../iso20022/support/valid-value.ts';
import { schemaOf, verdicts, whyNotHere } from '../iso20022/support/xmllint.ts';

const reason = whyNotHere();

describe.skipIf(reason !== undefined)(
  `types and values are those of the published schemas${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'goniec-values-'));
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    test.each(supportedMessages)(
      '%s: our definition has the types of the published schema, one by one',
      (message) => {
        const published = publishedTypes(readFileSync(schemaOf(message)));
        const own = new Map(
          [...definitionOf(message).types].map(([name, type]) => [name, withoutRegExp(type)]),
        );
        expect(own).toEqual(published);
      },
    );

    test.each(supportedMessages)('%s: values at the edges of each simple type', (message) => {
      const definition = definitionOf(message);
      const earlier = supportedMessages.slice(0, supportedMessages.indexOf(message)).map(definitionOf);
      const cases = [...definition.types]
        // A type is the same in every message that has it, so it is tried in the first.
        .filter(([name]) => !earlier.some(({ types }) => types.has(name)))
        .flatMap(([name, type]) =>
          isSimple(type) ? edgeValues(type).map((value) => ({ name, type, value })) : [],
        );
      const comparable = cases.filter(({ type, value }) => !(isTemporal(type.kind) && /^\s|\s$/.test(value)));
      const found = comparable.map(
        ({ type, value }) => valueProblem(type, schemaValue(type, value)) === undefined,
      );
      const documents = comparable.map(({ name, value }) =>
        written({ name: `Probe-${name}`, attributes: [], children: [value] }, definition.namespace),
      );
      const judged = verdicts(probeSchema(definition, message), documents, folder);
      const different = comparable.filter((_, index) => found[index] !== judged[index]);
      expect(different.map(({ name, value }) => `${name}: ${value}`)).toEqual([]);
      expect(new Set(judged)).toEqual(new Set(cases.length > 0 ? [true, false] : []));
    });

    test('values of the built-in types that no message of ours uses yet', () => {
      const cases = (['gYear', 'gYearMonth', 'base64Binary'] as const).flatMap((kind) =>
        OTHER_VALUES[kind].map((value) => ({ kind, value, type: otherType(kind) })),
      );
      const schema = join(folder, 'other.xsd');
      const elements = ['gYear', 'gYearMonth', 'base64Binary'].map(
        (kind) => `<xs:element name="${kind}" type="xs:${kind}"/>`,
      );
      writeFileSync(
        schema,
        `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${elements.join('')}</xs:schema>`,
      );
      const documents = cases.map(({ kind, value }) => `<${kind}>${value}</${kind}>`);
      const found = cases.map(
        ({ type, value }) => valueProblem(type, schemaValue(type, value)) === undefined,
      );
      expect(found).toEqual(verdicts(schema, documents, folder));
      expect(new Set(found)).toEqual(new Set([true, false]));
    });

    /** A schema that takes in the published one and has an element for each simple type. */
    function probeSchema(definition: MessageDefinition, message: string): string {
      const probes = [...definition.types.keys()].map(
        (name) => `<xs:element name="Probe-${name}" type="${name}"/>`,
      );
      const file = join(folder, `probe-${message}.xsd`);
      const namespaces = `xmlns="${definition.namespace}" targetNamespace="${definition.namespace}"`;
      const include = `<xs:include schemaLocation="${schemaOf(message)}"/>`;
      writeFileSync(
        file,
        `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ${namespaces} elementFormDefault="qualified">${include}${probes.join('')}</xs:schema>`,
      );
      return file;
    }
  },
);

/** The pattern is compared as it is written; the values below show that it means the same. */
function withoutRegExp(type: TypeDefinition): TypeDefinition {
  if (type.kind !== 'text' || type.patternText === undefined) return type;
  const { kind, lengthMin, lengthMax, patternText } = type;
  return { kind, lengthMin, lengthMax, patternText };
}

/** Without blanks around years, and without a minus in base64, which libxml2 passes over although it is no digit of it. */
const OTHER_VALUES = {
  gYear: [
    '2026',
    '26',
    '0000',
    '-0044',
    '02026',
    '12026',
    '2026Z',
    '2026+14:00',
    '2026+14:01',
    '2026-01',
    '',
  ],
  gYearMonth: [
    '2026-01',
    '2026-13',
    '2026-00',
    '2026-1',
    '2026-12Z',
    '0000-01',
    '-0044-12',
    '2026',
    '2026-01-01',
  ],
  base64Binary: [
    '',
    'AA==',
    'AAA=',
    'AAAA',
    'AB==',
    'AAB=',
    'A',
    'AA',
    'A A A A',
    ' AAAA\n',
    'AA=A',
    '====',
    'AA = =',
  ],
};

function otherType(kind: 'gYear' | 'gYearMonth' | 'base64Binary'): SimpleType {
  return kind === 'base64Binary' ? { kind, lengthMin: 0, lengthMax: Infinity } : { kind };
}

function isTemporal(kind: SimpleType['kind']): boolean {
  return kind === 'date' || kind === 'dateTime' || kind === 'time';
}

function isSimple(type: TypeDefinition): type is SimpleType {
  return !('elements' in type) && type.kind !== 'content' && type.kind !== 'any';
}

function edgeValues(type: SimpleType): string[] {
  const random = new Random(6);
  const codes =
    type.kind === 'code' ? [...type.codes].flatMap((code) => [code, `${code} `, code.toLowerCase()]) : [];
  return [...VALUES, ...LENGTHS.map((length) => textOfLength(length, random)), ...codes];
}
