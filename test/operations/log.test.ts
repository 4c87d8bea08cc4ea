import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog, type LogOptions } from '../../src/operations/log.ts';

const NOW = Date.UTC(2026, 0, 15, 9, 31, 2, 5);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goniec-log-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function options(more: Partial<LogOptions> = {}): LogOptions {
  return {
    level: 'info',
    fileSizeMaxBytes: 1_000_000,
    filesMax: 3,
    console: 'none',
    now: () => NOW,
    ...more,
  };
}

/** Logs onto a stream and gives what a person would see. */
async function consoleText(
  how: 'pretty' | 'json',
  use: (log: ReturnType<typeof createLog>) => void,
  more: Partial<LogOptions> = {},
): Promise<string> {
  const stream = new PassThrough();
  const log = createLog(options({ console: how, stream, ...more }));
  use(log);
  await log.close();
  return String(stream.read() ?? '');
}

async function fileLines(name = 'goniec.log'): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(folder, name), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('a fact is one readable line with time, level, event and fields', async () => {
  const text = await consoleText('pretty', (log) =>
    log.info('order.claimed', { order: '01J', file: 'two words.xml', transfers: 3 }),
  );
  expect(text).toBe(
    '2026-01-15T09:31:02.005Z INFO  order.claimed order=01J file="two words.xml" transfers=3\n',
  );
});

test('a fact is one JSON object on a json console', async () => {
  const text = await consoleText('json', (log) => log.warn('bank.paused', { bank: 'bnp', until: undefined }));
  expect(JSON.parse(text)).toEqual({
    time: '2026-01-15T09:31:02.005Z',
    level: 'warn',
    event: 'bank.paused',
    bank: 'bnp',
  });
});

test('facts below the level are not written', async () => {
  const text = await consoleText(
    'pretty',
    (log) => {
      log.debug('loop.woke');
      log.info('loop.passed');
      log.error('disk.full');
    },
    { level: 'error' },
  );
  expect(text).toBe('2026-01-15T09:31:02.005Z ERROR disk.full\n');
});

test('colors appear only where they were asked for', async () => {
  expect(await consoleText('pretty', (log) => log.error('disk.full'), { color: true })).toContain(
    '\u001b[31mERROR\u001b[0m',
  );
});

test('a child log carries its fields on every line', async () => {
  const text = await consoleText('pretty', (log) =>
    log.child({ bank: 'bnp' }).child({ part: 1 }).info('order.sent', { id: 'A' }),
  );
  expect(text).toContain('order.sent bank=bnp part=1 id=A');
});

test('a file name can not forge a line, hide itself, or turn the reading direction round', async () => {
  const name = 'a.xml\n2026-01-15T09:31:02.005Z ERROR order.lost\r\u202egpj.exe\u200b\u2028\u0007';
  const text = await consoleText('pretty', (log) => log.info('order.claimed', { file: name }));
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  expect(text).toContain(
    'a.xml\\\\n2026-01-15T09:31:02.005Z ERROR order.lost\\\\r\\\\u{202e}gpj.exe\\\\u{200b}\\\\u{2028}\\\\u{7}',
  );
  expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
});

test('a value can not pretend to be another field', async () => {
  const text = await consoleText('pretty', (log) =>
    log.info('order.claimed', { file: 'a status=settled "x"' }),
  );
  expect(text).toContain('file="a status=settled \\"x\\""');
});

test('a field can not replace the time, the level or the event', async () => {
  const text = await consoleText('json', (log) =>
    log.info('order.claimed', { level: 'error', event: 'x', time: 1 }),
  );
  expect(JSON.parse(text)).toMatchObject({
    level: 'info',
    event: 'order.claimed',
    'field.level': 'error',
    'field.event': 'x',
  });
});

test('values under names that speak of secrets are never printed, however deep they lie', async () => {
  const text = await consoleText('pretty', (log) =>
    log.info('bank.opened', {
      passphrase: 'hunter2',
      tls: { key: 'hunter2', clientSecret: 'hunter2', inner: { Password: 'hunter2' } },
      apiToken: ['hunter2'],
      text: '-----BEGIN RSA PRIVATE KEY-----\nhunter2',
    }),
  );
  expect(text).not.toContain('hunter2');
  expect(text).toContain('tls.key=[hidden]');
});

