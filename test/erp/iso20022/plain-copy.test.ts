import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlanBuilder } from '../../../src/domain/split.ts';
import type { BlockFacts } from '../../../src/domain/payment.ts';
import type { PlannedSubmission } from '../../../src/domain/order-event.ts';
import { createIso20022Format } from '../../../src/erp/iso20022/iso20022-format.ts';
import { createWrapperDigest, type DigestProfile } from '../../../src/signature/wrapper-digest.ts';
import { bankTerms, ORDER_ID } from '../../domain/sketches.ts';
import { paymentFile, sourceOf } from './payment-file.ts';

const format = createIso20022Format();
const CREATED = new Date('2026-11-23T10:15:00Z');

/** In pieces so small that no transfer is ever whole in one, each is read tag by tag. */
const TAG_BY_TAG_BYTES = 61;

/** A transfer in a form of its own: some as plain as can be, each of the others with one thing that is not. */
const form = fc.constantFrom(
  (text: string) => text,
  (text: string) => text,
  (text: string) => text,
  (text: string) => text.replace('<EndToEndId>', '<InstrId>I</InstrId><EndToEndId>'),
  (text: string) => text.replace('Huta Szkła', 'Huta ]] Szkła'),
  (text: string) => text.replace('Huta Szkła', 'Huta > Szkła'),
  (text: string) => text.replace('Huta Szkła', 'Huta &amp; Szkła'),
  (text: string) => text.replace('Huta Szkła', 'Huta\nSzkła'),
  (text: string) => text.replace('Huta Szkła', 'Huta\r\nSzkła'),
  (text: string) => text.replace('Huta Szkła', '<![CDATA[Huta]]>'),
  (text: string) => text.replace('Huta Szkła', 'Huta<!-- c -->'),
  (text: string) => text.replace('Huta Szkła', '<?i?>Huta'),
  (text: string) => text.replace('Huta Szkła', '😀 €\tÄ'),
  (text: string) => text.replace('<Amt>', '<Amt >'),
  (text: string) => text.replace(/<PstlAdr>.*<\/PstlAdr>/, '<PstlAdr/>'),
  (text: string) => text.replace('</Amt>', '</Amt\n>'),
  (text: string) => text.replace(/Ccy="(...)"/, "Ccy='$1'"),
  (text: string) => text.replace(/Ccy="(...)"/, 'Ccy = "$1"'),
  (text: string) => text.replace(/Ccy="(...)"/, ' Ccy="$1"'),
  (text: string) => text.replace(/Ccy="P/, 'Ccy="&#80;'),
  (text: string) => text.replace('<Cdtr>', '<Cdtr xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">'),
  (text: string) => text.replace('<Cdtr>', '<Cdtr xmlns:x="urn:x">'),
  (text: string) => text.replace(/>\n +</g, '><'),
  (text: string) => text.replace(/\n/g, '\r\n'),
  (text: string) => text.replace(/<InstdAmt (.*?)<\/InstdAmt>/, '<EqvtAmt><Amt $1</Amt><CcyOfTrf>USD</CcyOfTrf></EqvtAmt>'),
); // prettier-ignore
const transfer = fc.record({
  form,
  endToEndId: fc.constantFrom('E1', 'E-żółć', 'E 3', 'a'.repeat(35)),
  amount: fc.constantFrom('1.00', '0.01', '20', '123456789.12', '9999999999999999.99', ' 7 '),
});
const file = fc.record({
  blocks: fc.array(fc.array(transfer, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
  prefix: fc.constantFrom('', '', '', 'ns0:'),
  transfersPerMessageMax: fc.integer({ min: 1, max: 12 }),
});

const PROFILES: readonly DigestProfile[] = [
  { digest: 'sha256', c14n: 'exclusive', context: 'standalone' },
  { digest: 'sha256', c14n: 'inclusive', context: 'standalone' },
  { digest: 'sha256', c14n: 'exclusive', context: 'document' },
  { digest: 'sha1', c14n: 'inclusive', context: 'document' },
];

async function planned(text: string, transfersPerMessageMax: number): Promise<PlannedSubmission[]> {
  const plan = new PlanBuilder();
  const terms = bankTerms({ rules: { transfersPerMessageMax } });
  let block: BlockFacts | undefined;
  const { faults } = await format.read(sourceOf(text), {
    group: () => undefined,
    block: (facts) => {
      block = facts;
    },
    transfer: (facts) => {
      if (block !== undefined) plan.add({ terms, operation: 'domestic', block, transfer: facts });
    },
    blockEnd: () => undefined,
  });
  expect(faults).toEqual([]);
  return plan.plan(ORDER_ID);
}

interface Cut {
  readonly text: string;
  readonly plainBytes: number;
  readonly digests: readonly string[];
}

/** The part, and its digests: taken with what is said of its pieces, or of all its bytes. */
async function cut(
  text: string,
  submission: PlannedSubmission,
  chunkBytes: number,
  believing: boolean,
): Promise<Cut> {
  const { document } = format.cut(sourceOf(text, chunkBytes), submission, CREATED, {
    initiatingPartyName: undefined,
  });
  const digests = PROFILES.map((profile) => createWrapperDigest(profile));
  const all = (write: (digest: (typeof digests)[number]) => object | undefined): void => {
    for (const digest of digests) expect(write(digest)).toBeUndefined();
  };
  all((digest) => digest.write(Buffer.from('<c:Order xmlns:c="urn:c">')));
  const parts: Buffer[] = [];
  const plain: [number, number][] = [];
  let plainBytes = 0;
  for await (const piece of document((from, to) => plain.push([from, to]))) {
    let at = 0;
    for (const [from, to] of plain) {
      all((digest) => digest.write(piece.subarray(at, from)));
      all((digest) =>
        believing ? digest.writePlain(piece.subarray(from, to)) : digest.write(piece.subarray(from, to)),
      );
      plainBytes += to - from;
      at = to;
    }
    plain.length = 0;
    all((digest) => digest.write(piece.subarray(at)));
    parts.push(Buffer.from(piece));
  }
  all((digest) => digest.write(Buffer.from('</c:Order>')));
  const ends = digests.map((digest) => digest.end());
  return {
    text: Buffer.concat(parts).toString(),
    plainBytes,
    digests: ends.map((end) =>
      end.kind === 'digest' ? Buffer.from(end.digest).toString('hex') : end.fault.rule,
    ),
  };
}

describe('transfers that are copied unread', () => {
  it('give the part, and what is said of it the digest, that reading each tag by tag gives', async () => {
    let plainBytes = 0;
    await fc.assert(
      fc.asyncProperty(file, async ({ blocks, prefix, transfersPerMessageMax }) => {
        const written = paymentFile({
          prefix,
          blocks: blocks.map((transfers, n) => ({ id: `P${n}`, transfers })),
        });
        const forms = blocks.flat();
        let next = 0;
        const text = written.replace(
          /<(?:ns0:)?CdtTrfTxInf>[^]*?<\/(?:ns0:)?CdtTrfTxInf>/g,
          (found) => forms[next++]?.form(found) ?? found,
        );
        for (const submission of await planned(text, transfersPerMessageMax)) {
          const unread = await cut(text, submission, 1 << 16, true);
          const read = await cut(text, submission, TAG_BY_TAG_BYTES, false);
          expect(unread.text).toBe(read.text);
          expect(unread.digests).toEqual(read.digests);
          expect(read.plainBytes).toBe(0);
          plainBytes += unread.plainBytes;
        }
      }),
      { numRuns: 40 },
    );
    expect(plainBytes).toBeGreaterThan(10_000);
  });

  it('are nearly all of an ordinary file', async () => {
    const transfers = Array.from({ length: 100 }, (_, n) => ({ endToEndId: `E${n}`, amount: `${n + 1}.50` }));
    const text = paymentFile({ blocks: [{ id: 'P', transfers }] });
    const [submission] = await planned(text, 100);
    if (submission === undefined) throw new Error('no plan');
    const { text: part, plainBytes } = await cut(text, submission, 1 << 20, true);
    expect(plainBytes / part.length).toBeGreaterThan(0.95);
  });

  it('are counted against the plan as those that are read', async () => {
    const transfers = Array.from({ length: 9 }, (_, n) => ({ endToEndId: `E${n}`, amount: `${n + 1}.50` }));
    const text = paymentFile({ blocks: [{ id: 'P', transfers }] });
    const [submission] = await planned(text, 9);
    if (submission === undefined) throw new Error('no plan');
    const last = text.lastIndexOf('9.50');
    for (const other of [
      `${text.slice(0, last)}9.51${text.slice(last + 4)}`,
      text.replace(/ *<CdtTrfTxInf>[^]*?<\/CdtTrfTxInf>\n/, ''),
    ])
      await expect(cut(other, submission, 1 << 16, true)).rejects.toThrow('has changed');
  });
});
