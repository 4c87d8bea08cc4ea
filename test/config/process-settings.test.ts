import { expect, test } from 'vitest';
import { readProcessSettings } from '../../src/config/process-settings.ts';

test('without variables the shipped configuration is used', () => {
  expect(readProcessSettings({})).toEqual({
    kind: 'read',
    settings: { configPath: 'config/goniec.yaml', color: true },
  });
});

test('the variables are taken', () => {
  expect(
    readProcessSettings({ GONIEC_CONFIG: '/etc/g.yaml', GONIEC_LOG_LEVEL: 'debug', NO_COLOR: '1' }),
  ).toEqual({
    kind: 'read',
    settings: { configPath: '/etc/g.yaml', logLevel: 'debug', color: false },
  });
});

test('an empty variable counts as not set', () => {
  expect(readProcessSettings({ GONIEC_CONFIG: '', GONIEC_LOG_LEVEL: '', NO_COLOR: '' })).toEqual(
    readProcessSettings({}),
  );
});

test('a level that does not exist is refused', () => {
  const outcome = readProcessSettings({ GONIEC_LOG_LEVEL: 'loud' });
  expect(outcome.kind === 'refused' && outcome.problems).toEqual([
    expect.stringContaining('GONIEC_LOG_LEVEL'),
  ]);
});
