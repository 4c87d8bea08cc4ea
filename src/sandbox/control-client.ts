// The other end of the sandbox's control, for the command line and for tests.

import type { SandboxState } from './control.ts';
import type { MoodOrder } from './moods.ts';

export interface SandboxControl {
  /** Adds a mood, or replaces all by `honest` or `pessimistic`. */
  mood(order: MoodOrder): Promise<void>;
  /** Books a payment from outside; the amount as `123.45` in the account's currency. */
  credit(payment: CreditOrder): Promise<void>;
  /** Books a charge without any id. */
  fee(fee: { readonly account: string; readonly amount: string; readonly text?: string }): Promise<void>;
  /** Approves transfers that wait for a person, of one message or of all. */
  approve(messageId?: string): Promise<void>;
  /** Executes at once what would be executed later. */
  bookNow(): Promise<void>;
  state(): Promise<SandboxState>;
}

export interface CreditOrder {
  readonly account: string;
  readonly amount: string;
  readonly text?: string;
  readonly debtorName?: string;
  readonly debtorAccount?: string;
  readonly endToEndId?: string;
}

/** Talks to the control at this address. Every call rejects with control's own sentence when it does not do what it was asked. */
export function sandboxControl(controlUrl: string): SandboxControl {
  const order = async (name: string, body: object): Promise<void> => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    await call(`${controlUrl}/${name}`, init);
  };
  return {
    mood: (mood) => order('mood', mood),
    credit: (payment) => order('credit', payment),
    fee: (fee) => order('fee', fee),
    approve: (messageId) => order('approve', messageId === undefined ? {} : { messageId }),
    bookNow: () => order('book-now', {}),
    state: async () => (await call(`${controlUrl}/state`, {})) as SandboxState,
  };
}

async function call(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  const body: unknown = await response.json();
  if (response.ok) return body;
  const said =
    typeof body === 'object' && body !== null && 'error' in body
      ? String(body.error)
      : `HTTP ${response.status}`;
  throw new Error(`The sandbox says: ${said}`);
}
