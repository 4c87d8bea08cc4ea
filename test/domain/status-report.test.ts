import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedSubmission, StatusReason } from '../../src/domain/order-event.ts';
import {
  statesFrom,
  type Report,
  type ReportedBlock,
  type ReportedTransfer,
  type TransferName,
} from '../../src/domain/status-report.ts';
import { indexesOf } from '../../src/domain/transfer-state.ts';
import { planOf } from './sketches.ts';

const WHY: StatusReason = { code: 'AC04', texts: ['Account closed.'] };
const OTHER: StatusReason = { code: 'AM05', texts: ['Twice.'] };

function tx(
  status: string | undefined,
  endToEndId?: string,
  instructionId?: string,
  ...reasons: StatusReason[]
): ReportedTransfer {
  return { instructionId, endToEndId, status, reasons };
}

function block(
  status: string | undefined,
  transfers: readonly ReportedTransfer[] = [],
  ...reasons: StatusReason[]
): ReportedBlock {
  return { paymentInformationId: 'PMT-1', status, reasons, transfers };
}

function report(
  groupStatus: string | undefined,
  blocks: readonly ReportedBlock[] = [],
  ...groupReasons: StatusReason[]
): Report {
  return { groupStatus, groupReasons, blocks };
}

/** Status and reason codes by transfer, `undefined` where nothing is known. */
function told(
  found: Report,
  names: readonly TransferName[],
  plan: PlannedSubmission = planOf(1, [[0, names.length - 1]]),
): unknown[] {
  const states = new Map<number, string>();
  for (const { transfers, status, reasons } of statesFrom(
    found,
    plan,
    (index) => names[index] ?? { instructionId: undefined, endToEndId: '' },
  )) {
    for (const index of indexesOf(transfers))
      states.set(index, [status, ...reasons.map(({ code }) => code)].join(' '));
  }
  return names.map((_, index) => states.get(index));
}

const named = (...ids: string[]): TransferName[] =>
  ids.map((endToEndId) => ({ instructionId: undefined, endToEndId }));
const A_B = named('A', 'B');

describe('a status of the group', () => {
  it('stands for all transfers when nothing else is said', () => {
    expect(told(report('ACCP'), A_B)).toEqual(['ACCP', 'ACCP']);
  });

  it('comes with its reasons', () => {
    expect(told(report('RJCT', [], WHY), A_B)).toEqual(['RJCT AC04', 'RJCT AC04']);
  });

  it.each(['PART', 'XXXX', 'constructor', ''])('says nothing of single transfers when it is "%s"', (code) => {
    expect(told(report(code), A_B)).toEqual([undefined, undefined]);
  });

  it('may be missing', () => {
    expect(told(report(undefined), A_B)).toEqual([undefined, undefined]);
  });

  it('ACCC means settled', () => {
    expect(told(report('ACCC'), A_B)).toEqual(['ACSC', 'ACSC']);
  });
});

describe('a status of a block', () => {
  it('counts more than that of the group', () => {
    expect(told(report('ACCP', [block('RJCT', [], WHY)]), A_B)).toEqual(['RJCT AC04', 'RJCT AC04']);
  });

  it('silences that of the group even when it is not known', () => {
    expect(told(report('ACSC', [block('PART')]), A_B)).toEqual([undefined, undefined]);
    expect(told(report('RJCT', [block('XXXX')]), A_B)).toEqual([undefined, undefined]);
  });

  it('takes over the reasons of the group when it says the same without any', () => {
    expect(told(report('RJCT', [block('RJCT')], WHY), A_B)).toEqual(['RJCT AC04', 'RJCT AC04']);
    expect(told(report('ACCP', [block('RJCT')], WHY), A_B)).toEqual(['RJCT', 'RJCT']);
  });

  it('holds for its own transfers only', () => {
    const [first] = planOf().blocks;
    if (first === undefined) throw new Error('no block');
    const second = { ...first, block: 1, paymentInformationId: 'PMT-2' };
    const plan = {
      ...planOf(),
      blocks: [
        { ...first, transfers: [[0, 0]] as const },
        { ...second, transfers: [[1, 1]] as const },
      ],
    };
    expect(told(report('ACCP', [block('RJCT')]), A_B, plan)).toEqual(['RJCT', 'ACCP']);
  });

  it('of another id says nothing', () => {
    const stranger = { ...block('RJCT', [tx('RJCT', 'A')]), paymentInformationId: 'PMT-9' };
    expect(told(report('ACCP', [stranger]), A_B)).toEqual(['ACCP', 'ACCP']);
  });

  it('is found although the bank trims its id', () => {
    const plan = planOf();
    const spaced = {
      ...plan,
      blocks: plan.blocks.map((each) => ({ ...each, paymentInformationId: ' PMT-1 ' })),
    };
    expect(told(report(undefined, [block('ACSP')]), A_B, spaced)).toEqual(['ACSP', 'ACSP']);
  });

  it('that comes twice and differs says nothing of transfers that are not named', () => {
    const twice = [block('RJCT', [tx('RJCT', 'A')]), block('ACCP', [])];
    expect(told(report(undefined, twice), A_B)).toEqual(['RJCT', undefined]);
    expect(told(report(undefined, [block('ACCP'), block('ACCP')]), A_B)).toEqual(['ACCP', 'ACCP']);
  });
});

