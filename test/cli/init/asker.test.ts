// How a person is asked: over streams that stand for a terminal.

import { PassThrough } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { Abandoned, askPerson, type Asker } from '../../../src/cli/init/asker.ts';
import { gatherAccounts } from '../../../src/cli/init/gather-accounts.ts';
import { ruleOf, type Question } from '../../../src/cli/init/question.ts';

const COMPANY: Question = {
  option: 'company',
  text: 'Name of your company',
  example: 'Example',
  read: ruleOf('companies.name'),
};

const open: Asker[] = [];
afterEach(() => {
  for (const asker of open.splice(0)) asker.close();
  vi.restoreAllMocks();
});

it('asks again after a wrong answer, with the rule it broke, until there is a right one', async () => {
  const { asker, said } = person('<b>\n\nAcme\n');
  expect(await asker.ask(COMPANY)).toBe('Acme');
  expect(said()).toContain('This is "<b>".\n    Write a name of up to 64 letters');
  expect(said()).toContain('An answer is needed here, such as Example');
});

it('shows the default, and Enter takes it', async () => {
  const { asker, shown } = person('\n');
  expect(await asker.ask({ ...COMPANY, otherwise: 'Acme' })).toBe('Acme');
  expect(shown()).toContain('Name of your company [Acme]: ');
});

it('does not ask what an option has answered, but asks when the option is wrong', async () => {
  const { asker, shown } = person('Acme\n', { company: '<b>', bank: 'BNP' });
  expect(await asker.ask({ ...COMPANY, option: 'bank' })).toBe('BNP');
  expect(shown()).toBe('');
  expect(await asker.ask(COMPANY)).toBe('Acme');
});

it('takes answers that were pasted ahead, one account after the other until an empty line', async () => {
  const { asker, said } = person(
    'PL60160014620000000000000001\n\nPL60160014620000000000000001\nPL06 1600 1462 0000 0000 0000 0003\neur\n\n',
  );
  expect(await gatherAccounts(asker, [])).toEqual([
    { iban: 'PL60160014620000000000000001', currency: 'PLN' },
    { iban: 'PL06160014620000000000000003', currency: 'EUR' },
  ]);
  expect(said()).toContain('This was named before.\n    Each account stands once.');
});

it('is left by the end of the input, not waited for', async () => {
  const { asker } = person('');
  await expect(asker.ask(COMPANY)).rejects.toBeInstanceOf(Abandoned);
});

function person(typed: string, given: Readonly<Record<string, string>> = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let [shown, said] = ['', ''];
  output.on('data', (piece: Buffer) => (shown += piece.toString()));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said += String(text)), true));
  const asker = askPerson(given, input, output);
  open.push(asker);
  input.end(typed);
  return { asker, shown: () => shown, said: () => said };
}
