/** The README of an auditor kit: for a reviewer who has no Mimamori. */
export const kitGuideWords = {
  title: (incident: string) => `Incident ${incident}: who handed what to whom, and how to check it`,
  what: [
    'Everything that was planned, approved, delivered, answered and told in this incident, as it was signed and ' +
      'recorded. `report.txt` tells it for people.',
    'It holds no whole card number. It does hold names, reasons, file names and truncated card numbers: treat it ' +
      'as confidential.',
  ],
  filesTitle: 'What is here',
  filesHead: ['file', 'what it is'],
  files: [
    ['report.txt', 'the incident and each handoff on a page'],
    ['handoffs/ID/', 'plan, review and approvals as they were signed (`.sig`), batches, answers'],
    ['commands/', 'commands that officers signed before they ran'],
    ['people/', 'officers, recipients and senders with their certificates'],
    ['people/signers/', 'the certificates of all who signed something here, by fingerprint'],
    [
      'configuration/N/',
      'each configuration that came into force, and who proposed and approved it',
    ],
    ['entries/', 'the entries of the log about this incident, and the texts that they bind'],
    [
      'proofs/',
      'for each of those entries a C2SP tlog-proof, and its bytes: to show one act without the others',
    ],
    ['keys/', 'the keys as they are now, and the entries about keys and certificates'],
    ['told.json', 'what card companies told us, and what was recorded of it'],
    ['log/', 'the whole log, in the layout of C2SP tlog-tiles'],
    ['signatures.txt', 'each signed document, and the certificate it has to be signed by'],
    ['SHA256SUMS', 'every file but the log; the log names the digest of this list'],
    ['verify_log.py', 'a checker of the log that shares no line with Mimamori'],
  ],
  checkTitle: 'Check it',
  check:
    'Read `check.sh`, it is short. Then run it with a file that holds the key of the log, which you got from its ' +
    'owner by another way, and with every checkpoint of this log that you kept. It needs sha256sum, gpg and Python 3.',
  checked: [
    'It ends in `all holds`, or names the first file or entry that does not. A certificate that expired, ' +
      'was replaced or was retired after it signed is only named. One that was revoked for any other reason makes ' +
      'its signatures not hold, whenever they were made: ask its owner when and why.',
    '`verify_log.py` came with the evidence. Whoever doubts it takes it from the repository of Mimamori, or writes ' +
      'another one from https://c2sp.org and RFC 6962.',
  ],
  byHandTitle: 'The same by hand',
  byHand:
    'The first line has to print nothing. The third ends in `all holds` if an entry of the log holds the digest of ' +
    'the list. `-I` keeps Python from running files of this folder that are called like parts of Python. Compare ' +
    'the fingerprints that gpg prints with those you know of the officers.',
  meansTitle: 'What it shows, and what not',
  means: [
    'If it holds, each plan was approved by the officers who signed it, nothing in this folder was changed since ' +
      'the checkpoint was signed, and no entry of the log before a checkpoint that you hold was changed or removed.',
    'It does not show that an entry tells the truth, that a recipient did what they said, or that there was no ' +
      'handoff by other means.',
    'Where the incident was purged (`incident.json` and the log say when), reviews, answers and texts are gone. What ' +
      'was signed and the log stay, and a kit that was made before is checked as it was.',
  ],
};

export type KitGuideWords = typeof kitGuideWords;
