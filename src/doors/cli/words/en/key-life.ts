/** Words of `key rotate` and `key retire`. */
export const keyLifeWords = {
  rotated: {
    openpgp: 'A new OpenPGP key was made. It signs from now on.',
    sftp: 'A new SFTP key was made. It logs in from now on.',
  },
  newKey: 'New key',
  overlap: {
    openpgp:
      'What is still sealed to the retiring key is opened, and files that it signed are delivered. Once every partner has the new certificate and nothing that the old key signed waits, retire it.',
    sftp: 'Where the new key is not entered yet, the retiring one is still taken. Once every recipient has entered the new one, retire the other.',
  },
  vouchedFor:
    'The retiring key signed the new certificate: whoever has the old one sees it with gpg --check-sigs.',
  notVouchedFor:
    'The old key has expired and could not sign the new certificate: confirm the fingerprint by phone with everyone.',
  rotateSteps: {
    openpgp: {
      send: 'the new certificate, then the retiring one, for each partner',
      call: 'fingerprints to read out by phone',
      check: 'live files wait for a test that the new key signed',
      end: 'when all have it',
    },
    sftp: {
      send: 'the line for authorized_keys, for each recipient',
      call: 'fingerprints to read out by phone',
      check: 'logs in with the new key alone',
      end: 'when all have it',
    },
  },
  retiredKey: {
    openpgp: (fingerprint: string) => `The OpenPGP key ${fingerprint} is retired.`,
    sftp: (pin: string) => `The SFTP key ${pin} is retired.`,
  },
  unsent: (batches: string, handoffs: string) =>
    `Not sent, and never will be: ${batches} that it signed, of ${handoffs}. Let handoff deliver mark them expired, or withdraw what is still to be sent with handoff cancel --rest; then prepare these cards again.`,
  retiredMeans: {
    openpgp:
      'It opens and signs nothing any more, files that it signed are not delivered, and its private half was removed. Ask partners to seal to the new key alone.',
    sftp: 'It logs in nowhere any more, and its private half was removed. Ask recipients to remove it too.',
  },
};

export type KeyLifeWords = typeof keyLifeWords;
