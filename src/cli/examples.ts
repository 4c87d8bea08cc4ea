// What `--help` of each command ends with: lines that can be copied and changed.

import type { Command } from 'commander';

/** By the command's path below `goniec`; a test holds that none is missing and each line is one the program takes. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  '': [
    'goniec init /srv/goniec',
    'goniec check --config /etc/goniec/goniec.yaml',
    'goniec show INV-2026-11.xml',
    'goniec fetch statement --account PL60160014620000000000000001 --from 2026-11-20',
    'goniec release 01M83TY1DM041061050R3GG28A --as resend --reason "not in the e-bank, asked the hotline"',
  ],
  init: [
    'goniec init /srv/goniec',
    'goniec init /srv/try --environment sandbox --company "Example Sp. z o.o." --yes',
    'goniec init /srv/goniec --company Example --dialect bnp --url https://test.example/cdc00101 --account PL60160014620000000000000001 --account PL06160014620000000000000003:EUR --yes',
  ],
  start: ['goniec start --config /srv/goniec/config/goniec.yaml'],
  check: ['goniec check --config /srv/goniec/config/goniec.yaml', 'goniec check --json'],
  status: ['goniec status', 'goniec status --json'],
  show: ['goniec show INV-2026-11.xml', 'goniec show 01M83TY1DM041061050R3GG28A --json'],
  example: ['goniec example > /srv/goniec/outbox/first.xml'],
  fetch: [
    'goniec fetch balance --account PL60160014620000000000000001',
    'goniec fetch statement --account PL60160014620000000000000001 --from 2026-11-20 --to 2026-11-22',
  ],
  release: [
    'goniec release 01M83TY1DM041061050R3GG28A --as resend --reason "not in the e-bank, asked the hotline"',
    'goniec release INV-2026-11.xml --part 2 --as settled --reason "on the statement of 2026-11-20"',
  ],
  lint: ['goniec lint payments.xml', 'goniec lint przelewy.pli --company Example --language pl'],
  resume: ['goniec resume BNP --reason "new authorization certificate registered"'],
  probe: ['goniec probe BNP', 'goniec probe BNP --payment harmless.xml'],
  demo: ['goniec demo'],
  'file sign': ['goniec file sign payments.xml --bank BNP --out message.xml'],
  'file verify': ['goniec file verify message.xml --bank BNP'],
  'journal verify': ['goniec journal verify', 'goniec journal verify /backup/journal.sqlite'],
  'journal export': ['goniec journal export --out journal.ndjson'],
  'journal backup': ['goniec journal backup /backup/journal.sqlite'],
  'journal restored': ['goniec journal restored --reason "disk failed, backup of 02:00 put back"'],
  'alerts test': ['goniec alerts test', 'goniec alerts test --json'],
  'service install': [
    'goniec service install --print --config /srv/goniec/config/goniec.yaml',
    'goniec service install --config /srv/goniec/config/goniec.yaml',
    'goniec service install --name goniec-test --config /srv/goniec-test/config/goniec.yaml',
  ],
  'service uninstall': ['goniec service uninstall'],
  'service start': ['goniec service start'],
  'service stop': ['goniec service stop'],
  'service status': ['goniec service status', 'goniec service status --name goniec-test'],
  'sandbox run': ['goniec sandbox run --folder bank --port 18443 --control-port 18444'],
  'sandbox certify': [
    'goniec sandbox certify communication.csr --as communication --out communication.pem --folder bank',
  ],
  'sandbox state': ['goniec sandbox state'],
  'sandbox mood': ['goniec sandbox mood loses-answer --times 1', 'goniec sandbox mood honest'],
  'sandbox credit': ['goniec sandbox credit PL60160014620000000000000001 250.00 --text "Invoice 7"'],
  'sandbox fee': ['goniec sandbox fee PL60160014620000000000000001 5.00'],
  'sandbox approve': ['goniec sandbox approve'],
  'sandbox book-now': ['goniec sandbox book-now'],
  completion: ['eval "$(goniec completion)"'],
};

/** Puts them under the help of every command below. */
export function addExamples(command: Command, path: readonly string[] = []): void {
  for (const inner of command.commands) addExamples(inner, [...path, inner.name()]);
  const examples = EXAMPLES[path.join(' ')] ?? [];
  if (examples.length > 0)
    command.addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`);
}
