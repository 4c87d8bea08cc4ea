// Reads a claimed file once, finds everything wrong with it, looks for duplicates, and decides: refused, repeated, a
// request, or planned. The decision is one record; nothing has been signed before it.

import { formatDecimal } from '../domain/decimal.ts';
import type { Fault } from '../domain/fault.ts';
import type { Order } from '../domain/order.ts';
import type { ErpMessage, Hold, OrderEvent } from '../domain/order-event.ts';
import { PaymentRules } from '../domain/rules/payment-rules.ts';
import { fault } from '../domain/rules/fault-at.ts';
import { PlanBuilder } from '../domain/split.ts';
import { addDays, dayAt } from '../domain/calendar.ts';
import type { GroupFacts } from '../domain/payment.ts';
import type { ReadVerdict } from '../erp/format.ts';
import { findDuplicate, idsToRemember, repeatedIds } from './duplicates.ts';
import type { OutboundContext } from './outbound-context.ts';
import { PaymentSetDigest } from './payment-set-digest.ts';

/** A mistyped year must not become hundreds of thousands of questions to a bank. */
const REQUEST_DAYS_MAX = 400;

const WHOLE_FILE = { line: 1, column: 1, path: '' };

/** Records what became of the file; resolves to false when it was still being written and must be looked at again. */
export async function checkOrder(context: OutboundContext, order: Order): Promise<boolean> {
  const { ports, places, book } = context;
  const path = places.workingFile(order);
  const before = await ports.files.stat(path);
  if (before === undefined) {
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
    return true;
  }
  // The share belongs to the ERP: what is signed later must be what is checked now, so both are read from our own copy.
  await ports.files.makeFolder(places.spoolFolder(order.id));
  const source = places.sourceFile(order.id);
  const { sha256 } = await ports.files.write(source, ports.files.read(path), { replace: true });
  const after = await ports.files.stat(path);
  const changed = after?.sizeBytes !== before.sizeBytes || after.mtimeMs !== before.mtimeMs;
  const young = ports.clock.now() - Date.parse(order.claimedAt) < ports.readiness.incompleteAfterMs;
  // A slow writer keeps writing into a renamed file; what changed while it was read was not complete.
  if (changed) return false;
  const reading = await readFile(context, order, source);
  if (!reading.verdict.complete && young) return false;

  const { verdict, rules } = reading;
  const erp = erpMessage(reading);
  const faults = [...verdict.faults, ...rules.faults];
  const faultCount = verdict.faultCount + rules.faultCount;
  if (verdict.kind === 'request' && faultCount === 0) {
    const strangers = requestFaults(context, order, verdict);
    if (strangers.length > 0) await refuse(context, order, erp, sha256, strangers, strangers.length);
    else await book.record(order.id, { type: 'request-accepted', erp, sha256, requests: verdict.requests });
    return true;
  }
  if (verdict.kind !== 'payment' || faultCount > 0) {
    await refuse(context, order, erp, sha256, faults.slice(0, ports.rules.faultsMax), faultCount);
    return true;
  }
  const duplicate = await findDuplicate(context, order, {
    sha256,
    erpMessageId: erp.messageId,
    paymentSet: reading.paymentSet,
  });
  if (duplicate?.kind === 'same-bytes') {
    await book.record(order.id, { type: 'order-repeats', erp, sha256, of: duplicate.of.id });
    ports.log.warn('order.repeats', {
      order: order.id,
      file: order.fileName,
      of: duplicate.of.id,
      ofFile: duplicate.of.fileName,
    });
    return true;
  }
  const impossible = await convert(context, order, source);
  if (impossible.length > 0) {
    await refuse(context, order, erp, sha256, impossible, impossible.length);
    return true;
  }
  await plan(context, order, erp, sha256, reading, duplicate?.hold ?? restored(order));
  return true;
}

interface Reading {
  readonly verdict: ReadVerdict;
  readonly rules: PaymentRules;
  readonly plan: PlanBuilder;
  readonly group: GroupFacts | undefined;
  readonly paymentSet: string;
}

