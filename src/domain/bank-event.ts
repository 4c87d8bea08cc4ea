// What can happen to the connection with a bank as a whole.

export type BankEvent =
  /** A systemic refusal (signature, certificate, authority): nothing more is sent until a person resumes it. */
  | { readonly type: 'bank-paused'; readonly code: string; readonly text: string }
  | {
      readonly type: 'bank-resumed';
      readonly who: string;
      readonly reason: string;
      /** Name of the decision, so that none is carried out twice. */
      readonly decision?: string;
    };
