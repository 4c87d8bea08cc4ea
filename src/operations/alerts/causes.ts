// Which causes there are, as a pure function of the facts: what was told before plays no part in it.

import { createHash } from 'node:crypto';
import { keyOf, type Cause, type CauseKind, type Seen } from './cause.ts';
import type { CauseTerms, Facts, HeldFact } from './facts.ts';
import type { Wording } from './wording.ts';

const DAY_MS = 86_400_000;
/** Days before the end at which a certificate is spoken of again; at 0 it has ended. */
const CERTIFICATE_DAYS = [60, 30, 14, 7, 1, 0] as const;
/** A clock that is only being kept right by small steps is not wrong. */
const CLOCK_BEHIND_MIN_MS = 5 * 60_000;

/** Everything that is worth telling, by the configured limits; how long it must have lasted is for the book to say. */
export function causesOf(facts: Facts, terms: CauseTerms, wording: Wording): Seen {
  const causes = [
    ...heldCauses(facts.held, terms, wording),
    ...facts.stuck.map((stuck): Cause => ({
      key: keyOf('order-stuck', stuck.order),
      kind: 'order-stuck',
      items: [itemOf(`${stuck.step} ${stuck.reason}`)],
      words: wording.stuck(stuck, terms),
    })),
    ...facts.paused.map((paused): Cause => ({
      key: keyOf('bank-paused', paused.bank),
      kind: 'bank-paused',
      since: paused.since,
      items: [paused.since],
      words: wording.paused(paused, terms),
    })),
    ...facts.contacts.flatMap(({ bank, failingSince, cause }): Cause[] =>
      failingSince === undefined
        ? []
        : [
            {
              key: keyOf('bank-unreachable', bank),
              kind: 'bank-unreachable',
              bank,
              since: failingSince,
              items: ['unreachable'],
              words: wording.unreachable({ bank, cause: cause ?? '' }, terms),
            },
          ],
    ),
    ...facts.accounts.flatMap((account) => accountCauses(account, terms, wording)),
    ...facts.certificates.flatMap((certificate) => certificateCauses(certificate, terms, wording)),
    ...facts.disks
      .filter(({ freeBytes }) => freeBytes < terms.diskFreeMinBytes)
      .map((disk): Cause => ({
        key: keyOf('disk-filling', disk.path),
        kind: 'disk-filling',
        items: ['low'],
        words: wording.disk({ ...disk, limitBytes: terms.diskFreeMinBytes }),
      })),
    ...facts.folders.map((folder): Cause => ({
      key: keyOf('folder-away', folder.path),
      kind: 'folder-away',
      items: ['away'],
      words: wording.folder(folder, terms),
    })),
    ...(facts.clockBehindMs < CLOCK_BEHIND_MIN_MS
      ? []
      : [
          {
            key: keyOf('clock-behind', 'machine'),
            kind: 'clock-behind' as const,
            items: ['behind'],
            words: wording.clock({ behindMs: facts.clockBehindMs }),
          },
        ]),
  ];
  return { causes, isUnsure: unsureOf(facts) };
}

/** One for each file, however many bank messages it makes. */
function heldCauses(held: readonly HeldFact[], terms: CauseTerms, wording: Wording): Cause[] {
  return [...Map.groupBy(held, ({ order }) => order)].map(([order, messages]) => ({
    key: keyOf('order-held', order),
    kind: 'order-held',
    since: messages.map(({ since }) => since).sort()[0] ?? '',
    // What is held again after a decision is news.
    items: messages.map(({ message, since }) => `${message} ${since}`),
    words: wording.held(messages, terms),
  }));
}

function accountCauses(account: Facts['accounts'][number], terms: CauseTerms, wording: Wording): Cause[] {
  const { iban, bank } = account;
  const cause = (
    kind: CauseKind,
    sentences: readonly string[],
    words: (found: { iban: string; bank: string; sentences: readonly string[] }) => Cause['words'],
  ): Cause[] =>
    sentences.length === 0
      ? []
      : [
          {
            key: keyOf(kind, iban),
            kind,
            bank,
            items: sentences.map(itemOf),
            words: words({ iban, bank, sentences }),
          },
        ];
  return [
    ...cause('statement-overdue', account.overdueDays, (found) => wording.overdue(found, terms)),
    ...cause('statement-flagged', account.flags, (found) => wording.flagged(found, terms)),
    ...cause('money-contradiction', account.contradictions, (found) => wording.contradiction(found, terms)),
  ];
}

function certificateCauses(
  { bank, role, validTo }: Facts['certificates'][number],
  terms: CauseTerms,
  wording: Wording,
): Cause[] {
  const leftMs = Date.parse(validTo) - terms.nowMs;
  const daysLeft = Math.floor(leftMs / DAY_MS);
  const passed = CERTIFICATE_DAYS.filter((days) => leftMs <= days * DAY_MS);
  if (passed.length === 0) return [];
  return [
    {
      // A new certificate is another one: the old one is over, and it is spoken of in its own time.
      key: keyOf('certificate-ends', `${bank} ${role} ${validTo}`),
      kind: 'certificate-ends',
      items: passed.map(String),
      words: wording.certificate({ bank, role, validTo, daysLeft }, terms),
    },
  ];
}

function unsureOf({ unknown }: Facts): (key: string) => boolean {
  const keys = new Set([
    ...unknown.banks.map((bank) => keyOf('bank-unreachable', bank)),
    ...unknown.ibans.flatMap((iban) => ACCOUNT_KINDS.map((kind) => keyOf(kind, iban))),
    ...unknown.disks.map((path) => keyOf('disk-filling', path)),
    ...unknown.folders.map((path) => keyOf('folder-away', path)),
  ]);
  return (key) => keys.has(key);
}

const ACCOUNT_KINDS: readonly CauseKind[] = ['statement-overdue', 'statement-flagged', 'money-contradiction'];

/** Short enough to be kept for ever. */
function itemOf(sentence: string): string {
  return createHash('sha256').update(sentence).digest('base64url').slice(0, 16);
}
