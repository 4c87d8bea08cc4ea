// What the ERP of an endurance run is going to drop, by seed: ordinary files, and every kind of file that makes trouble.

import type { Random } from '../iso20022/support/random.ts';
import { paymentFile, type Block, type Transfer } from '../end-to-end/support/payment-file.ts';

/** How a file comes into the outbox; `never-finished` lacks its end and must stay where it is. */
export type Writing = 'renamed' | 'at-once' | 'in-pieces' | 'never-finished';

/** What is to become of a file where the bank does as it is asked. */
export type PlannedEnd =
  | 'settled'
  | 'rejected'
  | 'partly-settled'
  | 'refused'
  /** The same bytes as another file: one of them is carried out, the others show its status. */
  | 'repeats'
  /** Held as a possible duplicate, then sent or dropped by a person. */
  | 'held-then-sent'
  | 'held-then-dropped'
  | 'waits';

export interface PlannedFile {
  readonly name: string;
  readonly content: string;
  readonly writing: Writing;
  readonly end: PlannedEnd;
  readonly transfers: readonly Transfer[];
  /** Must have been spoken of in the inbox before this one is dropped. */
  readonly after?: string;
  /** Where blocks lead to more than one debtor account. */
  readonly debtors: readonly string[];
}

/** One file per entry; the same seed and accounts give the same files. */
export function plannedFiles(count: number, accounts: readonly string[], random: Random): PlannedFile[] {
  const files: PlannedFile[] = [];
  for (let number = 1; number <= count; number += 1) files.push(nextFile(number, files, accounts, random));
  return files;
}

function nextFile(
  number: number,
  before: readonly PlannedFile[],
  accounts: readonly string[],
  random: Random,
): PlannedFile {
  const name = `p${number.toString().padStart(5, '0')}`;
  const debtor = random.pick(accounts);
  const chance = random.below(100);
  const earlier = before.filter(({ end }) => end === 'settled').slice(-60);
  const ordinary = (kind: string, blocks: readonly Block[], end: PlannedEnd): PlannedFile =>
    plannedFile(`${name}-${kind}.xml`, `M-${name}`, blocks, end, writingOf(random));
  const transfers = (size: number, more: Partial<Transfer> = {}): Transfer[] =>
    Array.from({ length: size }, (_, index) => transferOf(name, index, random, more));

  if (chance < 52 || earlier.length === 0)
    return ordinary('single', [{ debtor, transfers: transfers(1) }], 'settled');
  if (chance < 66)
    return ordinary('batch', [{ debtor, transfers: transfers(random.between(2, 14)) }], 'settled');
  if (chance < 73) {
    const [first, ...rest] = transfers(random.between(3, 12));
    const [one = debtor, other = debtor] = accounts;
    const blocks = [
      { debtor: one, transfers: first === undefined ? [] : [first] },
      { debtor: other, transfers: rest },
    ];
    return ordinary('both', blocks, 'settled');
  }
  if (chance < 75)
    return ordinary('instant', [{ debtor, transfers: transfers(1, { name: 'SANDBOX:ACSC' }) }], 'settled');
  if (chance < 78)
    return ordinary('rejected', [{ debtor, transfers: transfers(1, { name: 'SANDBOX:RJCT' }) }], 'rejected');
  if (chance < 80) {
    const mixed = [...transfers(2), transferOf(name, 2, random, { name: 'SANDBOX:RJCT' })];
    return ordinary('mixed', [{ debtor, transfers: mixed }], 'partly-settled');
  }
  if (chance < 87) return badFile(name, debtor, random);
  if (chance < 94) return repeatOf(random.pick(earlier), name, random);
  if (chance < 99) return likeAnother(random.pick(earlier), name, random);
  return {
    ...ordinary('unfinished', [{ debtor, transfers: transfers(1) }], 'waits'),
    writing: 'never-finished',
  };
}

function plannedFile(
  name: string,
  messageId: string,
  blocks: readonly Block[],
  end: PlannedEnd,
  writing: Writing,
): PlannedFile {
  return {
    name,
    content: paymentFile(messageId, blocks),
    writing,
    end,
    transfers: blocks.flatMap((block) => block.transfers),
    debtors: [...new Set(blocks.map((block) => block.debtor ?? ''))],
  };
}

function transferOf(name: string, index: number, random: Random, more: Partial<Transfer> = {}): Transfer {
  return {
    id: `E-${name}-${index}`,
    amount: `${random.between(1, 900)}.${random.between(10, 99)}`,
    ...more,
  };
}

/** Each is to be refused for another reason, before anything of it is signed. */
function badFile(name: string, debtor: string, random: Random): PlannedFile {
  const transfers = [transferOf(name, 0, random)];
  const good = plannedFile(
    `${name}-bad.xml`,
    `M-${name}`,
    [{ debtor, transfers }],
    'refused',
    writingOf(random),
  );
  switch (random.below(5)) {
    case 0:
      // Text has no end to wait for, so a pause while it is written makes several files of it; only XML is written in pieces.
      return {
        ...good,
        content: `To jest notatka, nie przelew (${name}).\n`,
        writing: 'renamed',
        transfers: [],
      };
    case 1:
      return { ...good, content: paymentFile(`M-${name}`, [{ debtor, transfers }], { sum: '0.01' }) };
    case 2:
      return { ...good, content: good.content.replace(/<IBAN>PL55/, '<IBAN>PL56') };
    case 3:
      return { ...good, content: good.content.replace('<PmtMtd>TRF</PmtMtd>', '<PmtMtd>TRF</PmtMth>') };
    default:
      return { ...good, content: good.content.replace(debtor, 'PL61109010140000071219812874') };
  }
}

function repeatOf(other: PlannedFile, name: string, random: Random): PlannedFile {
  return { ...other, name: `${name}-repeat.xml`, end: 'repeats', writing: writingOf(random) };
}

/** The MsgId of another file with other content, or the payments of another file under new ids; a person decides. */
function likeAnother(other: PlannedFile, name: string, random: Random): PlannedFile {
  const end = random.percent(50) ? 'held-then-sent' : 'held-then-dropped';
  const messageId = /<MsgId>([^<]+)</.exec(other.content)?.[1] ?? '';
  const debtor = other.debtors[0] ?? '';
  const [first] = other.transfers;
  const samePayments = other.transfers.length === 1 && first !== undefined && random.percent(40);
  const transfer = samePayments
    ? { text: `Faktura ${first.id}`, ...first, id: `E-${name}-0` }
    : transferOf(name, 0, random);
  const id = samePayments ? `M-${name}` : messageId;
  const file = plannedFile(
    `${name}-alike.xml`,
    id,
    [{ debtor, transfers: [transfer] }],
    end,
    writingOf(random),
  );
  return { ...file, after: other.name };
}

function writingOf(random: Random): Writing {
  return random.pick(['renamed', 'renamed', 'at-once', 'in-pieces']);
}
