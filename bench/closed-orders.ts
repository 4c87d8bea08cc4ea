// Fills a journal with closed orders through the journal's own door: hash chain, checkpoints, keys and head file are those
// that a daemon of many years would have left.

import type { OrderEvent } from '../src/domain/order-event.ts';
import { ulid } from '../src/domain/identifiers.ts';
import type { Clock } from '../src/clock.ts';
import type { NewRecord } from '../src/journal/journal.ts';
import { openSqliteJournal } from '../src/journal/sqlite-journal.ts';
import { systemClock } from '../src/triggers/system-clock.ts';
import { DEBTOR, TODAY } from './files.ts';

/** Orders that are committed together. */
const ORDERS_PER_COMMIT = 2_000;

const FIRST_CLAIM_MS = Date.UTC(2025, 0, 2);

/** Makes a journal in `folder` with so many orders, each settled, told, archived and closed. */
export async function writeClosedOrders(folder: string, count: number): Promise<void> {
  const journal = await openSqliteJournal(folder, systemClock);
  if ('refused' in journal) throw new Error(journal.sentence);
  for (let from = 0; from < count; from += ORDERS_PER_COMMIT) {
    const records: NewRecord[] = [];
    for (let index = from; index < Math.min(count, from + ORDERS_PER_COMMIT); index += 1)
      records.push(...closedOrder(index, systemClock));
    await journal.append(records);
  }
  await journal.close();
}

function closedOrder(index: number, clock: Pick<Clock, 'random'>): NewRecord[] {
  const id = ulid(FIRST_CLAIM_MS + index * 1_000, clock.random(10));
  const fileName = `order-${index}.xml`;
  const sha256 = index.toString(16).padStart(64, '0');
  const part = 1;
  const plan = {
    part,
    messageId: `GNC${id}001`,
    bank: 'Bench',
    operation: 'domestic' as const,
    count: 1,
    controlSum: '10.00',
    blocks: [
      {
        block: 0,
        paymentInformationId: `P${index}`,
        executionDate: TODAY,
        debtorAccount: DEBTOR,
        transfers: [[0, 0]] as const,
        count: 1,
        controlSum: '10.00',
      },
    ],
  };
  const erp = {
    messageId: `M${index}`,
    messageName: 'pain.001.001.03',
    transferCount: 1,
    controlSum: '10.00',
  };
  const ids = { paymentInformation: [`P${index}`], endToEnd: [`E${index}`] };
  const events: OrderEvent[] = [
    { type: 'order-claimed', company: 'Bench', fileName, workingName: `${id}.${fileName}`, sizeBytes: 1_300 },
    { type: 'order-planned', erp, sha256, paymentSet: sha256, submissions: [plan], warnings: [], ids },
    { type: 'submission-prepared', part, sha256, sizeBytes: 5_400, edits: [] },
    { type: 'submission-started', part, attempt: 1 },
    {
      type: 'status-received',
      part,
      source: 'answer',
      answer: { name: 'answer-1.xml', sha256, sizeBytes: 900 },
      runs: [{ transfers: [[0, 0]], status: 'ACSC', reasons: [] }],
    },
    {
      type: 'order-told',
      number: 1,
      fileName: `pain.002_${id}_01-final.xml`,
      sha256,
      final: true,
      digest: sha256,
    },
    { type: 'order-archived', folder: `archive/2025/01/02/order-${index}_${id}` },
    { type: 'order-closed' },
  ];
  return events.map((event) => ({ stream: `order/${id}`, event }));
}
