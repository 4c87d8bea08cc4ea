// What a person has to do after `goniec init`, in plain words: what goes to the bank, and where its answers belong.

import { dirname, join } from 'node:path';
import { keyPlaces, type Plan, type PlannedKey } from './plan.ts';

/** Lines of at most 80 characters where paths allow it. */
export function nextSteps(plan: Plan): string {
  const steps = plan.bank.kind === 'sandbox' ? sandboxSteps(plan) : realSteps(plan);
  return ['What to do now', ...steps.map((step, index) => `\n${index + 1}. ${step}`)].join('\n');
}

function sandboxSteps({ configuration, folders }: Plan): string[] {
  const config = `--config ${shellWord(configuration)}`;
  return [
    `Start it, and leave it running:\n     goniec start ${config}`,
    `In another terminal, pay something:\n     goniec example ${config} > ${shellWord(join(folders.outbox, 'first.xml'))}`,
    `Look at what became of it:\n     goniec show first.xml ${config}\n     ls ${shellWord(folders.inbox)}`,
  ];
}

function realSteps(plan: Plan): string[] {
  if (plan.bank.kind !== 'real') return [];
  const { communication, authorization, name, environment } = plan.bank;
  const keys: [purpose: 'communication' | 'authorization', key: PlannedKey | undefined][] = [
    ['communication', communication],
    ['authorization', authorization],
  ];
  const config = `--config ${shellWord(plan.configuration)}`;
  const at = (relative: string): string => join(dirname(plan.configuration), relative);
  const fresh = keys.flatMap(([purpose, key]) => (key?.kind === 'new' ? [keyPlaces(purpose)] : []));
  return [
    ...(fresh.length === 0
      ? []
      : [
          `Send to the bank, in the way your contract with it says:\n${fresh.map(({ request }) => `     ${at(request)}`).join('\n')}\n   The .key files stay here. Nobody at the bank needs them or may ask for them.`,
          `When the bank's certificates come back, put them here, as PEM:\n${fresh.map(({ certificate }) => `     ${at(certificate)}`).join('\n')}\n   A file in DER (.cer, .der) becomes PEM with:\n     openssl x509 -inform der -in FILE -out ${shellWord(at(fresh[0]?.certificate ?? ''))}\n   If the bank sends a key of its own instead (.p12, .pfx), see docs/install.md.`,
        ]),
    `See that all is well; every problem is named with what to do:\n     goniec check ${config}`,
    ...(environment === 'test'
      ? [
          `Ask the bank's test service what it answers to unknown and repeated ids:\n     goniec probe ${shellWord(name)} ${config}`,
        ]
      : []),
    `Let the system start it:\n     sudo goniec service install ${config}\n     sudo goniec service start`,
  ];
}

/** As it can be copied into a shell. */
function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:\\-]+$/.test(text) ? text : `"${text}"`;
}
