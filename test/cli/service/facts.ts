// An installation as the tests of its service see it.

import type { ServiceFacts } from '../../../src/cli/service/service-facts.ts';

export const FACTS: ServiceFacts = {
  name: 'goniec',
  user: 'goniec',
  node: '/usr/bin/node',
  nodeFlags: ['--max-semi-space-size=2'],
  main: '/usr/lib/goniec/main.js',
  configuration: '/etc/goniec/goniec.yaml',
  writable: ['/srv/erp/outbox', '/srv/erp/inbox', '/var/lib/goniec'],
  secrets: ['/etc/goniec/keys/communication.key'],
  stopWithinMs: 30_000,
  environmentFile: undefined,
};
