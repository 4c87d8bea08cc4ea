// `goniec journal backup`: a verified copy of the journal while the daemon works.

import { backUpJournal, pathsOfBackup } from '../journal/backup-journal.ts';
import { pathsIn } from '../journal/folder-volume.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { verifiedText } from './journal-verify.ts';
import { settingsFor } from './settings-for.ts';
import { complain, say, sayJson } from './terminal.ts';

export async function backUp(
  file: string,
  options: { readonly config?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const outcome = await backUpJournal(pathsIn(loaded.settings.state), file);
  if ('notWritten' in outcome) {
    complain(`The backup was not written: ${outcome.notWritten}`);
    return EXIT.notWritten;
  }
  if ('refused' in outcome) {
    complain(outcome.sentence);
    return EXIT.startRefused;
  }
  const { database, head } = pathsOfBackup(file);
  if (options.json === true) sayJson({ files: [database, head], ...outcome });
  else say(`Written and verified: ${database} and ${head}. Keep both.\n${verifiedText(outcome)}`);
  return EXIT.ok;
}