async function readFile(context: OutboundContext, order: Order, path: string): Promise<Reading> {
  const { ports } = context;
  const plan = new PlanBuilder();
  const paymentSet = new PaymentSetDigest();
  const { timeZone, pastAllowedDays, futureMaxDays, faultsMax } = ports.rules;
  const dates = { today: dayAt(ports.clock.now(), timeZone), pastAllowedDays, futureMaxDays };
  const rules = new PaymentRules(
    { account: (iban) => ports.account(order.company, iban), dates, faultsMax },
    (routed) => {
      plan.add(routed);
      paymentSet.add(routed.block, routed.transfer);
    },
  );
  let group: GroupFacts | undefined;
  const verdict = await ports.format.read(() => ports.files.read(path), {
    group: (facts) => {
      group = facts;
      rules.group(facts);
    },
    block: (facts) => rules.block(facts),
    transfer: (facts) => rules.transfer(facts),
    blockEnd: () => rules.blockEnd(),
  });
  if (verdict.complete) rules.end();
  return { verdict, rules, plan, group, paymentSet: paymentSet.toString() };
}

async function plan(
  context: OutboundContext,
  order: Order,
  erp: ErpMessage,
  sha256: string,
  reading: Reading,
  alike: Hold | undefined,
): Promise<void> {
  const { ports, book } = context;
  const ids = idsToRemember(reading.rules.ids);
  const repeated =
    ids === undefined || ports.rules.repeatedIds === 'ignore' ? [] : await repeatedIds(context, order, ids);
  const hold =
    alike ??
    (repeated.length > 0 && ports.rules.repeatedIds === 'hold'
      ? { code: 'repeated-ids' as const, evidence: repeated.join(' ') }
      : undefined);
  const planned: OrderEvent = {
    type: 'order-planned',
    erp,
    sha256,
    paymentSet: reading.paymentSet,
    submissions: reading.plan.plan(order.id),
    warnings: repeated,
    ...(ids === undefined ? {} : { ids }),
    ...(hold === undefined ? {} : { hold }),
  };
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

/** A file that was in our folder long before this journal knew of it: the journal may be an older one, put back. */
function restored(order: Order): Hold | undefined {
  if (!order.restored) return undefined;
  const evidence = `The file had been taken over earlier, but this journal has no record of it: an older state folder was probably restored. It may have been sent already; look for its transfers in the e-bank before it is released.`;
  return { code: 'found-after-restore', evidence };
}

/** Brings a newer version into the one the bank's core takes; gives what that one cannot hold. */
async function convert(context: OutboundContext, order: Order, path: string): Promise<readonly Fault[]> {
  const { files, format } = context.ports;
  const conversion = await format.convert(() => files.read(path));
  switch (conversion.kind) {
    case 'as-is':
      return [];
    case 'impossible':
      return conversion.faults;
    case 'converted':
      await files.makeFolder(context.places.spoolFolder(order.id));
      await files.write(context.places.convertedFile(order.id), conversion.bytes, { replace: true });
      return [];
  }
}

function requestFaults(context: OutboundContext, order: Order, verdict: ReadVerdict): Fault[] {
  const today = dayAt(context.ports.clock.now(), context.ports.rules.timeZone);
  const periods = verdict.requests
    .filter(
      ({ from, to }) =>
        from !== undefined && to !== undefined && (to > today || addDays(from, REQUEST_DAYS_MAX) < to),
    )
    .map(({ from = '', to = '' }) =>
      fault(
        'rule.request-period',
        WHOLE_FILE,
        `${from} to ${to}`,
        `The period reaches beyond today or is longer than ${REQUEST_DAYS_MAX} days.`,
        'Correct the dates, or ask in several requests.',
      ),
    );
  const strangers = verdict.requests
    .filter((request) => context.ports.account(order.company, request.account) === undefined)
    .map((request) =>
      fault(
        'rule.request-account',
        WHOLE_FILE,
        request.account,
        'The account asked about is not one of the accounts configured for this outbox.',
        'Correct the account in the request, or add it under accounts in the configuration.',
      ),
    );
  return [...periods, ...strangers];
}

async function refuse(
  context: OutboundContext,
  order: Order,
  erp: ErpMessage,
  sha256: string,
  faults: readonly Fault[],
  faultCount: number,
): Promise<void> {
  await context.book.record(order.id, { type: 'order-refused', erp, sha256, faults, faultCount });
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

function erpMessage(reading: Reading): ErpMessage {
  const { verdict, rules, group } = reading;
  const messageId = group?.messageId.value ?? verdict.requestMessageId;
  return {
    messageId: messageId === '' ? undefined : messageId,
    messageName: verdict.messageName,
    transferCount: rules.count,
    controlSum: formatDecimal(rules.sum),
  };
}

function unread(messageName: string | undefined): ErpMessage {
  return { messageId: undefined, messageName, transferCount: 0, controlSum: '0' };
}
