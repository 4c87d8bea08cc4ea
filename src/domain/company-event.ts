// What can happen to the folders of a company, as it stands in the journal.

export type CompanyEvent =
  /**
   * These folders carry our marks since. A marked folder without its mark is one that is away, such as a share that is
   * not mounted: it is waited for, and never made anew.
   */
  {
    readonly type: 'folders-marked';
    readonly outbox: string;
    readonly inbox: string;
    readonly archive: string;
  };
