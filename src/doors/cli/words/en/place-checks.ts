import type { CheckWords } from '../check-words.ts';
import { fact } from '../fault-words.ts';

/** Words about one place, by its checks: what was seen there, and no more. */
export function placeWords(check: string, name: string): Record<string, CheckWords> {
  return {
    [check]: { name, found: (f) => `nothing speaks against ${fact(f, 'path', 'it')}` },
    [`${check}-unseen`]: {
      name,
      bad: (f) => `${fact(f, 'path', 'it')} cannot be looked at`,
      advice: 'name an existing place',
    },
    [`${check}-synced`]: {
      name,
      bad: (f) =>
        `${fact(f, 'path', 'it')} is in a folder that is copied elsewhere (${fact(f, 'by', '?')})`,
      advice: 'move it to a folder of this machine alone, and remove the copies elsewhere',
    },
    [`${check}-network`]: {
      name,
      bad: (f) =>
        `${fact(f, 'path', 'it')} is on a file system that may lie on another machine (${fact(f, 'by', '?')})`,
      advice: 'use a local disk',
    },
    [`${check}-open-to-all`]: {
      name,
      bad: (f) => `every user of this machine can read ${fact(f, 'path', 'it')}`,
      command: (f) => `chmod go-rwx ${fact(f, 'path', 'FILE')}`,
    },
    [`${check}-encryption-not-seen`]: {
      name,
      bad: (f) =>
        `no disk encryption by this machine is under ${fact(f, 'path', 'it')}; below the disk it cannot be seen from here`,
      advice: 'ask whoever runs this machine',
    },
  };
}
