import { describe, expect, it } from 'vitest';
import type { ErpFormats } from '../../src/domain/erp-formats.ts';
import { deliverWanted, type DeliveredFiles } from '../../src/inbound/deliver-wanted.ts';
import type { InboundPorts } from '../../src/inbound/inbound-ports.ts';
import { camt053, OUR_IBAN, type SketchedEntry } from '../erp/account-file/sketched-camt.ts';
import { CAMT_ALONE } from '../erp/formats-wanted.ts';
import { createEffects } from '../files/simulated-effects.ts';
import { accountOf, ACCOUNTS, createDesk, type AccountDesk } from './support/account-desk.ts';

const [IBAN] = ACCOUNTS;
const STEM = `2026-11-23_${IBAN}_statement`;
const CAMT = `camt.053_${STEM}.xml`;
const STA = `mt940_${STEM}.sta`;
const CSV = `csv_${STEM}.csv`;

async function delivered(
  ports: InboundPorts,
  statements: ErpFormats['statements'],
  entry: SketchedEntry = {},
  isInAnswer = false,
): Promise<DeliveredFiles> {
  const account = { ...accountOf(IBAN), formats: { ...CAMT_ALONE, statements } };
  const text = camt053({ entries: [entry] }).replaceAll(OUR_IBAN, IBAN);
  const camt = {
    message: 'camt.053',
    day: '2026-11-23',
    what: 'statement',
    content: () => [Buffer.from(text)],
    at: '2026-11-24T03:00:00.000Z',
    isInAnswer,
  } as const;
  return deliverWanted(ports, account, camt, statements);
}

function archived(desk: AccountDesk): string[] {
  const folder = `/erp/archive/2026/11/24/account_${IBAN}/`;
  return desk.disk.paths().flatMap((path) => (path.startsWith(folder) ? [path.slice(folder.length)] : []));
}

describe('A statement that the ERP wants', () => {
  it.each([
    [['camt'], [CAMT], [CAMT]],
    [['mt940'], [STA], [CAMT, STA]],
    [
      ['mt940', 'camt'],
      [CAMT, STA],
      [CAMT, STA],
    ],
    [
      ['csv', 'mt940'],
      [CSV, STA],
      [CAMT, CSV, STA],
    ],
  ] as const)(
    'as %j lies in the inbox as that, and as camt in the archive',
    async (wanted, inbox, archive) => {
      const desk = await createDesk();
      const { files, flags } = await delivered(await desk.ports(), wanted);
      expect([...desk.inbox().keys()]).toEqual(inbox);
      expect(files.map(({ name }) => name).toSorted()).toEqual(inbox);
      expect(archived(desk).toSorted()).toEqual(archive);
      expect(flags).toEqual([]);
    },
  );

  it.each([
    [['camt'], [CAMT], []],
    [['mt940'], [STA], [STA]],
  ] as const)('as %j is not archived as camt where the answer holds it', async (wanted, inbox, archive) => {
    const desk = await createDesk();
    const { camtName } = await delivered(await desk.ports(), wanted, {}, true);
    expect([...desk.inbox().keys()]).toEqual(inbox);
    expect(archived(desk)).toEqual(archive);
    expect(camtName).toBe(CAMT);
  });

  it('as MT940, which can not say it, is told to be impossible and comes as camt', async () => {
    const desk = await createDesk();
    const { files, flags } = await delivered(await desk.ports(), ['mt940', 'csv'], { bookingDay: undefined });
    expect([...desk.inbox().keys()]).toEqual([CAMT, CSV]);
    expect(files.map(({ name }) => name)).toEqual([CAMT, CSV]);
    expect(flags).toEqual([
      'This could not be written as MT940, and the camt lies in the inbox instead. Entry 1 (line 4): it has no booking date.',
    ]);
  });

  it('with a text that is cut is delivered, and the log says what was cut', async () => {
    const desk = await createDesk();
    await delivered(await desk.ports(), ['mt940'], { title: 'x'.repeat(200) });
    expect(desk.log).toEqual([
      {
        event: 'file.reduced',
        fields: { account: IBAN, file: STA, cutTexts: 1, replacedCharacters: 0, unbookedEntries: 0 },
      },
    ]);
  });

  it('in three formats is the same after a crash at any instant', async () => {
    const wanted = ['camt', 'mt940', 'csv'] as const;
    const whole = await createDesk();
    const quiet = createEffects();
    const ports = await whole.ports(quiet);
    const from = quiet.tried.length;
    await delivered(ports, wanted);
    const effects = quiet.tried.length - from;
    expect(effects).toBeGreaterThan(10);
    for (let at = 1; at <= effects; at += 1) {
      for (const fate of ['crash-before', 'crash-after'] as const) {
        const desk = await createDesk();
        const dying = createEffects((number) => (number === from + at ? fate : 'happens'));
        await delivered(await desk.ports(dying), wanted).catch(() => undefined);
        expect(dying.crashed).toBe(true);
        await delivered(await desk.ports(), wanted);
        expect([...desk.inbox()]).toEqual([...whole.inbox()]);
        expect(archived(desk).toSorted()).toEqual(archived(whole).toSorted());
      }
    }
  });
});
