// What the causes are computed from: the state of the daemon and of what it stands on, in one look.

export interface HeldFact {
  readonly order: string;
  readonly file: string;
  readonly message: string;
  readonly bank: string;
  readonly transfers: number;
  readonly sum: string;
  readonly debtorAccounts: readonly string[];
  readonly since: string;
  readonly why: string;
  readonly evidence: string;
  readonly choices: readonly { readonly when: string; readonly command: string }[];
}

export interface Facts {
  readonly held: readonly HeldFact[];
  readonly stuck: readonly {
    readonly order: string;
    readonly file: string;
    readonly step: string;
    readonly reason: string;
  }[];
  readonly paused: readonly {
    readonly bank: string;
    readonly since: string;
    readonly code: string;
    readonly text: string;
  }[];
  /** What could not be looked at, or not yet: what is known of it stays as it is. */
  readonly unknown: {
    readonly banks: readonly string[];
    readonly ibans: readonly string[];
    readonly disks: readonly string[];
    readonly folders: readonly string[];
  };
  /** Banks that have been asked since the start. */
  readonly contacts: readonly {
    readonly bank: string;
    /** Since when every exchange has failed; absent while it answers. */
    readonly failingSince?: string;
    readonly cause?: string;
  }[];
  /** Accounts that have been looked at since the start. */
  readonly accounts: readonly {
    readonly iban: string;
    readonly bank: string;
    readonly overdueDays: readonly string[];
    readonly flags: readonly string[];
    readonly contradictions: readonly string[];
    readonly lastStatement: string | undefined;
  }[];
  readonly certificates: readonly {
    readonly bank: string;
    readonly role: 'communication' | 'authorization';
    readonly validTo: string;
  }[];
  /** Free space where something is written. */
  readonly disks: readonly { readonly path: string; readonly freeBytes: number }[];
  readonly folders: readonly { readonly path: string; readonly reason: string }[];
  /** How far the clock is behind the newest record of the journal. */
  readonly clockBehindMs: number;
  /** Open orders by what a person calls their state. */
  readonly open: readonly { readonly state: string; readonly orders: number; readonly transfers: number }[];
}

/** From when on it is worth telling, and what the commands end with. */
export interface CauseTerms {
  readonly nowMs: number;
  readonly diskFreeMinBytes: number;
  /** Empty, or ` --config FILE`. */
  readonly commandTail: string;
}
