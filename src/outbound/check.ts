// Reads a claimed file once, finds everything wrong with it, looks for duplicates, and decides: refused, repeated, a
// request, or planned. The decision is one record; nothing has been signed before it.

import type { Fault } from '../domain/fault.ts';
import type { Order } from '../domain/order.ts';
import type { ErpMessage, Hold, OrderEvent } from '../domain/order-event.ts';
import type { OwnAccount } from '../domain/rules/payment-rules.ts';
import { fault } from '../domain/rules/fault-at.ts';
import { dayAt } from '../domain/calendar.ts';
import type { ByteSource } from '../erp/format.ts';
import { FileFailure, type FileEntry } from '../files/file-store.ts';
import { approvalBy, type Approval } from './approval.ts';
import { copyWhileRead } from './copy-while-read.ts';
import {
  alikeHold,
  findSameBytes,
  findSameMessageId,
  named,
  REMEMBERED_IDS_MAX,
  repeatedIds,
  takeTurn,
  type Fingerprints,
} from './duplicates.ts';
import type { OutboundContext } from './outbound-context.ts';
import { planHold } from './plan-hold.ts';
import { convertSource } from './prepare.ts';
import { readPayments, type Reading } from './read-payments.ts';
import { requestFaults } from './request-faults.ts';
import { makeBanksReady } from './submit.ts';

const ANY_DATE = { today: '2000-01-01', pastAllowedDays: 700_000, futureMaxDays: 700_000 };

const WHOLE_FILE = { line: 1, column: 1, path: '' };

/** Records what became of the file; resolves to how long it rests when it must be looked at again, else to 0. */
export async function checkOrder(context: OutboundContext, order: Order): Promise<number> {
  const { ports, places, book } = context;
  const path = places.workingFile(order);
  const before = await ports.files.stat(path);
  if (before === undefined) {
    if (order.restored) throw notPlanned(`its file is no longer there; put it back as ${path}`);
    await refuse(
      context,
      order,
      unread(undefined),
      '',
      [
        fault(
          'file.missing',
          WHOLE_FILE,
          order.fileName,
          'The file was taken over but is no longer in the working folder.',
          'Somebody removed it there; drop the file again if it is still to be paid.',
        ),
      ],
      1,
    );
    return 0;
  }
  mustBeReadable(before, path, ports.readiness.sizeMaxBytes);
  const today = dayAt(ports.clock.now(), ports.rules.timeZone);
  const approval = await approvalBy(ports.files, ports.holdRules(order.company));
  // The share belongs to the ERP: what is signed later must be what is checked now, so it is read from our own copy.
  await ports.files.makeFolder(places.spoolFolder(order.id));
  const source = places.sourceFile(order.id);
  const { sha256, value: reading } = await copyWhileRead(
    ports.files,
    { path, sizeBytes: before.sizeBytes },
    source,
    (bytes) => readFile(context, order, today, approval, bytes),
  );
  const after = await ports.files.stat(path);
  const changed = after?.sizeBytes !== before.sizeBytes || after.mtimeMs !== before.mtimeMs;
  const young = ports.clock.now() - Date.parse(order.claimedAt) < ports.readiness.incompleteAfterMs;
  // A slow writer keeps writing into a renamed file; what changed while it was read was not complete.
  if (changed) return ports.readiness.checkEveryMs;
  if (!reading.verdict.complete && young) return ports.readiness.checkEveryMs;

  const { verdict, erp, faults, faultCount } = reading;
  if (verdict.kind === 'request' && faultCount === 0) {
    const strangers = requestFaults(verdict.requests, today, (iban) => ports.account(order.company, iban));
    if (strangers.length > 0) await refuse(context, order, erp, sha256, strangers, strangers.length);
    else await book.record(order.id, { type: 'request-accepted', erp, sha256, requests: verdict.requests });
    return 0;
  }
  // The same file was planned once under another configuration: a refusal now could be of what was paid, and so could
  // the word about an earlier one that has the same bytes.
  if (order.restored && verdict.kind === 'payment' && verdict.faultCount === 0 && faultCount > 0)
    throw notPlanned(faults[0]?.message ?? '');
  const isPayable = verdict.kind === 'payment' && faultCount === 0;
  const prints: Fingerprints = {
    sha256,
    erpMessageId: erp.messageId,
    paymentSet: isPayable ? reading.paymentSet : undefined,
    ids: isPayable ? reading.rules.ids(REMEMBERED_IDS_MAX) : undefined,
  };
  await takeTurn(context, order, prints);
  // Before any fault, such as a date that has gone by since: who hears that what was paid is refused pays it again.
  const repeated = await findSameBytes(context, order, sha256);
  if (repeated !== undefined) {
    await book.record(order.id, { type: 'order-repeats', erp, sha256, of: repeated.id });
    ports.log.warn('order.repeats', {
      order: order.id,
      file: order.fileName,
      of: repeated.id,
      ofFile: repeated.fileName,
    });
    return 0;
  }
  if (!isPayable) {
    await refuse(context, order, erp, sha256, faults, faultCount);
    return 0;
  }
  const impossible = await convertSource(context, order, source);
  if (impossible.length > 0) {
    await refuse(context, order, erp, sha256, impossible, impossible.length);
    return 0;
  }
  await plan(
    context,
    order,
    erp,
    sha256,
    reading,
    await alikeHold(context, order, prints),
    approval.reasons(),
  );
  if (verdict.layout !== undefined) context.layouts.note(order.id, verdict.layout);
  return 0;
}

