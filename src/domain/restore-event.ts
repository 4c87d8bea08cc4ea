// What can happen to the journal as a whole, as it stands in the journal.

export type RestoreEvent =
  /** An older journal was put back and a person says so: what was open in it may have been sent since. */
  {
    readonly type: 'journal-restored';
    readonly who: string;
    readonly reason: string;
    /** The last record of the journal that was put back. */
    readonly lastSequence: number;
    readonly lastAt: string;
  };

/** Its stream. */
export const RESTORES = 'journal/restored';
