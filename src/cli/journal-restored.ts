// `goniec journal restored`: a person says that an older journal was put back; what may have been sent since is held and asked about.

import { userInfo } from 'node:os';
import { join } from 'node:path';
import { localDateTime } from '../domain/calendar.ts';
import { diskFileStore } from '../files/disk-file-store.ts';
import { openPutBackJournal } from '../journal/sqlite-journal.ts';
import { recordRestore, type Restored } from '../outbound/restore.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { decisionsFolder } from './build-daemon.ts';
import type { DecisionOptions } from './decide.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { settingsFor } from './settings-for.ts';
import { visibleWhole } from '../operations/visible-text.ts';
import { complain, say } from './terminal.ts';

/** For a daemon that is stopped: the journal has one owner. */
export async function journalRestored(options: DecisionOptions): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { settings } = loaded;
  if (options.reason.trim() === '') {
    complain('Say why it was put back (--reason): it is kept on record.');
    return EXIT.usage;
  }
  const journal = await openPutBackJournal(settings.state, systemClock);
  if ('refused' in journal) {
    complain(journal.sentence);
    return EXIT.startRefused;
  }
  try {
    const outcome = await recordRestore(
      {
        journal,
        files: diskFileStore,
        clock: systemClock,
        companies: settings.companies,
        spoolFolder: join(settings.state, 'spool'),
        decisionsFolder: decisionsFolder(settings),
        timeZone: settings.timeZone,
      },
      { who: options.who ?? userInfo().username, reason: options.reason },
    );
    if (outcome.kind === 'refused') {
      complain(outcome.reason);
      return EXIT.startRefused;
    }
    tell(outcome, settings.timeZone);
    return EXIT.ok;
  } finally {
    await journal.close();
  }
}

function tell({ lastSequence, lastAt, held, recovered, decisionsRemoved }: Restored, timeZone: string): void {
  const at = localDateTime(Date.parse(lastAt), timeZone).replace('T', ' ');
  say(`On record: the journal that was put back ends at record ${lastSequence}, of ${at}.`);
  say(`Orders found at their end in the archive and taken over from there: ${recovered.length}`);
  say(`Orders held because they may have gone further: ${held.length}`);
  for (const { id, fileName } of held) say(`  ${id}  ${visibleWhole(fileName)}`);
  if (decisionsRemoved > 0)
    say(
      `Decisions removed because they may have been carried out already: ${decisionsRemoved}. Decide again where something is held.`,
    );
  say(
    'Files in the working folder that the journal does not know are held as well, at the next start. Then the banks are asked about all of them: see "goniec status".',
  );
}
