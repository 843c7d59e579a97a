import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { counted } from './counted.ts';

type Facts = Parameters<FaultWords['what']>[0];
const file = (f: Facts): string => fact(f, 'file', 'the file');

export const backupFaults = {
  'backup-not-one': {
    what: (f) => `${file(f)} is no backup of a workspace`,
    means: () => 'Nothing was restored.',
    next: () => ['check that the right file was named, as it was written and not unpacked'],
  },
  'backup-altered': {
    what: (f) =>
      `${file(f)} is damaged, cut short or was changed (${fact(f, 'reason', 'content')})`,
    means: () => 'A backup is restored whole or not at all. Nothing was restored.',
    next: () => [
      'copy it again from where it is kept and compare its SHA-256, or take another backup',
      'if it cannot have been damaged by chance, tell whoever reviews the log',
    ],
  },
  'backup-version': {
    what: (f) => `${file(f)} was made by a newer version of Mimamori (${fact(f, 'found', '?')})`,
    next: () => ['restore it with the version that made it, or a newer one'],
  },
  'backup-changed': {
    what: (f) => `${fact(f, 'path', 'a file')} changed while it was being copied`,
    means: () => 'Another command was at work. No backup was made.',
    next: () => ['wait for it to end and run the same command again'],
  },
  'backup-odd-file': {
    what: (f) => `${fact(f, 'path', 'something in the workspace')} cannot be backed up`,
    means: () =>
      'It is a link or a device, is larger than 8 GB, or has a name that other machines may not take. No backup was made.',
    next: () => ['put a plain file there in its place, or move it out of config/, keys/ and data/'],
  },
  'backup-inside-workspace': {
    what: (f) => `${file(f)} would lie inside the workspace`,
    means: () => 'It would be lost with what it is to replace.',
    next: () => ['name a file on another disk'],
  },
  'restored-behind': {
    what: (f) =>
      `this restored workspace is older than its anchor (${counted(fact(f, 'size', '?'), 'entry', 'entries')} here, ${fact(f, 'anchored', '?')} signed)`,
    means: () =>
      'Acts happened after the backup that are not in it, perhaps deliveries. It may be read; it signs, sends and changes nothing.',
    next: () => [
      'restore a newer backup, or go on in the original if that still exists',
      {
        command: 'mimamori audit recover --as ID --reason "…"',
        label: 'only if both are lost for good; takes two officers',
      },
    ],
  },
  'restored-forked': {
    what: (f) =>
      `another copy of this restored workspace has gone on${about(f, 'anchored', (n) => ` (at ${counted(n, 'entry', 'entries')})`)}`,
    means: () =>
      'Two copies were in use and the other one signed first, or was recovered. This one may be read; it signs, sends and changes nothing.',
    next: () => [
      'go on in the other copy, and repeat there what was done here only',
      { command: 'mimamori audit tail', label: 'shows what that is' },
    ],
  },
  'restored-unchecked': {
    what: (f) =>
      `nothing is there to compare this restored workspace with${about(f, 'reason', (r) => ` (${r})`)}`,
    means: () =>
      'Whether acts happened after the backup cannot be told. It may be read; it signs, sends and changes nothing.',
    next: () => [
      'mount the anchor that [log] anchor in config/mimamori.toml names, and run the command again',
      {
        command: 'mimamori restore FILE DIR --against CHECKPOINT',
        label: 'with the newest checkpoint that somebody kept',
      },
    ],
  },
} as const satisfies Record<string, FaultWords>;
