import type { ClockRule } from './clock-rules.ts';

const guideline = 'https://www.ppc.go.jp/personalinfo/legal/guidelines_tsusoku/';
const rules = 'https://laws.e-gov.go.jp/law/428M60020000003';
/** The duty to report and notify began with the amendment of 2020. */
const inForce = '2022-04-01';
const tokyo = 'Asia/Tokyo';

const ppc = {
  authority: 'ppc',
  validFrom: inForce,
  timeZone: tokyo,
  starts: ['awareness'],
} as const;

/**
 * Time limits of the Act on the Protection of Personal Information (個人情報の保護に関する法律, art. 26), and of the Ministry of
 * Economy, Trade and Industry, for which none was found. The amendment promulgated on 2026-07-17 is not in force and
 * not in this table.
 */
export const privacyRules: readonly ClockRule[] = [
  {
    ...ppc,
    clock: 'ppc-preliminary',
    holder: 'operator',
    edition: 'PPC Rules art. 8(1), general guideline 3-5-3-3',
    editionJa: '個人情報保護法施行規則8条1項、通則ガイドライン3-5-3-3',
    source: guideline,
    readOn: '2026-10-09',
    confidence: 'quoted',
    // Days count from the moment of knowing; nothing says that weekends stop them, so they do not here.
    isCountStated: false,
    length: { unit: 'calendar-days', aim: 3, due: 5, firstDay: 'counts', isRolled: false },
    dischargedBy: 'ppc-principal-notice',
    isPerMerchant: true,
  },
  {
    ...ppc,
    clock: 'ppc-final',
    holder: 'operator',
    edition: 'PPC Rules art. 8(2), general guideline 3-5-3-4',
    editionJa: '個人情報保護法施行規則8条2項、通則ガイドライン3-5-3-4',
    source: rules,
    readOn: '2026-10-09',
    confidence: 'quoted',
    isCountStated: true,
    length: { unit: 'calendar-days', due: 30, firstDay: 'counts', isRolled: true },
    dischargedBy: 'ppc-principal-notice',
    isPerMerchant: true,
  },
  {
    ...ppc,
    clock: 'ppc-final-wrongful',
    holder: 'operator',
    edition: 'PPC Rules art. 8(2) with art. 7 no. 3, general guideline 3-5-3-4',
    editionJa: '個人情報保護法施行規則8条2項(7条3号)、通則ガイドライン3-5-3-4',
    source: rules,
    readOn: '2026-10-09',
    confidence: 'quoted',
    isCountStated: true,
    length: { unit: 'calendar-days', due: 60, firstDay: 'counts', isRolled: true },
    dischargedBy: 'ppc-principal-notice',
    isPerMerchant: true,
  },
  {
    ...ppc,
    clock: 'ppc-persons-notice',
    holder: 'operator',
    edition: 'Act art. 26(2)',
    editionJa: '個人情報保護法26条2項',
    source: 'https://www.kobecity-lawoffice.com/blog/3067/',
    readOn: '2026-11-22',
    confidence: 'quoted',
    isCountStated: true,
    length: { unit: 'promptly' },
    dischargedBy: 'ppc-principal-notice',
    isPerMerchant: true,
  },
  {
    ...ppc,
    clock: 'ppc-principal-notice',
    holder: 'entrusted',
    edition: 'Act art. 26(1) proviso, general guideline 3-5-3-5',
    editionJa: '個人情報保護法26条1項ただし書、通則ガイドライン3-5-3-5',
    source: guideline,
    readOn: '2026-11-22',
    confidence: 'quoted',
    isCountStated: false,
    length: { unit: 'calendar-days', aim: 3, due: 5, firstDay: 'counts', isRolled: false },
  },
  {
    clock: 'meti-report',
    authority: 'meti',
    holder: 'operator',
    edition: 'Installment Sales Act art. 35-16, 35-17',
    editionJa: '割賦販売法35条の16・35条の17',
    source: 'https://www.meti.go.jp/policy/economy/consumer/credit/kojinjouhouhogohou.html',
    readOn: '2026-11-22',
    confidence: 'not-found',
    isCountStated: false,
    starts: ['awareness'],
    length: { unit: 'unpublished' },
    timeZone: tokyo,
  },
];
