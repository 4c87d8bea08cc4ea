// Finds a dialect by the name it has in the settings.

import { BNP } from './bnp.ts';
import type { CdcDialect } from './dialect.ts';
import { ING } from './ing.ts';

/** The dialect of that name. */
export function dialectNamed(name: CdcDialect['name']): CdcDialect {
  switch (name) {
    case 'bnp':
      return BNP;
    case 'ing':
      return ING;
  }
}
