/** Holds our definitions and our checker against the schemas ISO 20022 published, with xmllint (libxml2) as the judge. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageDefinition } from '../../src/iso20022/definition.ts';
import { camt05200102WithBookingSystemDate } from '../../src/iso20022/messages/camt.052.001.02-booking-system-date.ts';
import { supportedMessages } from '../../src/iso20022/messages/registry.ts';
import { checked, definitionOf, placesOf } from '../iso20022/support/checked.ts';
import { generated } from '../iso20022/support/document-generator.ts';
import { mutants } from '../iso20022/support/document-mutator.ts';
import { pathsIn, treeOf, written } from '../iso20022/support/document-tree.ts';
import { Random } from '../iso20022/support/random.ts';
import { samplesOf } from '../iso20022/support/samples.ts';
import { schemaOf, verdicts, whyNotHere } from '../iso20022/support/xmllint.ts';

const reason = whyNotHere();

describe.skipIf(reason !== undefined)(
  `verdicts equal those of xmllint${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'goniec-schema-'));
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    test('on every sample of a message we define', () => {
      const samples = samplesOf(supportedMessages);
      expect(samples.length).toBeGreaterThan(15);
      for (const message of supportedMessages) {
        const own = samples.filter((sample) => sample.message === message);
        const documents = own.map((sample) => sample.document);
        expect(ours(message, documents)).toEqual(verdicts(schemaOf(message), documents, folder));
      }
    });

    test.each(supportedMessages)(
      '%s: generated documents are valid and together reach every place',
      (message) => {
        const definition = definitionOf(message);
        const random = new Random(1);
        const turns = new Map<string, number>();
        const full = Array.from({ length: 24 }, () =>
          generated(definition, { optional: 100, turns }, random),
        );
        const partial = Array.from({ length: 60 }, () =>
          generated(definition, { optional: random.below(70) }, random),
        );
        const trees = [...full, ...partial];
        const documents = trees.map((tree) => written(tree, definition.namespace));
        expect(ours(message, documents)).toEqual(documents.map(() => true));
        expect(verdicts(schemaOf(message), documents, folder)).toEqual(documents.map(() => true));
        expect(pathsIn(trees)).toEqual(new Set(placesOf(definition)));
      },
    );

    test.each(supportedMessages)('%s: 400 mutants of generated documents', (message) => {
      compare(message, schemaOf(message), definitionOf(message), mutants(definitionOf(message), 400, 2));
    });

    test.each(supportedMessages)('%s: mutants of the samples', (message) => {
      const trees = samplesOf([message]).map(({ document }) => treeOf(document).root);
      if (trees.length > 0)
        compare(
          message,
          schemaOf(message),
          definitionOf(message),
          mutants(definitionOf(message), 100, 3, trees),
        );
    });

    test('camt.052.001.02 as BNP Paribas extends it: 200 mutants', () => {
      const definition = camt05200102WithBookingSystemDate;
      const published = readFileSync(schemaOf('camt.052.001.02'), 'utf8');
      const after = /(<xs:complexType name="AccountReport11">[^]*?name="FrToDt"[^>]*>)/;
      const extended = published.replace(
        after,
        '$1<xs:element name="BookSysDt" type="ISODate" minOccurs="0"/>',
      );
      expect(extended).not.toBe(published);
      const schema = join(folder, 'extended.xsd');
      writeFileSync(schema, extended);
      const documents = mutants(definition, 200, 4);
      expect(documents.filter((document) => document.includes('<BookSysDt>')).length).toBeGreaterThan(50);
      compare('camt.052.001.02', schema, definition, documents);
    });

    test.each(supportedMessages)('%s: cut documents', (message) => {
      const definition = definitionOf(message);
      const whole = written(generated(definition, { optional: 20 }, new Random(5)), definition.namespace);
      const documents = Array.from({ length: 40 }, (_, part) =>
        whole.slice(0, Math.floor((whole.length * part) / 40)),
      );
      expect(ours(message, documents)).toEqual(documents.map(() => false));
      expect(verdicts(schemaOf(message), documents, folder)).toEqual(documents.map(() => false));
    });

    test('where libxml2 and XML Schema part, we follow XML Schema', () => {
      const definition = definitionOf('camt.060.001.05');
      const tree = generated(definition, { optional: 0 }, new Random(9));
      const base = written(tree, definition.namespace).replace(
        /<CreDtTm>[^<]*/,
        '<CreDtTm>2026-03-31T17:05:00',
      );
      const bent = [
        // White space around a date (part 2, section 4.3.6) and around a qualified name does not count.
        base.replace('<CreDtTm>', '<CreDtTm> '),
        base.replace('<MsgId>', '<MsgId xsi:type=" m:Max35Text ">'),
        // Between elements a CDATA section without text, or with white space only, is as good as nothing (part 1, section 3.4.4).
        base.replace('<GrpHdr>', '<GrpHdr><![CDATA[]]>'),
        base.replace('<GrpHdr>', '<GrpHdr><![CDATA[ ]]>'),
      ];
      expect(bent.filter((document) => document === base)).toEqual([]);
      expect(ours('camt.060.001.05', [base, ...bent])).toEqual([true, true, true, true, true]);
      expect(verdicts(schemaOf('camt.060.001.05'), [base, ...bent], folder)).toEqual([
        true,
        false,
        false,
        false,
        false,
      ]);
    });

    test('below a wildcard we refuse xsi:type with a built-in type, which XML Schema allows', () => {
      const definition = definitionOf('camt.060.001.05');
      const tree = generated(definition, { optional: 0 }, new Random(9));
      const typed = '<a xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:date">2026-03-31</a>';
      const data = `<SplmtryData><Envlp>${typed}</Envlp></SplmtryData></AcctRptgReq>`;
      const document = written(tree, definition.namespace).replace('</AcctRptgReq>', data);
      expect(ours('camt.060.001.05', [document])).toEqual([false]);
      expect(verdicts(schemaOf('camt.060.001.05'), [document], folder)).toEqual([true]);
    });

    function compare(
      message: string,
      schema: string,
      definition: MessageDefinition,
      documents: readonly string[],
    ): void {
      const comparable = documents.filter((document) => !hasDateWithBlanks(document));
      expect(comparable.length).toBeGreaterThan(documents.length * 0.97);
      const judged = verdicts(schema, comparable, folder);
      const different = comparable.filter(
        (document, index) => checked(document, definition).valid !== judged[index],
      );
      expect(different, message).toEqual([]);
      expect(judged.filter((valid) => valid).length).toBeGreaterThan(documents.length / 20);
      expect(judged.filter((valid) => !valid).length).toBeGreaterThan(documents.length / 5);
    }
  },
);

/**
 * libxml2 refuses white space around values of xs:date, xs:dateTime and xs:time in types derived from them, although their
 * whiteSpace facet is fixed to collapse (XML Schema 1.0 part 2, section 4.3.6). We follow XML Schema.
 */
function hasDateWithBlanks(document: string): boolean {
  return DATE_WITH_BLANKS.test(document);
}

const TEMPORAL = '(?:-?\\d{4,}-\\d\\d-\\d\\d|\\d\\d:\\d\\d:\\d\\d)[^<\\s]*';
const DATE_WITH_BLANKS = new RegExp(`>(?:\\s+${TEMPORAL}\\s*|${TEMPORAL}\\s+)<`);

function ours(message: string, documents: readonly (string | Uint8Array)[]): boolean[] {
  return documents.map((document) => checked(document, definitionOf(message)).valid);
}
