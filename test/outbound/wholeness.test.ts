// When a list of lines in the outbox is taken over: it looks whole at every line end.

import { describe, expect, it } from 'vitest';
import type { ElixirOForm } from '../../src/domain/erp-formats.ts';
import { OutboxScanner } from '../../src/outbound/claim.ts';
import { elixirFile } from '../erp/elixir-o/elixir-o-file.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { bankTerms } from '../domain/sketches.ts';
import { createOffice, type Office } from './support/office.ts';

const LIST = Buffer.from(elixirFile({}, { 16: '"REF2"' }));
const HALF = LIST.subarray(0, LIST.indexOf('\n') + 1);
const PATH = '/erp/outbox/list.pli';

describe('A list where done-files are asked for', () => {
  it('waits for its done-file, and is told of once when that does not come', async () => {
    const { office, looks } = await officeWith('done-file');
    office.disk.put(PATH, HALF);
    await looks(40);
    expect(claimed(office)).toEqual([]);
    const told = office.log.filter(({ event }) => event === 'outbox.incomplete');
    expect(told).toHaveLength(1);
    expect(told[0]?.fields).toMatchObject({ file: 'list.pli' });
    expect(JSON.stringify(told[0]?.fields)).toContain('list.pli.done');
    office.disk.put(PATH, LIST);
    await looks(5);
    expect(claimed(office)).toEqual([]);
    office.disk.put(`${PATH}.done`, new Uint8Array());
    await looks(5);
    expect(claimed(office)).toEqual(['list.pli']);
    expect(office.disk.content(`${PATH}.done`)).toBeUndefined();
  });

  it('is not taken by a done-file that is older than it', async () => {
    const { office, looks } = await officeWith('done-file');
    office.disk.put(`${PATH}.done`, new Uint8Array());
    await looks(2);
    office.disk.put(PATH, HALF);
    await looks(5);
    expect(claimed(office)).toEqual([]);
    expect(office.disk.content(PATH)).toBeDefined();
  });

  it('keeps nobody from sending XML without one', async () => {
    const { office, looks } = await officeWith('done-file');
    office.disk.put('/erp/outbox/a.xml', Buffer.from(XML));
    await looks(5);
    expect(claimed(office)).toEqual(['a.xml']);
  });

  it('loses its done-file also when a crash came between the move and the record', async () => {
    const { office, looks } = await officeWith('done-file');
    office.disk.put(PATH, LIST);
    office.disk.put(`${PATH}.done`, new Uint8Array());
    const { files } = office.context.ports;
    const dying = {
      ...files,
      remove: async (path: string) => {
        throw new Error(`the power went before ${path} was removed`);
      },
    };
    await expect(looks(5, { files: dying })).rejects.toThrow('the power went');
    expect(claimed(office)).toEqual([]);
    await looks(3);
    expect(claimed(office)).toEqual(['list.pli']);
    expect(office.disk.content(`${PATH}.done`)).toBeUndefined();
  });

  it('goes back when it turns out to be another one than was looked at', async () => {
    const { office, looks } = await officeWith('done-file');
    office.disk.put(PATH, LIST);
    office.disk.put(`${PATH}.done`, new Uint8Array());
    const { files } = office.context.ports;
    let replaced = false;
    const late = {
      ...files,
      move: async (from: string, to: string) => {
        if (!replaced) office.disk.put(PATH, HALF);
        replaced = true;
        await files.move(from, to);
      },
    };
    await looks(5, { files: late });
    expect(claimed(office)).toEqual([]);
    expect(office.disk.content(PATH)).toEqual(HALF);
  });
});

describe('A list that the ERP renames into place', () => {
  it('is taken when it stands still and ends with a line', async () => {
    const { office, looks } = await officeWith('rename');
    office.disk.put('/erp/outbox/cut.pli', LIST.subarray(0, LIST.length - 3));
    office.disk.put('/erp/outbox/reserved.pli', Buffer.concat([LIST, Buffer.alloc(5_000)]));
    office.disk.put(PATH, LIST);
    office.disk.put(`${PATH}.done`, Buffer.from('not asked for'));
    await looks(5);
    expect(claimed(office)).toEqual(['list.pli']);
    await looks(40);
    expect(office.log.filter(({ event }) => event === 'outbox.incomplete')).toHaveLength(3);
  });
});

const XML = paymentFile({ blocks: [{ id: 'B1', transfers: [{ endToEndId: 'A1', amount: '10.00' }] }] });

function claimed(office: Office): string[] {
  return office.context.book
    .all()
    .map(({ fileName }) => fileName)
    .sort();
}

type Ports = Office['context']['ports'];

async function officeWith(complete: ElixirOForm['complete']) {
  const office = await createOffice(bankTerms(), {
    forms: {
      elixirO: { encoding: 'utf-8', complete, splitPayment: 'refused', language: 'en' },
    },
  });
  office.disk.put(`/erp/outbox/.working/${office.context.ports.journal.id}/.keep`, new Uint8Array());
  const [company] = office.context.ports.companies;
  if (company === undefined) throw new Error('There is no company.');
  const looks = async (count: number, changed: Partial<Ports> = {}): Promise<void> => {
    const context = { ...office.context, ports: { ...office.context.ports, ...changed } };
    const scanner = new OutboxScanner(context, company);
    for (let look = 0; look < count; look++) {
      await scanner.scan();
      await office.clock.advance(2_000);
    }
  };
  return { office, looks };
}
