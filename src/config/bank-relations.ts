// What must fit together within the banks: sandbox or certificates, codes with one meaning, secrets that are there.

import type { Finding } from './config-problem.ts';
import { unsetSecret } from './unset-secret.ts';
import type { Written } from './written.ts';

type WrittenBank = NonNullable<Written['banks'][number]>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Found within each bank, and between the sandboxes. */
export function bankFindings(banks: Written['banks'], env: Environment): Finding[] {
  return [
    ...banks.flatMap((bank, index) => {
      if (bank === undefined) return [];
      const findings = [
        ...certificates(bank),
        ...(bank.sandbox === true ? sandbox(bank) : []),
        ...header(bank),
        ...codes(bank),
        ...secrets(bank, env),
      ];
      return findings.map((finding) => ({ ...finding, path: ['banks', index, ...finding.path] }));
    }),
    ...ports(banks),
  ];
}

function certificates({ sandbox, tls, signing, sandboxControlPort }: WrittenBank): Finding[] {
  if (sandbox === true) {
    const remedy = 'Take it out: the sandbox makes its own keys.';
    return [
      ...(tls === undefined ? [] : [{ path: ['tls'], message: 'stands beside "sandbox: true"', remedy }]),
      ...(signing === undefined
        ? []
        : [{ path: ['signing'], message: 'stands beside "sandbox: true"', remedy }]),
    ];
  }
  return [
    ...(tls !== undefined
      ? []
      : [
          {
            path: ['tls'],
            message: 'is missing',
            remedy: 'Name the certificate, key and ca for this bank (or set sandbox: true).',
          },
        ]),
    ...(sandboxControlPort === undefined
      ? []
      : [
          {
            path: ['sandboxControlPort'],
            message: 'has a meaning only with "sandbox: true"',
            remedy: 'Take it out.',
          },
        ]),
  ];
}

function sandbox({ environment, url }: WrittenBank): Finding[] {
  const host = url === undefined ? undefined : URL.parse(url)?.hostname;
  const local = host === undefined || ['localhost', '127.0.0.1', '[::1]'].includes(host);
  return [
    ...(environment === 'production'
      ? [
          {
            path: ['environment'],
            message: 'is production, but the bank is the sandbox',
            remedy: 'Write test, or take out "sandbox: true".',
          },
        ]
      : []),
    ...(local
      ? []
      : [
          {
            path: ['url'],
            message: `names the host ${host}, but the sandbox listens on this machine only`,
            remedy: 'Write localhost and a free port.',
          },
        ]),
  ];
}

function header({ dialect, header }: WrittenBank): Finding[] {
  if (header === undefined || dialect !== 'bnp') return [];
  return [
    {
      path: ['header'],
      message: 'is not known to the dialect bnp',
      remedy: 'Take it out; only ing has this header.',
    },
  ];
}

/** A code that means both "not there" and "already there" would decide wrongly about money. */
function codes({ profile }: WrittenBank): Finding[] {
  const pairs = [
    ['notFound', 'duplicate'],
    ['notFound', 'refusal'],
    ['notFound', 'systemic'],
    ['duplicate', 'refusal'],
    ['duplicate', 'systemic'],
  ] as const;
  return pairs.flatMap(([one, other]) =>
    profile[one]
      .filter((code) => code !== '' && profile[other].includes(code))
      .map((code) => ({
        path: ['profile', one],
        message: `holds the code ${code}, which stands under ${other}, too`,
        remedy: 'A code means one thing: take it out of one of the two.',
      })),
  );
}

function secrets({ tls, signing }: WrittenBank, env: Environment): Finding[] {
  const references = [
    { path: ['tls', 'passphrase'], reference: tls?.passphrase },
    { path: ['signing', 'passphrase'], reference: signing === 'none' ? undefined : signing?.passphrase },
  ];
  return references.flatMap(({ path, reference }) => unsetSecret(path, reference, env));
}

function ports(banks: Written['banks']): Finding[] {
  const used = banks.flatMap((bank, index) => {
    if (bank?.sandbox !== true) return [];
    const port = bank.url === undefined ? '' : (URL.parse(bank.url)?.port ?? '');
    return [
      { path: ['banks', index, 'url'], port: port === '' ? 443 : Number(port) },
      { path: ['banks', index, 'sandboxControlPort'], port: bank.sandboxControlPort },
    ];
  });
  return used.flatMap(({ path, port }, index) =>
    port === undefined || used.findIndex((other) => other.port === port) === index
      ? []
      : [
          {
            path,
            message: `uses port ${port}, which is used by a sandbox already`,
            remedy: 'Choose another port.',
          },
        ],
  );
}
