import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { POLISH_ORDER_RULES } from '../../src/bank/cdc/dialects/common.ts';
import { configurationReference } from '../../src/config/configuration-reference.ts';
import { proposedProfile } from '../../src/signature/signature-profile.ts';
import { loaded, minimalWith } from './load.ts';

test('docs/configuration.md is what the schema says; "vitest run -u" writes it anew', async () => {
  await expect(configurationReference()).toMatchFileSnapshot('../../docs/configuration.md');
});

test('the page names every key of the settings', () => {
  const page = configurationReference();
  for (const key of [
    'state',
    'checkEvery',
    'serverName',
    'arrivalBound',
    'businessDaysMax',
    'since',
    'repeatedIds',
  ]) {
    expect(page).toContain(`- \`${key}\`: `);
  }
});

test('what the page says about signatures left unsaid is what the signer does', () => {
  const page = configurationReference();
  for (const [key, value] of Object.entries(proposedProfile)) {
    expect(page).toMatch(new RegExp(`- \`${key}\`: .*\`${value}\` unless told`));
  }
});

test('the signature choices of the file are those of the signer', async () => {
  const written = JSON.stringify(proposedProfile);
  const settings = await loaded(
    minimalWith(['    sandbox: true', `    sandbox: true\n    signatureProfile: ${written}`]),
  );
  expect(settings.banks[0]?.signatureProfile).toEqual(proposedProfile);
});

test("the dialect's own rules could be written in the file", async () => {
  const {
    messageIdPrefix,
    textCharacters,
    endToEndIdPattern,
    endToEndIdMaxLength,
    remittanceMaxLength,
    addressLineMaxLength,
  } = POLISH_ORDER_RULES;
  const rules = {
    messageIdPrefix,
    textCharacters,
    endToEndIdPattern,
    endToEndIdMaxLength,
    remittanceMaxLength,
    addressLineMaxLength,
  };
  const settings = await loaded(
    minimalWith(['    sandbox: true', `    sandbox: true\n    rules: ${JSON.stringify(rules)}`]),
  );
  expect(settings.banks[0]?.rules).toEqual(rules);
});

test('no line of the page is left without a meaning', async () => {
  const page = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  const bullets = page.split('\n').filter((line) => line.startsWith('- `'));
  expect(bullets.length).toBeGreaterThan(60);
  for (const line of bullets)
    expect(line).toMatch(/^- `\w+`: .+; (required|optional|default `.+`)\. \S.+\.$/);
});
