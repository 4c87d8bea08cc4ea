// The dialects there are, by the names they have in the settings.

import { BNP } from './bnp.ts';
import type { CdcDialect } from './dialect.ts';
import { ING } from './ing.ts';

export const DIALECTS: readonly CdcDialect[] = [BNP, ING];

/** The dialect of that name. */
export function dialectNamed(name: CdcDialect['name']): CdcDialect {
  switch (name) {
    case 'bnp':
      return BNP;
    case 'ing':
      return ING;
  }
}
