// What `goniec init` is going to make, once everything has been answered.

import type { CdcDialect } from '../../bank/cdc/dialects/dialect.ts';

export interface Plan {
  /** Absolute; everything lies in it that was not given a place of its own. */
  readonly folder: string;
  /** Absolute. */
  readonly configuration: string;
  readonly company: string;
  readonly folders: PlannedFolders;
  readonly bank: PlannedBank;
  readonly accounts: readonly PlannedAccount[];
  readonly schedules: PlannedSchedules;
}

/** Absolute paths. */
export interface PlannedFolders {
  readonly outbox: string;
  readonly inbox: string;
  readonly archive: string;
  readonly state: string;
}

export type PlannedBank =
  | { readonly kind: 'sandbox'; readonly port: number; readonly controlPort: number }
  | {
      readonly kind: 'real';
      readonly name: string;
      readonly dialect: CdcDialect;
      readonly url: string;
      readonly environment: string;
      /** Empty: no header is sent. */
      readonly passId: string;
      readonly partnerId: string;
      /** Empty: as the ERP writes it. */
      readonly initiatingParty: string;
      readonly communication: PlannedKey;
      /** undefined: people sign in the e-bank. */
      readonly authorization: PlannedKey | undefined;
      /** PEM of those that vouch for the bank's server; undefined: made from the list that Node carries. */
      readonly authorities: string | undefined;
    };

export type PlannedKey =
  /** Made here, with a request for its certificate. */
  | { readonly kind: 'new'; readonly commonName: string }
  /** The user's own, absolute paths. */
  | {
      readonly kind: 'own';
      readonly key: string;
      readonly certificate: string;
      /** Empty: the key is not encrypted. */
      readonly passphraseFile: string;
    };

export interface PlannedAccount {
  readonly iban: string;
  readonly currency: string;
}

/** Cron expressions; `none` for never. */
export interface PlannedSchedules {
  readonly balances: string;
  readonly history: string;
  readonly statements: string;
}

/** A key that is made here and what belongs to it, by the names they get. */
export interface KeyPlaces {
  readonly key: string;
  readonly request: string;
  readonly certificate: string;
}

/** Paths relative to the configuration's folder. */
export function keyPlaces(purpose: 'communication' | 'authorization'): KeyPlaces {
  return {
    key: `keys/${purpose}.key`,
    request: `keys/${purpose}.csr`,
    certificate: `keys/${purpose}.pem`,
  };
}

/** Relative to the configuration's folder; written only where the system has no list of its own. */
export const OWN_AUTHORITIES = 'keys/authorities.pem';
