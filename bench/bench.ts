// What a bench is given, and what it gives back: rows of figures, each with its bars.

/** One run of one program over one thing. */
export interface Sample {
  readonly ms: number;
  /** Highest resident memory of the process; undefined where several programs take part. */
  readonly peakBytes: number | undefined;
}

/** What a row has to reach. */
export interface Bar {
  readonly text: string;
  readonly met: boolean;
  /** Time depends on the machine and on what else it does; the others must hold everywhere. */
  readonly kind: 'time' | 'memory' | 'flatness' | 'correctness';
}

export interface Row {
  readonly what: string;
  readonly ours: Sample | undefined;
  readonly peer: (Sample & { readonly name: string }) | undefined;
  readonly bars: readonly Bar[];
}

export interface BenchResult {
  readonly rows: readonly Row[];
  /** Sentences for people: what was skipped and why, and figures without a bar. */
  readonly notes: readonly string[];
}

export interface BenchRun {
  /** Small sizes for CI: no bar of time is looked at. */
  readonly quick: boolean;
  readonly rounds: number;
  /** A folder of its own for this bench, removed afterwards. */
  readonly folder: string;
  /** Says on the terminal what is being done. */
  readonly say: (text: string) => void;
}

export type Bench = (run: BenchRun) => Promise<BenchResult>;

/** A million bytes, as on a data sheet. */
export const MB = 1_000_000;
