// In which formats the ERP of a company writes payments and reads statements and histories; the configuration says it.

export type StatementFormat = 'camt' | 'mt940' | 'csv';
export type HistoryFormat = 'camt' | 'mt942' | 'csv';

/** Formats that are written from a camt.053 or camt.052. */
export type WrittenFormat = Exclude<StatementFormat | HistoryFormat, 'camt'>;

/** `ascii` is the character set x of SWIFT: what no reader can take for anything else. */
export type TextEncoding =
  'utf-8' | 'utf-8-bom' | 'windows-1250' | 'iso-8859-2' | 'cp852' | 'mazovia' | 'ascii';

/** How a text file is written. */
export interface TextForm {
  readonly encoding: TextEncoding;
  readonly lineEnd: 'crlf' | 'lf';
}

/** How field 86 is divided: `tilde` by `~`, `angle` by `<`, `swift` by `?` within six lines of 65 characters. */
export type Mt940Dialect = 'tilde' | 'angle' | 'swift';

/** How an ERP writes Elixir-O, which says neither its encoding nor where it ends. */
export interface ElixirOForm {
  readonly encoding: ElixirOEncoding;
  /** `done-file`: a file counts as whole when an empty one beside it has its name and `.done`. `rename`: it appears whole. */
  readonly complete: 'done-file' | 'rename';
  /** `title`: the bank has confirmed that it knows a split payment by its title, which is all that its message can say. */
  readonly splitPayment: 'refused' | 'title';
  /** Of the text about each list, for people. */
  readonly language: 'pl' | 'en';
}

export type ElixirOEncoding = Exclude<TextEncoding, 'utf-8-bom' | 'ascii'>;

/** What an ERP writes payments in, beside ISO 20022. */
export interface PaymentForms {
  /** Absent: an Elixir-O file is refused. */
  readonly elixirO?: ElixirOForm | undefined;
}

export interface ErpFormats extends PaymentForms {
  /** At least one. */
  readonly statements: readonly StatementFormat[];
  /** At least one. */
  readonly history: readonly HistoryFormat[];
  /** Of MT940 and MT942. */
  readonly mt940: TextForm & { readonly dialect: Mt940Dialect };
  readonly csv: TextForm;
}
