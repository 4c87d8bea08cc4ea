import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BankTerms } from '../../../src/domain/bank-profile.ts';
import { addDecimals, ZERO, type Decimal } from '../../../src/domain/decimal.ts';
import { accountId } from '../../../src/domain/iban.ts';
import type { Fault } from '../../../src/domain/fault.ts';
import type { BlockFacts, GroupFacts, TransferFacts } from '../../../src/domain/payment.ts';
import { PaymentRules, type RoutedTransfer } from '../../../src/domain/rules/payment-rules.ts';
import {
  bankTerms,
  blockFacts,
  decimal,
  GERMAN,
  groupFacts,
  OTHER_BANK,
  OURS,
  place,
  placed,
  transferFacts,
} from '../sketches.ts';

interface File {
  readonly group?: Partial<GroupFacts>;
  readonly blocks: readonly (Partial<BlockFacts> & {
    readonly transfers: readonly Partial<TransferFacts>[];
  })[];
}

interface Checked {
  readonly rules: PaymentRules;
  readonly faults: readonly Fault[];
  readonly routed: readonly RoutedTransfer[];
}

const DATES = { today: '2026-11-23', pastAllowedDays: 0, futureMaxDays: 365 };

/** Reads a file as the ERP format would tell it. Counts and sums are right unless a test says otherwise. */
function check({ group, blocks }: File, terms: BankTerms = bankTerms(), faultsMax = 1_000): Checked {
  const routed: RoutedTransfer[] = [];
  const account = (iban: string): ReturnType<ConstructorParameters<typeof PaymentRules>[0]['account']> =>
    iban === OURS ? { iban: OURS, currency: 'PLN', terms } : undefined;
  const rules = new PaymentRules({ account, dates: DATES, faultsMax }, (transfer) => {
    routed.push(transfer);
  });
  const count = blocks.flatMap(({ transfers }) => transfers).length;
  rules.group(groupFacts({ declaredCount: placed(count.toString()), ...group }));
  let index = 0;
  blocks.forEach(({ transfers, ...block }, number) => {
    rules.block(blockFacts({ index: number, paymentInformationId: placed(`PMT-${number}`), ...block }));
    for (const transfer of transfers)
      rules.transfer(transferFacts({ index: index++, block: number, ...transfer }));
    rules.blockEnd();
  });
  rules.end();
  return { rules, faults: rules.faults, routed };
}

const oneTransfer = (
  transfer: Partial<TransferFacts>,
  block: Partial<BlockFacts> = {},
  terms = bankTerms(),
): Checked => check({ blocks: [{ ...block, transfers: [transfer] }] }, terms);

function rulesOf({ faults }: Checked): string[] {
  return faults.map(({ rule }) => rule);
}

describe('a file that keeps every rule', () => {
  it('has no faults, and every transfer is routed', () => {
    const checked = check({ blocks: [{ transfers: [{}, {}] }, { transfers: [{}] }] });
    expect(checked.faults).toEqual([]);
    expect(checked.rules.faultCount).toBe(0);
    expect(checked.routed.map(({ transfer, operation }) => [transfer.index, operation])).toEqual([
      [0, 'domestic'],
      [1, 'domestic'],
      [2, 'domestic'],
    ]);
  });

  it('is counted and added up', () => {
    const { rules } = check({ blocks: [{ transfers: [{}, {}] }] });
    expect(rules.count).toBe(2);
    expect(rules.sum).toEqual(decimal('25.00'));
    expect(rules.ids(3)).toEqual({ paymentInformation: ['PMT-0'], endToEnd: ['E2E-0', 'E2E-1'] });
    expect([rules.ids(2), rules.ids(2), rules.ids(2)]).toEqual([undefined, undefined, undefined]);
  });
});

