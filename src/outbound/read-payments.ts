// Reads a file once for all that is to be known of it before it is planned: what is wrong by schema and by rule, what it holds,
// into which messages it goes.

import { formatDecimal } from '../domain/decimal.ts';
import type { Fault } from '../domain/fault.ts';
import type { ErpMessage } from '../domain/order-event.ts';
import type { GroupFacts } from '../domain/payment.ts';
import { PaymentRules, type RuleContext } from '../domain/rules/payment-rules.ts';
import { PlanBuilder } from '../domain/split.ts';
import type { ByteSource, ErpFormat, ReadVerdict } from '../erp/format.ts';
import { PaymentSetDigest } from './payment-set-digest.ts';

export interface Reading {
  readonly verdict: ReadVerdict;
  readonly rules: PaymentRules;
  readonly plan: PlanBuilder;
  readonly erp: ErpMessage;
  readonly paymentSet: string;
  /** By form first, then by rule, as many as are kept. */
  readonly faults: readonly Fault[];
  /** Those over the limit too. */
  readonly faultCount: number;
}

/** The same for the daemon and for whoever asks what it would say. */
export async function readPayments(
  format: Pick<ErpFormat, 'read'>,
  source: ByteSource,
  context: RuleContext,
): Promise<Reading> {
  const plan = new PlanBuilder();
  const paymentSet = new PaymentSetDigest();
  const rules = new PaymentRules(context, (routed) => {
    plan.add(routed);
    paymentSet.add(routed.block, routed.transfer);
  });
  let group: GroupFacts | undefined;
  const verdict = await format.read(source, {
    group: (facts) => {
      group = facts;
      rules.group(facts);
    },
    block: (facts) => rules.block(facts),
    transfer: (facts) => rules.transfer(facts),
    blockEnd: () => rules.blockEnd(),
  });
  if (verdict.complete) rules.end();
  return {
    verdict,
    rules,
    plan,
    erp: erpMessage(verdict, rules, group),
    paymentSet: paymentSet.toString(),
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
