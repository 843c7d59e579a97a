import type { ClockRule } from './clock-rules.ts';

const visa = {
  authority: 'brand',
  brand: 'visa',
  holder: 'acquirer',
  readOn: '2026-11-22',
  isCountStated: false,
} as const;

/** What To Do If Compromised, Visa Supplemental Requirements. */
const visaV10 = {
  ...visa,
  edition: 'What To Do If Compromised, v10.0 (2026-06-25)',
  editionJa: 'What To Do If Compromised 10.0版(2026-06-25)',
  validFrom: '2026-06-25',
  source: 'a public incident runbook that quotes v10.0; the document itself was not read',
  sourceJa: '10.0版を引用する公開の対応手順書(原典は未読)',
  confidence: 'quoted',
} as const;

/** Visa's page for Japan gives numbers of its own; when it was written is not said. */
const visaJapan = {
  ...visa,
  edition: "Visa's data security page for Japan, read 2026-11-22",
  editionJa: 'Visa 日本語サイト「データセキュリティ」(2026-11-22 閲覧)',
  source: 'https://jp.review.visa.com/support/small-business/data-security.html',
  confidence: 'rule-owner',
  starts: ['awareness'],
  timeZone: 'Asia/Tokyo',
} as const;

/** The event counts from the next day; the stricter reading, one day less, is what to aim for. */
const threeDays = {
  unit: 'calendar-days',
  aim: 2,
  due: 3,
  firstDay: 'next',
  isRolled: false,
} as const;

const visaRules: readonly ClockRule[] = [
  {
    ...visa,
    clock: 'visa-notice',
    edition: 'What To Do If Compromised, v6.0 (2019-10-19)',
    editionJa: 'What To Do If Compromised 6.0版(2019-10-19)',
    validFrom: '2019-10-19',
    validTo: '2023-10-13',
    source: 'https://docslib.org/doc/10830005/',
    confidence: 'rule-owner',
    starts: ['awareness'],
    length: threeDays,
  },
  {
    ...visa,
    clock: 'visa-notice',
    edition: 'What To Do If Compromised, v8.0 (2023-10-14)',
    editionJa: 'What To Do If Compromised 8.0版(2023-10-14)',
    validFrom: '2023-10-14',
    validTo: '2026-06-24',
    source: 'https://info.5y1.org/my-visa-account_1_146c65.html',
    confidence: 'rule-owner',
    starts: ['awareness'],
    length: threeDays,
  },
  { ...visaV10, clock: 'visa-notice', starts: ['awareness'], length: threeDays },
  { ...visaV10, clock: 'visa-incident-report', starts: ['acquirer-told'], length: threeDays },
  {
    ...visaJapan,
    clock: 'visa-incident-report',
    length: { unit: 'working-days', aim: 2, due: 3, calendar: 'bank' },
  },
  {
    ...visaV10,
    clock: 'visa-accounts',
    starts: ['window-set', 'cards-found', 'brand-request'],
    length: threeDays,
  },
  {
    ...visaJapan,
    clock: 'visa-accounts',
    length: { unit: 'working-days', aim: 9, due: 10, calendar: 'bank' },
  },
];

const amex = {
  authority: 'brand',
  brand: 'american-express',
  holder: 'operator',
  edition: 'Data Security Operating Policy, international regulations, read 2026-11-21',
  editionJa: 'Data Security Operating Policy(国際版、2026-11-21 閲覧)',
  source:
    'https://www.aexp-static.com/cdaas/merchant-interactive-content/infopros/weboutput-international-Regs-latest/Topics/IMR-DSOP.htm',
  readOn: '2026-11-21',
  confidence: 'rule-owner',
  isCountStated: true,
} as const;

/** Brands of which nothing public gives a number. */
const withoutNumber = {
  authority: 'brand',
  holder: 'acquirer',
  edition: 'no public text with a number, 2026-11-22',
  editionJa: '日数を示す公開資料なし(2026-11-22)',
  readOn: '2026-11-22',
  confidence: 'not-found',
  isCountStated: false,
  starts: ['awareness'],
  length: { unit: 'unpublished' },
} as const;

/**
 * Time limits of card brands, acquirers and forensic investigators, as far as public texts go. What acquirers agree
 * with a merchant goes before all of them.
 */
export const cardIndustryRules: readonly ClockRule[] = [
  {
    clock: 'acquirer-notice',
    authority: 'acquirer',
    holder: 'operator',
    edition: 'merchant agreements, several acquirers, read 2026-11-22',
    editionJa: '加盟店規約(複数社、2026-11-22 閲覧)',
    source: 'https://gmo-aozora.com/policy/acquiring.html',
    readOn: '2026-11-22',
    confidence: 'rule-owner',
    isCountStated: true,
    starts: ['tip', 'awareness'],
    length: { unit: 'promptly' },
  },
  ...visaRules,
  {
    clock: 'mastercard-report',
    authority: 'brand',
    brand: 'mastercard',
    holder: 'acquirer',
    edition: 'Account Data Compromise User Guide, 2016-02-04; newer ones are not public',
    editionJa: 'Account Data Compromise User Guide 2016-02-04(以後の版は非公開)',
    validFrom: '2016-02-04',
    source: 'https://studylib.net/doc/18515487/account-data-compromise-user-guide',
    readOn: '2026-11-21',
    confidence: 'rule-owner',
    isCountStated: true,
    starts: ['awareness'],
    length: { unit: 'hours', due: 24 },
  },
  { ...amex, clock: 'amex-notice', starts: ['awareness'], length: { unit: 'hours', due: 72 } },
  {
    ...amex,
    clock: 'amex-accounts',
    starts: ['cards-found', 'final-report'],
    length: { unit: 'promptly' },
  },
  {
    ...withoutNumber,
    clock: 'jcb-report',
    brand: 'jcb',
    source: 'https://www.global.jcb/en/products/security/data-security-program/',
  },
  {
    ...withoutNumber,
    clock: 'diners-discover-report',
    brand: 'diners-club',
    source:
      'https://discoverglobalnetwork.com/solutions/pci-compliance/discover-information-security-compliance/',
  },
  {
    ...withoutNumber,
    clock: 'unionpay-report',
    brand: 'unionpay',
    source: 'none found',
    sourceJa: '該当なし',
  },
  {
    clock: 'pfi-preliminary',
    authority: 'pci-ssc',
    holder: 'pfi',
    edition: 'PFI Preliminary Incident Response Report template, read 2026-11-21',
    editionJa: 'PFI 予備報告書の様式(2026-11-21 閲覧)',
    source: 'PCI SSC, PFI Preliminary Incident Response Report, read in a copy',
    sourceJa: 'PCI SSC、PFI Preliminary Incident Response Report(写しで確認)',
    readOn: '2026-11-21',
    confidence: 'quoted',
    isCountStated: false,
    starts: ['pfi-engaged'],
    length: { unit: 'working-days', aim: 4, due: 5, calendar: 'bank' },
  },
];
