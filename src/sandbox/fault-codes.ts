// The codes of the sandbox bank's faults. E201 and E502 are known from the real bank; the others are the sandbox's own.

/** What each listed code means. A fault with one of these was not taken; other codes say nothing. */
export const FAULT_CODES = {
  E101: 'The message cannot be read',
  E102: 'The message does not follow its definition',
  E103: 'The operation is not offered',
  E201: 'The account is not served or its number is malformed',
  E301: 'The signature is missing',
  E302: 'The signature is not valid',
  E303: 'The signing certificate is not registered for this customer',
  E401: 'The message id was used before',
  E404: 'No message with this id is known',
  E502: 'Statement for the given period is not available',
} as const;

export type FaultCode = keyof typeof FAULT_CODES;

/** Deliberately not listed: the moods that leave a client in the dark answer with it. */
export const UNLISTED_CODE = 'E999';

export function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(FAULT_CODES, code);
}
