import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { readLedger } from '../../src/sandbox/read-ledger.ts';
import { envelopeOf, post, signed } from './support/bank-client.ts';
import { order } from './support/documents.ts';

async function startProcess(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-bank.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

test('whatever a killed bank had answered is on its disk, each transfer once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'goniec-killed-'));
  try {
    const answered = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const { child, url } = await startProcess(folder);
      const exited = once(child, 'exit');
      const bodies = await Promise.all(
        Array.from({ length: 30 }, async (_, index) => {
          const messageId = `R${round}M${index}`;
          const document = order({ messageId, executionDate: '2026-01-02', transfers: [{ id: messageId }] });
          return { messageId, body: envelopeOf(await signed(folder, 'DomesticTransfer', document)) };
        }),
      );
      const sends = bodies.map(async ({ messageId, body }, index) => {
        const answer = await post(folder, url, 'DomesticTransfer', body);
        expect(answer.status).toBe(200);
        answered.add(messageId);
        if (index === 10 + round) child.kill('SIGKILL');
      });
      await Promise.allSettled(sends);
      child.kill('SIGKILL');
      await exited;
    }
    const { messages, executions } = readLedger(folder);
    expect(answered.size).toBeGreaterThan(3);
    expect(messages.map((message) => message.messageId)).toEqual(expect.arrayContaining([...answered]));
    expect(new Set(messages.map((message) => message.messageId)).size).toBe(messages.length);
    expect(new Set(executions.map((one) => one.endToEndId)).size).toBe(executions.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
