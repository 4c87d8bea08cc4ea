// What is told, in English: what happened, since when, which file and which money, what to do, which command to run.

import type { Words } from './cause.ts';
import { alertTexts, digestTexts } from './message-en.ts';
import { maskedIban, outwardText as shown } from './masked-text.ts';
import type { Wording } from './wording.ts';

/** Of a file with very many held messages, or an account with very many flags, so many are shown. */
const SHOWN_MAX = 5;

export const english: Wording = {
  held(messages, { commandTail }) {
    const [first] = messages;
    const file = shown(first?.file ?? '');
    const transfers = messages.reduce((sum, message) => sum + message.transfers, 0);
    const one = messages.length === 1;
    return {
      title: one
        ? `held: ${file}, ${transfers} transfer(s), sum ${first?.sum ?? ''}`
        : `held: ${file}, ${messages.length} bank messages with ${transfers} transfers`,
      text: limited(
        messages.map(
          ({ message, bank, transfers: count, sum, debtorAccounts, why, evidence }) =>
            `Message ${message} to ${bank}: ${count} transfer(s), sum ${sum}${debtorAccounts.length === 0 ? '' : ` from ${debtorAccounts.map(maskedIban).join(', ')}`}. ${why} ${shown(evidence)}`,
        ),
      ),
      todo: [
        'Nothing more happens to this money until a person decides. Look at the evidence, then run one of:',
        ...messages
          .slice(0, SHOWN_MAX)
          .flatMap(({ choices }) => choices.flatMap(({ when, command }) => [`- ${when}:`, `    ${command}`])),
        `Everything about it:`,
        `    goniec show ${first?.order ?? ''}${commandTail}`,
      ],
    };
  },
  stuck: ({ order, file, step, reason }, { commandTail }) => ({
    title: `stuck: ${shown(file)} at "${step}"`,
    text: [`The step "${step}" of order ${order} fails again and again: ${shown(reason)}`],
    todo: [
      'It is tried again by itself, ever more slowly. Put right what the reason names; then it goes on.',
      `    goniec show ${order}${commandTail}`,
    ],
  }),
  paused: ({ bank, code, text }, { commandTail }) => ({
    title: `bank ${bank} refuses our signature or certificate: nothing is sent to it`,
    text: [`The bank said: ${shown(`${code} ${text}`.trim())}. New payments to it wait.`],
    todo: [
      'Ask the bank what it has against our certificates, put that right, then run:',
      `    goniec resume ${bank} --reason "..."${commandTail}`,
    ],
  }),
  unreachable: ({ bank, cause }, { commandTail }) => ({
    title: `bank ${bank} gives no answer`,
    text: [
      `Every exchange with it has failed: ${shown(cause)}`,
      'Payments that are ready wait; what was sent and not answered is asked about later. Nothing is lost.',
    ],
    todo: [
      'Look at the network, the firewall and the notices of the bank; Goniec tries on by itself.',
      `    goniec check${commandTail}`,
    ],
  }),
  overdue: ({ iban, bank, sentences }, { commandTail }) => ({
    title: `statement overdue: account ${maskedIban(iban)} at ${bank}`,
    text: limited(sentences.map((day) => `Not fetched yet: the statement of ${day}.`)),
    todo: [
      'It is asked for by itself at every schedule and after each failure. If the bank is otherwise there, ask it why:',
      `    goniec status${commandTail}`,
    ],
  }),
  flagged: ({ iban, bank, sentences }, { commandTail }) => ({
    title: `statement does not add up: account ${maskedIban(iban)} at ${bank}`,
    text: limited(sentences.map(shown)),
    todo: [
      'The ERP has got it as the bank sent it. A gap is asked about again by itself; compare the days with the e-bank:',
      `    goniec status${commandTail}`,
    ],
  }),
  contradiction: ({ iban, bank, sentences }, { commandTail }) => ({
    title: `money moved otherwise than told: account ${maskedIban(iban)} at ${bank}`,
    text: limited(sentences.map(shown)),
    todo: [
      'What the ERP was told is not changed silently. Compare with the e-bank, and correct the books by hand:',
      `    goniec status${commandTail}`,
      'This has no all-clear: it stays on record.',
    ],
  }),
  certificate: ({ bank, role, validTo, daysLeft }, { commandTail }) => ({
    title:
      daysLeft < 0
        ? `the ${role} certificate for ${bank} has ended`
        : `the ${role} certificate for ${bank} ends in ${daysLeft} day(s)`,
    text: [
      `It is valid to ${validTo.slice(0, 10)}. After that the bank refuses ${role === 'communication' ? 'every connection' : 'every order'}.`,
    ],
    todo: [
      'Ask the bank for a new one (that may take weeks), put it in the place of the old one, restart Goniec, then:',
      `    goniec check${commandTail}`,
    ],
  }),
  disk: ({ path, freeBytes, limitBytes }) => ({
    title: `disk filling: ${megabytes(freeBytes)} left under ${shown(path)}`,
    text: [
      `Less than ${megabytes(limitBytes)} (alerts.diskFreeMin) is free. When the disk is full nothing is taken over or sent any more; nothing is lost.`,
    ],
    todo: [
      'Make room. Nothing in the state folder may be removed by hand; of the archive older days may be moved elsewhere.',
      `    df -h ${quoted(path)}`,
    ],
  }),
  folder: ({ reason }, { commandTail }) => ({
    title: 'a folder of the ERP is away',
    text: [shown(reason)],
    todo: [
      'Mount the share again. Files that came meanwhile are taken over by themselves.',
      `    goniec status${commandTail}`,
    ],
  }),
  clock: ({ behindMs }) => ({
    title: 'the clock of the machine is wrong',
    text: [
      `It is ${Math.round(behindMs / 60_000)} minutes behind the newest record of the journal. Execution dates, schedules and certificates are judged by it.`,
    ],
    todo: [
      'Set the clock and look why it went back (a virtual machine that was put back, no time server):',
      '    timedatectl',
    ],
  }),
  stopped: (reason, { commandTail }) => ({
    title: 'Goniec has stopped: nothing is sent or fetched',
    text: [shown(reason)],
    todo: [
      'What was under way goes on at the next start. Do what the sentence says, then:',
      `    goniec check${commandTail}`,
      '    goniec service start',
    ],
  }),
  alert: alertTexts,
  digest: digestTexts,
  test: (site) => ({
    subject: `[Goniec ${site}] test of the alerts`,
    text: `This is a test that somebody asked for with "goniec alerts test" on ${site}. Nothing is wrong, and nothing has to be done.\n`,
  }),
};

function limited(lines: readonly string[]): Words['text'] {
  if (lines.length <= SHOWN_MAX) return lines;
  return [...lines.slice(-SHOWN_MAX), `These are the newest ${SHOWN_MAX} of ${lines.length}.`];
}

function megabytes(sizeBytes: number): string {
  return `${Math.floor(sizeBytes / 1_000_000)} MB`;
}

function quoted(path: string): string {
  return `'${shown(path).replaceAll("'", "'\\''")}'`;
}