describe('every fault', () => {
  const everything: File = {
    group: {
      declaredCount: placed('9', place('GrpHdr/NbOfTxs', 2)),
      declaredSum: placed(decimal('1.00'), place('GrpHdr/CtrlSum', 3)),
    },
    blocks: [
      {
        method: 'CHK',
        executionDate: placed('2020-01-01', place('PmtInf[1]/ReqdExctnDt', 5)),
        declaredCount: placed('7', place('PmtInf[1]/NbOfTxs', 4)),
        debtorAccountCurrency: 'EUR',
        transfers: [
          { amount: placed(decimal('0.00'), place('PmtInf[1]/CdtTrfTxInf[1]/Amt', 11)) },
          { currency: 'XXX' },
          {
            creditorAccount: accountId('iban', 'PL00109010140000071219812874', place('acct', 12)),
          },
          { endToEndId: placed('E2E-0', place('PmtInf[1]/CdtTrfTxInf[4]/PmtId/EndToEndId', 14)) },
        ],
      },
    ],
  };

  it('is collected, not only the first', () => {
    expect(rulesOf(check(everything)).toSorted()).toEqual(
      [
        'rule.payment-method',
        'rule.date-past',
        'rule.debtor-currency',
        'rule.amount-zero',
        'rule.currency',
        'rule.iban',
        'rule.repeated-id',
        'rule.count',
        'rule.count',
        'rule.control-sum',
      ].toSorted(),
    );
  });

  it('says where it is, what is wrong and what to do', () => {
    for (const fault of check(everything).faults) {
      expect(fault.path).not.toBe('');
      expect(fault.line).toBeGreaterThan(0);
      expect(fault.message).toMatch(/\.$/);
      expect(fault.remedy).toMatch(/\.$/);
      expect(fault.value, fault.rule).toBeDefined();
    }
  });

  it('is counted also where it is no longer kept', () => {
    const { rules, faults } = check(everything, bankTerms(), 3);
    expect(faults).toHaveLength(3);
    expect(rules.faultCount).toBe(10);
  });
});

describe('counts and sums', () => {
  it('of file and block may be left out or be right', () => {
    const declaredSum = placed(decimal('25'));
    const declaredCount = placed('02');
    expect(
      check({ group: { declaredSum }, blocks: [{ declaredSum, declaredCount, transfers: [{}, {}] }] }).faults,
    ).toEqual([]);
  });

  it('that are wrong name both numbers', () => {
    const [fault] = check({
      group: { declaredCount: placed('3', place('GrpHdr/NbOfTxs', 4)) },
      blocks: [{ transfers: [{}] }],
    }).faults;
    expect(fault).toMatchObject({ rule: 'rule.count', path: 'GrpHdr/NbOfTxs', line: 4, value: '3' });
    expect(fault?.message).toBe('NbOfTxs says 3, but the file has 1 transfer.');
  });

  it('of a block are its own', () => {
    const blocks = [
      { declaredSum: placed(decimal('12.50')), transfers: [{}] },
      { declaredSum: placed(decimal('12.51')), transfers: [{}] },
    ];
    expect(check({ blocks }).faults.map(({ message }) => message)).toEqual([
      'CtrlSum says 12.51, but the amounts of this payment block add up to 12.50.',
    ]);
  });

  it('that the schema does not take are left to the schema', () => {
    expect(check({ group: { declaredCount: placed('many') }, blocks: [{ transfers: [{}] }] }).faults).toEqual(
      [],
    );
  });

  it('are exact for any amounts', () => {
    const amount = fc.record({ coefficient: fc.bigInt({ min: 1n, max: 10n ** 13n }), scale: fc.constant(2) });
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 20 }), (amounts) => {
        const total = amounts.reduce<Decimal>(addDecimals, ZERO);
        const blocks = [{ transfers: amounts.map((each) => ({ amount: placed(each) })) }];
        const off = { coefficient: total.coefficient + 1n, scale: total.scale };
        expect(check({ group: { declaredSum: placed(total) }, blocks }).faults).toEqual([]);
        expect(rulesOf(check({ group: { declaredSum: placed(off) }, blocks }))).toEqual(['rule.control-sum']);
      }),
    );
  });
});

