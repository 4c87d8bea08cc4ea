// One company's folders and configuration with two banks: one that takes every repeated message but is known to say "not
// found", and one that is known to refuse repeated ids. Between them they hold both ways out of doubt.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OTHER_PLN_ACCOUNT, PLN_ACCOUNT } from '../end-to-end/support/office.ts';
import { startBank, type Bank } from '../end-to-end/support/processes.ts';

export interface SiteBank {
  readonly name: 'Asks' | 'Refuses';
  readonly account: string;
  readonly bank: Bank;
}

export interface Site {
  readonly root: string;
  readonly config: string;
  readonly state: string;
  readonly outbox: string;
  readonly inbox: string;
  readonly archive: string;
  /** Where the ERP puts what it took from the inbox. */
  readonly taken: string;
  readonly banks: readonly SiteBank[];
}

/** The account whose history is fetched; every booking on it must be shown to the ERP once. */
export const COLLECTED_ACCOUNT = PLN_ACCOUNT;

export const TRANSFERS_PER_MESSAGE_MAX = 5;

/** After this no message arrives any more; the harness delays none for longer. */
export const ARRIVAL_BOUND_MS = 3_000;

const OPENING_BALANCE = '900000000.00';

/** Makes the folders, starts the banks, writes the configuration; the daemon is not started. */
export async function openSite(root: string): Promise<Site> {
  const folder = (name: string): string => join(root, name);
  const site = {
    root,
    config: join(root, 'config', 'goniec.yaml'),
    state: folder('state'),
    outbox: folder('outbox'),
    inbox: folder('inbox'),
    archive: folder('archive'),
    taken: folder('taken'),
  };
  for (const name of ['config', 'outbox', 'inbox', 'archive', 'state', 'taken', 'asks', 'refuses'])
    await mkdir(folder(name), { recursive: true });
  const accounts = folder('accounts.json');
  const account = (iban: string): object => ({
    iban,
    currency: 'PLN',
    owner: 'Wytwornia',
    openingBalance: OPENING_BALANCE,
  });
  await writeFile(accounts, JSON.stringify([account(PLN_ACCOUNT), account(OTHER_PLN_ACCOUNT)]));
  const options = ['--booking-delay', '300', '--accounts', accounts];
  const banks: SiteBank[] = [
    { name: 'Asks', account: PLN_ACCOUNT, bank: await startBank(folder('asks'), ...options) },
    { name: 'Refuses', account: OTHER_PLN_ACCOUNT, bank: await startBank(folder('refuses'), ...options) },
  ];
  await writeFile(site.config, configuration(banks));
  return { ...site, banks };
}

const PROFILES: Readonly<Record<SiteBank['name'], string>> = {
  Asks: `notFound: [E404], arrivalBound: ${ARRIVAL_BOUND_MS / 1000}s`,
  Refuses: 'duplicate: [E401], notFound: [E404], rejectMeansRejected: true',
};

function configuration(banks: readonly SiteBank[]): string {
  return `state: ../state
scanEvery: 200ms
tellEvery: 0s
stopWithin: 8s
log: { level: debug }
executionDate: { pastAllowedDays: 1 }
readiness: { checks: 2, checkEvery: 60ms, minimumAge: 60ms, incompleteAfter: 3s }
companies:
  - { name: Test, outbox: ../outbox, inbox: ../inbox, archive: ../archive }
banks:
${banks.map(bankYaml).join('')}accounts:
${banks.map(accountYaml).join('')}`;
}

function bankYaml({ name, bank: { folder, port } }: SiteBank): string {
  return `  - name: ${name}
    dialect: bnp
    url: https://localhost:${port}/bnpp-cdc/cdc00101
    environment: test
    tls: { certificate: ${folder}/client.pem, key: ${folder}/client.key, ca: ${folder}/ca.pem }
    signing: { certificate: ${folder}/signing.pem, key: ${folder}/signing.key }
    timeouts: { connect: 2s, answer: 2s }
    limits: { transfersPerMessageMax: ${TRANSFERS_PER_MESSAGE_MAX} }
    follow: { firstAsk: 400ms, askEveryMax: 800ms, inDoubtHoldAfter: 30s }
    profile: { ${PROFILES[name]}, refusal: [E101, E102, E103, E201, E301, E302, E303], systemic: [E301, E302, E303] }
`;
}

function accountYaml({ name, account }: SiteBank): string {
  return `  - iban: ${account}
    company: Test
    bank: ${name}
    currency: PLN
${account === COLLECTED_ACCOUNT ? `    history: '*/4 * * * * *'\n` : ''}`;
}
