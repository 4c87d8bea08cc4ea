// What is written for systemd and for Windows; whether systemd takes it is asked in test/interop/systemd-unit.test.ts.

import { describe, expect, it } from 'vitest';
import { EXIT, NO_RESTART } from '../../../src/cli/exit-codes.ts';
import { systemdUnit, UNIT_MARK } from '../../../src/cli/service/systemd-unit.ts';
import { windowsSteps, windowsWrapper, wrapperPath } from '../../../src/cli/service/windows-wrapper.ts';
import { FACTS } from './facts.ts';

describe('The unit', () => {
  const unit = systemdUnit(FACTS);

  it('runs this program with this configuration, as an account of its own', () => {
    expect(unit.startsWith(UNIT_MARK)).toBe(true);
    expect(valuesOf(unit, 'ExecStart')).toEqual([
      '/usr/bin/node --max-semi-space-size=2 /usr/lib/goniec/main.js start --config /etc/goniec/goniec.yaml',
    ]);
    expect(valuesOf(unit, 'User')).toEqual(['goniec']);
    expect(valuesOf(unit, 'Type')).toEqual(['notify']);
  });

  it('may write the configured folders and nothing else', () => {
    expect(valuesOf(unit, 'ReadWritePaths')).toEqual([
      '-/srv/erp/outbox',
      '-/srv/erp/inbox',
      '-/var/lib/goniec',
    ]);
    expect(valuesOf(unit, 'ProtectSystem')).toEqual(['strict']);
  });

  it('is started again after a failure, but not where that would meet the same', () => {
    expect(valuesOf(unit, 'Restart')).toEqual(['on-failure']);
    expect(valuesOf(unit, 'RestartPreventExitStatus')).toEqual(['2 3 4']);
    expect(NO_RESTART).toEqual([EXIT.usage, EXIT.configuration, EXIT.startRefused]);
    expect(NO_RESTART).not.toContain(EXIT.journalFailed);
  });

  it('leaves a stop more time than the daemon takes for it', () => {
    expect(valuesOf(unit, 'TimeoutStopSec')).toEqual(['45s']);
    expect(valuesOf(systemdUnit({ ...FACTS, stopWithinMs: 90_500 }), 'TimeoutStopSec')).toEqual(['106s']);
  });

  it('hides homes and temporary folders, unless something of ours lies there', () => {
    expect([valuesOf(unit, 'ProtectHome'), valuesOf(unit, 'PrivateTmp')]).toEqual([['yes'], ['yes']]);
    const elsewhere = systemdUnit({ ...FACTS, node: '/root/.nvm/node', writable: ['/var/tmp/x'] });
    expect([valuesOf(elsewhere, 'ProtectHome'), valuesOf(elsewhere, 'PrivateTmp')]).toEqual([
      ['read-only'],
      ['no'],
    ]);
  });

  it('takes paths as they are: spaces, quotes, percent and dollar signs mean nothing in them', () => {
    const odd = systemdUnit({
      ...FACTS,
      configuration: '/srv/a "b" 5% $HOME/goniec.yaml',
      writable: ['/srv/50% of it'],
    });
    expect(valuesOf(odd, 'ExecStart')[0]).toContain('--config "/srv/a \\"b\\" 5%% $$HOME/goniec.yaml"');
    expect(valuesOf(odd, 'ReadWritePaths')).toEqual(['-"/srv/50%% of it"']);
  });

  it('reads variables from a file only where the configuration refers to any', () => {
    expect(valuesOf(unit, 'EnvironmentFile')).toEqual([]);
    const file = systemdUnit({ ...FACTS, environmentFile: '/etc/goniec/goniec.env' });
    expect(valuesOf(file, 'EnvironmentFile')).toEqual(['/etc/goniec/goniec.env']);
  });
});

describe('The Windows wrapper', () => {
  const facts = {
    ...FACTS,
    node: 'C:\\Program Files\\nodejs\\node.exe',
    main: 'C:\\Goniec & Co\\dist\\main.js',
    configuration: 'D:\\goniec\\config\\goniec.yaml',
    writable: ['D:\\goniec\\outbox'],
    secrets: ['D:\\goniec\\config\\keys\\communication.key'],
  };

  it('lies beside the configuration and runs the same program', () => {
    expect(wrapperPath(facts)).toBe('D:\\goniec\\config\\service\\goniec.xml');
    const xml = windowsWrapper(facts);
    expect(xml).toContain('<executable>C:\\Program Files\\nodejs\\node.exe</executable>');
    expect(xml).toContain(
      '<arguments>--max-semi-space-size=2 "C:\\Goniec &amp; Co\\dist\\main.js" start --config D:\\goniec\\config\\goniec.yaml</arguments>',
    );
    expect(xml).toContain('<stoptimeout>45 sec</stoptimeout>');
    expect(xml.match(/<onfailure action="restart"/g)).toHaveLength(3);
  });

  it('comes with the commands that are left to a person', () => {
    const steps = windowsSteps(facts);
    expect(steps).toContain('D:\\goniec\\config\\service\\goniec.exe" install');
    expect(steps).toContain('sc config goniec obj= "NT SERVICE\\goniec"');
    expect(steps).toContain('icacls "D:\\goniec\\outbox" /grant "NT SERVICE\\goniec:(OI)(CI)M"');
    expect(steps).toContain('icacls "D:\\goniec\\config\\keys\\communication.key" /inheritance:r');
  });
});

function valuesOf(unit: string, key: string): string[] {
  return unit
    .split('\n')
    .filter((line) => line.startsWith(`${key}=`))
    .map((line) => line.slice(key.length + 1));
}