describe('ids', () => {
  it('that repeat name the line of the first', () => {
    const blocks = [
      {
        transfers: [{ endToEndId: placed('A', place('x', 11)) }, { endToEndId: placed('A', place('y', 22)) }],
      },
    ];
    expect(check({ blocks }).faults).toMatchObject([
      {
        rule: 'rule.repeated-id',
        line: 22,
        value: 'A',
        message: 'This EndToEndId was already used in line 11 of this file.',
      },
    ]);
  });

  it('repeat across blocks too', () => {
    const same = { endToEndId: placed('A') };
    expect(rulesOf(check({ blocks: [{ transfers: [same] }, { transfers: [same] }] }))).toEqual([
      'rule.repeated-id',
    ]);
  });

  it('of blocks must differ as well', () => {
    const paymentInformationId = placed('P');
    const blocks = [
      { paymentInformationId, transfers: [{}] },
      { paymentInformationId, transfers: [{}] },
    ];
    expect(check({ blocks }).faults).toMatchObject([
      { rule: 'rule.repeated-id', message: 'This PmtInfId was already used in line 1 of this file.' },
    ]);
  });

  it('NOTPROVIDED may repeat and are no ids of the file', () => {
    const none = { endToEndId: placed('NOTPROVIDED') };
    const { faults, rules } = check({ blocks: [{ transfers: [none, none, {}] }] });
    expect(faults).toEqual([]);
    expect(rules.ids(10)?.endToEnd).toEqual(['E2E-2']);
  });
});

describe('the debtor account', () => {
  const debtorAccount = (value: string, kind: 'iban' | 'other' = 'iban'): Partial<BlockFacts> => ({
    debtorAccount: accountId(kind, value, place('PmtInf[1]/DbtrAcct', 6)),
  });

  it('must be one of ours, and nothing is routed where it is not', () => {
    const checked = oneTransfer({}, debtorAccount(OTHER_BANK));
    expect(checked.faults).toMatchObject([{ rule: 'rule.debtor-account', line: 6, value: OTHER_BANK }]);
    expect(checked.routed).toEqual([]);
  });

  it('may be written as the bare Polish number', () => {
    const checked = oneTransfer({}, debtorAccount(OURS.slice(2), 'other'));
    expect(checked.faults).toEqual([]);
    expect(checked.routed).toHaveLength(1);
  });

  it('must keep its check digits', () => {
    expect(rulesOf(oneTransfer({}, debtorAccount('PL62109010140000071219812874')))).toContain('rule.iban');
  });

  it('may name its currency, which must be the right one', () => {
    expect(oneTransfer({}, { debtorAccountCurrency: 'PLN' }).faults).toEqual([]);
    expect(oneTransfer({}, { debtorAccountCurrency: 'EUR' }).faults).toMatchObject([
      { rule: 'rule.debtor-currency', value: 'EUR' },
    ]);
  });
});

describe('the creditor account', () => {
  const at = place('CdtrAcct', 12);

  it('must be named', () => {
    const [fault] = oneTransfer({ creditorAccount: undefined }).faults;
    expect(fault).toMatchObject({ rule: 'rule.creditor-account' });
    expect(fault).not.toHaveProperty('value');
  });

  it.each([
    ['PL62109010140000071219812874', 'iban'],
    ['62109010140000071219812874', 'other'],
  ] as const)('%s must keep its check digits', (value, kind) => {
    expect(oneTransfer({ creditorAccount: accountId(kind, value, at) }).faults).toMatchObject([
      { rule: 'rule.iban', line: 12, value },
    ]);
  });

  it('of another country is taken as it is', () => {
    const creditorAccount = accountId('other', '123-456', at);
    expect(oneTransfer({ creditorAccount, currency: 'USD' }).faults).toEqual([]);
  });
});

