// What must fit together under `alerts`: a way to tell, a name with its password, no password in the clear, secrets that are there.

import type { Finding } from './config-problem.ts';
import { unsetSecret } from './unset-secret.ts';
import type { Written } from './written.ts';

/** Hosts whose traffic does not leave the machine. */
const THIS_MACHINE: readonly string[] = ['localhost', '127.0.0.1'];

export function alertsFindings(
  alerts: Written['alerts'],
  env: Readonly<Record<string, string | undefined>>,
): Finding[] {
  if (alerts === undefined) return [];
  const { mail, webhook, maintenance } = alerts;
  const findings: Finding[] = [];
  if (mail === undefined && webhook === undefined)
    findings.push({
      path: ['alerts'],
      message: 'names nobody who could be told',
      remedy: 'Add mail or webhook, or leave alerts out.',
    });
  if ((mail?.user === undefined) !== (mail?.password === undefined))
    findings.push({
      path: ['alerts', 'mail'],
      message: 'has only one of user and password',
      remedy: 'Write both, or neither where the server wants no signing in.',
    });
  if (mail?.tls === 'none' && !THIS_MACHINE.includes(mail.host ?? ''))
    findings.push({
      path: ['alerts', 'mail', 'tls'],
      message: 'is none, and the mail server is not on this machine',
      remedy: 'Write starttls or implicit: the messages name payments.',
    });
  if (mail?.tls === 'none' && mail.password !== undefined)
    findings.push({
      path: ['alerts', 'mail', 'password'],
      message: 'would be sent in the clear',
      remedy: 'Write starttls or implicit under tls, or sign in without a password.',
    });
  maintenance.forEach(({ days, date }, index) => {
    if (days !== undefined && date !== undefined)
      findings.push({
        path: ['alerts', 'maintenance', index],
        message: 'has both days and date',
        remedy: 'Write one of them.',
      });
  });
  return [
    ...findings,
    ...unsetSecret(['alerts', 'mail', 'password'], mail?.password, env),
    ...unsetSecret(['alerts', 'webhook', 'secret'], webhook?.secret, env),
  ];
}
