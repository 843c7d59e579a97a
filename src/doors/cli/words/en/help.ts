import type { HelpWords } from '../help-words.ts';
import { configHelp } from './config-help.ts';
import { handoffHelp } from './handoff-help.ts';
import { incidentHelp } from './incident-help.ts';
import { partnerHelp } from './partner-help.ts';
import { workspaceHelp } from './workspace-help.ts';

export const helpWords: HelpWords = {
  usage: 'Usage:',
  argumentsTitle: 'Arguments:',
  optionsTitle: 'Options:',
  commandsTitle: 'Commands:',
  anyOption: '[options]',
  anyCommand: '[command]',
  withFacts: (text, facts) => `${text} (${facts})`,
  required: 'required',
  preset: (value) => `default: ${value}`,
  choices: (values) => `one of: ${values}`,
  helpCommand: 'show this for a command',
  helpOption: 'show this',
  everywhere: 'Options that every command has: mimamori --help',
  commands: { ...workspaceHelp, ...partnerHelp, ...configHelp, ...incidentHelp, ...handoffHelp },
  options: {
    '--name': 'as people know them',
    '--certificate': 'their OpenPGP certificate',
    '--fingerprint': 'as they confirmed it on another way than the file came',
    '--confirmed-by': 'how and with whom the fingerprint was confirmed',
    '--evidence': 'a mail or scan that backs it; kept in the workspace',
    '--format': 'auto, delimited or lines (one number per line)',
    '--encoding': 'auto, utf-8, utf-16le, utf-16be, shift_jis or euc-jp',
    '--against': 'a signed checkpoint kept elsewhere, also copied from a screen; repeatable',
  },
  arguments: {
    handoff: 'id of the handoff',
    batch: 'id of the batch',
    incident: 'id of the incident',
    dir: 'a directory that is empty or not there yet',
    file: 'the file',
    id: 'its id',
  },
};
