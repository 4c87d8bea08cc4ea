// Texts: characters and lengths that this bank takes, found here before the bank refuses them.

import type { OrderRules } from '../bank-profile.ts';
import type { Fault } from '../fault.ts';
import type { BlockFacts, GroupFacts, Placed, TransferFacts } from '../payment.ts';
import { fault } from './fault-at.ts';

export const textFaults = {
  group(group: GroupFacts, rules: OrderRules): Fault[] {
    const name = group.initiatingParty;
    const pattern = rules.initiatingPartyPattern;
    if (name === undefined || pattern === undefined || rules.initiatingPartyName !== undefined) return [];
    if (new RegExp(`^(?:${pattern})$`, 'u').test(name.value)) return [];
    return [
      fault(
        'rule.initiating-party',
        name.place,
        name.value,
        'The name of the initiating party holds characters this bank does not take.',
        `Use only what fits ${pattern}, or set rules.initiatingPartyName of the bank to the name it has registered.`,
      ),
    ];
  },

  transfer(transfer: TransferFacts, rules: OrderRules): Fault[] {
    return [
      ...endToEndFaults(transfer.endToEndId, rules),
      ...remittanceFaults(transfer, rules),
      ...addressFaults(transfer, rules),
      ...transfer.texts.flatMap((text) => characterFaults(text, rules)),
    ];
  },

  block(block: BlockFacts, rules: OrderRules): Fault[] {
    return block.texts.flatMap((text) => characterFaults(text, rules));
  },
};

function endToEndFaults(id: Placed<string>, rules: OrderRules): Fault[] {
  const faults: Fault[] = [];
  if ([...id.value].length > rules.endToEndIdMaxLength) {
    faults.push(
      fault(
        'rule.end-to-end-length',
        id.place,
        id.value,
        `The EndToEndId is longer than the ${rules.endToEndIdMaxLength} characters this bank takes.`,
        'Use shorter references; Goniec never alters an EndToEndId.',
      ),
    );
  }
  if (
    rules.endToEndIdPattern !== undefined &&
    id.value !== '' &&
    !new RegExp(`^(?:${rules.endToEndIdPattern})$`, 'u').test(id.value)
  ) {
    faults.push(
      fault(
        'rule.end-to-end-characters',
        id.place,
        id.value,
        'The EndToEndId holds characters this bank does not take.',
        `Use only what fits ${rules.endToEndIdPattern}; Goniec never alters an EndToEndId.`,
      ),
    );
  }
  return faults;
}

function remittanceFaults(transfer: TransferFacts, rules: OrderRules): Fault[] {
  if ([...transfer.remittance].length <= rules.remittanceMaxLength) return [];
  return [
    fault(
      'rule.remittance-length',
      transfer.place,
      transfer.remittance,
      `The remittance text is longer than the ${rules.remittanceMaxLength} characters this bank takes.`,
      'Shorten the text.',
    ),
  ];
}

function addressFaults(transfer: TransferFacts, rules: OrderRules): Fault[] {
  const address = transfer.creditorAddress;
  if (address === undefined) return [];
  return address.lines
    .filter((line) => [...line].length > rules.addressLineMaxLength)
    .map((line) =>
      fault(
        'rule.address-line-length',
        address.place,
        line,
        `The address line is longer than the ${rules.addressLineMaxLength} characters this bank takes.`,
        'Shorten the line, or spread it over two.',
      ),
    );
}

function characterFaults(text: Placed<string>, rules: OrderRules): Fault[] {
  if (rules.textCharacters === undefined) return [];
  const allowed = new RegExp(rules.textCharacters, 'u');
  const wrong = [...new Set([...text.value].filter((character) => !allowed.test(character)))];
  if (wrong.length === 0) return [];
  const named = wrong
    .map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(', ');
  return [
    fault(
      'rule.characters',
      text.place,
      text.value,
      `The text holds characters this bank does not take: ${named}.`,
      'Replace them in the ERP.',
    ),
  ];
}
