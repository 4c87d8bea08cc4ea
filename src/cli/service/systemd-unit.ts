// The systemd unit of an installation (systemd.service, systemd.exec): as little of the machine as Goniec can work with.

import { dirname } from 'node:path';
import { NO_RESTART } from '../exit-codes.ts';
import { isIn, type ServiceFacts } from './service-facts.ts';

/** In the first line of every unit that we may replace or remove. */
export const UNIT_MARK = '# Made by "goniec service install"';

/** A stop that ran into its limit needs a last moment to record what it broke off. */
const STOP_MARGIN_S = 15;

export function systemdUnit(facts: ServiceFacts): string {
  const { configuration, node, nodeFlags, main, name, user, writable, stopWithinMs } = facts;
  const command = [node, ...nodeFlags, main, 'start', '--config', configuration].map(execWord).join(' ');
  return `${UNIT_MARK}; run it again after a change of the configuration's folders.
[Unit]
Description=Goniec carries payment files to the bank (${name})
Wants=network-online.target
After=network-online.target time-sync.target remote-fs.target

[Service]
Type=notify
# Said by systemd-notify, which is a process of its own.
NotifyAccess=all
ExecStart=${command}
User=${user}
Group=${user}
UMask=0027
${environment(facts)}Restart=on-failure
RestartSec=5s
# Wrong use, a refused configuration, a refused start: starting again would meet the same.
RestartPreventExitStatus=${NO_RESTART.join(' ')}
# After an upgrade the whole journal is checked before anything is sent; that may take long, and is never cut short.
TimeoutStartSec=infinity
# Longer than stopWithin: what is being sent may finish, or is broken off at a known point.
TimeoutStopSec=${Math.ceil(stopWithinMs / 1000) + STOP_MARGIN_S}s
KillMode=mixed

# What it may write; everything else is read-only. A share that is away does not keep it from starting.
ProtectSystem=strict
${writable.map((path) => `ReadWritePaths=-${word(path)}\n`).join('')}${ownPlaces(facts)}
# V8 compiles while it runs: MemoryDenyWriteExecute stays off, all else is shut.
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
PrivateDevices=yes
DevicePolicy=closed
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
KeyringMode=private
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
# A core file would hold private keys.
LimitCORE=0

[Install]
WantedBy=multi-user.target
`;
}

function environment({ environmentFile }: ServiceFacts): string {
  return environmentFile === undefined
    ? ''
    : `# The variables that the configuration refers to; readable by root alone.\nEnvironmentFile=${word(environmentFile)}\n`;
}

/** Private folders would hide what lies there; nothing of ours usually does. */
function ownPlaces({ configuration, main, node, writable, secrets }: ServiceFacts): string {
  const used = [dirname(configuration), main, node, ...writable, ...secrets];
  const uses = (...folders: readonly string[]): boolean =>
    used.some((path) => folders.some((folder) => isIn(path, folder)));
  return `ProtectHome=${uses('/home', '/root', '/run/user') ? 'read-only' : 'yes'}
PrivateTmp=${uses('/tmp', '/var/tmp') ? 'no' : 'yes'}
`;
}

/** One word of a list: quoted, with specifiers switched off (systemd.syntax, systemd.unit "Specifiers"). */
function word(text: string): string {
  const literal = text.replace(/%/g, '%%');
  return /^[A-Za-z0-9_./:%@+=-]+$/.test(literal) ? literal : `"${literal.replace(/["\\]/g, '\\$&')}"`;
}

/** One word of a command line, where `$` begins a variable, too. */
function execWord(text: string): string {
  return word(text).replace(/\$/g, '$$$$');
}
