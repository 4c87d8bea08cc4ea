// What the ERP sees of its accounts: each entry of the bank's ledger once in the history, each finished business day's statement once.

import { addDays, daysBetween, isBusinessDay } from '../../src/domain/calendar.ts';
import { each, textOf } from '../../src/xml/xml-path.ts';
import { accountReport, interimReport, rootOf } from './what-was-told.ts';
import { accountsOf, formatsOf, sinceOf } from './scenario.ts';
import type { World } from './world.ts';

export function accountData(world: World): string[] {
  return [...historyEntries(world), ...statementFiles(world), ...statementEntries(world)];
}

/** A repeat under the same name is no second showing, a copy that was asked for neither. */
function historyEntries(world: World): string[] {
  if (world.scenario.kinds?.includes('history') !== true) return [];
  const { history: formats } = formatsOf(world.scenario);
  const shown = new Map<string, string[]>();
  const ids = new Map<string, string>();
  const wrong: string[] = [];
  for (const [name, content] of world.erp.seen) {
    const format = /^(camt|mt942)\S*_(?:history|balance)_/.exec(name)?.[1];
    if (format === undefined || name.startsWith('camt.053_')) continue;
    const { messageId, entries } = format === 'camt' ? accountReport(content) : interimReport(content);
    const other = ids.get(messageId);
    if (other !== undefined) wrong.push(`entries: ${name} and ${other} have one message id`);
    ids.set(messageId, name);
    if (name.includes('_copy_')) continue;
    for (const id of entries) {
      const key = `${id} as ${format}`;
      shown.set(key, [...(shown.get(key) ?? []), name]);
    }
  }
  const accounts = accountsOf(world.scenario);
  // What was booked after the last fetch is for the next one.
  const lastFetchMs = world.restedAtMs - (world.scenario.wakeEveryMs ?? 0);
  for (const { id, account, atMs } of world.bank.ledger.all) {
    if (!accounts.includes(account)) continue;
    for (const format of ['camt', 'mt942'] as const) {
      const files = shown.get(`${id} as ${format}`) ?? [];
      const times = formats.includes(format) ? 1 : 0;
      if (files.length === 0 && atMs > lastFetchMs) continue;
      if (files.length !== times)
        wrong.push(`entries: ${id} was shown ${files.length} times as ${format}: ${files.join(', ')}`);
    }
  }
  return wrong;
}

/** Every business day that is over has its statement once. */
function statementFiles(world: World): string[] {
  if (world.scenario.kinds?.includes('statement') !== true) return [];
  const days = finishedDays(world);
  const { statements: formats } = formatsOf(world.scenario);
  const expected = accountsOf(world.scenario).flatMap((account) =>
    days.flatMap((day) => [
      ...(formats.includes('camt') ? [`camt.053_${day}_${account}_statement.xml`] : []),
      ...(formats.includes('mt940') ? [`mt940_${day}_${account}_statement.sta`] : []),
      ...(world.scenario.pdf === true ? [`camt.053_${day}_${account}_statement.pdf`] : []),
    ]),
  );
  // A name that a stranger has taken gets a number.
  const found = [...world.erp.seen.keys()].filter((name) => isStatement(name) && !/-\d+\.\w+$/.test(name));
  return found.toSorted().join() === expected.toSorted().join()
    ? []
    : [`statements: seen were ${found.join(', ')} instead of ${expected.join(', ')}`];
}

/** All statements of a format together show what the ledger has for their days, each entry once. */
function statementEntries(world: World): string[] {
  if (world.scenario.kinds?.includes('statement') !== true) return [];
  const { statements } = formatsOf(world.scenario);
  return ['xml', 'sta']
    .filter((ending) => statements.includes(ending === 'xml' ? 'camt' : 'mt940'))
    .flatMap((ending) => entriesInStatements(world, ending));
}

function entriesInStatements(world: World, ending: string): string[] {
  const shown = [...world.erp.seen].flatMap(([name, content]) => {
    if (!isStatement(name) || !name.endsWith(`.${ending}`)) return [];
    return ending === 'xml'
      ? each(rootOf(content), 'BkToCstmrStmt/Stmt/Ntry').map((entry) => textOf(entry, 'NtryRef'))
      : interimReport(content).entries;
  });
  const twice = shown.filter((id, index) => shown.indexOf(id) !== index);
  const days = finishedDays(world);
  const accounts = accountsOf(world.scenario);
  const absent = world.bank.ledger.all.filter(
    ({ id, day, account }) => accounts.includes(account) && days.includes(day) && !shown.includes(id),
  );
  return [
    ...twice.map((id) => `statements: ${id} stands in two statements`),
    ...absent.map(({ id, day }) => `statements: ${id} of ${day} stands in none`),
  ];
}

/** By the bank's own calendar, which is where statements are made. */
function finishedDays(world: World): string[] {
  const today = world.bank.ledger.dayOf(world.restedAtMs);
  return daysBetween(sinceOf(world.scenario), addDays(today, -1)).filter(isBusinessDay);
}

function isStatement(name: string): boolean {
  return /^(?:camt\.053|mt940)_/.test(name) && !name.includes('_copy_');
}
