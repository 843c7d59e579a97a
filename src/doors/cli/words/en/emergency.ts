/** A handoff that its requester sent alone. */
export const emergencyWords = {
  onePerson: 'One person',
  reason: 'Reason',
  open: (officer: string, at: string, due: string) =>
    `${officer} sent this alone, as an emergency of ${at}. The second signature is due by ${due}.`,
  overdue: (officer: string, at: string, due: string) =>
    `${officer} sent this alone, as an emergency of ${at}. The second signature was due by ${due} and is OVERDUE.`,
  closed: (officer: string, at: string, then: string) =>
    `${officer} declared an emergency at ${at}; it ended at ${then}.`,
  closedLate: (officer: string, at: string, then: string) =>
    `${officer} declared an emergency at ${at}; it ended at ${then}, later than the 24 hours allow.`,
  left: (handoff: string, officer: string, time: string) =>
    `${handoff}  sent by ${officer} alone; the second signature is due in ${time}`,
  late: (handoff: string, officer: string, time: string) =>
    `${handoff}  sent by ${officer} alone; the second signature is OVERDUE by ${time}`,
  approve: (handoff: string) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  approveLabel: 'the second signature, by someone else',
};

export type EmergencyWords = typeof emergencyWords;
