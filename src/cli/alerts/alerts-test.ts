// `goniec alerts test`: sends a harmless message to everybody who would be told, and says what became of each.

import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import type { Message } from '../../operations/alerts/channel.ts';
import { english } from '../../operations/alerts/wording-en.ts';
import { visibleText } from '../../operations/visible-text.ts';
import { systemClock } from '../../triggers/system-clock.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { settingsFor } from '../settings-for.ts';
import { complain, say, sayJson } from '../terminal.ts';
import { alertChannels } from './alert-channels.ts';

export async function testAlerts(options: {
  readonly config?: string;
  readonly json?: boolean;
}): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { alerts } = loaded.settings;
  if (alerts === undefined) {
    complain('Nobody is to be told: the configuration has no alerts. docs/alerts.md shows how to add them.');
    return EXIT.configuration;
  }
  const channels = await alertChannels(alerts);
  const message: Message = {
    id: randomUUID(),
    purpose: 'test',
    news: [],
    at: new Date(systemClock.now()).toISOString(),
    ...english.test(hostname()),
  };
  const results = await Promise.all(
    channels.map(async (channel) => {
      const outcome = await channel.send(message);
      return {
        channel: channel.name,
        sent: outcome.kind === 'sent',
        answer: visibleText(outcome.kind === 'sent' ? outcome.detail : outcome.reason),
      };
    }),
  );
  if (options.json === true) sayJson(results);
  else
    for (const { channel, sent, answer } of results)
      say(`${sent ? 'sent    ' : 'FAILED  '} ${channel}: ${answer}`);
  return results.every(({ sent }) => sent) ? EXIT.ok : EXIT.attention;
}
