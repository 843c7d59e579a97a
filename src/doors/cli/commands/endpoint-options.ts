import type { Command } from 'commander';

import { collect } from '../option-values.ts';

/** Options for what one recipient's server or program wants differently. `none` takes a trait away again. */
export function addEndpointOptions(command: Command): void {
  command
    .option('--authentication <kind>')
    .option('--password-file <file>')
    .option('--probe-directory <dir>')
    .option('--offer-days <n>')
    .option('--read-back')
    .option('--no-read-back')
    .option('--list')
    .option('--no-list')
    .option('--rename <kind>')
    .option('--temporary-name <pattern>')
    .option('--control-file <name>')
    .option('--control-content <kind>')
    .option('--control-newline <kind>')
    .option('--name-pattern <pattern>')
    .option('--name-case <case>')
    .option('--name-length-max <n>')
    .option('--sequence <spec>')
    .option('--allow-algorithm <name>', '', collect);
}
