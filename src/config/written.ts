// What stands in the file as far as relations between keys ask, read leniently: a fault elsewhere must not hide one here.

export type Written = ReturnType<typeof written>;

/** Never fails: what is not as expected is absent. */
export function written(content: unknown) {
  const file = group(content) ?? {};
  const { folder } = group(file.log) ?? {};
  const { minimumAge, incompleteAfter } = group(file.readiness) ?? {};
  return {
    state: word(file.state),
    log: { folder: word(folder) },
    readiness: { minimumAge: word(minimumAge), incompleteAfter: word(incompleteAfter) },
    companies: list(file.companies).map((company) => {
      const { name, outbox, inbox, archive } = group(company) ?? {};
      return { name: word(name), outbox: word(outbox), inbox: word(inbox), archive: word(archive) };
    }),
    banks: list(file.banks).map(writtenBank),
    accounts: list(file.accounts).map(writtenAccount),
    alerts: writtenAlerts(file.alerts),
  };
}

function writtenAlerts(content: unknown) {
  const alerts = group(content);
  if (alerts === undefined) return undefined;
  const mail = group(alerts.mail);
  const webhook = group(alerts.webhook);
  return {
    mail: mail && {
      host: word(mail.host),
      tls: word(mail.tls),
      user: word(mail.user),
      password: mail.password,
    },
    webhook: webhook && { secret: webhook.secret },
    maintenance: list(alerts.maintenance).map((window) => {
      const { bank, days, date } = group(window) ?? {};
      return { bank: word(bank), days: word(days), date: word(date) };
    }),
  };
}

function writtenBank(content: unknown) {
  const bank = group(content);
  if (bank === undefined) return undefined;
  const { notFound, duplicate, refusal, systemic } = group(bank.profile) ?? {};
  const { firstAsk, askEveryMax } = group(bank.follow) ?? {};
  return {
    name: word(bank.name),
    dialect: word(bank.dialect),
    url: word(bank.url),
    environment: word(bank.environment),
    sandbox: typeof bank.sandbox === 'boolean' ? bank.sandbox : undefined,
    sandboxControlPort: typeof bank.sandboxControlPort === 'number' ? bank.sandboxControlPort : undefined,
    tls: keyFiles(bank.tls),
    signing: bank.signing === 'none' ? ('none' as const) : keyFiles(bank.signing),
    header: bank.header,
    profile: {
      notFound: words(notFound),
      duplicate: words(duplicate),
      refusal: words(refusal),
      systemic: words(systemic),
    },
    follow: { firstAsk: word(firstAsk), askEveryMax: word(askEveryMax) },
  };
}

function writtenAccount(content: unknown) {
  const account = group(content);
  if (account === undefined) return undefined;
  const { at } = group(account.statements) ?? {};
  return {
    iban: word(account.iban),
    company: word(account.company),
    bank: word(account.bank),
    balances: word(account.balances),
    history: word(account.history),
    statements: { at: word(at) },
  };
}

function keyFiles(content: unknown) {
  const files = group(content);
  return files && { passphrase: files.passphrase };
}

function group(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function words(value: unknown): readonly string[] {
  return list(value).map((item) => word(item) ?? '');
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
