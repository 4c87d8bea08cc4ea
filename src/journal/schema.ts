// The journal's tables as Kysely sees them; their SQL is in migrations.ts.

export interface JournalTables {
  /** One row. */
  readonly meta: { readonly one: number; readonly journal_id: string; readonly schema_version: number };
  readonly record: RecordRow;
  readonly stream: StreamRow;
  readonly stream_key: StreamKeyRow;
  readonly checkpoint: CheckpointRow;
}

export interface RecordRow {
  readonly sequence: number;
  readonly stream: string;
  readonly at: string;
  /** The event as JSON, exactly as it was hashed. */
  readonly body: string;
  readonly hash: Uint8Array;
}

/** Derived from the records, so that open streams are found without reading closed ones. */
export interface StreamRow {
  readonly name: string;
  /** Sequence of its first record. */
  readonly opened: number;
  /** Sequence of its last record. */
  readonly last: number;
  /** Sequence of the record that closed it. */
  readonly closed: number | null;
}

/** Derived from the records, see domain/journal-index.ts; read in the order of its rowid. */
export interface StreamKeyRow {
  readonly name: string;
  readonly value: string;
  readonly stream: string;
  readonly sequence: number;
}

/** From here on the chain is checked at start; what lies before was checked when it was written. */
export interface CheckpointRow {
  readonly sequence: number;
  readonly hash: Uint8Array;
  readonly seal: Uint8Array;
}
