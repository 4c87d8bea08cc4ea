// Messages whose signature covers something else than what is read: none is taken for signed.

import { beforeAll, describe, expect, it } from 'vitest';
import { strongSignatures, verifyEnvelopedSignature } from '../../src/signature/verify.ts';
import { bothChecks } from '../signature/both-checks.ts';
import { inEnvelope, pieces } from '../signature/messages.ts';
import { NOW, throwAwayKey, type ThrowAway } from '../signature/throw-away-keys.ts';
import { signedOrder } from './signed-order.ts';
import { wrappingCases, type Signed } from './wrapping-cases.ts';

let key: ThrowAway;
let made: Signed;
beforeAll(async () => {
  key = await throwAwayKey();
  made = await signedOrder(key);
});

async function verdict(message: string, place: 'root' | 'soap-body'): Promise<string> {
  const verification = await verifyEnvelopedSignature(pieces(message), {
    trusted: { kind: 'pinned', fingerprints256: [key.certificate.fingerprint256] },
    at: NOW,
    place,
    accepted: strongSignatures,
    check: bothChecks,
  });
  return verification.kind === 'valid' ? 'valid' : verification.reason;
}

describe('a message with', () => {
  it.each(wrappingCases)('$name: $outcome', async ({ make, outcome }) => {
    const message = make(made);
    const verdicts = [await verdict(message, 'root')];
    // What stands before the wrapper would stand inside the envelope's body.
    if (!message.startsWith('<!DOCTYPE')) verdicts.push(await verdict(inEnvelope(message), 'soap-body'));
    for (const said of verdicts) {
      if (outcome === 'valid') expect(said).toBe('valid');
      else expect(said).toMatch(/^(?!valid$)(?!.*\bat \/|.*\.ts:\d).{10,500}$/s);
    }
  });
});
