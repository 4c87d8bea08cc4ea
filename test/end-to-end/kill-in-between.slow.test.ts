// The daemon is killed between an effect on the disk and the record of it, at every such place: the next start goes on
// from what it finds, and nobody outside sees a difference.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Office, PLN_ACCOUNT } from './support/office.ts';
import { paymentFile } from './support/payment-file.ts';
import { goniec, removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

/** What is on the disk just before it is recorded, of the order of a file or of its account. */
const EFFECTS: readonly (readonly [string, (place: Place) => boolean])[] = [
  ['taken-over', ({ working }) => working().length > 0],
  ['composed', ({ spooled }) => spooled().some((name) => name.endsWith('part-001.xml'))],
  ['answer-kept', ({ spooled }) => spooled().some((name) => name.endsWith('part-001-answer-001.xml'))],
  ['told', ({ told }) => told().length > 0],
  ['told-last', ({ told }) => told().some((name) => name.endsWith('-final.xml'))],
  ['archive-begun', ({ archived }) => archived().some((name) => /\.goniec-part$|receipt\.json$/.test(name))],
  ['archive-written', ({ archived }) => archived().some((name) => name.endsWith('receipt.json'))],
  ['let-go', ({ archived, working }) => archived().length > 0 && working().length === 0],
  ['history-kept', ({ accountAnswers }) => accountAnswers().length > 0],
  ['history-shown', ({ shown }) => shown()],
];

/** The folders as they stand, as far as they concern one file; the amount is one that no other has. */
interface Place {
  readonly working: () => string[];
  readonly spooled: () => string[];
  readonly told: () => string[];
  readonly archived: () => string[];
  readonly accountAnswers: () => string[];
  readonly shown: () => boolean;
}

interface Payment {
  readonly stem: string;
  readonly id: string;
  readonly amount: string;
}

const running: { stop(): Promise<unknown> }[] = [];
const folders: string[] = [];

afterAll(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await Promise.all(folders.map(removeFolder));
});

