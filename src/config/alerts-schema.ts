// The keys under `alerts`: whom to tell when something needs a person, by which way, and what counts as worth telling.

import { httpsUrl, isoDate, secret } from './domain-leaves.ts';
import { optionalGroup, optionalListOfGroups } from './groups.ts';
import { defaulted, optional, required, requiredListOf, type Key } from './keys.ts';
import { choice, name, path, text, textLike, whole } from './leaves.ts';
import { duration, size } from './quantities.ts';

const timeOfDay = textLike(
  /^(?:[01]\d|2[0-3]):[0-5]\d$/,
  "a time of day in quotes, such as '07:30', in `timeZone`",
);

/** One address and nothing else: no display name, no list, nothing that could begin another header. */
const address = textLike(
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/,
  'an e-mail address, such as treasury@example.com',
);

const host = textLike(/^[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?$/, 'the name or address of a host');

const mail = {
  to: requiredListOf(address, 'Who is told; each address gets a message of its own.'),
  from: required(address, 'The sender, as the mail server accepts it.'),
  host: required(host, 'The mail server.'),
  port: defaulted(whole(1, 65_535), 587, 'Its port: 587 for `starttls`, 465 for `implicit`.'),
  tls: defaulted(
    choice('starttls', 'implicit', 'none'),
    'starttls',
    'How the connection is shut in. There is no falling back. `none` only for a server on this machine, and without a password.',
  ),
  ca: optional(
    path,
    'Certificates (PEM) that vouch for the mail server. Left out: the authorities Node knows.',
  ),
  user: optional(text(320), 'Name to sign in with. Left out: no signing in.'),
  password: optional(secret, 'Password to sign in with.'),
  digest: optional(
    timeOfDay,
    'When a daily summary is sent, whether anything is wrong or not. Left out: none is sent.',
  ),
};

const webhook = {
  url: required(httpsUrl, 'Where alerts are posted as JSON.'),
  secret: required(
    secret,
    'Secret of the signature in the header `Goniec-Signature`; at least 16 characters.',
  ),
  ca: optional(path, 'Certificates (PEM) that vouch for the receiver. Left out: the authorities Node knows.'),
};

const maintenance = {
  bank: required(name, 'Name of the bank.'),
  days: optional(
    textLike(
      /^(?:mon|tue|wed|thu|fri|sat|sun)(?:,(?:mon|tue|wed|thu|fri|sat|sun))*$/,
      'days such as `sat,sun`',
    ),
    'Days of the week on which it begins. Left out: every day.',
  ),
  date: optional(isoDate, 'The one day on which it begins, instead of `days`.'),
  from: required(timeOfDay, 'When it begins.'),
  to: required(timeOfDay, 'When it ends; on the next day where that is not later than `from`.'),
};

/** All of it may be left out: then nobody is told but who looks. */
export const alerts = optionalGroup(
  {
    language: defaulted(choice('en'), 'en', 'Language of the messages.'),
    mail: optionalGroup(mail, 'By e-mail.'),
    webhook: optionalGroup(webhook, 'By an HTTPS request.'),
    bankUnreachableAfter: defaulted(
      duration('1m', '7d'),
      '30m',
      'A bank that has given no answer for this long is told.',
    ),
    folderAwayAfter: defaulted(
      duration('0s', '7d'),
      '5m',
      'A folder of a company that has been away for this long is told.',
    ),
    statementOverdueAfter: defaulted(
      duration('0s', '7d'),
      '12h',
      'A statement of a business day is overdue so long after the next business day has begun.',
    ),
    diskFreeMin: defaulted(
      size('1MB', '1000GB'),
      '1GB',
      'Less free space than this under the state folder or an archive is told.',
    ),
    maintenance: optionalListOfGroups(
      maintenance,
      'When a bank is expected to be away: that it gives no answer, or no statement, is not told meanwhile.',
    ),
  },
  'Who is told when something needs a person; docs/alerts.md says of what. Left out: nobody is told.',
);

export type AlertsFile = typeof alerts extends Key<infer Alerts> ? Exclude<Alerts, undefined> : never;
