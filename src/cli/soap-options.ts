// What an envelope to a bank says of its sender.

import type { SoapOptions } from '../bank/cdc/soap.ts';
import type { BankSettings } from '../config/settings.ts';
import { PRODUCT, VERSION } from '../version.ts';

/** As the settings and the product itself have it. */
export function soapOptionsOf(bank: BankSettings): SoapOptions {
  return {
    header: bank.header === undefined ? undefined : { ...bank.header, prodId: PRODUCT },
    productName: PRODUCT,
    productVersion: VERSION,
  };
}
