// One company's folders with a daemon on them, and what an ERP and an auditor would do there.

import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readLedger } from '../../../src/sandbox/read-ledger.ts';
import { Service, until, type Bank } from './processes.ts';

export const PLN_ACCOUNT = 'PL60160014620000000000000001';
export const OTHER_PLN_ACCOUNT = 'PL33160014620000000000000002';
export const EUR_ACCOUNT = 'PL06160014620000000000000003';

export interface BankLine {
  readonly bank: Bank;
  readonly name: string;
  readonly accounts: readonly {
    readonly iban: string;
    readonly currency: string;
    readonly collect?: boolean;
  }[];
  readonly dialect?: 'bnp' | 'ing';
  /** Flow-style YAML of banks[].profile. */
  readonly profile?: string;
  readonly follow?: string;
  readonly rules?: string;
  readonly answerTimeout?: string;
  /** Instead of the bank's own address, e.g. of something that listens in. */
  readonly port?: number;
}

/** What the sandbox answers, as a test at it would have shown. */
export const KNOWN_PROFILE =
  '{ notFound: [E404], duplicate: [E401], refusal: [E101, E102, E103, E201, E301, E302, E303], systemic: [E301, E302, E303], arrivalBound: 2s }';

export class Office {
  readonly root: string;
  readonly config: string;
  readonly daemon: Service;
  readonly #lines: readonly BankLine[];

  private constructor(root: string, lines: readonly BankLine[]) {
    this.root = root;
    this.config = join(root, 'config', 'goniec.yaml');
    this.daemon = new Service(['start', '--config', this.config], /daemon\.started/);
    this.#lines = lines;
  }

  /** `erp` is companies[].erp in flow-style YAML, `more` is the end of the file. */
  static async open(root: string, lines: readonly BankLine[], erp = '{}', more = ''): Promise<Office> {
    const office = new Office(root, lines);
    for (const folder of ['config', 'outbox', 'inbox', 'archive'])
      await mkdir(join(root, folder), { recursive: true });
    await writeFile(office.config, configuration(lines, erp) + more);
    await office.daemon.start();
    return office;
  }

  /** Writes under a name that is not looked at, then renames, as a careful ERP does. */
  async drop(name: string, content: string | Uint8Array): Promise<void> {
    const path = join(this.root, 'outbox', name);
    await writeFile(`${path}.tmp`, content);
    await rename(`${path}.tmp`, path);
  }

  async inbox(): Promise<string[]> {
    return (await readdir(join(this.root, 'inbox'))).filter((name) => !name.startsWith('.')).sort();
  }

  async read(name: string): Promise<string> {
    return readFile(join(this.root, 'inbox', name), 'utf8');
  }

  /** A file at a path as `archived` gives it. */
  async readAt(path: string): Promise<string> {
    return readFile(join(this.root, path), 'utf8');
  }

  /** Files of the ERP that Goniec has not taken. */
  async waiting(): Promise<string[]> {
    return (await readdir(join(this.root, 'outbox'))).filter((name) => !name.startsWith('.')).sort();
  }

  /** Status files about one dropped file, in their order. */
  async toldAbout(stem: string): Promise<string[]> {
    return (await this.inbox()).filter((name) => name.startsWith('pain.002_') && name.includes(`_${stem}_`));
  }

  /** The text of the final status about a file, once it is there and its order is closed. */
  async finalStatus(stem: string, withinMs?: number): Promise<string> {
    let name: string | undefined;
    await until(
      `the final status of ${stem}`,
      async () => {
        name = (await this.toldAbout(stem)).find((told) => told.endsWith('-final.xml'));
        return (
          name !== undefined &&
          (await this.archived()).some((path) => path.includes(`${stem}_`) && path.endsWith('receipt.json'))
        );
      },
      withinMs,
    );
    return this.read(name ?? '');
  }

  async archived(): Promise<string[]> {
    return this.#files('archive');
  }

  /** Files of the ERP that Goniec still works on; not the note of how far the journal has got. */
  async working(): Promise<string[]> {
    const files = await this.#files('outbox');
    return files.filter((path) => path.includes('.working') && !path.endsWith('/reached'));
  }

  async spooled(): Promise<string[]> {
    return this.#files(join('state', 'spool'));
  }

  /** Every execution at any of its banks, by EndToEndId. */
  executions(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { bank } of this.#lines) {
      for (const { endToEndId } of readLedger(bank.folder).executions)
        counts.set(endToEndId, (counts.get(endToEndId) ?? 0) + 1);
    }
    return counts;
  }

  async #files(folder: string): Promise<string[]> {
    const entries = await readdir(join(this.root, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.root, join(entry.parentPath, entry.name)));
  }
}

function configuration(lines: readonly BankLine[], erp: string): string {
  const banks = lines.map(
    ({ bank, name, dialect = 'bnp', profile, follow, rules, answerTimeout, port }) => `  - name: ${name}
    dialect: ${dialect}
    url: https://localhost:${port ?? bank.port}${dialect === 'bnp' ? '/bnpp-cdc/cdc00101' : '/ing-ccs/cdc00101'}
    environment: test
    tls: { certificate: ${bank.folder}/client.pem, key: ${bank.folder}/client.key, ca: ${bank.folder}/ca.pem }
    signing: { certificate: ${bank.folder}/signing.pem, key: ${bank.folder}/signing.key }
    timeouts: { connect: 5s, answer: ${answerTimeout ?? '20s'} }
    follow: ${follow ?? '{ firstAsk: 300ms, askEveryMax: 500ms, inDoubtHoldAfter: 1m }'}
${profile === undefined ? '' : `    profile: ${profile}\n`}${rules === undefined ? '' : `    rules: ${rules}\n`}`,
  );
  const accounts = lines.flatMap(({ name, accounts: own }) =>
    own.map(
      ({ iban, currency, collect }) => `  - iban: ${iban}
    company: Test
    bank: ${name}
    currency: ${currency}
${collect === true ? `    balances: '* * * * *'\n    history: '*/2 * * * * *'\n    statements: { at: '* * * * *', pdf: true }\n` : ''}`,
    ),
  );
  return `state: ../state
scanEvery: 300ms
tellEvery: 0s
stopWithin: 5s
log: { level: debug }
readiness: { checks: 2, checkEvery: 100ms, minimumAge: 100ms, incompleteAfter: 2s }
companies:
  - { name: Test, outbox: ../outbox, inbox: ../inbox, archive: ../archive, erp: ${erp} }
banks:
${banks.join('')}accounts:
${accounts.join('')}`;
}
