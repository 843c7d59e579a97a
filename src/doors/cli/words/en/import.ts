/** A list that was sent without this program. */
export const importWords = {
  imported: (handoff: string, incident: string, recipient: string) =>
    `Handoff ${handoff} · ${incident}: a list that ${recipient} was sent by other means.`,
  nothing: 'No card was left to count as handed off. Nothing was kept but the counts.',
  means: (cards: string) =>
    `Nothing is sent. Until another officer confirms it, ${cards} count as not handed off.`,
  review: (handoff: string) => `mimamori handoff review ${handoff}`,
  reviewLabel: 'look at it as the approver will',
  request: (handoff: string) => `mimamori handoff request ${handoff} --as ID --officer-key FILE`,
  requestLabel: 'your signature',
  approve: (handoff: string) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  approveLabel: 'the approver, not you',
  sentElsewhere: (recipient: string, cards: string) =>
    `${recipient} was sent ${cards} by other means, as a person says. Approve only what the evidence shows: these cards will be left out of later lists.`,
};

export type ImportWords = typeof importWords;
