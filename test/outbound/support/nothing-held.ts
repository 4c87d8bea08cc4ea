// A company that wants to see nothing before it is sent.

import type { HoldRules } from '../../../src/outbound/approval.ts';

export const NOTHING_HELD: HoldRules = { transferAbove: [], fileAbove: [] };
