// Asks for one real bank: whose service it is, where it is reached, who signs, and which keys there are.

import { DIALECTS } from '../../bank/cdc/dialects/dialect-named.ts';
import type { CdcDialect } from '../../bank/cdc/dialects/dialect.ts';
import { Refusal } from '../../config/keys.ts';
import { choice } from '../../config/leaves.ts';
import { addressFault } from '../known-address.ts';
import { gatherAuthorities, gatherKey } from './gather-keys.ts';
import type { Asker } from './asker.ts';
import type { PlannedBank } from './plan.ts';
import { bothRules, orNothing, ruleOf, type Question } from './question.ts';

const SHORT_NAMES = { bnp: 'BNP', ing: 'ING' } as const;

export async function gatherBank(asker: Asker, environment: string, company: string): Promise<PlannedBank> {
  const dialect = await gatherDialect(asker);
  const name = await asker.ask({
    option: 'bank',
    text: 'What to call the bank in logs and commands',
    otherwise: SHORT_NAMES[dialect.name],
    example: SHORT_NAMES[dialect.name],
    read: ruleOf('banks.name'),
  });
  const url = await asker.ask({
    option: 'url',
    text: environment === 'test' ? 'Address of its test service (from the bank)' : 'Address of its service',
    otherwise: environment === 'production' ? dialect.productionUrl : undefined,
    example: 'https://test.example/cdc00101',
    read: bothRules(ruleOf('banks.url'), (written) => {
      const fault = addressFault(written, environment);
      return fault === undefined ? written : new Refusal(fault.message, fault.remedy);
    }),
  });
  return {
    kind: 'real',
    name,
    dialect,
    url,
    environment,
    ...(await gatherHeader(asker, dialect, company)),
    ...(await gatherSigning(asker, dialect, company)),
    authorities: await gatherAuthorities(asker),
  };
}

/** One of these, as the loader reads a choice. */
export function oneOf(...values: readonly string[]): Question['read'] {
  return (written) => choice(...values).read(written);
}

async function gatherDialect(asker: Asker): Promise<CdcDialect> {
  const names = DIALECTS.map(({ name }) => name);
  asker.explain(['The bank:', ...DIALECTS.map(({ name, title }) => `  ${name}  ${title}`)].join('\n'));
  const chosen = await asker.ask({
    option: 'dialect',
    text: `Which bank: ${names.join(' or ')}`,
    example: 'bnp',
    read: ruleOf('banks.dialect'),
  });
  const found = DIALECTS.find(({ name }) => name === chosen);
  if (found === undefined) throw new Error(`The schema takes the dialect ${chosen}, which nobody knows.`);
  return found;
}

async function gatherHeader(
  asker: Asker,
  dialect: CdcDialect,
  company: string,
): Promise<{ readonly passId: string; readonly partnerId: string }> {
  if (!dialect.header) return { passId: '', partnerId: '' };
  const passId = await asker.ask({
    option: 'pass-id',
    text: 'Name of the technical user (PassID), if the bank gave you one',
    otherwise: '',
    example: 'EXAMPLE WS USER',
    read: orNothing(ruleOf('banks.header.passId')),
  });
  if (passId === '') return { passId, partnerId: '' };
  const partnerId = await asker.ask({
    option: 'partner-id',
    text: 'Name of your company as the bank writes it (PartnerID)',
    otherwise: company.slice(0, 35).trim(),
    example: company.slice(0, 35).trim(),
    read: ruleOf('banks.header.partnerId'),
  });
  return { passId, partnerId };
}

type RealBank = Extract<PlannedBank, { kind: 'real' }>;

async function gatherSigning(
  asker: Asker,
  dialect: CdcDialect,
  company: string,
): Promise<Pick<RealBank, 'initiatingParty' | 'communication' | 'authorization'>> {
  asker.explain(
    'Who signs orders: "goniec" with an authorization certificate that the bank has\nregistered, or "people" in the e-bank, where orders then wait for them.',
  );
  const signer = await asker.ask({
    option: 'signing',
    text: 'goniec or people',
    otherwise: 'people',
    example: 'people',
    read: oneOf('goniec', 'people'),
  });
  const initiatingParty = await gatherInitiatingParty(asker, dialect, company);
  const communication = await gatherKey(asker, 'communication', company);
  return {
    initiatingParty,
    communication,
    authorization: signer === 'people' ? undefined : await gatherKey(asker, 'authorization', company),
  };
}

/** Only where the bank takes no other name than the one it has registered. */
async function gatherInitiatingParty(asker: Asker, dialect: CdcDialect, company: string): Promise<string> {
  const pattern = dialect.orderRules.initiatingPartyPattern;
  if (pattern === undefined) return '';
  asker.explain(
    'The bank takes orders only under the name that it has registered for your company,\nin letters and digits. Enter the name from its papers.',
  );
  return asker.ask({
    option: 'initiating-party',
    text: 'Registered name (InitgPty)',
    otherwise: lettersAndDigits(company),
    example: 'EXAMPLESPZOO',
    read: bothRules(ruleOf('banks.rules.initiatingPartyName'), (name) =>
      new RegExp(`^(?:${pattern})$`, 'u').test(name)
        ? name
        : new Refusal(`is "${name}", which the bank would refuse`, 'Write letters and digits only.'),
    ),
  });
}

/** `Żółw Sp. z o.o.` as `ZOLWSPZOO`. */
function lettersAndDigits(text: string): string | undefined {
  const plain = text
    .replace(/[łŁ]/g, 'l')
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase();
  return plain === '' ? undefined : plain;
}