describe('a status of a transfer', () => {
  it('counts more than that of its block or group', () => {
    expect(told(report('ACCP', [block('ACSP', [tx('RJCT', 'B', undefined, WHY)])]), A_B)).toEqual([
      'ACSP',
      'RJCT AC04',
    ]);
  });

  it('of a group that is rejected may still be pending', () => {
    expect(told(report('RJCT', [block(undefined, [tx('PDNG', 'B')])]), A_B)).toEqual(['RJCT', 'PDNG']);
  });

  it('that is not known is not replaced by that of the group', () => {
    expect(told(report('ACSC', [block(undefined, [tx('CANC', 'A')])]), A_B)).toEqual([undefined, 'ACSC']);
  });

  it('that is missing is that of its block, with its own reasons', () => {
    expect(told(report('RJCT', [block('RJCT', [tx(undefined, 'A', undefined, WHY)])], OTHER), A_B)).toEqual([
      'RJCT AC04',
      'RJCT AM05',
    ]);
  });

  it('takes over the reasons of its block when it says the same without any', () => {
    expect(told(report('PART', [block('RJCT', [tx('RJCT', 'A'), tx('PDNG', 'B')], WHY)]), A_B)).toEqual([
      'RJCT AC04',
      'PDNG',
    ]);
  });

  it('keeps every reason it has', () => {
    expect(told(report('PART', [block(undefined, [tx('RJCT', 'A', undefined, WHY, OTHER)])]), A_B)).toEqual([
      'RJCT AC04 AM05',
      undefined,
    ]);
  });

  it('of an id that is not ours says nothing', () => {
    expect(
      told(
        report('PART', [block(undefined, [tx('RJCT', 'C'), tx('ACSC', undefined, 'C'), tx('ACSC')])]),
        A_B,
      ),
    ).toEqual([undefined, undefined]);
  });
});

describe('a transfer is found', () => {
  const both: TransferName[] = [
    { instructionId: '1', endToEndId: 'A' },
    { instructionId: '2', endToEndId: 'B' },
  ];

  it('by its InstrId where no EndToEndId is given', () => {
    expect(told(report(undefined, [block(undefined, [tx('ACSC', undefined, '2')])]), both)).toEqual([
      undefined,
      'ACSC',
    ]);
  });

  it('by its EndToEndId whatever InstrId the bank made for one that had none', () => {
    expect(told(report(undefined, [block(undefined, [tx('ACSC', 'B', 'BANK-7')])]), A_B)).toEqual([
      undefined,
      'ACSC',
    ]);
  });

  it('not by its EndToEndId when the InstrId is that of another', () => {
    expect(told(report(undefined, [block(undefined, [tx('RJCT', 'A', '2')])]), both)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('by both ids rather than by a namesake without an InstrId that comes first', () => {
    const namesakes: TransferName[] = [
      { instructionId: undefined, endToEndId: 'A' },
      { instructionId: '2', endToEndId: 'A' },
    ];
    expect(told(report(undefined, [block(undefined, [tx('RJCT', 'A', '2')])]), namesakes)).toEqual([
      undefined,
      'RJCT',
    ]);
  });

  it('by what is left when a more exact name, even a later one, has taken the other', () => {
    const namesakes: TransferName[] = ['1', '2'].map((instructionId) => ({ instructionId, endToEndId: 'A' }));
    const transfers = [tx('ACSC', 'A'), tx('RJCT', 'A', '1')];
    expect(told(report(undefined, [block(undefined, transfers)]), namesakes)).toEqual(['RJCT', 'ACSC']);
  });

  it('although the bank trims its ids', () => {
    expect(told(report(undefined, [block(undefined, [tx('RJCT', 'A')])]), named(' A', 'B'))).toEqual([
      'RJCT',
      undefined,
    ]);
  });
});

describe('transfers of one EndToEndId', () => {
  const three = named('NOTPROVIDED', 'NOTPROVIDED', 'NOTPROVIDED');
  const said = (...codes: string[]): ReportedTransfer[] => codes.map((code) => tx(code, 'NOTPROVIDED'));

  it('are told apart by file order when all of them are reported', () => {
    expect(told(report('PART', [block(undefined, said('ACSC', 'RJCT', 'PDNG'))]), three)).toEqual([
      'ACSC',
      'RJCT',
      'PDNG',
    ]);
  });

  it('are told apart by their InstrIds, whatever the order', () => {
    const distinct = three.map((name, index) => ({ ...name, instructionId: index.toString() }));
    const mixed = ['2', '0', '1'].map((id) => tx(id === '1' ? 'RJCT' : 'ACSC', 'NOTPROVIDED', id));
    expect(told(report('PART', [block(undefined, mixed)]), distinct)).toEqual(['ACSC', 'RJCT', 'ACSC']);
  });

  it('get no state when only some are reported, because a wrong RJCT would be paid again', () => {
    expect(told(report('PART', [block(undefined, said('RJCT'))]), three)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(told(report('ACSC', [block(undefined, said('RJCT'))]), three)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('get the state of all when those that are reported say just that', () => {
    expect(told(report('RJCT', [block(undefined, said('RJCT'))]), three)).toEqual(['RJCT', 'RJCT', 'RJCT']);
  });

  it('ignore what is reported beyond their number', () => {
    expect(told(report('PART', [block(undefined, said('ACSC', 'ACSC', 'ACSC', 'RJCT'))]), three)).toEqual([
      'ACSC',
      'ACSC',
      'ACSC',
    ]);
  });
});

it('a report that names every transfer once is understood in any order', () => {
  const code = fc.constantFrom('ACSC', 'RJCT', 'PDNG', 'ACSP');
  const anyReport = fc
    .array(code, { minLength: 1, maxLength: 30 })
    .chain((codes) =>
      fc.tuple(fc.constant(codes), fc.shuffledSubarray([...codes.keys()], { minLength: codes.length })),
    );
  fc.assert(
    fc.property(anyReport, ([codes, order]) => {
      const names = codes.map((_, index) => `E${index}`);
      const transfers = order.map((index) => tx(codes[index], names[index]));
      expect(told(report('PART', [block(undefined, transfers)]), named(...names))).toEqual(codes);
    }),
  );
});
