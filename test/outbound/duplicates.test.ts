import { beforeEach, describe, expect, it } from 'vitest';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { answered, createOffice, type Office } from './support/office.ts';

const DAY_MS = 86_400_000;
const ONE = fileOf('M1', 'A1', '10.00');

function fileOf(messageId: string, endToEndId: string, amount: string): string {
  return paymentFile({ messageId, blocks: [{ id: 'B1', transfers: [{ endToEndId, amount }] }] });
}

let office: Office;
beforeEach(async () => {
  office = await createOffice();
  office.submits.push(answered('ACSC'));
  await office.claim('one.xml', ONE);
  await office.work();
});

/** All that the ERP was told of a file. */
function toldOf(stem: string): string {
  const names = office.inbox().filter((name) => name.includes(`_${stem}_`));
  return names.map((name) => office.read(`/erp/inbox/${name}`)).join('\n');
}

describe('the same bytes again', () => {
  it('are told what the first is told, also when their date has gone by since', async () => {
    await office.clock.advance(60 * DAY_MS);
    const id = await office.claim('again.xml', ONE);
    await office.work();
    expect((await office.order(id)).faults).toEqual([]);
    expect(toldOf('again')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(toldOf('again')).not.toContain('RJCT');
  });

  it('are refused when nothing of the first was paid', async () => {
    const bad = fileOf('M2', 'A2', '-1.00');
    await office.claim('bad.xml', bad);
    await office.claim('bad-again.xml', bad);
    await office.work();
    expect(toldOf('bad-again')).toContain('<GrpSts>RJCT</GrpSts>');
    expect(toldOf('bad-again')).toContain('<OrgnlMsgId>M2</OrgnlMsgId>');
  });
});

describe('a file with the MsgId of one that was paid', () => {
  it('is refused under its file name alone, or the ERP would take the paid one for refused', async () => {
    const id = await office.claim('bad.xml', fileOf('M1', 'A1', '-1.00'));
    await office.work();
    expect((await office.order(id)).faults.map(({ rule }) => rule)).toContain('rule.message-id-used');
    expect(toldOf('bad')).toContain('<GrpSts>RJCT</GrpSts>');
    expect(toldOf('bad')).toContain('File: bad.xml');
    expect(toldOf('bad')).not.toMatch(/>M1<|>A1</);
  });

  it('is told under its file name alone while it is held, and once a person has dropped it', async () => {
    const id = await office.claim('other.xml', fileOf('M1', 'A1', '11.00'));
    await office.work();
    expect(toldOf('other')).toContain('<GrpSts>PDNG</GrpSts>');
    await release(id, 'dropped');
    expect(toldOf('other')).toContain('<GrpSts>RJCT</GrpSts>');
    expect(toldOf('other')).toContain('Decided by Anna: exported twice');
    expect(toldOf('other').slice(toldOf('other').lastIndexOf('<?xml'))).not.toContain('Held by Goniec');
    expect(toldOf('other')).not.toMatch(/>M1<|>A1</);
  });

  it('is told so as well when it comes again', async () => {
    const other = fileOf('M1', 'A1', '11.00');
    const id = await office.claim('other.xml', other);
    await office.work();
    await office.claim('third.xml', other);
    await office.work();
    await release(id, 'dropped');
    expect(toldOf('third')).toContain('<GrpSts>RJCT</GrpSts>');
    expect(toldOf('third')).toContain('File: third.xml');
    expect(toldOf('third')).not.toMatch(/>M1<|>A1</);
  });

  it('is told under its own ids once a person has let it go', async () => {
    const id = await office.claim('other.xml', fileOf('M1', 'A2', '11.00'));
    await office.work();
    office.submits.push(answered('ACSC'));
    await release(id, 'resend');
    expect(toldOf('other')).toContain('<OrgnlMsgId>M1</OrgnlMsgId>');
    expect(toldOf('other')).toContain('<OrgnlEndToEndId>A2</OrgnlEndToEndId>');
  });
});

async function release(id: string, as: 'dropped' | 'resend'): Promise<void> {
  await office.context.book.record(id, {
    type: 'submission-released',
    part: 1,
    as,
    who: 'Anna',
    reason: 'exported twice',
    decision: 'D1',
  });
  await office.work();
}
