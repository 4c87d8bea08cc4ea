import { describe, expect, it } from 'vitest';
import { isNip, isSplitPaymentTitle, splitPaymentFaults } from '../../src/domain/split-payment.ts';

const NIP = '5260250274';

describe('The title of a split payment', () => {
  it.each([
    `/VAT/23,00/IDC/${NIP}/INV/FV/1/2026/TXT/reszta`,
    `/VAT/23,00/IDC/${NIP}/INV/FV 1`,
    `/VAT/0,00/IDC/${NIP}/INV/${'x'.repeat(35)}/TXT/${'y'.repeat(33)}`,
    `/VAT/123,00/IDC/${NIP}/INV/1/TXT/a/TXT/b`,
  ])('%s is in order for 123.00', (title) => {
    expect(isSplitPaymentTitle(title)).toBe(true);
    expect(splitPaymentFaults(title, 12_300n)).toEqual([]);
  });

  it.each([
    ['split-payment.form', `/VAT/23.00/IDC/${NIP}/INV/1/TXT/`, '/VAT/23.00'],
    ['split-payment.form', `/VAT/23,0/IDC/${NIP}/INV/1/TXT/`, '/VAT/23,0'],
    ['split-payment.form', `/IDC/${NIP}/VAT/23,00/INV/1/TXT/`, '/IDC'],
    ['split-payment.form', 'FV 1', 'FV 1'],
    ['split-payment.vat', `/VAT/123,01/IDC/${NIP}/INV/1/TXT/`, '123,01'],
    ['split-payment.nip', '/VAT/23,00/IDC/5260250275/INV/1/TXT/', '5260250275'],
    ['split-payment.nip', '/VAT/23,00/IDC/526-025-02-74/INV/1/TXT/', '526-025-02-74'],
    ['split-payment.invoice', `/VAT/23,00/IDC/${NIP}/INV//TXT/x`, ''],
    ['split-payment.invoice', `/VAT/23,00/IDC/${NIP}/INV/${'x'.repeat(36)}/TXT/x`, 'xxx'],
    ['split-payment.text', `/VAT/23,00/IDC/${NIP}/INV/1/TXT/${'x'.repeat(34)}`, 'xxx'],
  ])('breaks %s in %s', (rule, title, value) => {
    const faults = splitPaymentFaults(title, 12_300n);
    expect(faults.map((fault) => fault.rule)).toEqual([rule]);
    expect(faults[0]?.value.startsWith(value)).toBe(true);
  });

  it('is told by its beginning', () => {
    expect(isSplitPaymentTitle(' /vat/1')).toBe(true);
    expect(isSplitPaymentTitle('FV 1 /VAT/')).toBe(false);
  });
});

it('A NIP has ten digits of which the last is checked', () => {
  expect(isNip(NIP)).toBe(true);
  for (const wrong of ['5260250273', '526025027', '52602502744', '0000000000', '526025027x', '1000000050'])
    expect(isNip(wrong), wrong).toBe(false);
});
