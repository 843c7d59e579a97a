import { figure } from '../../figures.ts';
import { counted } from './counted.ts';

/** Words of `key list`, and of warnings that a key ends. */
export const keyWords = {
  listTitle: (n: number) => `${counted(n, 'key')} of this workspace and its partners`,
  purpose: {
    openpgp: 'our OpenPGP key',
    sftp: 'our SFTP key',
    log: 'key of the log',
    workspace: 'workspace key',
    'keyed-hash': 'keyed-hash key',
    recipient: 'recipient',
    officer: 'officer',
    sender: 'sender',
  },
  keyState: {
    'in-use': 'in use',
    retiring: 'retiring',
    retired: 'retired',
    destroyed: 'destroyed',
  },
  use: {
    sign: 'signs',
    decrypt: 'opens what comes',
    'log-in': 'logs in',
    'sign-checkpoints': 'signs checkpoints',
    wrap: 'wraps the other keys',
    hash: 'makes keyed hashes',
    encrypt: 'is encrypted to',
    verify: 'their signatures are checked',
  },
  useSeparator: ', ',
  bits: (n: number) => `${figure(n)} bits`,
  made: (day: string) => `made ${day}`,
  expires: (day: string) => `expires ${day}`,
  never: 'does not expire',
  custodian: (who: string) => `custodian ${who}`,
  noCustodian: 'no custodian is named',
  period: (day: string) => `cryptoperiod to ${day}`,
  noPeriod: 'no cryptoperiod is set',
  left: (days: number) =>
    days < 0 ? 'is over' : days === 0 ? 'ends today' : `ends in ${counted(days, 'day')}`,
  ending: {
    expiry: (key: string, left: string) => `${key}: its validity ${left}`,
    cryptoperiod: (key: string, left: string) => `${key}: its cryptoperiod ${left}`,
  },
  rotated: 'A new SFTP key was made. It logs in from now on.',
  newKey: 'New key',
  overlap:
    'Where the new key is not entered yet, the retiring one is still taken. Once every recipient has entered the new one, retire the other.',
  rotateSteps: {
    send: 'the line for authorized_keys, for each recipient',
    call: 'fingerprints to read out by phone',
    probe: 'logs in with the new key alone',
    end: 'when all have it',
  },
  retiredKey: (pin: string) => `The SFTP key ${pin} is retired.`,
  retiredMeans:
    'It logs in nowhere any more, and its private half was removed. Ask recipients to remove it too.',
  setThem:
    'Custodians and cryptoperiods are set in config/mimamori.toml, [keys.openpgp] and so on.',
  problem: (why: string) => `not good now: ${why}`,
};

export type KeyWords = typeof keyWords;