test('long values are cut and bytes are counted instead of shown', async () => {
  const text = await consoleText('json', (log) =>
    log.info('bank.answered', { text: 'x'.repeat(5000), body: new Uint8Array(77) }),
  );
  const line = JSON.parse(text) as { text: string; body: string };
  expect(line.text).toBe(`${'x'.repeat(300)}... (5000 characters)`);
  expect(line.body).toBe('[77 bytes]');
});

test('every kind of value has a printable form', async () => {
  const fields = {
    a: 10n, b: new Date(NOW), c: new Error('broken\nhere'), d: ['x', 1, ['y']], e: null, f: Number.NaN, g: () => 1,
    h: { i: { j: { k: 1 } } }, l: new Map(), m: new Date(Number.NaN), n: true,
  }; // prettier-ignore
  const text = await consoleText('json', (log) => log.info('value.shown', fields));
  expect(JSON.parse(text)).toMatchObject({
    a: '10', b: '2026-01-15T09:31:02.005Z', c: 'Error: broken\\nhere', d: 'x, 1, [list]', e: null, f: 'NaN', g: '[function]',
    'h.i.j': '[object]', l: '[object]', m: 'Invalid Date', n: true,
  }); // prettier-ignore
});

test('a field that throws when it is read does not stop the caller', async () => {
  const fields = { get bad(): string { throw new Error('no'); } }; // prettier-ignore
  expect(await consoleText('pretty', (log) => log.info('value.shown', fields))).toContain('[unreadable: no]');
});

test('the file holds one JSON object per line and only its owner may read it', async () => {
  const log = createLog(options({ folder: join(folder, 'made', 'here') }));
  log.info('order.claimed', { order: '01J' });
  log.info('order.closed', { order: '01J' });
  await log.close();
  folder = join(folder, 'made', 'here');
  expect((await fileLines()).map((line) => line.event)).toEqual(['order.claimed', 'order.closed']);
  expect((await stat(join(folder, 'goniec.log'))).mode & 0o777).toBe(0o600);
});

test('a new log continues the file that is there', async () => {
  for (const event of ['daemon.started', 'daemon.stopped'] as const) {
    const log = createLog(options({ folder }));
    log.info(event);
    await log.close();
  }
  expect((await fileLines()).map((line) => line.event)).toEqual(['daemon.started', 'daemon.stopped']);
});

test('files rotate by size and a closed log has lost nothing', async () => {
  const log = createLog(options({ folder, fileSizeMaxBytes: 10_000, filesMax: 1_000 }));
  for (let number = 0; number < 5_000; number += 1)
    log.info('order.claimed', { number, file: 'x'.repeat(50) });
  await log.close();
  const names = await readdir(folder);
  expect(names.length).toBeGreaterThan(10);
  const numbers = (await Promise.all(names.map(fileLines))).flat().map((line) => Number(line.number));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 5_000 }, (_none, number) => number));
});

test('a log folder that can not be made costs the file, is told on the console once, and nothing else', async () => {
  const blocked = join(folder, 'file');
  await writeFile(blocked, '');
  const text = await consoleText(
    'pretty',
    (log) => {
      log.info('daemon.started');
      log.info('order.claimed');
    },
    { folder: join(blocked, 'log') },
  );
  expect(text).toContain('daemon.started');
  expect(text).toContain('order.claimed');
  expect(text.match(/log\.file-failed/g)).toHaveLength(1);
});

test('a log file that can not be opened is written to again as soon as it can', async () => {
  await import('node:fs/promises').then(({ mkdir }) => mkdir(join(folder, 'goniec.log')));
  const stream = new PassThrough();
  const log = createLog(options({ folder, console: 'pretty', stream }));
  log.info('order.claimed');
  await settle();
  await rm(join(folder, 'goniec.log'), { recursive: true });
  log.info('order.closed');
  await settle();
  await log.close();
  expect(String(stream.read())).toContain('log.file-failed');
  expect((await fileLines()).map((line) => line.event)).toEqual(['order.closed']);
});

test('a console whose reader went away does not stop the daemon', async () => {
  const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  const log = createLog(options({ console: 'pretty', stream: broken, folder }));
  for (let number = 0; number < 50; number += 1) log.info('order.claimed', { number });
  await log.close();
  expect(await fileLines()).toHaveLength(50);
});

test('a closed log takes no more lines and may be closed again', async () => {
  const log = createLog(options({ folder }));
  log.info('daemon.stopped');
  await log.close();
  log.info('order.claimed');
  await log.close();
  expect(await fileLines()).toHaveLength(1);
});

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100));
}