/** What was put in the place of the file is neither read nor thrown away: the order is stuck until a person has looked. */
function mustBeReadable({ kind, sizeBytes }: FileEntry, path: string, sizeMaxBytes: number): void {
  if (kind !== 'file')
    throw new FileFailure('failed', path, `${path} is not an ordinary file any more. Move it away.`);
  if (sizeBytes > sizeMaxBytes) {
    const grown = `${path} has grown to ${sizeBytes} bytes, more than the ${sizeMaxBytes} allowed. Move it away.`;
    throw new FileFailure('too-large', path, grown);
  }
}

async function readFile(
  { ports, places }: OutboundContext,
  order: Order,
  today: string,
  approval: Approval,
  bytes: ByteSource,
): Promise<Reading> {
  const { pastAllowedDays, futureMaxDays, faultsMax } = ports.rules;
  // What may have been sent is not refused for a date that has gone by since.
  const dates = order.restored ? ANY_DATE : { today, pastAllowedDays, futureMaxDays };
  const account = (iban: string): OwnAccount | undefined => ports.account(order.company, iban);
  const forms = places.company(order.company);
  return readPayments(ports.format, bytes, { account, dates, faultsMax }, forms, approval);
}

async function plan(
  context: OutboundContext,
  order: Order,
  erp: ErpMessage,
  sha256: string,
  reading: Reading,
  alike: Hold | undefined,
  approval: readonly string[],
): Promise<void> {
  const { ports, book } = context;
  const ids = reading.rules.ids(REMEMBERED_IDS_MAX);
  const repeated =
    ids === undefined || ports.rules.repeatedIds === 'ignore' ? [] : await repeatedIds(context, order, ids);
  const submissions = reading.plan.plan(order.id);
  const hold = planHold({ order, reading, submissions, alike, repeated, rules: ports.rules, approval });
  const planned: OrderEvent = {
    type: 'order-planned',
    erp,
    sha256,
    paymentSet: reading.paymentSet,
    submissions,
    warnings: repeated,
    ...(ids === undefined ? {} : { ids }),
    ...(hold === undefined ? {} : { hold }),
    ...(order.restored ? { mayBeSent: true } : {}),
  };
  if (hold === undefined) makeBanksReady(context, submissions);
  // From this record on it is decided which transfer goes in which message, under which id.
  await book.record(order.id, planned);
  const fields = {
    order: order.id,
    file: order.fileName,
    transfers: erp.transferCount,
    controlSum: erp.controlSum,
    messages: planned.submissions.length,
  };
  if (hold === undefined) ports.log.info('order.planned', fields);
  else ports.log.warn('order.held', { ...fields, code: hold.code, evidence: hold.evidence });
  for (const warning of repeated)
    ports.log.warn('order.warning', { order: order.id, file: order.fileName, warning });
}

/** Neither refused, because it may have been sent, nor planned: the order is stuck until a person removes the cause. */
function notPlanned(cause: string): Error {
  return new Error(
    `It may have been sent before an older journal was put back, so it is not refused, and it can not be planned: ${cause}. Put back the file, or the accounts and banks of that time in the configuration; then it is held and asked about.`,
  );
}

async function refuse(
  context: OutboundContext,
  order: Order,
  erp: ErpMessage,
  sha256: string,
  faults: readonly Fault[],
  faultCount: number,
): Promise<void> {
  // Told under a MsgId that is another order's, the ERP would take that one for refused.
  const used = await findSameMessageId(context, order, erp.messageId);
  const event =
    used === undefined
      ? { erp, faults, faultCount }
      : {
          erp: { ...erp, messageId: undefined },
          faults: [usedMessageId(erp, used), ...faults],
          faultCount: faultCount + 1,
        };
  await context.book.record(order.id, { type: 'order-refused', sha256, ...event });
  const first = faults[0];
  context.ports.log.warn('order.refused', {
    order: order.id,
    file: order.fileName,
    faults: faultCount,
    rule: first?.rule,
    line: first?.line,
    reason: first?.message,
  });
}

function usedMessageId({ messageId = '' }: ErpMessage, used: Order): Fault {
  return fault(
    'rule.message-id-used',
    WHOLE_FILE,
    messageId,
    `This MsgId is that of ${named(used)}, which is told of by itself: nothing that is said here is about its payments.`,
    'Look at what was told of that file before anything is paid again; give every file a MsgId of its own.',
  );
}

function unread(messageName: string | undefined): ErpMessage {
  return { messageId: undefined, messageName, transferCount: 0, controlSum: '0' };
}
