// The two ways to check the small parts of a signature, side by side: every test of a verdict is one of their agreement, too.

import {
  checkByStream,
  checkWithXmlCrypto,
  type SignatureCheck,
} from '../../src/signature/signature-check.ts';

/** Throws where the two do not agree. */
export const bothChecks: SignatureCheck = (claimed) => {
  const [streamed, asTree] = [checkByStream(claimed), checkWithXmlCrypto(claimed)];
  if (streamed !== asTree) throw new Error(`by stream ${streamed}, by xml-crypto ${asTree}`);
  return streamed;
};
