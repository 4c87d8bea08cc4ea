import { beforeEach, describe, expect, it } from 'vitest';
import { JournalFailure } from '../../src/journal/journal.ts';
import { doStep } from '../../src/outbound/work.ts';
import { bankTerms } from '../domain/sketches.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { dueSteps } from './support/due-steps.ts';
import { createOffice, type Office } from './support/office.ts';

const transfers = Array.from({ length: 70 }, (_, n) => ({ endToEndId: `E${n}`, amount: `${n + 1}.00` }));
const FILE = paymentFile({ messageId: 'M', blocks: [{ id: 'B', transfers }] });

let office: Office;
beforeEach(async () => {
  office = await createOffice(bankTerms({ rules: { transfersPerMessageMax: 2 } }));
});

/** Does the order's next step at the desk. */
async function step(id: string): Promise<number | undefined> {
  const next = dueSteps(office.context).find(({ due }) => due.step.by === 'desk');
  if (next === undefined) return undefined;
  return doStep(office.context, id, next.due.step, (failure) => failure instanceof JournalFailure);
}

function parts(id: string): string[] {
  return Array.from({ length: 35 }, (_, n) =>
    office.read(`/state/spool/${id}/part-${String(n + 1).padStart(3, '0')}.xml`),
  );
}

function preparedTogether(): number[] {
  return office.appended
    .map((records) => records.filter(({ event }) => event.type === 'submission-prepared').length)
    .filter((count) => count > 0);
}

describe('an order in many parts', () => {
  it('is prepared several parts to an append, each once, from the ranges its check found', async () => {
    const id = await office.claim('many.xml', FILE);
    await step(id);
    await step(id);
    await step(id);
    expect(preparedTogether()).toEqual([32, 3]);
    const order = office.context.book.get(id);
    expect(order?.submissions.map(({ phase }) => phase)).toEqual(Array(35).fill('prepared'));
    const found = parts(id).map((text) => [...text.matchAll(/<EndToEndId>(\w+)</g)].map(([, one]) => one));
    expect(found.flat()).toEqual(transfers.map(({ endToEndId }) => endToEndId));
    expect(found.every(({ length }) => length === 2)).toBe(true);
    expect(office.context.layouts.get(id)).toBeUndefined();
  });

  it('gets the same bytes after a restart, when the places of its pieces have to be found anew', async () => {
    const id = await office.claim('many.xml', FILE);
    await step(id);
    await step(id);
    await step(id);
    const before = parts(id);
    const again = await createOffice(bankTerms({ rules: { transfersPerMessageMax: 2 } }));
    office = again;
    const second = await office.claim('many.xml', FILE);
    await step(second);
    await step(second);
    office.context.layouts.forget(second);
    await step(second);
    const renamed = parts(second).map((text) => text.replaceAll(second.slice(0, 26), id));
    expect(renamed.map((text) => text.replace(/CreDtTm>[^<]*/g, ''))).toEqual(
      before.map((text) => text.replace(/CreDtTm>[^<]*/g, '')),
    );
  });

  it('keeps the parts that could be made when a later one could not, and meets that one as the first of the next step', async () => {
    const id = await office.claim('many.xml', FILE);
    await step(id);
    const { channel } = office.context.ports;
    let composed = 0;
    const failing: Office['context'] = {
      ...office.context,
      ports: {
        ...office.context.ports,
        channel: (bank) => ({
          ...channel(bank),
          compose: (message) => {
            composed += 1;
            if (message.messageId.endsWith('006')) throw new Error('no signature');
            return channel(bank).compose(message);
          },
        }),
      },
    };
    const next = dueSteps(failing).find(({ due }) => due.step.by === 'desk');
    if (next === undefined) throw new Error('nothing to do');
    await doStep(failing, id, next.due.step, () => true);
    expect(composed).toBe(8);
    expect(preparedTogether()).toEqual([7]);
    const then = dueSteps(failing).find(({ due }) => due.step.by === 'desk');
    expect(then?.due.step).toMatchObject({ do: 'prepare', part: 6 });
    if (then === undefined) throw new Error('nothing to do');
    await expect(doStep(failing, id, then.due.step, () => true)).rejects.toThrow('no signature');
  });
});
