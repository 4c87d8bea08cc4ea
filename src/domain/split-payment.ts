// Split payment in Poland: the title that says how much of a transfer is VAT, of which payer and for which invoice.

/** What is wrong with a title, each with the part of it that is meant. */
export interface TitleFault {
  readonly rule: string;
  readonly value: string;
  readonly message: string;
  readonly remedy: string;
}

const TITLE = /^\/VAT\/(\d{1,10},\d{2})\/IDC\/([^/]*)\/INV\/(.*?)(?:\/TXT\/(.*))?$/;
const INVOICE_MAX = 35;
const TEXT_MAX = 33;

/** True for a title by which a bank takes a transfer for a split payment, well written or not. */
export function isSplitPaymentTitle(title: string): boolean {
  return /^\s*\/VAT\//i.test(title);
}

/**
 * All that is wrong with the title of a split payment of `grossMinorUnits` (grosze):
 * `/VAT/<amount>/IDC/<NIP>/INV/<invoice, 35>/TXT/<text, 33>`, where `/TXT/` may be left out.
 */
export function splitPaymentFaults(title: string, grossMinorUnits: bigint): readonly TitleFault[] {
  const match = TITLE.exec(title);
  if (match === null)
    return [
      {
        rule: 'split-payment.form',
        value: title,
        message: 'The title of a split payment is not written as /VAT/amount/IDC/NIP/INV/invoice/TXT/text.',
        remedy:
          'Write it so, the amount with a comma and two decimals: /VAT/23,00/IDC/5260250274/INV/FV 1/TXT/.',
      },
    ];
  const [, vat = '', nip = '', invoice = '', text = ''] = match;
  const faults: TitleFault[] = [];
  if (BigInt(vat.replace(',', '')) > grossMinorUnits)
    faults.push({
      rule: 'split-payment.vat',
      value: vat,
      message: 'The VAT is more than the whole transfer.',
      remedy: 'Correct the amount behind /VAT/ or that of the transfer.',
    });
  if (!isNip(nip))
    faults.push({
      rule: 'split-payment.nip',
      value: nip,
      message: 'Behind /IDC/ stands no NIP: ten digits, of which the last is a check digit.',
      remedy: 'Correct the NIP; it was probably mistyped.',
    });
  if (invoice.trim() === '' || [...invoice].length > INVOICE_MAX)
    faults.push({
      rule: 'split-payment.invoice',
      value: invoice,
      message: `Behind /INV/ stands no invoice number of 1 to ${INVOICE_MAX} characters.`,
      remedy: 'Name the one invoice that is paid.',
    });
  if ([...text].length > TEXT_MAX)
    faults.push({
      rule: 'split-payment.text',
      value: text,
      message: `The text behind /TXT/ is longer than ${TEXT_MAX} characters.`,
      remedy: 'Shorten the text.',
    });
  return faults;
}

const NIP_WEIGHTS = [6, 5, 7, 2, 3, 4, 5, 6, 7];

/** Ten digits; the last one is the weighted sum of the others modulo 11, which is never 10. */
export function isNip(text: string): boolean {
  if (!/^\d{10}$/.test(text) || /^0+$/.test(text)) return false;
  const sum = NIP_WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return sum % 11 === Number(text[9]);
}
