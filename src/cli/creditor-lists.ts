// What `goniec check` says of the lists of creditors: one that can not be read has every file wait for a person.

import type { Settings } from '../config/settings.ts';
import { counted } from '../domain/counted.ts';
import { diskFileStore } from '../files/disk-file-store.ts';
import { readCreditors } from '../outbound/approval.ts';
import type { Finding } from './check.ts';

export async function creditorListFindings({ companies }: Settings): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, hold } of companies) {
    const path = hold.creditorsNotIn;
    if (path === undefined) continue;
    const list = await readCreditors(diskFileStore, path);
    findings.push({
      about: `creditors of ${name}`,
      ok: typeof list !== 'string',
      text:
        typeof list === 'string'
          ? `${list} Every file of the company would be held.`
          : `${path}: ${counted(list.size, 'account')}`,
    });
  }
  return findings;
}
