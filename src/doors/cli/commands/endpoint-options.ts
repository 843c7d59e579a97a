import type { Command } from 'commander';

import { weakAlgorithmNames } from '../../../domain/recipients/weak-algorithms.ts';
import { collect } from '../option-values.ts';

/** Options for what one recipient's server or program wants differently. `none` takes a trait away again. */
export function addEndpointOptions(command: Command): void {
  command
    .option('--authentication <kind>', 'key, password or key+password')
    .option('--password-file <file>', 'file of mode 0600 with the password they gave us')
    .option('--probe-directory <dir>', 'where recipient probe may make and remove files')
    .option('--read-back', 'their server lets us read what we wrote (default)')
    .option('--no-read-back', 'their server does not let us read what we wrote')
    .option('--list', 'their server tells truly which names are taken (default)')
    .option('--no-list', 'what their server says of names is not to be believed')
    .option('--rename <kind>', 'plain; none: files are written under their final names')
    .option('--temporary-name <pattern>', 'with {name}, {attempt}, {fence}, or none')
    .option('--control-file <name>', 'such as "{stem}.done", put after the file; or none')
    .option('--control-content <kind>', 'empty, sha256 or details')
    .option('--control-newline <kind>', 'lf or crlf')
    .option('--name-pattern <pattern>', 'what files are called there, or none')
    .option('--name-case <case>', 'upper or lower, or none')
    .option('--name-length-max <n>', 'longest name they take')
    .option('--sequence <spec>', 'start=1,width=6,reset=never|daily|yearly, or none')
    .option(
      '--allow-algorithm <name>',
      `needs --reason, or none: ${weakAlgorithmNames.join(', ')}`,
      collect,
    );
}
