// The sentences with which a journal is not opened: what is wrong, and what a person should do.

import type { Owner } from './instance-lock.ts';
import type { JournalDamage, JournalRefusal } from './journal.ts';

const PUT_BACK =
  'Put back the newest journal.sqlite, with its -wal file if there is one, and do not delete journal.head: ' +
  'working on from an older copy could send payments a second time. If there is no newer copy, run ' +
  '"goniec journal restored": it holds what may have been sent since, and the banks are asked';

export const refusals = {
  inUse: (folder: string, owner: Owner | undefined): JournalRefusal => ({
    refused: 'in-use',
    sentence:
      `The journal in ${folder} is in use by another Goniec` +
      (owner === undefined ? '' : ` (process ${owner.pid}, since ${owner.since})`) +
      '. Stop that one first, or give this one a state folder of its own.',
  }),
  missing: (folder: string): JournalRefusal => ({
    refused: 'missing',
    sentence:
      `There is no journal in ${folder}. ` +
      'Check the state folder in the settings, or start the daemon once.',
  }),
  databaseMissing: (folder: string): JournalRefusal => ({
    refused: 'database-missing',
    sentence: `The journal in ${folder} is gone or empty, but what belongs to it is there. ${PUT_BACK}.`,
  }),
  isBackup: (folder: string, sequence: number): JournalRefusal => ({
    refused: 'is-backup',
    sentence:
      `The journal in ${folder} is a backup that ends at record ${sequence}: ` +
      `what was sent to a bank after it was taken is not in it. ${PUT_BACK}.`,
  }),
  headMissing: (folder: string, sequence: number): JournalRefusal => ({
    refused: 'head-missing',
    sentence:
      `The journal in ${folder} holds ${sequence} records but its head file is gone, ` +
      'so it cannot be told whether this is the newest copy. Put back the journal.head that belongs to it. ' +
      'If there is none, run "goniec journal restored".',
  }),
  headUnreadable: (folder: string): JournalRefusal => ({
    refused: 'head-unreadable',
    sentence:
      `The head file in ${folder} is damaged. ` +
      'Put back the newest copy of journal.head and journal.sqlite.',
  }),
  behindHead: (folder: string, last: number, head: number): JournalRefusal => ({
    refused: 'behind-head',
    sentence:
      `The journal in ${folder} ends at record ${last} but had reached ${head}: ` +
      `it is an older copy. ${PUT_BACK}.`,
  }),
  headDiffers: (folder: string, sequence: number): JournalRefusal => ({
    refused: 'head-differs',
    sentence:
      `Record ${sequence} of the journal in ${folder} is not the one its head file names: ` +
      `the journal was changed, or went on from an older copy. ${PUT_BACK}.`,
  }),
  otherJournal: (folder: string, journalId: string, headId: string): JournalRefusal => ({
    refused: 'other-journal',
    sentence:
      `The journal in ${folder} is ${journalId} but its head file belongs to ${headId}. ` +
      'Put back the journal.sqlite and journal.head that belong together.',
  }),
  chainBroken: (folder: string, damage: JournalDamage): JournalRefusal => ({
    refused: 'chain-broken',
    sentence:
      `The journal in ${folder} is damaged${damage.sequence === 0 ? '' : ` at record ${damage.sequence}`}: ` +
      `${damage.reason}. ${PUT_BACK}.`,
  }),
  damaged: (folder: string, message: string): JournalRefusal => ({
    refused: 'damaged',
    sentence: `The journal's database in ${folder} is damaged (${message}). ${PUT_BACK}.`,
  }),
  schemaNewer: (folder: string, theirs: number, ours: number): JournalRefusal => ({
    refused: 'schema-newer',
    sentence:
      `The journal in ${folder} was written by a newer Goniec (schema ${theirs}, this one knows ${ours}). ` +
      'Run that version or a newer one.',
  }),
  schemaOlder: (folder: string, theirs: number, ours: number): JournalRefusal => ({
    refused: 'schema-older',
    sentence:
      `The journal in ${folder} was written by an older Goniec (schema ${theirs}, this one reads ${ours}). ` +
      'Start the daemon of this version once; it brings the journal up to date.',
  }),
  unusable: (folder: string, message: string): JournalRefusal => ({
    refused: 'unusable',
    sentence:
      `The journal in ${folder} cannot be opened (${message}). ` +
      'Check that the folder is on a local disk with free space and that Goniec may write there.',
  }),
} as const;
