// Says whether a harmless query was answered by the service itself, and if not, what to do about it.

import { openEnvelope } from './answers/envelope.ts';
import { isUnreadable } from './answers/unreadable.ts';
import { CERTIFICATE_HINT } from './transport/network-fault.ts';
import type { Exchange } from './transport/exchange.ts';

/** undefined when the service answers, be it with a fault: it then speaks SOAP and has let us in. */
export function whyUnreachable(outcome: Exchange): string | undefined {
  switch (outcome.kind) {
    case 'not-sent':
      return `The bank cannot be reached: ${outcome.cause}.`;
    case 'broken':
      return `The bank took the connection but did not answer: ${outcome.cause}. ${CERTIFICATE_HINT}`;
    case 'answered':
      return whyNotTheService(outcome.status, outcome.body);
  }
}

function whyNotTheService(status: number, body: Uint8Array): string | undefined {
  const opened = openEnvelope(body);
  if (!isUnreadable(opened) && (status === 200 || status === 500)) return undefined;
  switch (status) {
    case 400:
    case 401:
    case 403:
    case 495:
    case 496:
      return `The bank's gateway answers with HTTP ${status}: it may not have been shown our certificate, or not know it. Check which certificate the bank has registered.`;
    case 404:
      return 'The bank answers with HTTP 404: check the path of the address.';
    default:
      return `What answers at the address is not the service: HTTP ${status}${isUnreadable(opened) ? `, and ${opened.reason}` : ''}. Check the address; if it is right, the bank has an outage.`;
  }
}
