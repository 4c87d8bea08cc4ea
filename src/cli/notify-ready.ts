// Tells systemd that the daemon works (sd_notify); Node has no datagram sockets of the kind it listens on, so its own command does.

import { execFile } from 'node:child_process';

const WITHIN_MS = 30_000;

/** Does nothing where nobody listens. `failed` is told why systemd could not be reached. */
export function notifyReady(env: NodeJS.ProcessEnv, failed: (reason: string) => void): void {
  if ((env.NOTIFY_SOCKET ?? '') === '') return;
  execFile('systemd-notify', ['--ready'], { env, timeout: WITHIN_MS }, (error) => {
    if (error !== null) failed(error.message.trim());
  });
}
