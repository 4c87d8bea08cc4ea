// The one element BNP Paribas adds to camt.052.001.02.

import { withElement } from '../extend.ts';
import { camt05200102 } from './camt.052.001.02.ts';

/**
 * camt.052.001.02 as the CDC service of BNP Paribas answers it: each report may name the date of the bank's
 * booking system (`BookSysDt`), which ISO 20022 does not have. Same name, same namespace, so the caller says which he expects.
 */
export const camt05200102WithBookingSystemDate = withElement(camt05200102, {
  type: 'AccountReport11',
  after: 'FrToDt',
  element: { name: 'BookSysDt', type: 'ISODate', min: 0, max: 1 },
});
