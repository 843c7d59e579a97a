import { counted } from './counted.ts';
import type { RecoveredGuide } from './export-guide.ts';

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
    [
      'commands/',
      'commands that officers signed before they ran; `NONCE.said.json`, which each names by its digest `said`, has ' +
        'arguments and reason until they are purged',
    ],
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
    [
      'recoveries/ENTRY/',
      'where the log was recovered after its last entries were lost: what two officers signed',
    ],
    ['told.json', 'what card companies told us, and what was recorded of it'],
    ['log/', 'the whole log, in the layout of C2SP tlog-tiles'],
    ['signatures.txt', 'each signed document, and the certificate it has to be signed by'],
    ['SHA256SUMS', 'every file but the log; the log names the digest of this list'],
    ['verify_log.py', 'a checker of the log that shares no line with Mimamori'],
  ],
  recoveredTitle: (entry: number) =>
    `The log was recovered in entry ${entry}: first see whose key it has`,
  recovered: ({ index, first, last, requester, officer, before, after }: RecoveredGuide) =>
    `The last entries of the log \`${before}\` were lost: ${first === last ? `entry ${first}` : `entries ${first} to ${last}`} ` +
    `of it, and nothing here can say what they were. Everything before entry ${first} is that log. ` +
    (first === index ? '' : 'What follows it was written by the copy that goes on. ') +
    `The new log begins with entry ${index}: it is called \`${after}\` and has another key. Asked for by ${requester}, ` +
    `approved by ${officer}.`,
  recoveredKey:
    'No signature of the old key leads over this: whoever stole the old key could claim a recovery just as well. Two ' +
    'officers signed which key follows, and why the log was recovered:',
  recoveredKeyGood: (statement: string, line: number) =>
    'Both signatures have to be good, by two fingerprints that you know of officers, over the same bytes, whose digest ' +
    `is \`${statement}\`, as in \`keys/entries.json\`. Then the file that the last line names holds the key of the log from there on, line ` +
    `${line} of \`log/log.vkey\`: give it to \`check.sh\` below, of several recoveries that of the last. With the key from before ` +
    'it ends in `does not hold`.',
  recoveredBefore:
    'The log as it was before is checked by the same run, with the old key. That it is the key which you kept from then:',
  recoveredBeforeGood: (checkpoint: string, signed: number, size: number) =>
    `That line must print nothing. \`${checkpoint}\` is what the old key signed last of what is here: ` +
    `${counted(signed, 'entry', 'entries')}. Give \`check.sh\` every checkpoint of the old log that you kept. Another one over more than ` +
    `${size} is true as well, and \`check.sh\` says that its entries were lost. Keep it.`,
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
    'The first five lines have to print nothing: no link, no file that is not as it is listed, and none that is not ' +
    'listed. The sixth ends in `all holds` if an entry of the log holds the digest of the list. `-I` keeps Python from ' +
    'running files of this folder that are called like parts of Python. Compare the fingerprints that gpg prints with ' +
    'those you know of the officers. `sha256sum commands/NONCE.said.json` gives the `said` of that command.',
  meansTitle: 'What it shows, and what not',
  means: [
    'If it holds, each plan was approved by the officers who signed it, nothing in this folder was changed since ' +
      'the checkpoint was signed, and no entry of the log before a checkpoint that you hold was changed or removed.',
    'It does not show that an entry tells the truth, that a recipient did what they said, or that there was no ' +
      'handoff by other means.',
    'Files that nobody signed (batches, sources, answers, what persons said) are rows as they were stored when the kit ' +
      'was made. What of them agreed with the log then, `audit verify` in the workspace tells; here, compare them ' +
      'with `entries/entries.json`.',
    'Where the incident was purged (`incident.json` and the log say when), reviews, answers and texts are gone, and ' +
      'what was said with signed commands, which `check.sh` names. What ' +
      'was signed and the log stay, and a kit that was made before is checked as it was.',
  ],
};

export type KitGuideWords = typeof kitGuideWords;
