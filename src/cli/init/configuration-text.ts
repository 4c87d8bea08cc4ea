// The configuration that `goniec init` writes: only what differs from the defaults, with what a person needs to change it.

import { dirname, isAbsolute, relative, sep } from 'node:path';
import { OWN_AUTHORITIES, keyPlaces, type Plan, type PlannedBank, type PlannedKey } from './plan.ts';

/** YAML with one line end at its end. `day`: when it is written. */
export function configurationText(plan: Plan, day: string): string {
  const { folders, company, accounts, schedules, bank } = plan;
  const at = (path: string): string => scalar(relativeWithin(plan, path));
  return `# The configuration of Goniec, written by "goniec init" on ${day}.
# Every key, its unit, default and bounds: docs/configuration.md. After a change run "goniec check".
# Relative paths are relative to the folder of this file.

# Journal and prepared messages. On a local disk, never on a network share.
state: ${at(folders.state)}
timeZone: Europe/Warsaw

companies:
  - name: ${scalar(company)}
    outbox: ${at(folders.outbox)} # the ERP writes payments and requests here
    inbox: ${at(folders.inbox)} # the ERP reads outcomes, balances, history and statements here
    archive: ${at(folders.archive)} # everything that passed through, for people to read

# Where the outbox is a network share, changes in it are not announced:
# watch: polling

banks:
${bank.kind === 'sandbox' ? sandboxText(bank) : realText(plan, bank)}
accounts:
${accounts.map(({ iban, currency }) => accountText(iban, currency, bank, company, schedules)).join('')}`;
}

function sandboxText({ port, controlPort }: Extract<PlannedBank, { kind: 'sandbox' }>): string {
  return `  - name: Sandbox
    dialect: bnp
    url: https://localhost:${port}/bnpp-cdc/cdc00101
    environment: test
    sandbox: true # a bank built into Goniec, started beside it; it makes its own keys, and no real money moves
    sandboxControlPort: ${controlPort}
    # What the sandbox answers about message ids. For a real bank these are filled from a test there.
    profile:
      notFound: [E404]
      duplicate: [E401]
      refusal: [E101, E102, E103, E201, E301, E302, E303]
      systemic: [E301, E302, E303]
      arrivalBound: 10s
    # A real bank is asked less often; here an outcome shows within seconds.
    follow: { firstAsk: 1s, askEveryMax: 5s, inDoubtHoldAfter: 5m }
`;
}

function realText(plan: Plan, bank: Extract<PlannedBank, { kind: 'real' }>): string {
  const money =
    bank.environment === 'production' ? 'money moves here' : "the bank's test service; no money moves";
  const authorities =
    bank.authorities === undefined ? OWN_AUTHORITIES : scalar(relativeWithin(plan, bank.authorities));
  return `  - name: ${scalar(bank.name)}
    dialect: ${bank.dialect.name} # ${bank.dialect.title}
    url: ${scalar(bank.url)}
    environment: ${bank.environment} # ${money}
    # The communication certificate: how the bank knows this server.
    tls:
${keyText(plan, bank.communication, 'communication')}      ca: ${authorities} # who may vouch for the bank's server
${signingText(plan, bank)}${headerText(bank)}${rulesText(bank)}    # What a test at this bank has shown about unknown and repeated message ids ("goniec probe"). Empty, a payment
    # whose answer got lost is never sent again by itself: it is held for a person.
    profile:
      notFound: []
      duplicate: []
`;
}

function signingText(plan: Plan, { authorization }: Extract<PlannedBank, { kind: 'real' }>): string {
  if (authorization === undefined)
    return '    signing: none # orders go unsigned, and people sign them in the e-bank\n';
  return `    # The authorization certificate: signs orders.
    signing:
${keyText(plan, authorization, 'authorization')}`;
}

function keyText(plan: Plan, planned: PlannedKey, purpose: 'communication' | 'authorization'): string {
  if (planned.kind === 'new') {
    const { certificate, key, request } = keyPlaces(purpose);
    return `      certificate: ${certificate} # the bank's answer to ${request}
      key: ${key}
`;
  }
  const at = (path: string): string => scalar(relativeWithin(plan, path));
  const passphrase =
    planned.passphraseFile === '' ? '' : `      passphrase: { file: ${at(planned.passphraseFile)} }\n`;
  return `      certificate: ${at(planned.certificate)}
      key: ${at(planned.key)}
${passphrase}`;
}

function headerText({ passId, partnerId }: Extract<PlannedBank, { kind: 'real' }>): string {
  if (passId === '') return '';
  return `    header:
      finInstId: ING Bank Śląski
      partnerId: ${scalar(partnerId)}
      passId: ${scalar(passId)}
`;
}

function rulesText({ initiatingParty }: Extract<PlannedBank, { kind: 'real' }>): string {
  if (initiatingParty === '') return '';
  return `    rules:
      initiatingPartyName: ${scalar(initiatingParty)} # the name the bank has registered
`;
}

function accountText(
  iban: string,
  currency: string,
  bank: PlannedBank,
  company: string,
  { balances, history, statements }: Plan['schedules'],
): string {
  return `  - iban: ${iban.match(/.{1,4}/g)?.join(' ') ?? iban}
    company: ${scalar(company)}
    bank: ${bank.kind === 'sandbox' ? 'Sandbox' : scalar(bank.name)}
    currency: ${currency}
${schedule('balances', balances)}${schedule('history', history)}${
    statements === 'none' ? '' : `    statements:\n      at: '${statements}'\n      pdf: true\n`
  }`;
}

function schedule(key: string, cron: string): string {
  return cron === 'none' ? '' : `    ${key}: '${cron}'\n`;
}

/** What lies in the installation is named from the configuration's folder, so that the whole of it can be moved. */
function relativeWithin({ folder, configuration }: Plan, path: string): string {
  const way = relative(folder, path);
  const isInside = way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  return isInside ? relative(dirname(configuration), path).split(sep).join('/') : path;
}

/** A YAML scalar that is read back as this text: a double-quoted one is a JSON string (YAML 1.2, section 1.3). */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z./][A-Za-z0-9 ._/-]*$/.test(text) && !/^(?:true|false|null|none)$/i.test(text);
  return isPlain || /^https:\/\/[A-Za-z0-9.:/_-]+$/.test(text) ? text : JSON.stringify(text);
}
