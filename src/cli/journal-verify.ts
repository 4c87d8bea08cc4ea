// `goniec journal verify`: the whole check of the journal or of a backup, and what was checked.

import { pathsOfBackup } from '../journal/backup-journal.ts';
import { pathsIn } from '../journal/folder-volume.ts';
import { verifyFiles } from '../journal/verify-files.ts';
import type { Verified } from '../journal/verify-journal.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { settingsFor } from './settings-for.ts';
import { complain, say, sayJson } from './terminal.ts';

/** `backup` is the file of a backup; without it the working journal is checked. */
export async function verify(
  backup: string | undefined,
  options: { readonly config?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const place = backup === undefined ? await workingJournal(options.config) : pathsOfBackup(backup);
  if (place === undefined) return EXIT.configuration;
  const verified = await verifyFiles(place, backup === undefined ? 'own' : 'backup');
  if (options.json === true) sayJson({ place: place.name, ...verified });
  if ('refused' in verified) {
    if (options.json !== true) complain(verified.sentence);
    return EXIT.startRefused;
  }
  if (options.json !== true) say(`${place.name} is sound.\n${verifiedText(verified)}`);
  return EXIT.ok;
}

/** What was checked, one thing a line. */
export function verifiedText(verified: Verified): string {
  const { journalId, records, checkpoints, keys, streams, head } = verified;
  return [
    `journal      ${journalId}`,
    `records      ${records}, each hash computed again from the first one on`,
    `checkpoints  ${checkpoints}, each sealed for this journal and its record`,
    `indexes      ${streams} streams and ${keys} keys, computed again from the records`,
    `head         at record ${head}, whose hash it names`,
  ].join('\n');
}

async function workingJournal(config: string | undefined): Promise<ReturnType<typeof pathsIn> | undefined> {
  const loaded = await settingsFor(config);
  return loaded === undefined ? undefined : pathsIn(loaded.settings.state);
}
