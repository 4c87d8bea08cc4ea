// Whether systemd itself takes the unit, how far it finds the service shut in, and whether its notice of readiness arrives.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { notifyReady } from '../../src/cli/notify-ready.ts';
import { systemdUnit } from '../../src/cli/service/systemd-unit.ts';
import { FACTS } from '../cli/service/facts.ts';

const root = mkdtempSync(join(tmpdir(), 'goniec-unit-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;
const unit = (name: string, more: Partial<typeof FACTS> = {}): string => {
  const path = join(root, `${name}.service`);
  // systemd looks whether the program is there.
  writeFileSync(path, systemdUnit({ ...FACTS, node: process.execPath, user: 'daemon', ...more }));
  return path;
};

it.skipIf(!has('systemd-analyze'))(
  'systemd-analyze verify has nothing to say, also of odd paths (needs systemd-analyze)',
  () => {
    const odd = { configuration: '/srv/a "b" 5% $HOME/goniec.yaml', writable: ['/srv/50% of it'] };
    for (const path of [unit('plain'), unit('odd', odd)]) {
      const { stdout, stderr, status } = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' });
      expect({ said: stdout + stderr, status }).toEqual({ said: '', status: 0 });
    }
  },
);

it.skipIf(!has('systemd-analyze'))(
  'systemd-analyze security finds an exposure of at most 2.5 (needs systemd-analyze)',
  () => {
    const output = execFileSync(
      'systemd-analyze',
      ['security', '--offline=yes', '--no-pager', unit('security')],
      {
        encoding: 'utf8',
      },
    );
    const exposure = /Overall exposure level for \S+: ([\d.]+)/.exec(output)?.[1];
    expect(Number(exposure)).toBeLessThanOrEqual(2.5);
  },
);

it.skipIf(!has('systemd-notify') || !has('python3'))(
  'readiness arrives at the socket that systemd names (needs systemd-notify and python3)',
  async () => {
    const path = join(root, 'notify');
    const listen = `import socket
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind("${path}")
s.settimeout(60)
print("listening", flush=True)
print(s.recv(4096).decode(), flush=True)`;
    const listener = spawn('python3', ['-c', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
    let heard = '';
    listener.stdout.on('data', (piece: Buffer) => (heard += piece.toString()));
    await once(listener.stdout, 'data');
    const failures: string[] = [];
    notifyReady({ ...process.env, NOTIFY_SOCKET: path }, (reason) => failures.push(reason));
    await once(listener, 'close');
    expect(heard).toContain('READY=1');
    expect(failures).toEqual([]);
  },
);