describe('the operation', () => {
  it('must exist at the bank', () => {
    const terms = bankTerms({ operations: [{ operation: 'sepa', currency: 'EUR', creditor: 'sepa' }] });
    const checked = oneTransfer({}, {}, terms);
    expect(checked.faults).toMatchObject([{ rule: 'rule.operation', value: `PLN to ${OTHER_BANK}` }]);
    expect(checked.routed).toEqual([]);
  });
});

describe('an address in SEPA', () => {
  const german = accountId('iban', GERMAN, place());
  const at = place('PstlAdr', 13);
  const sepa = (transfer: Partial<TransferFacts>): Checked =>
    oneTransfer({ currency: 'EUR', creditorAccount: german, ...transfer });

  it.each([
    ['no address', undefined],
    ['a structured one', { place: at, town: 'Berlin', country: 'DE', lines: [] }],
    ['a hybrid one', { place: at, town: 'Berlin', country: 'DE', lines: ['Ring 1', 'Haus B'] }],
  ])('may be %s', (_, creditorAddress) => {
    expect(sepa({ creditorAddress }).faults).toEqual([]);
  });

  it.each([
    [{ town: undefined, country: undefined }, 'town (TwnNm) and country (Ctry)'],
    [{ town: undefined, country: 'DE' }, 'without town (TwnNm) is'],
    [{ town: 'Berlin', country: undefined }, 'without country (Ctry) is'],
  ])('must have town and country', (missing, said) => {
    const [fault] = sepa({
      creditorAddress: { place: at, lines: ['Ring 1', '10115 Berlin'], ...missing },
    }).faults;
    expect(fault).toMatchObject({ rule: 'rule.sepa-address', line: 13, value: 'Ring 1 | 10115 Berlin' });
    expect(fault?.message).toContain(said);
  });

  it('must not have more than two lines', () => {
    const creditorAddress = { place: at, town: 'Berlin', country: 'DE', lines: ['1', '2', '3'] };
    expect(rulesOf(sepa({ creditorAddress }))).toEqual(['rule.sepa-address-lines']);
  });

  it('is not asked for outside SEPA', () => {
    const creditorAddress = {
      place: at,
      town: undefined,
      country: undefined,
      lines: ['ul. Długa 1', 'Warszawa'],
    };
    expect(oneTransfer({ creditorAddress }).faults).toEqual([]);
  });

  it('of the debtor is told once for each block, not for each of its transfers', () => {
    const transfer = {
      currency: 'EUR',
      creditorAccount: german,
      debtorAddress: { place: at, town: undefined, country: undefined, lines: ['x'] },
    };
    const transfers = [transfer, { ...transfer }, { ...transfer }];
    expect(rulesOf(check({ blocks: [{ transfers }, { transfers }] }))).toEqual([
      'rule.sepa-address',
      'rule.sepa-address',
    ]);
  });
});

describe('the bank', () => {
  it('checks the name of the initiating party once, unless it is replaced', () => {
    const initiatingParty = placed('Firma-X', place('GrpHdr/InitgPty/Nm', 3));
    const file: File = { group: { initiatingParty }, blocks: [{ transfers: [{}] }, { transfers: [{}] }] };
    const initiatingPartyPattern = '[A-Za-z0-9 ]+';
    expect(check(file, bankTerms({ rules: { initiatingPartyPattern } })).faults).toMatchObject([
      { rule: 'rule.initiating-party', line: 3, value: 'Firma-X' },
    ]);
    expect(
      check(file, bankTerms({ rules: { initiatingPartyPattern, initiatingPartyName: 'FIRMA' } })).faults,
    ).toEqual([]);
    expect(check(file).faults).toEqual([]);
  });

  it('checks the texts of a block once', () => {
    const terms = bankTerms({ rules: { textCharacters: '[A-Za-z ]' } });
    const texts = [placed('Spółka', place('PmtInf[1]/Dbtr/Nm', 7))];
    expect(check({ blocks: [{ texts, transfers: [{}, {}] }] }, terms).faults).toMatchObject([
      { rule: 'rule.characters', line: 7 },
    ]);
  });
});
