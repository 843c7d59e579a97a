import type { FuzzCase } from './pickup-fuzz.ts';

/** What is said at every run of the tests, beside what seeds make; `npm run fuzz` prints what it finds as such cases. */
export const pickupFindings: readonly FuzzCase[] = [
  // SFTP: a length of nothing, and one of more than there can be.
  { layer: 'sftp', pieces: ['00000000', '00000000'] },
  { layer: 'sftp', pieces: ['ffffffff', '00'.repeat(64)] },
  // INIT twice; a READ of a handle of 4 GB; WRITE to what is no handle.
  { layer: 'sftp', pieces: ['000000050100000003', '000000050100000003'] },
  { layer: 'sftp', pieces: ['000000090500000001ffffffff'] },
  { layer: 'sftp', pieces: ['0000001906000000010000000000000000000000000000000400000000'] },
  // Channel data, window and close for a channel that there is not.
  { layer: 'session', pieces: ['5e00000063000000010a', '5d00000063ffffffff', '6100000063'] },
  // A second key exchange whose first message says nothing.
  { layer: 'session', pieces: ['14'] },
  // Success and failure of a login, told to the server.
  { layer: 'login', pieces: ['34', '33000000000000'] },
  // A packet of 4 GB before any keys.
  { layer: 'opening', pieces: ['5353482d322e302d780d0a', 'ffffffff00'] },
];
