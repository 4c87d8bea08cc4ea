// Whether the money moved as the ERP was told: at the banks' ledgers, per transfer and in sum.

import { centsOf, type Movement } from './bank-book.ts';
import { endsOf, type End } from './ends.ts';
import type { Evidence } from './evidence.ts';

/** Sentences, each beginning with the name of its check; none when all is well. */
export function moneyViolations(evidence: Evidence): string[] {
  const ends = endsOf(evidence);
  const paid = evidence.banks.flatMap(({ book }) => book.movements).filter(({ kind }) => kind === 'transfer');
  const executions = Map.groupBy(
    paid.filter(({ endToEndId }) => endToEndId?.startsWith('E-p') === true),
    ({ endToEndId }) => endToEndId ?? '',
  );
  return [
    ...once(executions),
    ...asTold(ends, executions),
    ...asOrdered(ends, executions),
    ...sums(evidence, ends),
    ...shownOnce(evidence),
  ];
}

type Executions = ReadonlyMap<string, readonly Movement[]>;

function once(executions: Executions): string[] {
  return [...executions].flatMap(([id, moves]) =>
    moves.length > 1 ? [`double: ${id} was executed ${moves.length} times`] : [],
  );
}

/**
 * Exactly once for told ACSC, never where no file with the transfer was told anything but RJCT: after a bank has rejected a
 * file as a whole the same bytes may come again and are a new order. A repeat shows the status of another file at that moment.
 */
function asTold(ends: readonly End[], executions: Executions): string[] {
  const wrong: string[] = [];
  const said = new Map<string, { readonly name: string; readonly status: string }[]>();
  for (const { dropped, told, word } of ends) {
    const final = told.find((status) => status.final);
    for (const { endToEndId, status } of final?.transfers ?? []) {
      if (word === 'repeats' && status !== 'ACSC') continue;
      const name = dropped.file.name;
      said.set(endToEndId, [...(said.get(endToEndId) ?? []), { name, status }]);
      if (!['ACSC', 'RJCT'].includes(status))
        wrong.push(`money: ${endToEndId} of ${name} was told ${status} as its end`);
    }
    const silent = word === 'refused' || word === 'waits';
    const moved = dropped.file.transfers.filter(({ id }) => executions.has(id));
    if (silent && moved.length > 0) wrong.push(`money: ${dropped.file.name} ${word} but was paid`);
  }
  for (const [id, tellings] of said) {
    const count = executions.get(id)?.length ?? 0;
    const settled = tellings.find(({ status }) => status === 'ACSC');
    const { name, status } = settled ?? tellings[0] ?? { name: '', status: '' };
    if (count !== (settled === undefined ? 0 : 1))
      wrong.push(`money: ${id} of ${name} was told ${status} but executed ${count} times`);
  }
  return wrong;
}

/** Amount and accounts are those of the ERP's file, and nothing was executed that no file asked for. */
function asOrdered(ends: readonly End[], executions: Executions): string[] {
  const ordered = new Map<string, Set<bigint>>();
  for (const { dropped } of ends)
    for (const { id, amount } of dropped.file.transfers)
      ordered.set(id, (ordered.get(id) ?? new Set()).add(centsOf(amount)));
  const debtors = new Map(
    ends.flatMap(({ dropped }) =>
      dropped.file.transfers.map(({ id }) => [id, dropped.file.debtors] as const),
    ),
  );
  return [...executions].flatMap(([id, moves]) =>
    moves.flatMap(({ amountCents, debtor }) => {
      if (ordered.get(id)?.has(amountCents) !== true)
        return [`money: ${id} was executed with ${amountCents} cents`];
      return debtors.get(id)?.includes(debtor) === true ? [] : [`money: ${id} was taken from ${debtor}`];
    }),
  );
}

/** What left the accounts is what the ERP believes to have paid. */
function sums(evidence: Evidence, ends: readonly End[]): string[] {
  const out = evidence.banks
    .flatMap(({ account, book }) => book.movements.filter(({ debtor }) => debtor === account))
    .filter(({ kind, endToEndId }) => kind === 'transfer' && endToEndId?.startsWith('E-p') === true)
    .reduce((sum, { amountCents }) => sum + amountCents, 0n);
  const told = new Map<string, bigint>();
  for (const { dropped, told: statuses } of ends) {
    const amounts = new Map(dropped.file.transfers.map(({ id, amount }) => [id, centsOf(amount)]));
    for (const { endToEndId, status } of statuses.find(({ final }) => final)?.transfers ?? [])
      if (status === 'ACSC') told.set(endToEndId, amounts.get(endToEndId) ?? 0n);
  }
  const believed = [...told.values()].reduce((sum, cents) => sum + cents, 0n);
  return out === believed ? [] : [`money: ${out} cents left the accounts, the ERP was told of ${believed}`];
}

/** Every payment booked on the collected account stands in exactly one history file. */
function shownOnce({ banks, collected, sightings }: Evidence): string[] {
  if (collected === undefined) return [];
  const shown = new Map<string, string[]>();
  for (const { name, shownPayments } of sightings)
    for (const id of shownPayments) shown.set(id, [...(shown.get(id) ?? []), name]);
  const booked = banks
    .flatMap(({ book }) => book.movements)
    .filter(({ debtor, endToEndId }) => debtor === collected && endToEndId?.startsWith('E-p') === true);
  return booked.flatMap(({ endToEndId = '' }) => {
    const names = shown.get(endToEndId) ?? [];
    return names.length === 1
      ? []
      : [`history: ${endToEndId} was shown ${names.length} times: ${names.join(', ')}`];
  });
}
