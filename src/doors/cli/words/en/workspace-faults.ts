import { sizeIn } from '../../figures.ts';
import { mistakeText } from './command-mistakes.ts';
import { about, fact, factOf, numberOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

type Facts = Parameters<FaultWords['what']>[0];

const file = (f: Facts): string => fact(f, 'file', 'a file of the workspace');
/** Without its settings it is most likely another directory than the one that was meant. */
const isSettings = (f: Facts): boolean => f['file'] === 'config/mimamori.toml';
const line = (f: Facts): string => about(f, 'line', (n) => `, line ${n}`);
const limit = (f: Facts): string => {
  const bytes = numberOf(f, 'limit');
  return bytes === undefined ? '' : ` (at most ${sizeIn(bytes, 'en')})`;
};

const isLookup = (f: Facts): boolean => factOf(f, 'command')?.startsWith('lookup ') === true;

export const workspaceFaults = {
  usage: {
    what: (f) => mistakeText(f) ?? factOf(f, 'problem') ?? valueText(f),
    means: (f) => about(f, 'meant', (meant) => `Probably meant: ${meant}. Nothing was done.`),
    next: (f) => [{ command: `mimamori ${about(f, 'command', (c) => `${c} `)}--help` }],
  },
  'input-missing': {
    what: (f) => `${file(f)} does not exist`,
    next: () => ['check the path; nothing was changed'],
  },
  'input-unreadable': {
    what: (f) => `${file(f)} cannot be read${about(f, 'reason', (r) => ` (${r})`)}`,
    next: () => ['check that it is a file and that you may read it; nothing was changed'],
  },
  'input-too-large': {
    what: (f) => `${file(f)} is too large to be what the option asks for${limit(f)}`,
    next: () => ['check that the right file was named; nothing was changed'],
  },
  'workspace-synced': {
    what: (f) =>
      `the workspace lies in a folder that is copied elsewhere by itself (${fact(f, 'by', 'by its name')})`,
    means: () =>
      'Sealed files, keys and the log would leave this machine without anybody’s approval. Nothing was prepared. What it holds already has been copied.',
    next: () => [
      'move the whole workspace to a folder of this machine alone, then remove the copies of that service',
      { command: 'mimamori --workspace DIR doctor', label: 'checks the new place' },
    ],
  },
  'terminal-needed': {
    what: (f) => `${fact(f, 'command', 'this command')} asks questions, and there is no terminal`,
    means: (f) =>
      isLookup(f)
        ? 'Nothing was asked and nothing looked up.'
        : 'Everything it asks can be given to commands, also by scripts.',
    next: (f) =>
      isLookup(f)
        ? [
            {
              command: `mimamori ${fact(f, 'command', 'lookup card')} --stdin`,
              label: 'reads it from standard input',
            },
          ]
        : [
            { command: 'mimamori incident open FILE.toml --as ID' },
            { command: 'mimamori handoff prepare --incident ID --source FILE --as ID --preview' },
            { command: 'mimamori handoff prepare --incident ID --source FILE --as ID' },
            { command: 'mimamori handoff request HANDOFF --as ID --officer-key FILE' },
          ],
  },
  'dialogue-interrupted': {
    what: () => 'stopped at your wish',
    means: () =>
      'What you agreed to before stands; nothing is half done. Each step showed the command that does the same.',
    next: () => [{ command: 'mimamori start', label: 'begins again; open incidents are offered' }],
  },
  'recipients-missing': {
    what: () => 'there is no enabled recipient who could get cards of this incident',
    means: () => 'Nothing was prepared.',
    next: () => [
      { command: 'mimamori recipient list', label: 'who is there' },
      'add a recipient with its certificate, endpoint and how both were confirmed',
    ],
  },
  'workspace-missing': {
    what: (f) =>
      `${fact(f, 'directory', fact(f, 'file', 'this directory'))} is not a Mimamori workspace`,
    means: () => 'A workspace is a directory with config/, keys/ and data/.',
    next: () => [
      { command: 'mimamori --workspace DIR …', label: 'names the one you mean' },
      { command: 'mimamori init DIR --org NAME', label: 'makes a new one' },
    ],
  },
  'example-key': {
    what: (f) =>
      `${fact(f, 'id', 'this entry')} has one of the example keys, and this workspace is live`,
    means: () =>
      'Everybody has the private halves of the example keys: with them anyone could approve, or open what is sealed.',
    next: () => ['use the certificate that person or recipient made for themselves'],
  },
  'mode-changed': {
    what: (f) =>
      `the settings say ${fact(f, 'found', 'another mode or id')}, but this workspace was made as ${fact(f, 'recorded', 'something else')}`,
    means: () =>
      'Mode and id are fixed at init and stand in the first entry of the log. A drill never becomes a live workspace.',
    next: (f) => [
      `in config/mimamori.toml, set mode and id back${about(f, 'recorded', (r) => ` (mode = "${r}")`)}`,
      {
        command: 'mimamori init DIR --mode live --org NAME',
        label: 'if a live workspace is what you want',
      },
    ],
  },
  'config-file-missing': {
    what: (f) => `${file(f)} does not exist`,
    next: (f) =>
      isSettings(f)
        ? [
            { command: 'mimamori --workspace DIR …', label: 'names the workspace you mean' },
            { command: 'mimamori init DIR --org NAME', label: 'makes a new one' },
          ]
        : [
            'check the path; a workspace keeps its configuration in config/ and its certificates in keys/',
            { command: 'mimamori doctor', label: 'shows what else is missing' },
          ],
  },
  'config-unreadable': {
    what: (f) => `${file(f)} cannot be read${about(f, 'reason', (r) => ` (${r})`)}`,
    next: () => [
      'check that it is a UTF-8 text file inside the workspace and that you may read it',
    ],
  },
  'config-too-large': {
    what: (f) => `${file(f)} is too large for a configuration file${limit(f)}`,
    next: () => ['check that the right file was named'],
  },
  'config-syntax': {
    what: (f) => `${file(f)}${line(f)}${about(f, 'column', (c) => `, column ${c}`)} is not TOML`,
    next: () => [
      'mend that line; texts stand in "quotes", lists in [brackets], tables under [name]',
    ],
  },
  'config-unknown-key': {
    what: (f) => `${file(f)}${line(f)} has an unknown key: ${fact(f, 'key', '?')}`,
    means: () => 'Unknown keys are refused, so that a mistyped setting cannot pass for a setting.',
    next: (f) => [
      factOf(f, 'suggestion') === undefined
        ? 'remove it, or compare with docs/formats and the commented files in config/'
        : `write ${fact(f, 'suggestion', '')} instead, or remove the line`,
    ],
  },
  'config-invalid': {
    what: (f) =>
      `${file(f)}${line(f)}: ${fact(f, 'key', 'a value')} is ${fact(f, 'found', 'something else')}, expected ${fact(f, 'expected', 'another value')}`,
    next: () => ['mend that line and run the command again; nothing was changed'],
  },
  'config-missing-key': {
    what: (f) =>
      `${file(f)}${line(f)} lacks ${fact(f, 'key', 'a key')}, expected ${fact(f, 'expected', 'a value')}`,
    next: () => ['add it and run the command again; nothing was changed'],
  },
  'config-id-repeated': {
    what: (f) => `${file(f)} has two entries called ${fact(f, 'id', 'the same')}`,
    next: () => ['give one of them another id; ids are never used twice, also not after disabling'],
  },
  'config-fingerprint-shared': {
    what: (f) =>
      `${file(f)}: ${fact(f, 'first', 'one entry')} and ${fact(f, 'second', 'another')} have the same certificate`,
    means: () =>
      'Two names for one key would make one person count as two, or one recipient as another.',
    next: () => ['ask the second one for a certificate of their own, and add that'],
  },
  'config-id-unknown': {
    what: (f) => `${file(f)} has no entry called ${fact(f, 'id', 'this')}`,
    next: () => [
      { command: 'mimamori recipient list', label: 'shows the recipients' },
      { command: 'mimamori officer list', label: 'shows the officers' },
    ],
  },
  'config-changed-meanwhile': {
    what: (f) => `${file(f)} was changed by somebody else while this command ran`,
    means: () => 'Nothing was written: their change would have been lost.',
    next: () => ['run the command again'],
  },
  'config-write-refused': {
    what: (f) => `${file(f)} cannot take the entry ${fact(f, 'id', '')} safely`,
    means: () =>
      'The text that would be written does not read back as what was meant. Nothing was written.',
    next: () => ['look for unusual formatting near the end of the file, or add the entry by hand'],
  },
  'anchor-inside-workspace': {
    what: (f) => `the anchor ${fact(f, 'anchor', '')} lies inside the workspace`,
    means: () =>
      'The anchor proves that the workspace was not set back to an older copy. Inside, it would be set back with it.',
    next: () => [
      'in config/mimamori.toml, point [log] anchor to another disk, best of another machine',
    ],
  },
  'signer-certificate-lost': {
    what: (f) =>
      `no configuration holds the certificate ${fact(f, 'fingerprint', '')}, which signed a document of this incident`,
    means: () =>
      'Nobody could check that signature, and no signature is left out of a kit. Nothing was written.',
    next: () => [
      'add the officer with that certificate again, under another id, and disable it',
      'where the configuration is approved, have that approved too',
    ],
  },
  'signed-document-lost': {
    what: (f) => `${file(f)} is not here as it was signed, and the log names it`,
    means: () => 'A kit leaves nothing out that was signed. Nothing was written.',
    next: () => [
      'look for the document and its signature in a backup, and put both back where they were',
    ],
  },
  'secret-readable-by-others': {
    what: (f) =>
      `${file(f)} can be read by others on this machine${about(f, 'mode', (m) => ` (mode ${m})`)}`,
    means: () => 'A secret that others may have read cannot be relied on. It was not opened.',
    next: (f) => [
      { command: `chmod 600 ${fact(f, 'file', 'FILE')}` },
      'if anyone else works on this machine, replace the secret as well',
    ],
  },
  'secret-not-ours': {
    what: (f) => `${file(f)} belongs to another user${about(f, 'owner', (uid) => ` (uid ${uid})`)}`,
    means: () => 'Its owner could read or change it at any time. It was not opened.',
    next: (f) => [{ command: `sudo chown "$USER" ${fact(f, 'file', 'FILE')}` }],
  },
  'secret-missing': {
    what: (f) => `${file(f)} does not exist`,
    next: () => [
      'check the path; secrets are read from a file, a systemd credential or the terminal',
    ],
  },
  'secret-unreadable': {
    what: (f) => `${file(f)} cannot be read${about(f, 'reason', (r) => ` (${r})`)}`,
    next: () => ['check that it is a plain file of yours with mode 600'],
  },
  'secret-empty': {
    what: (f) => `${file(f)} is empty`,
    next: () => ['write the secret into it, without quotes, on one line'],
  },
  'secret-too-large': {
    what: (f) => `${file(f)} is too large to be a secret${limit(f)}`,
    next: () => ['check that the right file was named'],
  },
  'disk-full': {
    what: (f) => `the disk is full: ${file(f)} could not be written`,
    means: () => 'What was half written was removed. Nothing was sent.',
    next: () => [
      { command: 'df -h', label: 'shows which disk is full' },
      'make room, then run the same command again',
    ],
  },
  'file-write-failed': {
    what: (f) => `${file(f)} could not be written${about(f, 'reason', (r) => ` (${r})`)}`,
    means: () => 'What was half written was removed.',
    next: () => [
      'check the disk and who may write to the directory, then run the same command again',
    ],
  },
  'file-exists': {
    what: (f) => `${file(f)} is there already`,
    means: () => 'Nothing is overwritten.',
    next: () => ['choose another name, or look at what is there and move it away'],
  },
} as const satisfies Record<string, FaultWords>;

function valueText(f: Facts): string {
  const expected = about(f, 'expected', (text) =>
    /^(?:not|only|together) /.test(text) ? `: ${text}` : `: expected ${text}`,
  );
  return `${fact(f, 'option', 'an option')} cannot be used like this${expected}`;
}