describe.concurrent('With a bank of which nothing is known', () => {
  it('a daemon killed after each effect settles every payment once, and tells and shows everything once', async () => {
    const { bank, office } = await open();
    const payments: Payment[] = [];
    const seen = new Map<string, string>();
    for (const [index, [name, holds]] of EFFECTS.entries()) {
      const amount = `1${index.toString().padStart(2, '0')}.53`;
      const payment = { stem: `between-${name}`, id: `E-${name}`, amount };
      payments.push(payment);
      const place = placeOf(office.root, payment);
      const gone = office.daemon.killWhen(`${name} of ${payment.stem}`, () => holds(place));
      await office.drop(`${payment.stem}.xml`, onePayment(payment));
      await gone;
      if (index === 4) await bank.service.kill();
      expectUnchanged(office.root, seen);
      if (index === 4) await bank.service.start();
      await office.daemon.start();
    }
    for (const { stem, id } of payments) {
      expect(await office.finalStatus(stem), stem).toContain('<GrpSts>ACSC</GrpSts>');
      expect(office.executions().get(id), id).toBe(1);
    }
    await until(
      'everything to be closed',
      async () => (await office.working()).length === 0 && (await office.spooled()).length === 0,
    );
    for (const { amount } of payments)
      await until(`the entry of ${amount}`, () => entriesOf(office.root, amount) > 0);
    for (const { stem, amount } of payments) {
      expect(entriesOf(office.root, amount), amount).toBe(1);
      expect((await office.toldAbout(stem)).filter((name) => name.endsWith('-final.xml'))).toHaveLength(1);
      expect((await office.archived()).filter((path) => path.endsWith(`erp_${stem}.xml`))).toHaveLength(1);
    }
    expectUnchanged(office.root, seen);
    expect((await goniec('check', '--config', office.config)).code).toBe(0);
    expect(await office.daemon.stop()).toBe(0);

    expect(readdirSync(join(office.root, 'outbox'))).toEqual(['.working']);
    for (const folder of ['inbox', 'archive', join('state', 'spool')]) {
      const unfinished = below(join(office.root, folder)).filter((path) => path.endsWith('.goniec-part'));
      expect(unfinished, folder).toEqual([]);
    }
  }, 120_000);

  it('an order whose sending was cut off is held with its evidence, and a person has it sent, once', async () => {
    const { office } = await open('{ firstAsk: 300ms, askEveryMax: 500ms, inDoubtHoldAfter: 2s }');
    const payment = { stem: 'cut-off', id: 'E-cut-off', amount: '5.00' };
    const gone = office.daemon.killAt(/submission\.started/);
    await office.drop('cut-off.xml', onePayment(payment));
    await gone;
    await office.daemon.start();
    const told = async (): Promise<string> => {
      const texts = await Promise.all((await office.toldAbout('cut-off')).map((name) => office.read(name)));
      return (texts.at(-1) ?? '').replace(/<\/AddtlInf>\s*<AddtlInf>/g, ' ');
    };
    await until('an outcome', async () => /Held by Goniec|<GrpSts>ACSC/.test(await told()));
    // The kill comes just before or just after the bytes leave; only the bank knows which.
    if ((office.executions().get(payment.id) ?? 0) === 0) {
      expect(await told()).toMatch(
        /<TxSts>PDNG<\/TxSts>[\s\S]*in-doubt-unanswered[\s\S]*the answer was lost/,
      );
      const status = await goniec('status', '--config', office.config);
      expect(status.code).toBe(5);
      expect(status.output).toContain('in-doubt-unanswered');
      const decision = ['--as', 'resend', '--reason', 'not in the e-bank'];
      expect((await goniec('release', 'cut-off.xml', '--config', office.config, ...decision)).code).toBe(0);
    }
    expect(await office.finalStatus('cut-off')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(office.executions().get(payment.id)).toBe(1);
  });
});

async function open(follow?: string): Promise<{ bank: Bank; office: Office }> {
  const root = await temporaryFolder();
  folders.push(root);
  const bank = await startBank(root, '--booking-delay', '300');
  const accounts = [{ iban: PLN_ACCOUNT, currency: 'PLN', collect: true }];
  const line = { bank, name: 'Bank', accounts };
  const office = await Office.open(root, [follow === undefined ? line : { ...line, follow }]);
  running.push(office.daemon, bank.service);
  return { bank, office };
}

function onePayment({ stem, id, amount }: Payment): string {
  return paymentFile(`M-${stem}`, [{ transfers: [{ id, amount }] }]);
}

/** Only folders that hold something of this file are looked at, because they are looked at a thousand times a second. */
function placeOf(root: string, { stem, amount }: Payment): Place {
  const before = new Set(shownFiles(root));
  const spool = join(root, 'state', 'spool');
  const working = (): string[] => {
    const parent = join(root, 'outbox', '.working');
    return below(parent).filter((path) => path.endsWith(`${stem}.xml`));
  };
  /** The name of a working file begins with the order's id. */
  let orderId: string | undefined;
  return {
    working,
    spooled: () => {
      orderId ??= working()[0]?.split('/').at(-1)?.slice(0, 26);
      return orderId === undefined ? [] : below(join(spool, orderId));
    },
    told: () =>
      readdirSync(join(root, 'inbox')).filter(
        (name) => name.startsWith('pain.002_') && name.includes(`_${stem}_`),
      ),
    archived: () => below(join(root, 'archive')).filter((path) => path.includes(`${stem}_`)),
    accountAnswers: () =>
      below(join(spool, `account_${PLN_ACCOUNT}`)).filter((path) => path.endsWith('.xml')),
    shown: () =>
      shownFiles(root)
        .filter((name) => !before.has(name))
        .some((name) => readFileSync(join(root, 'inbox', name), 'utf8').includes(`>${amount}</Amt>`)),
  };
}

function shownFiles(root: string): string[] {
  return readdirSync(join(root, 'inbox')).filter(
    (name) => name.startsWith('camt.052_') && name.includes('_history_'),
  );
}

/** How often the ERP was shown an entry of this amount. */
function entriesOf(root: string, amount: string): number {
  return shownFiles(root)
    .map((name) => readFileSync(join(root, 'inbox', name), 'utf8').split(`>${amount}</Amt>`).length - 1)
    .reduce((sum, count) => sum + count, 0);
}

/** What the ERP has once found in its inbox is never changed or taken back. */
function expectUnchanged(root: string, seen: Map<string, string>): void {
  const inbox = join(root, 'inbox');
  for (const [name, content] of seen) expect(readFileSync(join(inbox, name), 'latin1'), name).toBe(content);
  for (const name of readdirSync(inbox))
    if (!name.startsWith('.')) seen.set(name, readFileSync(join(inbox, name), 'latin1'));
}

/** Paths of everything below a folder; nothing where it is missing, or goes away while it is looked at. */
function below(folder: string): string[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}
