// Taking files over from a disk that moves a file and then says that it failed.

import { expect, it } from 'vitest';
import { ulid } from '../../src/domain/identifiers.ts';
import { FileFailure } from '../../src/files/file-store.ts';
import { OutboxScanner } from '../../src/outbound/claim.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { createEffects, systemError, type Effects } from '../files/simulated-effects.ts';
import { createOffice, type Office } from './support/office.ts';

const NAMES = ['one', 'two', 'three'];

it('of files that were announced together none passes for a restored one, although each move failed', async () => {
  const office = await officeWithFiles();
  await lookUntilStill(office, scannerWith(office, {}));
  const claimed = office.context.book.all();
  expect(claimed.map(({ fileName }) => fileName).sort()).toEqual(NAMES.map((name) => `${name}.xml`).sort());
  expect(claimed.filter(({ restored }) => restored)).toEqual([]);
});

it('nothing more is taken while it cannot be seen what the failed move left', async () => {
  const office = await officeWithFiles();
  const working = `/erp/outbox/.working/${office.context.ports.journal.id}`;
  const trouble = { unlisted: working };
  const scanner = scannerWith(office, trouble);
  // The start looks into the folder while it can be read; it goes away with the first claim.
  trouble.unlisted = '';
  await scanner.scan();
  trouble.unlisted = working;
  await lookUntilStill(office, scanner);
  expect(office.disk.paths().filter((path) => path.startsWith(`${working}/01`))).toHaveLength(NAMES.length);
  office.disk.put(
    '/erp/outbox/late.xml',
    office.disk.content(office.disk.paths().find((path) => path.startsWith(`${working}/01`)) ?? '') ??
      new Uint8Array(),
  );
  await lookUntilStill(office, scanner);
  expect(office.disk.content('/erp/outbox/late.xml')).toBeDefined();
  expect(office.log.filter(({ event }) => event === 'outbox.not-recovered')).toHaveLength(1);

  trouble.unlisted = '';
  await lookUntilStill(office, scanner);
  expect(office.context.book.all()).toHaveLength(NAMES.length + 1);
  expect(office.context.book.all().filter(({ restored }) => restored)).toEqual([]);
});

it('a file whose claim failed half way does not come back after it was recorded and the power was lost', async () => {
  const office = await officeWithFiles();
  const files = office.disk.fileStore(failsOnce(/^flush .*\.working/));
  await files.makeFolder('/erp/outbox');
  const { ports } = office.context;
  const [company] = ports.companies;
  if (company === undefined) throw new Error('There is no company.');
  await lookUntilStill(office, new OutboxScanner({ ...office.context, ports: { ...ports, files } }, company));
  expect(office.context.book.all()).toHaveLength(NAMES.length);
  office.disk.crash();
  expect(
    office.disk.paths().filter((path) => path.startsWith('/erp/outbox/') && path.endsWith('.xml')),
  ).toEqual(
    office.context.book
      .all()
      .map((order) => office.context.places.workingFile(order))
      .sort(),
  );
});

/** The flush of our folder fails after the last move, so that no other flush makes up for it. */
function failsOnce(what: RegExp): Effects {
  let moves = 0;
  let failed = false;
  return createEffects((_number, effect) => {
    if (effect.startsWith('rename')) moves += 1;
    if (failed || moves < NAMES.length || !what.test(effect)) return 'happens';
    failed = true;
    return systemError('EIO');
  });
}

async function officeWithFiles(): Promise<Office> {
  const office = await createOffice();
  const transfers = [{ endToEndId: 'A1', amount: '10.00' }];
  for (const name of NAMES)
    office.disk.put(
      `/erp/outbox/${name}.xml`,
      Buffer.from(paymentFile({ blocks: [{ id: 'B1', transfers }] })),
    );
  office.disk.put(`/erp/outbox/.working/${office.context.ports.journal.id}/.keep`, new Uint8Array());
  return office;
}

/** Moves, but says that it failed; and a folder that can not be listed while it is named. */
function scannerWith(office: Office, trouble: { unlisted?: string }): OutboxScanner {
  const { ports } = office.context;
  const [company] = ports.companies;
  if (company === undefined) throw new Error('There is no company.');
  const files = {
    ...ports.files,
    list: async (folder: string) => {
      if (folder === trouble.unlisted) throw new FileFailure('failed', folder, 'input/output error');
      return ports.files.list(folder);
    },
    move: async (from: string, to: string) => {
      await ports.files.move(from, to);
      throw new FileFailure('failed', to, 'the folder was not flushed');
    },
  };
  return new OutboxScanner({ ...office.context, ports: { ...ports, files } }, company);
}

async function lookUntilStill(office: Office, scanner: OutboxScanner): Promise<void> {
  for (let look = 0; look < 5; look += 1) {
    await scanner.scan();
    await office.clock.advance(2_000);
  }
}

it('files in our folder that were never announced are more than a crash leaves, and are held', async () => {
  const office = await officeWithFiles();
  const working = `/erp/outbox/.working/${office.context.ports.journal.id}`;
  for (const end of ['0', '1'])
    office.disk.put(
      `${working}/${ulid(office.clock.now(), Buffer.alloc(10, end))}.x${end}.xml`,
      Buffer.from('<a/>'),
    );
  await lookUntilStill(office, scannerWith(office, {}));
  const found = office.context.book.all().filter(({ fileName }) => fileName.startsWith('x'));
  expect(found.map(({ restored }) => restored)).toEqual([true, true]);
});
