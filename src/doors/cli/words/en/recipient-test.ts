/** Words of testing a recipient over the phone. */
export const recipientTestWords = {
  sent: (id: string) => `A test file for ${id} is where they take their files.`,
  presumed: (id: string) =>
    `A test file for ${id} was sent; whether it is there cannot be seen. Their answer will tell.`,
  notSent: (id: string, why: string) => `The test file did not reach ${id}: ${why}`,
  notSentMeans: 'That is recorded. Live files are refused until a test file was read back.',
  onceMended: 'once that is mended',
  beforeLive: 'before the first live file',
  file: 'File',
  certificate: 'Certificate',
  profile: 'Profile',
  endpoint: 'Endpoint',
  combination: 'Tested as',
  unseen:
    'It holds published test numbers and says TEST. Which numbers they are, no command here shows.',
  call: (id: string) => `Call ${id} on a number you already have, let them open the file, and ask:`,
  questions: [
    'How many cards does it hold, header and trailer not counted?',
    'What are the last four digits of the first card?',
    'What are the last four digits of the last card?',
  ],
  references: {
    unseen: 'It holds invented references and says TEST. Which they are, no command here shows.',
    questions: [
      'How many references does it hold, header and trailer not counted?',
      'What are the last four digits of the first reference?',
      'What are the last four digits of the last reference?',
    ],
    sheetNote: 'TEST: invented references only. Say so at the start of the call.',
  },
  whileSpeaking: 'with what they say',
  test: (id: string) => `mimamori recipient test ${id} --as ID`,
  confirm: (id: string) =>
    `mimamori recipient confirm ${id} --count N --first NNNN --last NNNN --by "…" --phone "…" --as ID`,
  confirmByFile: (id: string) => `mimamori recipient confirm ${id} --answer FILE --as ID`,
  byFile: 'in place of the call: what they opened, sent back signed by them and encrypted to us',
  answered: (id: string) =>
    `${id} opened the test file and sent it back, signed with the pinned key.`,
  answerFile: 'Answer',
  bySignedFile: (time: string, digest: string) => `signed file, ${time} · sha256 ${digest}`,
  confirmed: (id: string) => `${id} read the test file back rightly.`,
  confirmedMeans: (id: string) =>
    `Live files may go to ${id} with exactly this certificate, profile and endpoint. A change of any of them needs a new test.`,
  by: 'Read back by',
  phone: 'Called on',
  at: 'At',
  tested: 'Tested',
  untested: 'not yet: live files are refused',
  changedSince: 'no longer: certificate, profile or endpoint changed since; live files are refused',
  state: {
    unsent: 'a test file was made and did not arrive',
    'awaiting-answer': 'waits for the answer by phone or file',
    misread: 'read back wrongly: send a new test file',
    superseded: 'not yet: live files are refused',
  },
  sheetNote: 'TEST: published test numbers only. Say so at the start of the call.',
  handOver:
    'Upload or carry the file as it is. It is sealed: only the recipient can open it. Do not rename it.',
};

export type RecipientTestWords = typeof recipientTestWords;
