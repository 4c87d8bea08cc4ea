// Addresses that are known to move money must not be taken for a test.

import { DIALECTS } from '../bank/cdc/dialects/dialect-named.ts';

/** Why an address can not be what it is said to be; the message is the rest of a sentence that begins with it. */
export function addressFault(
  url: string,
  environment: string,
): { readonly message: string; readonly remedy: string } | undefined {
  const bank = DIALECTS.find(({ productionUrl }) => isSamePlace(url, productionUrl));
  if (bank === undefined || environment !== 'test') return undefined;
  return {
    message: `is the production service of ${bank.title}, where money moves`,
    remedy: 'Ask the bank for the address of its test service, or say production.',
  };
}

function isSamePlace(one: string, other: string): boolean {
  const [a, b] = [URL.parse(one), URL.parse(other)];
  return a !== null && b !== null && a.host === b.host && a.pathname === b.pathname;
}
