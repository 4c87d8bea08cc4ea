// The page of `goniec status`: first what needs a person, then what is under way, then what is done.

import { counted } from '../domain/counted.ts';
import { localDateTime } from '../domain/calendar.ts';
import type { Order } from '../domain/order.ts';
import { outcomeOf } from '../outbound/summary.ts';
import { heldText } from './held.ts';
import type { Overview } from './overview.ts';
import { visibleWhole } from '../operations/visible-text.ts';
import { table } from './terminal.ts';

/** Of each account, the newest. */
const CONTRADICTIONS_MAX = 10;
const FLAGS_MAX = 3;

export function statusPage(overview: Overview, timeZone: string): string {
  const { held, open, waiting, recent, accounts } = overview;
  return [
    ...held.map((message) => `${heldText(message, timeZone)}\n`),
    ...alarms(overview, timeZone),
    `Open orders: ${open.length}`,
    ...(open.length === 0 ? [] : [orderTable(open, timeZone)]),
    ...(waiting.length === 0
      ? []
      : [
          `\nWaiting in the outbox: ${waiting.length}`,
          table([
            ['file', 'bytes', 'company'],
            ...waiting.map(({ file, sizeBytes, company }) => [file, String(sizeBytes), company]),
          ]),
        ]),
    ...(recent.length === 0 ? [] : ['\nLately closed', orderTable(recent, timeZone)]),
    '\nAccounts',
    table([['account', 'bank', 'history through', 'last statement'], ...accounts.map(accountRow)]),
    ...accounts.flatMap(({ iban, flags }) =>
      flags.slice(-FLAGS_MAX).map((flag) => `FLAG    ${iban}, ${flag}`),
    ),
  ].join('\n');
}

function alarms({ paused, unreachable, open, accounts, undecided }: Overview, timeZone: string): string[] {
  const lines = [
    ...paused.map(
      ({ bank, since, code, text }) =>
        `PAUSED  ${bank}, since ${at(since, timeZone)}: it refuses our signature, certificate or authority (${`${code} ${text}`.trim()}). Nothing is sent to it.\n        Put that right, then:  goniec resume ${bank} --reason "..."`,
    ),
    ...unreachable.map((problem) => `GONE    ${problem}`),
    ...open.flatMap(({ id, fileName, stuck }) =>
      stuck === undefined
        ? []
        : [
            visibleWhole(
              `STUCK   ${fileName} (order ${id}) at "${stuck.step}", tried again by itself: ${stuck.reason}`,
            ),
          ],
    ),
    ...accounts.flatMap(({ state }) =>
      state.contradictions.slice(-CONTRADICTIONS_MAX).map((sentence) => `MONEY   ${sentence}`),
    ),
    ...(undecided === 0
      ? []
      : [
          `WAITS   ${counted(undecided, 'decision')} left for the daemon, which puts on record what was decided when it runs.`,
        ]),
  ];
  return lines.length === 0 ? [] : [`${lines.join('\n')}\n`];
}

function orderTable(orders: readonly Order[], timeZone: string): string {
  return table([
    ['order', 'file', 'taken over', 'transfers', 'sum', 'state'],
    ...orders.map((order) => [
      order.id,
      order.fileName,
      at(order.claimedAt, timeZone),
      String(order.erp?.transferCount ?? 0),
      order.erp?.controlSum ?? '',
      outcomeOf(order),
    ]),
  ]);
}

function accountRow({ iban, bank, state }: Overview['accounts'][number]): string[] {
  const delivered = [...state.statements.values()]
    .filter(({ outcome }) => outcome === 'delivered')
    .map(({ day }) => day);
  return [iban, bank, state.historyThrough ?? '-', delivered.sort().at(-1) ?? '-'];
}

function at(instant: string, timeZone: string): string {
  return localDateTime(Date.parse(instant), timeZone).replace('T', ' ');
}
