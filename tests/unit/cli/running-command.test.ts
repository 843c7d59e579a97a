import { Command } from 'commander';
import { describe, expect, it } from 'vitest';

import { commandLineOf, runningCommand } from '../../../src/doors/cli/running-command.ts';
import type { RunningCommand } from '../../../src/doors/cli/running-command.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const content = new TextEncoder().encode('id = "shop-a"\n');
const read: string[] = [];
const reader = (path: string): Promise<Uint8Array> => {
  read.push(path);
  return Promise.resolve(content);
};

/** What a program like ours makes of a command line. */
async function typed(group: string, words: readonly string[]): Promise<RunningCommand> {
  let running: RunningCommand | undefined;
  const program = new Command('mimamori').option('--reason <text>');
  const commands = program.command(group);
  const act = (): void => undefined;
  commands.command('open <file>').option('--dry-run').action(act);
  commands.command('import <file>').action(act);
  commands
    .command('told <id> <what>')
    .option('--evidence <file>')
    .option('--password-file <file>')
    .option('--output <file>')
    .option('--recipient <id...>')
    .option('--cards <n>', 'a number', Number)
    .action(act);
  program.hook('preAction', (_, chosen) => {
    running = runningCommand(chosen);
  });
  await program.parseAsync([group, ...words], { from: 'user' });
  return running!;
}

describe('runningCommand()', () => {
  it('names arguments and options, and leaves out what was not given', async () => {
    const words = ['told', 'shop-a', 'desk', '--recipient', 'psp', 'amex', '--cards', '12'];
    expect(await typed('incident', words)).toEqual({
      ...{ name: 'incident told', standing: 'signed', files: {} },
      arguments: { id: 'shop-a', what: 'desk', '--recipient': ['psp', 'amex'], '--cards': 12 },
    });
  });

  it('has a trial signed by nobody: it changes nothing', async () => {
    expect((await typed('incident', ['open', 'a.toml', '--dry-run'])).standing).toBe('reads');
  });

  it('names files among both', async () => {
    const { files } = await typed('incident', ['told', 'a', 'desk', '--evidence', 'mail.eml']);
    expect(files).toEqual({ '--evidence': 'mail.eml' });
    expect((await typed('incident', ['open', 'a.toml'])).files).toEqual({ file: 'a.toml' });
  });
});

describe('commandLineOf()', () => {
  it('binds the bytes of every file that is named', async () => {
    const running = await typed('incident', ['open', 'a.toml']);
    expect(await commandLineOf(running, 'why', reader)).toEqual({
      ...{ command: 'incident open', arguments: { file: 'a.toml' } },
      ...{ documents: { file: digestOf(content) }, reason: 'why' },
    });
  });

  it('never opens a file that may hold card numbers', async () => {
    const running = await typed('response', ['import', 'answer.pgp']);
    expect((await commandLineOf(running, undefined, reader)).documents).toEqual({});
    expect(read).not.toContain('answer.pgp');
  });

  it('keeps no digest of a file with a secret', async () => {
    const words = ['told', 'a', 'desk', '--password-file', '/secret/pw'];
    const running = await typed('incident', words);
    expect((await commandLineOf(running, undefined, reader)).documents).toEqual({});
    expect(read).not.toContain('/secret/pw');
  });

  it('does not look for a file that the command is to write', async () => {
    const running = await typed('incident', ['told', 'a', 'desk', '--output', 'b.csv']);
    expect((await commandLineOf(running, undefined, reader)).documents).toEqual({});
    expect(running.arguments).toMatchObject({ '--output': 'b.csv' });
  });

  it.each([
    ['ASCII', (digits: string) => digits],
    [
      'full-width',
      (digits: string) => digits.replaceAll(/\d/g, (d) => '０１２３４５６７８９'[+d]!),
    ],
    ['behind a line end', (digits: string) => `note\n${digits}`],
    ['grouped', (digits: string) => digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ')],
  ])('refuses an argument with a card number in it: %s', async (_, spelt) => {
    const digits = cardDigits(seededRandom(5), { prefix: '400010' }).join('');
    const running = await typed('incident', ['told', 'a', 'desk', '--recipient', spelt(digits)]);
    const error: unknown = await commandLineOf(running, undefined, reader).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'usage' });
    expect(JSON.stringify(error)).not.toContain(digits.slice(6, 12));
  });
});
