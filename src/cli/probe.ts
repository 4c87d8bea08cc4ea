// `goniec probe`: finds out at a bank's test endpoint what it answers to unknown and repeated ids, to fill its profile.

import { readFile } from 'node:fs/promises';
import { probeAnswers, type ProbeAnswer, type ProbeOrder } from '../bank/cdc/probe.ts';
import type { Settings } from '../config/settings.ts';
import { dayAt } from '../domain/calendar.ts';
import { ulid } from '../domain/identifiers.ts';
import { PaymentRules } from '../domain/rules/payment-rules.ts';
import { PlanBuilder } from '../domain/split.ts';
import { createIso20022Format } from '../erp/iso20022/iso20022-format.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { cdcOptionsOf, openBank, type OpenBank } from './bank-channels.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { settingsFor } from './settings-for.ts';
import { complain, say, sayJson } from './terminal.ts';

export interface ProbeOptions {
  readonly config?: string;
  readonly json?: boolean;
  /** A pain.001 with one small payment that may be executed, even twice, without harm. */
  readonly payment?: string;
}

/** Never at a production endpoint: the payment is sent twice on purpose. */
export async function probe(name: string, options: ProbeOptions): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const bank = loaded.settings.banks.find((candidate) => candidate.name === name);
  if (bank === undefined) {
    complain(
      `There is no bank "${name}". Known: ${loaded.settings.banks.map((candidate) => candidate.name).join(', ')}`,
    );
    return EXIT.notFound;
  }
  if (bank.environment !== 'test') {
    complain(
      `${name} is configured as ${bank.environment}. Only a test endpoint may be probed: set its address and environment: test.`,
    );
    return EXIT.usage;
  }
  const prepared = await cdcOptionsOf(bank, loaded.settings);
  const open = await openBank(bank, loaded.settings);
  if (typeof prepared === 'string' || typeof open === 'string') {
    for (const problem of [prepared, open]) if (typeof problem === 'string') complain(problem);
    return EXIT.configuration;
  }
  const order =
    options.payment === undefined ? undefined : await orderFrom(options.payment, open, loaded.settings);
  await open.channel.close();
  if (typeof order === 'string') {
    complain(order);
    return EXIT.usage;
  }
  const findings = await probeAnswers(prepared.options, order);
  if (options.json === true) sayJson(findings);
  else {
    say(`To a status query for an id it never had, ${name} answers: ${described(findings.unknownId)}`);
    if (findings.firstSending !== undefined) say(`To the payment: ${described(findings.firstSending)}`);
    if (findings.repeatedId !== undefined)
      say(`To the same payment again: ${described(findings.repeatedId)}`);
    else say('Repeated ids were not tried: give a harmless payment with --payment FILE.');
    say(
      `\nFor the profile, if the bank confirms that these codes mean nothing else:\n    profile:\n      notFound: [${findings.suggested.notFound.join(', ')}]\n      duplicate: [${findings.suggested.duplicate.join(', ')}]`,
    );
    say('      arrivalBound: ask the bank how late a message may still arrive (e.g. 15m)');
  }
  return EXIT.ok;
}

function described({ kind, httpStatus, groupStatus, codes, text }: ProbeAnswer): string {
  return [
    kind,
    httpStatus === undefined ? '' : `HTTP ${httpStatus}`,
    groupStatus ?? '',
    codes.join(' '),
    text,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** The one message the payment file makes, or a sentence why it does not. */
async function orderFrom(path: string, bank: OpenBank, settings: Settings): Promise<ProbeOrder | string> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return `The payment file ${path} can not be read.`;
  const format = createIso20022Format({ timeZone: settings.timeZone });
  const source = async function* (): AsyncIterable<Uint8Array> {
    yield bytes;
  };
  const plan = new PlanBuilder();
  const account = (
    iban: string,
  ): { iban: string; currency: string; terms: OpenBank['terms'] } | undefined => {
    const found = settings.accounts.find(
      (candidate) => candidate.iban === iban && candidate.bank === bank.settings.name,
    );
    return found && { iban, currency: found.currency, terms: bank.terms };
  };
  const dates = { today: dayAt(systemClock.now(), settings.timeZone), ...settings.executionDate };
  const rules = new PaymentRules({ account, dates, faultsMax: 1 }, (routed) => {
    plan.add(routed);
  });
  const verdict = await format.read(source, {
    group: (facts) => rules.group(facts),
    block: (facts) => rules.block(facts),
    transfer: (facts) => rules.transfer(facts),
    blockEnd: () => rules.blockEnd(),
  });
  rules.end();
  const [fault] = [...verdict.faults, ...rules.faults];
  if (fault !== undefined) return `${path}:${fault.line}: ${fault.message} ${fault.remedy}`;
  const [submission, ...others] = plan.plan(ulid(systemClock.now(), systemClock.random(10)));
  if (submission === undefined || others.length > 0)
    return `${path} must hold payments that go in one bank message.`;
  const createdAt = new Date(systemClock.now());
  const cut = format.cut(source, submission, createdAt, {
    initiatingPartyName: bank.terms.rules.initiatingPartyName,
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of bank.channel.compose({
    messageId: submission.messageId,
    operation: submission.operation,
    signingTime: createdAt,
    document: cut.document,
  }))
    pieces.push(piece);
  return { operation: submission.operation, bytes: Buffer.concat(pieces) };
}
