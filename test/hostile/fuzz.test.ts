// Random inputs, made to look almost right: whatever comes, there is an answer, soon, and no exception.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSubmissionAnswer } from '../../src/bank/cdc/submission-answer.ts';
import { UNTESTED_ANSWERS } from '../../src/bank/cdc/dialects/common.ts';
import { readYaml } from '../../src/config/yaml-source.ts';
import { createIso20022Format } from '../../src/erp/iso20022/iso20022-format.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';
import { paymentFile, sourceOf } from '../erp/iso20022/payment-file.ts';
import { canonicalize } from '../xml/canonicalize.ts';
import { OURS, SOUND } from './bank-answer-cases.ts';
import { almostXml, mutated } from './random-xml.ts';

/** More with FUZZ_RUNS=100000; a failure names its seed. */
const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) };
const EXCLUSIVE = { method: 'exclusive' } as const;
const FORMAT = createIso20022Format({ timeZone: 'Europe/Warsaw' });
const FILE = paymentFile({
  messageId: 'M1',
  blocks: [{ id: 'P1', transfers: [{ endToEndId: 'E1', amount: '1.00' }] }],
});
const SILENT = {
  group: () => undefined,
  block: () => undefined,
  transfer: () => undefined,
  blockEnd: () => undefined,
};

function fault(bytes: Uint8Array, pieceBytes: number): string | undefined {
  const reader = new XmlReader({});
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  return reader.end()?.rule;
}

describe('random input', () => {
  it('has one verdict of the reader, in pieces of any size', () => {
    fc.assert(
      fc.property(almostXml, fc.integer({ min: 1, max: 9 }), (bytes, pieceBytes) => {
        expect(fault(bytes, pieceBytes)).toBe(fault(bytes, bytes.length + 1));
      }),
      RUNS,
    );
  });

  it('is canonicalized to what is canonicalized to itself, or refused', () => {
    fc.assert(
      fc.property(almostXml, (bytes) => {
        if (fault(bytes, bytes.length + 1) !== undefined) return;
        const once = canonicalize(bytes, EXCLUSIVE);
        if (typeof once === 'string') expect(canonicalize(once, EXCLUSIVE)).toBe(once);
      }),
      RUNS,
    );
  });

  it('in place of a payment file is read to its end and has faults with a place, or none', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(FILE), async (bytes) => {
        const verdict = await FORMAT.read(sourceOf(bytes), SILENT);
        expect(verdict.faultCount).toBeGreaterThanOrEqual(verdict.faults.length);
        for (const { line, column, message } of verdict.faults) {
          expect(Math.min(line, column)).toBeGreaterThan(0);
          expect(message).not.toBe('');
        }
      }),
      RUNS,
    );
  });

  it('in place of an answer proves something only where it names our message', () => {
    fc.assert(
      fc.property(mutated(SOUND), (bytes) => {
        const { kind } = readSubmissionAnswer(200, bytes, OURS, UNTESTED_ANSWERS);
        if (kind !== 'lost') expect([kind, Buffer.from(bytes).includes(OURS)]).toEqual(['answered', true]);
      }),
      RUNS,
    );
  });

  it('in place of a configuration is content or problems', () => {
    const word = fc.constantFrom('a', ': ', '- ', '[', ']', '{', '}', '&a ', '*a', '!t ', '? ', '"', "'", '|\n', '\n', '  ', '\t', '#', ', ', '---\n', '%YAML 1.2\n', '<<: ', '\0', 'é'); // prettier-ignore
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const { content, problems } = readYaml(words.join(''));
        if (content === undefined) expect(problems).not.toEqual([]);
        for (const { line, message } of problems)
          expect([line > 0, message.length > 0]).toEqual([true, true]);
      }),
      RUNS,
    );
  });
});
