// The keys of one bank: how it is reached, how its orders are signed, and what is known of its rules and answers.

import { httpsUrl, patternOrAny, secret } from './domain-leaves.ts';
import { defaultedGroup, groupOrNone, listOfGroups, optionalGroup } from './groups.ts';
import { defaulted, listOf, optional, required, type Key } from './keys.ts';
import { choice, code, name, path, text, textLike, whole, yesOrNo } from './leaves.ts';
import { duration } from './quantities.ts';

const tls = {
  certificate: required(
    path,
    'Communication certificate, PEM, with its issuers below it where the bank wants them.',
  ),
  key: required(path, 'Its private key, PEM.'),
  passphrase: optional(secret, 'Passphrase of the private key.'),
  ca: required(
    path,
    "Certificates (PEM) that vouch for the bank's server. For a public one: the system's bundle.",
  ),
  serverName: optional(text(253), "Name in the bank's certificate where it is not the host of `url`."),
};

const signing = {
  certificate: required(
    path,
    'Authorization certificate, PEM, with its issuers below it where the bank wants them.',
  ),
  key: required(path, 'Its private key, PEM.'),
  passphrase: optional(secret, 'Passphrase of the private key.'),
};

const signatureProfile = {
  digest: optional(choice('sha1', 'sha256', 'sha512'), 'Digest of what is signed. `sha256` unless told.'),
  c14n: optional(choice('exclusive', 'inclusive'), 'Canonicalization. `exclusive` unless told.'),
  signature: optional(
    choice('rsa-sha1', 'rsa-sha256', 'rsa-sha512', 'ecdsa-sha256'),
    'Algorithm of the signature. `rsa-sha256` unless told.',
  ),
  keyInfo: optional(
    choice('leaf', 'chain'),
    'The certificate alone, or with its issuers. `leaf` unless told.',
  ),
  xades: optional(choice('bes', 'none'), 'XAdES-BES, or plain XML signature. `bes` unless told.'),
  context: optional(
    choice('standalone', 'envelope', 'document'),
    'What is signed: the wrapper as a document of its own, the whole envelope, or `Document` alone. `standalone` unless told.',
  ),
};

const header = {
  finInstId: required(text(35), 'FinInstID: name of the financial institution.'),
  partnerId: required(text(35), 'PartnerID: name of the customer.'),
  passId: required(text(35), 'PassID: name of the technical user.'),
  version: defaulted(whole(1, 99), 1, 'Attribute Version, as the bank names it.'),
  revision: defaulted(whole(1, 99), 1, 'Attribute Revision, as the bank names it.'),
};

const rules = {
  messageIdPrefix: optional(
    textLike(/^[A-Za-z0-9]{1,4}$/, '1 to 4 letters and digits'),
    'Start of every message id.',
  ),
  textCharacters: optional(patternOrAny, 'What each character of a text must match.'),
  endToEndIdPattern: optional(patternOrAny, 'What an EndToEndId must match as a whole.'),
  endToEndIdMaxLength: optional(whole(1, 35, 'characters'), 'Longest EndToEndId.'),
  remittanceMaxLength: optional(whole(1, 140, 'characters'), 'Longest text for the recipient.'),
  addressLineMaxLength: optional(whole(1, 70, 'characters'), 'Longest line of an address.'),
  initiatingPartyPattern: optional(patternOrAny, 'What InitgPty/Nm must match as a whole.'),
  initiatingPartyName: optional(
    text(70),
    'Replaces InitgPty/Nm where the bank takes only the name it has registered.',
  ),
};

const profile = {
  notFound: listOf(code, 'Codes by which the bank says that it does not have a message id.'),
  duplicate: listOf(code, 'Codes by which the bank refuses a message id that it already has.'),
  refusal: listOf(code, 'Codes of faults that mean: this message was refused and will not be executed.'),
  systemic: listOf(
    code,
    'Codes that concern every message alike (signature, certificate, authority): the bank is paused.',
  ),
  arrivalBound: optional(
    duration('1s', '30d'),
    'No message arrives later than this after it was sent. Left out: not known.',
  ),
  rejectMeansRejected: defaulted(
    yesOrNo,
    false,
    'Whether a first RJCT for a message in doubt is a rejection, not a "not found".',
  ),
};

const follow = {
  firstAsk: defaulted(
    duration('0s', '1h'),
    '30s',
    'Wait between sending and the first question about the outcome.',
  ),
  askEveryMax: defaulted(
    duration('100ms', '1d'),
    '15m',
    'Longest wait between two questions; waits grow up to it.',
  ),
  inDoubtHoldAfter: defaulted(
    duration('1s', '7d'),
    '30m',
    'A submission in doubt without a usable answer for this long is held for a person.',
  ),
  businessDaysMax: defaulted(
    whole(1, 60, 'business days'),
    5,
    'A submission that is not final by then is given to a person.',
  ),
};

export const banks = listOfGroups(
  {
    name: required(name, 'How accounts and logs refer to the bank.'),
    channel: defaulted(choice('cdc'), 'cdc', 'Protocol. `cdc` is the corporate web service cdc00101.'),
    dialect: required(choice('bnp', 'ing'), 'Whose variant of the protocol it speaks.'),
    url: required(httpsUrl, 'Where the service is. For the sandbox: where it listens on this machine.'),
    environment: required(choice('test', 'production'), 'Whether money moves there.'),
    sandbox: defaulted(
      yesOrNo,
      false,
      'The built-in sandbox bank is started beside the daemon and makes its own keys: `tls` and `signing` are left out.',
    ),
    sandboxControlPort: optional(whole(1, 65_535), "Port of the sandbox's control, on this machine only."),
    tls: optionalGroup(tls, 'Our certificate towards the bank. Required unless `sandbox` is true.'),
    signing: groupOrNone(
      signing,
      'Who signs orders. `none`: they go unsigned and people sign them in the e-bank.',
    ),
    signatureProfile: optionalGroup(
      signatureProfile,
      'What the bank wants a signature to look like, where it differs.',
    ),
    header: optionalGroup(header, 'Header block CcsHeader (dialect `ing`). Left out: none is sent.'),
    timeouts: defaultedGroup(
      {
        connect: defaulted(duration('100ms', '5m'), '15s', 'Longest wait for a connection.'),
        answer: defaulted(duration('100ms', '30m'), '120s', 'Longest wait for a complete answer.'),
      },
      'How long to wait.',
    ),
    limits: defaultedGroup(
      {
        transfersPerMessageMax: optional(whole(1, 100_000, 'transfers'), 'Most transfers in one message.'),
        sendsAtOnce: defaulted(
          whole(1, 64),
          8,
          'How many messages and questions are on their way to the bank at once, each on a connection of its own. One, until the bank has taken a message.',
        ),
        historySpanDays: optional(whole(1, 366, 'days'), 'Longest range of one history query.'),
      },
      'What the bank takes, where it differs from its dialect.',
    ),
    rules: defaultedGroup(rules, 'What the bank wants in an order, where it differs from its dialect.'),
    profile: defaultedGroup(
      profile,
      'What a test at this bank has shown about repeated and unknown message ids. Empty, every unclear submission ends held for a person.',
    ),
    follow: defaultedGroup(follow, 'How the outcome of a submission is asked for.'),
  },
  'The banks, at least one.',
);

export type BankFile = typeof banks extends Key<readonly (infer Bank)[]> ? Bank : never;
