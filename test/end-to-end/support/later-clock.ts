// Loaded before a process of the product: makes its clock go ahead, so that a day can end while a test looks on.

const shiftMs = Number(process.env.GONIEC_TEST_AHEAD_MS ?? '0');
const RealDate = Date;

class LaterDate extends RealDate {
  constructor(...given: [] | [number | string]) {
    if (given.length === 0) super(RealDate.now() + shiftMs);
    else super(given[0]);
  }

  static override now(): number {
    return RealDate.now() + shiftMs;
  }
}

// The parts of a date (`new Date(2026, 0, 1)`) are used nowhere in the product; instants and texts are.
globalThis.Date = LaterDate as DateConstructor;
