import { figure } from '../../figures.ts';
import { counted } from './counted.ts';

/** Words of `key list`, and of warnings that a key ends. */
export const keyWords = {
  listTitle: (n: number) => `${counted(n, 'key')} of this workspace and its partners`,
  purpose: {
    openpgp: 'our OpenPGP key',
    sftp: 'our SFTP key',
    pickup: 'host key of the pickup server',
    log: 'key of the log',
    workspace: 'workspace key',
    credential: 'credential',
    'keyed-hash': 'keyed-hash key',
    recipient: 'recipient',
    officer: 'officer',
    sender: 'sender',
  },
  keyState: {
    next: 'next',
    'in-use': 'in use',
    retiring: 'retiring',
    retired: 'retired',
    destroyed: 'destroyed',
  },
  use: {
    sign: 'signs',
    decrypt: 'opens what comes',
    'log-in': 'logs in',
    show: 'recipients know the server by it',
    'sign-checkpoints': 'signs checkpoints',
    wrap: 'wraps the other keys',
    open: 'opens the workspace',
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
  setThem:
    'Custodians and cryptoperiods are set in config/mimamori.toml, [keys.openpgp] and so on.',
  problem: (why: string) => `not good now: ${why}`,
};

export type KeyWords = typeof keyWords;
