// What a person sees of a message whose answer was lost, and what the decision does: the page, the timeline, the record.

import { afterEach, describe, expect, it } from 'vitest';
import { Office, PLN_ACCOUNT } from './support/office.ts';
import { singlePayment } from './support/payment-file.ts';
import { goniec, removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

const folders: string[] = [];
const services: { kill(): Promise<void> }[] = [];

afterEach(async () => {
  for (const service of services.splice(0)) await service.kill();
  for (const folder of folders.splice(0)) await removeFolder(folder);
});

describe('A message in doubt', () => {
  it('is shown with its evidence and the commands that decide it, and the decision is carried out on record', async () => {
    const { office } = await withLostAnswer('lost');
    const page = await goniec('status', '--config', office.config);
    if (process.env.SHOW_PAGES) process.stderr.write(page.output);
    expect(page.code).toBe(5);
    expect(page.output.startsWith('HELD    lost.xml: 1 transfer, sum 10.00 from ' + PLN_ACCOUNT)).toBe(true);
    expect(page.output).toMatch(/the last one: [^.]*E404/);
    expect(page.output).toContain('It may be at the bank, and the bank has not said what became of it.');
    expect(page.output).toMatch(/happened 20..-..-.. ..:..:.. {2}handed to the bank, attempt 1/);
    const commands = [
      ...page.output.matchAll(/goniec release (\S+) --as (\w+) --reason "\.\.\." --config (\S+)/g),
    ];
    expect(commands.map(([, , as]) => as)).toEqual(['settled', 'rejected', 'resend']);
    const message = commands[0]?.[1] ?? '';

    const data = JSON.parse((await goniec('status', '--json', '--config', office.config)).output) as {
      held: { message: string; code: string; choices: { as: string }[] }[];
    };
    expect(data.held).toMatchObject([
      {
        message,
        code: 'in-doubt-unanswered',
        choices: [{ as: 'settled' }, { as: 'rejected' }, { as: 'resend' }],
      },
    ]);

    const dropped = await goniec(
      'release',
      message,
      '--as',
      'dropped',
      '--reason',
      'x',
      '--config',
      office.config,
    );
    expect(dropped.code).toBe(2);
    expect(dropped.output).toContain('only resend or settled or rejected is possible');
    const empty = await goniec(
      'release',
      message,
      '--as',
      'settled',
      '--reason',
      ' ',
      '--config',
      office.config,
    );
    expect(empty.code).toBe(2);

    const evidence = 'e-bank, history of today, entry 17';
    const decided = await goniec(
      'release',
      message,
      '--as',
      'settled',
      '--reason',
      evidence,
      '--who',
      'Anna',
      '--config',
      office.config,
    );
    expect(decided.code).toBe(0);
    expect(await office.finalStatus('lost')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(office.executions().get('E-lost')).toBe(1);

    const life = await goniec('show', 'lost.xml', '--config', office.config);
    if (process.env.SHOW_PAGES) process.stderr.write(life.output);
    expect(life.output).toContain(`Anna decided "settled": ${evidence}`);
    expect(life.output).toMatch(
      /taken over from the outbox as lost\.xml[^]*checked and planned[^]*composed and fixed[^]*handed to the bank, attempt 1[^]*in doubt, the answer was lost[^]*HELD \(in-doubt-unanswered\)[^]*the ERP was told the end[^]*archived in[^]*closed/,
    );
    const shown = JSON.parse(
      (await goniec('show', 'lost.xml', '--json', '--config', office.config)).output,
    ) as {
      timeline: { event: string; document?: string }[];
    }[];
    expect(shown[0]?.timeline.find(({ event }) => event === 'submission-prepared')?.document).toContain(
      '/archive/',
    );
    expect((await goniec('status', '--config', office.config)).code).toBe(0);
  });
});

/** A bank of which nothing is known takes an order and its answer is lost. */
async function withLostAnswer(id: string): Promise<{ bank: Bank; office: Office }> {
  const root = await temporaryFolder();
  folders.push(root);
  const bank = await startBank(root, '--booking-delay', '300');
  const office = await Office.open(root, [
    {
      bank,
      name: 'Bank',
      accounts: [{ iban: PLN_ACCOUNT, currency: 'PLN' }],
      follow: '{ firstAsk: 300ms, askEveryMax: 500ms, inDoubtHoldAfter: 3s }',
      answerTimeout: '1s',
    },
  ]);
  services.push(office.daemon, bank.service);
  await bank.control.mood({ mood: 'loses-answer', times: 1 });
  await bank.control.mood({ mood: 'not-found-then-found', ms: 3_600_000 });
  await office.drop(`${id}.xml`, singlePayment(id));
  await until('it to be held', () => office.daemon.output.includes('submission.held'));
  return { bank, office };
}
