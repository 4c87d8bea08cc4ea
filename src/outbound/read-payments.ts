// Reads a file once for all that is to be known of it before it is planned: what is wrong by schema and by rule, what it holds,
// into which messages it goes.

import { formatDecimal } from '../domain/decimal.ts';
import type { PaymentForms } from '../domain/erp-formats.ts';
import type { Fault } from '../domain/fault.ts';
import type { ErpMessage } from '../domain/order-event.ts';
import type { GroupFacts } from '../domain/payment.ts';
import { PaymentRules, type RoutedTransfer, type RuleContext } from '../domain/rules/payment-rules.ts';
import { PlanBuilder } from '../domain/split.ts';
import type { ByteSource, ErpFormat, PaymentSink, ReadVerdict } from '../erp/format.ts';
import type { Approval } from './approval.ts';
import { PaymentSetDigest } from './payment-set-digest.ts';

/** What is to be known of a file before it is planned. */
export interface Reading extends Check {
  /** Of the payments whatever their ids, to find duplicates by. */
  readonly paymentSet: string;
}

/** What a file holds, and what is wrong with it. */
export interface Check {
  readonly verdict: ReadVerdict;
  readonly rules: PaymentRules;
  readonly plan: PlanBuilder;
  readonly erp: ErpMessage;
  /** By form first, then by rule, as many as are kept. */
  readonly faults: readonly Fault[];
  /** Those over the limit too. */
  readonly faultCount: number;
}

/** Throws what the source throws. `approval` hears of every transfer of the plan. */
export async function readPayments(
  format: Pick<ErpFormat, 'read'>,
  source: ByteSource,
  context: RuleContext,
  forms: PaymentForms,
  approval: Pick<Approval, 'add'>,
): Promise<Reading> {
  const paymentSet = new PaymentSetDigest();
  const check = await checkPayments(format, source, context, forms, ({ block, transfer }) => {
    paymentSet.add(block, transfer);
    approval.add(transfer);
  });
  return { ...check, paymentSet: paymentSet.toString() };
}

/** The same for whoever only asks what would be said of the file. `routed` is told of each transfer of the plan. */
export async function checkPayments(
  format: Pick<ErpFormat, 'read'>,
  source: ByteSource,
  context: RuleContext,
  forms: PaymentForms,
  routed?: (transfer: RoutedTransfer) => void,
): Promise<Check> {
  const plan = new PlanBuilder();
  const rules = new PaymentRules(context, (transfer) => {
    plan.add(transfer);
    routed?.(transfer);
  });
  let group: GroupFacts | undefined;
  const sink: PaymentSink = {
    group: (facts) => {
      group = facts;
      rules.group(facts);
    },
    block: (facts) => rules.block(facts),
    transfer: (facts) => rules.transfer(facts),
    blockEnd: () => rules.blockEnd(),
  };
  const verdict = await format.read(source, sink, forms);
  if (verdict.complete) rules.end();
  return {
    verdict,
    rules,
    plan,
    erp: erpMessage(verdict, rules, group),
    faults: [...verdict.faults, ...rules.faults].slice(0, context.faultsMax),
    faultCount: verdict.faultCount + rules.faultCount,
  };
}

function erpMessage(verdict: ReadVerdict, rules: PaymentRules, group: GroupFacts | undefined): ErpMessage {
  const messageId = group?.messageId.value ?? verdict.requestMessageId;
  return {
    messageId: messageId === '' ? undefined : messageId,
    messageName: verdict.messageName,
    transferCount: rules.count,
    controlSum: formatDecimal(rules.sum),
  };
}
