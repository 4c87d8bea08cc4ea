// What the rest of the product sees of the configuration: checked, complete, absolute, frozen, and without a secret in it.

import type { AnswerProfile, FollowPolicy, OrderRules } from '../domain/bank-profile.ts';
import type { Money } from '../domain/decimal.ts';
import type { ErpFormats } from '../domain/erp-formats.ts';

/** Where a secret lies; `resolveSecret` fetches it at the moment it is needed. */
export type SecretRef = { readonly env: string } | { readonly file: string };

export interface Settings {
  /** The configuration file; every path in here is absolute. */
  readonly path: string;
  readonly state: string;
  /** IANA name; business days and bank times are in it. */
  readonly timeZone: string;
  readonly log: {
    readonly level: 'debug' | 'info' | 'warn' | 'error';
    readonly folder: string;
    readonly fileSizeMaxBytes: number;
    readonly filesMax: number;
  };
  readonly readiness: ReadinessSettings;
  readonly scanEveryMs: number;
  readonly watch: 'auto' | 'native' | 'polling';
  readonly stopWithinMs: number;
  readonly tellEveryMs: number;
  readonly executionDate: { readonly pastAllowedDays: number; readonly futureMaxDays: number };
  readonly duplicates: {
    readonly sameBytesDays: number;
    readonly sameMessageIdDays: number;
    readonly samePaymentsDays: number;
    readonly repeatedIdsDays: number;
    readonly repeatedIds: 'warn' | 'hold' | 'ignore';
  };
  readonly companies: readonly CompanySettings[];
  readonly banks: readonly BankSettings[];
  readonly accounts: readonly AccountSettings[];
  /** Absent: nobody is told. */
  readonly alerts?: AlertSettings;
}

/** Who is told when something needs a person, and from when on it is worth telling. */
export interface AlertSettings {
  readonly language: 'en';
  readonly mail?: MailSettings;
  readonly webhook?: WebhookSettings;
  readonly bankUnreachableAfterMs: number;
  readonly folderAwayAfterMs: number;
  readonly statementOverdueAfterMs: number;
  readonly diskFreeMinBytes: number;
  readonly maintenance: readonly MaintenanceSettings[];
}

export interface MailSettings {
  readonly to: readonly string[];
  readonly from: string;
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'implicit' | 'none';
  /** PEM file of those that vouch for the server. */
  readonly ca?: string;
  /** Present together with the password. */
  readonly user?: string;
  readonly password?: SecretRef;
  /** Local time `HH:MM` of the daily summary. */
  readonly digest?: string;
}

export interface WebhookSettings {
  readonly url: string;
  readonly secret: SecretRef;
  /** PEM file of those that vouch for the receiver. */
  readonly ca?: string;
}

/** Local times `HH:MM`; it ends on the next day where `to` is not later than `from`. */
export interface MaintenanceSettings {
  readonly bank: string;
  /** `sat,sun`; with neither this nor a date it is every day. */
  readonly days?: string;
  /** ISO date. */
  readonly date?: string;
  readonly from: string;
  readonly to: string;
}

/** When a file in the outbox counts as complete. */
export interface ReadinessSettings {
  readonly checks: number;
  readonly checkEveryMs: number;
  readonly minimumAgeMs: number;
  readonly sizeMaxBytes: number;
  readonly incompleteAfterMs: number;
}

export interface CompanySettings {
  readonly name: string;
  readonly outbox: string;
  readonly inbox: string;
  readonly archive: string;
  /** What its ERP writes and reads. */
  readonly erp: ErpFormats;
  /** What a person must see before it is sent. */
  readonly hold: {
    readonly transferAbove: readonly Money[];
    readonly fileAbove: readonly Money[];
    /** List of accounts. */
    readonly creditorsNotIn?: string;
  };
}

export interface BankSettings {
  readonly name: string;
  readonly channel: 'cdc';
  readonly dialect: 'bnp' | 'ing';
  readonly url: string;
  readonly environment: 'test' | 'production';
  /** True: the built-in sandbox is started beside the daemon; it makes the keys, and tls and signing are absent. */
  readonly sandbox: boolean;
  readonly sandboxControlPort?: number;
  readonly tls?: TlsSettings;
  /** Absent: orders go unsigned and people sign them in the e-bank. With the sandbox absent means its own keys. */
  readonly signing?: SigningSettings;
  readonly signatureProfile?: Partial<SignatureSettings>;
  readonly header?: HeaderSettings;
  readonly timeouts: { readonly connectMs: number; readonly answerMs: number };
  /** What the bank takes less, or more, than its dialect says. */
  readonly limits: {
    readonly transfersPerMessageMax?: number;
    readonly sendsAtOnce: number;
    readonly historySpanDays?: number;
  };
  /** Replaces what the dialect says key by key; a present `undefined` switches a limit off. Holds transfersPerMessageMax, too. */
  readonly rules: Partial<OrderRules>;
  readonly profile: AnswerProfile;
  readonly follow: FollowPolicy;
}

/** PEM files of the communication certificate and of those that vouch for the bank. */
export interface TlsSettings {
  readonly certificate: string;
  readonly key: string;
  readonly passphrase?: SecretRef;
  readonly ca: string;
  /** Name in the bank's certificate where it is not the host of the address. */
  readonly serverName?: string;
}

/** PEM files of the authorization certificate. */
export interface SigningSettings {
  readonly certificate: string;
  readonly key: string;
  readonly passphrase?: SecretRef;
}

/** What a bank wants an order's signature to look like. */
export interface SignatureSettings {
  readonly digest: 'sha1' | 'sha256' | 'sha512';
  readonly c14n: 'exclusive' | 'inclusive';
  readonly signature: 'rsa-sha1' | 'rsa-sha256' | 'rsa-sha512' | 'ecdsa-sha256';
  readonly keyInfo: 'leaf' | 'chain';
  readonly xades: 'bes' | 'none';
  readonly context: 'standalone' | 'envelope' | 'document';
}

/** ING's CcsHeader. */
export interface HeaderSettings {
  readonly finInstId: string;
  readonly partnerId: string;
  readonly passId: string;
  readonly version: number;
  readonly revision: number;
}

export interface AccountSettings {
  /** In electronic form: no spaces. */
  readonly iban: string;
  /** Name of a company. */
  readonly company: string;
  /** Name of a bank. */
  readonly bank: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly name?: string;
  /** Cron expression. */
  readonly balances?: string;
  /** Cron expression. */
  readonly history?: string;
  /** `at` is a cron expression, `since` an ISO date. */
  readonly statements?: { readonly at: string; readonly pdf: boolean; readonly since?: string };
}
