import type { CommandsHelp } from '../help-words.ts';

export const configHelp = {
  config: { what: 'what is in force, and changes to it' },
  'config diff': {
    what: 'how the files differ from what is in force; exit status 1 if they do',
  },
  'config propose': {
    what: 'propose what the files say, signed by an officer',
    more: [
      'With --officer-key it is signed here. Without it the command writes the document',
      'and says where; sign it with gpg or a smart card and hand the signature in with',
      '--signature. config approve takes both ways too.',
    ],
  },
  'config show': {
    what: 'what a version changes, entry by entry; for whoever is to approve it',
    arguments: { digest: 'twelve characters of it are enough' },
  },
  'config approve': {
    what: 'approve a proposal, as someone other than its proposer',
    options: {
      '--emergency': 'let it start at once; the policy has to allow it, and needs --reason',
    },
    arguments: { digest: 'twelve characters of it are enough' },
  },
  'config drop': {
    what: 'drop a proposal, or one that waits for its time; needs --reason',
    arguments: { digest: 'twelve characters of it are enough' },
  },
  'config history': {
    what: 'every version: who proposed and approved it, and since when it is in force',
  },
} as const satisfies CommandsHelp;
