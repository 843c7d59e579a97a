import { counted } from './counted.ts';

/** Words about an incident that was purged. */
export const purgedIncidentWords = {
  purged: (incident: string) => `Incident ${incident} is purged.`,
  resumed: 'The purge had begun before and was not finished; it is now.',
  kinds: {
    sealed: 'Sealed files',
    documents: 'Reviews and evidence files',
    cards: 'Card pages',
    hashes: 'Hash pages',
    findings: 'Pages of findings',
    references: 'Pages of order references',
    persons: 'Pages of names (blind index)',
    answers: 'Answers about references and cards',
    brought: 'Files in quarantine that named it',
    exceptions: 'Exceptions from waivers',
    notices: 'Notices',
    texts: 'Entries whose texts went',
  },
  keyGone: 'The key of its keyed hashes is destroyed: no card of it can be recognised again.',
  stays:
    'What stays: the log, plans and approvals with the reasons in them, who signed which command, the incident as its file ' +
    'had it, and counts.',
  unknownFiles: (count: number) =>
    `${counted(count, 'file')} in quarantine may be about any incident, also this one, and stay: look at response list, and settle them.`,
  rewritten:
    'The files were unlinked. The database overwrote what it removed, was rewritten whole, and its log of writes emptied.',
  purgedShort: 'purged',
  at: (time: string) => `purged ${time}`,
  unfinished: 'a purge was begun and not finished: run it again',
};

export type PurgedIncidentWords = typeof purgedIncidentWords;
