// Texts: characters and lengths that this bank takes, found here before the bank refuses them.

import type { OrderRules } from '../bank-profile.ts';
import type { Fault } from '../fault.ts';
import type { BlockFacts, GroupFacts, Placed, TransferFacts } from '../payment.ts';
import { AllowedCharacters } from './allowed-characters.ts';
import { fault, NO_FAULTS } from './fault-at.ts';

export const textFaults = {
  group(group: GroupFacts, rules: OrderRules): readonly Fault[] {
    const name = group.initiatingParty;
    const pattern = rules.initiatingPartyPattern;
    if (name === undefined || pattern === undefined || rules.initiatingPartyName !== undefined)
      return NO_FAULTS;
    if (wholly(pattern).test(name.value)) return NO_FAULTS;
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

  transfer(transfer: TransferFacts, rules: OrderRules): readonly Fault[] {
    const faults = [
      endToEndFaults(transfer.endToEndId, rules),
      remittanceFaults(transfer, rules),
      addressFaults(transfer, rules),
      rules.textCharacters === undefined ? NO_FAULTS : charactersFaults(transfer.texts, rules.textCharacters),
    ];
    return faults.every(({ length }) => length === 0) ? NO_FAULTS : faults.flat();
  },

  block(block: BlockFacts, rules: OrderRules): readonly Fault[] {
    return rules.textCharacters === undefined
      ? NO_FAULTS
      : charactersFaults(block.texts, rules.textCharacters);
  },
};

function endToEndFaults(id: Placed<string>, rules: OrderRules): readonly Fault[] {
  const { endToEndIdMaxLength, endToEndIdPattern } = rules;
  const isTooLong = isLongerThan(id.value, endToEndIdMaxLength);
  const fits = endToEndIdPattern === undefined || id.value === '' || wholly(endToEndIdPattern).test(id.value);
  if (!isTooLong && fits) return NO_FAULTS;
  const faults: Fault[] = [];
  if (isTooLong) {
    faults.push(
      fault(
        'rule.end-to-end-length',
        id.place,
        id.value,
        `The EndToEndId is longer than the ${endToEndIdMaxLength} characters this bank takes.`,
        'Use shorter references; Goniec never alters an EndToEndId.',
      ),
    );
  }
  if (!fits) {
    faults.push(
      fault(
        'rule.end-to-end-characters',
        id.place,
        id.value,
        'The EndToEndId holds characters this bank does not take.',
        `Use only what fits ${endToEndIdPattern}; Goniec never alters an EndToEndId.`,
      ),
    );
  }
  return faults;
}

function remittanceFaults(transfer: TransferFacts, rules: OrderRules): readonly Fault[] {
  if (!isLongerThan(transfer.remittance, rules.remittanceMaxLength)) return NO_FAULTS;
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

function addressFaults(transfer: TransferFacts, rules: OrderRules): readonly Fault[] {
  const address = transfer.creditorAddress;
  if (address === undefined) return NO_FAULTS;
  const long = address.lines.filter((line) => isLongerThan(line, rules.addressLineMaxLength));
  if (long.length === 0) return NO_FAULTS;
  return long.map((line) =>
    fault(
      'rule.address-line-length',
      address.place,
      line,
      `The address line is longer than the ${rules.addressLineMaxLength} characters this bank takes.`,
      'Shorten the line, or spread it over two.',
    ),
  );
}

function charactersFaults(texts: readonly Placed<string>[], characters: string): readonly Fault[] {
  const allowed = allowedCharacters(characters);
  return texts.flatMap(({ value, place }) => {
    if (allowed.areAll(value)) return NO_FAULTS;
    const wrong = [...new Set([...value].filter((character) => !allowed.areAll(character)))];
    const named = wrong
      .map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
      .join(', ');
    return [
      fault(
        'rule.characters',
        place,
        value,
        `The text holds characters this bank does not take: ${named}.`,
        'Replace them in the ERP.',
      ),
    ];
  });
}

/** In characters of Unicode, of which a text has at most as many as UTF-16 units: so most need no counting. */
function isLongerThan(text: string, max: number): boolean {
  return text.length > max && [...text].length > max;
}

/** Patterns come from the configuration, so they are few; each is made once. */
function wholly(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const made = new RegExp(`^(?:${pattern})$`, 'u');
  patterns.set(pattern, made);
  return made;
}

const patterns = new Map<string, RegExp>();

function allowedCharacters(pattern: string): AllowedCharacters {
  const known = characterSets.get(pattern);
  if (known !== undefined) return known;
  const made = new AllowedCharacters(pattern);
  characterSets.set(pattern, made);
  return made;
}

const characterSets = new Map<string, AllowedCharacters>();
