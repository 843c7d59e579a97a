import type { EvidenceKind } from '../../../../exchange/handoff/summarise-handoff.ts';
import { counted } from './counted.ts';

/** Words of the one-page summary of a handoff. */
export const summaryWords = {
  title: (handoff: string) => `Summary of handoff ${handoff}`,
  printed: (time: string) => `printed ${time}`,
  incident: 'Incident',
  prepared: 'Prepared',
  plan: (digest: string) => `plan ${digest}`,
  decision: 'Decision',
  approvedBy: 'Approved',
  declinedBy: 'Declined',
  counts: (rows: number, orders: number, references: number, cards: number) =>
    [
      counted(rows, 'report row'),
      counted(orders, 'order'),
      counted(references, 'distinct reference'),
      counted(cards, 'distinct card'),
    ].join(' · '),
  countsAll: (rows: number, orders: number, references: number, cards: number) =>
    `${counted(rows, 'report row')} · ${counted(cards, 'distinct card')} · with those handed off before: ${counted(orders, 'order')}, ${counted(references, 'distinct reference')}`,
  byBrand: 'By brand',
  byIssuer: 'By issuer',
  others: (n: number) => counted(n, 'further issuer'),
  total: 'in all',
  mark: {
    'read-back': '●',
    unverified: '●',
    folder: '○',
    fetched: '●',
    'fetched-partly': '◐',
    answer: '●',
    'persons-word': '◆',
    none: '○',
  } as Readonly<Record<EvidenceKind, string>>,
  evidence: {
    'read-back': 'machine evidence: read back and equal',
    unverified: 'machine evidence: stored, not read back',
    fetched: 'fetched: every byte was sent to a key of theirs',
    'fetched-partly': 'fetched in part: not every byte was sent',
    answer: 'machine evidence: their signed answer shows that they have it',
    folder: 'put into its folder; nobody has said yet that it arrived',
    'persons-word': "a person's word",
    none: 'no evidence that it arrived',
  } as Readonly<Record<EvidenceKind, string>>,
  legend: "● machine evidence   ◆ a person's word   ◐ in part   ○ none yet",
  summary: (handoff: string) => `mimamori handoff summary ${handoff}`,
  summaryLabel: 'one page to print and file',
};

export type SummaryWords = typeof summaryWords;
