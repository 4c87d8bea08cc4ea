import { beforeEach, describe, expect, it } from 'vitest';
import { bankTerms, decimal, OTHER_BANK } from '../domain/sketches.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { createOffice, type Office } from './support/office.ts';

const LIST = '/etc/goniec/creditors.txt';
const PLN_50 = { amount: decimal('50'), currency: 'PLN' };

const fileOf = (messageId: string, amount: string): string =>
  paymentFile({ messageId, blocks: [{ id: 'B1', transfers: [{ endToEndId: 'A1', amount }] }] });

let office: Office;
beforeEach(async () => {
  office = await createOffice(bankTerms(), {
    holdRules: { transferAbove: [PLN_50], fileAbove: [], creditorsNotIn: LIST },
  });
});

async function holdOf(
  content: string,
  name = 'one.xml',
): Promise<{ code: string; evidence: string } | undefined> {
  const id = await office.claim(name, content);
  await office.work();
  return (await office.order(id)).submissions[0]?.hold;
}

describe('what the company wants a person to see', () => {
  it('goes by itself when it keeps every rule', async () => {
    office.disk.put(LIST, Buffer.from(`${OTHER_BANK}\n`));
    expect(await holdOf(fileOf('M1', '50.00'))).toBeUndefined();
  });

  it('is held before anything is sent, with the rule that it met', async () => {
    office.disk.put(LIST, Buffer.from(`${OTHER_BANK}\n`));
    expect(await holdOf(fileOf('M1', '50.01'))).toMatchObject({
      code: 'needs-approval',
      evidence: expect.stringContaining('50.01 PLN, more than 50 PLN') as string,
    });
    expect(office.log.map(({ event }) => event)).not.toContain('submission.started');
  });

  it('goes as it was planned once a person has let it go', async () => {
    office.disk.put(LIST, Buffer.from(`${OTHER_BANK}\n`));
    const id = await office.claim('one.xml', fileOf('M1', '50.01'));
    await office.work();
    await office.context.book.record(id, {
      type: 'submission-released',
      part: 1,
      as: 'resend',
      who: 'Anna',
      reason: 'called the supplier',
      decision: 'D1',
    });
    await office.work();
    expect(office.log.map(({ event }) => event)).toContain('submission.started');
  });

  it('is everything while the list of creditors is missing or wrong, with the line that is wrong', async () => {
    expect((await holdOf(fileOf('M1', '1.00')))?.evidence).toContain(`The list ${LIST} can not be read`);
    office.disk.put(LIST, Buffer.from(`${OTHER_BANK}\n???\n`));
    expect((await holdOf(fileOf('M2', '2.00'), 'two.xml'))?.evidence).toContain('is wrong in line 2');
    office.disk.put(LIST, Uint8Array.of(0xff, 0xfe));
    expect((await holdOf(fileOf('M3', '3.00'), 'three.xml'))?.evidence).toContain('is not UTF-8');
  });

  it('is said as well of a file that is held as a repeat, so that nobody lets it go without knowing', async () => {
    office.disk.put(LIST, Buffer.from(`${OTHER_BANK}\n`));
    await holdOf(fileOf('M1', '1.00'));
    const hold = await holdOf(fileOf('M1', '70.00'), 'two.xml');
    expect(hold?.code).toBe('same-message-id');
    expect(hold?.evidence).toContain('Also: transferAbove: ');
  });
});
