// What a CDC channel is made from.

import type { AnswerProfile } from '../../domain/bank-profile.ts';
import type { Clock } from '../../clock.ts';
import type { Signer } from '../../signature/signer.ts';
import type { CdcDialect } from './dialects/dialect.ts';
import type { CdcTls } from './transport/endpoint.ts';

export interface CdcOptions {
  /** The bank's name in the settings. */
  readonly bank: string;
  /** Address of the service; must be https. */
  readonly url: string;
  readonly dialect: CdcDialect['name'];
  readonly tls: CdcTls;
  /** undefined where people sign in the bank's own screens. */
  readonly signer: Signer | undefined;
  /** What is given to the signer: the wrapper as a document of its own, or the whole envelope where the bank wants that signed. */
  readonly signed: 'wrapper' | 'envelope';
  readonly answers: AnswerProfile;
  readonly timeouts: {
    /** Name, connection and TLS handshake together. */
    readonly connectMs: number;
    /** Longest time without a byte moving in either direction. */
    readonly answerMs: number;
    /** A whole request with its answer. */
    readonly totalMs: number;
  };
  /** Largest answer to an order or to a question about one. */
  readonly answerBytesMax: number;
  /** Largest answer about an account; it goes to the disk while it comes. */
  readonly accountAnswerBytesMax: number;
  /** Orders go only over a connection that has answered within this time; a longer silence closes it. */
  readonly freshMs: number;
  readonly clock: Clock;
  /** Sent only where it is configured and the dialect knows it. */
  readonly header: CcsHeader | undefined;
  readonly productName: string;
  readonly productVersion: string;
}

/** The block ING reads from the SOAP header (namespace `...ccs:ing:tech:xsd:mhdr.001.001.01`). */
export interface CcsHeader {
  readonly finInstId: string;
  readonly partnerId: string;
  readonly passId: string;
  /** Name of the calling application, as registered. */
  readonly prodId: string;
  readonly version: number;
  readonly revision: number;
}
