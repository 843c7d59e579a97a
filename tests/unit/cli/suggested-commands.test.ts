import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';

import { Fault } from '../../../src/domain/fault.ts';
import { exitStatuses } from '../../../src/doors/cli/exit-statuses.ts';
import { faultScreen } from '../../../src/doors/cli/fault-screen.ts';
import { buildProgram } from '../../../src/doors/cli/program.ts';
import { everyScreen } from './every-screen.ts';
import { ordinary } from './screen-data.ts';

const program = buildProgram('0.0.0', () => {
  throw new Error('nothing is run here');
});

/** Acts that are done on behalf of an officer, and those that are kept with a reason. */
const needsOfficer =
  /^(?:recipient (?:test|confirm|probe)|handoff (?:prepare|request|approve|decline|cancel|deliver|retry|resolve|record)|incident (?:open|amend|close|told|recalled)|notices (?:export|record)|config (?:propose|approve|drop))$/;
const needsReason =
  /^(?:handoff (?:decline|cancel|resolve)|incident (?:amend|close|recalled)|config drop|\w+ disable)$/;

/** A preview stores nothing and is nobody's. */
const isSomebodys = (options: readonly string[]): boolean =>
  options.includes('--as') || options.includes('--preview');

/** Commands that stand by themselves, not in a sentence, with what a backslash broke put together again. */
function commandsOn(lines: readonly string[]): string[] {
  const text = lines.join('\n').replaceAll(/ \\\n */g, ' ');
  return [...text.matchAll(/(?<=^| {2}|→ )mimamori ((?!…|:)[^\n]*)/gm)].map(([, rest = '']) =>
    rest.replace(/^--workspace \S+ /, '').replace(/ {3}.*$/, ''),
  );
}

/** The command that the words begin with, and the words behind it. */
function resolved(words: readonly string[]): { command: Command; path: string; rest: string[] } {
  let command = program;
  let at = 0;
  while (at < words.length && command.commands.length > 0) {
    const next = command.commands.find((candidate) => candidate.name() === words[at]);
    if (next === undefined) break;
    command = next;
    at += 1;
  }
  return { command, path: words.slice(0, at).join(' '), rest: words.slice(at) };
}

/** What a shell would make of it that the program does not: nothing for a command that can be typed. */
function problems(text: string): string[] {
  const words = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const { command, path, rest } = resolved(words);
  if (rest[0] === '…' || rest[0] === '--help') return [];
  if (path === '' || command.commands.length > 0) return ['is no command'];
  const known = [...command.options, ...program.options];
  const isElided = rest.includes('…');
  const given = rest.filter((word) => word.startsWith('--'));
  const missing = command.options.filter(
    ({ mandatory, long, defaultValue }) =>
      mandatory && defaultValue === undefined && !given.includes(long ?? ''),
  );
  const positionals = rest.findIndex((word) => word.startsWith('-'));
  const count = positionals < 0 ? rest.length : positionals;
  const required = command.registeredArguments.filter((argument) => argument.required).length;
  return [
    ...given
      .filter((word) => !known.some(({ long }) => long === word))
      .map((word) => `has no ${word}`),
    ...(isElided ? [] : missing.map(({ long }) => `lacks ${long ?? ''}`)),
    ...(count < required && !isElided ? ['lacks an argument'] : []),
    ...(needsOfficer.test(path) && !isElided && !isSomebodys(given) ? ['lacks --as'] : []),
    ...(needsReason.test(path) && !given.includes('--reason') ? ['lacks --reason'] : []),
  ];
}

const wrong = (lines: readonly string[]): string[] =>
  commandsOn(lines).flatMap((text) => problems(text).map((problem) => `${text}: ${problem}`));

describe.each(['en', 'ja'] as const)('suggested commands, %s', (language) => {
  const view = { language, colour: false };

  it('on every screen can be typed as they stand', () => {
    const screens = Object.values(everyScreen(ordinary, view));
    expect(screens.flatMap(commandsOn).length).toBeGreaterThan(40);
    expect([...new Set(screens.flatMap(wrong))]).toEqual([]);
  });

  it('of every refusal can be typed as they stand', () => {
    const refusals = Object.keys(exitStatuses).map((code) =>
      faultScreen(new Fault(code, 'never'), view),
    );
    expect(refusals.flatMap(commandsOn).length).toBeGreaterThan(80);
    expect([...new Set(refusals.flatMap(wrong))]).toEqual([]);
  });
});

describe('the check itself', () => {
  it.each([
    ['handoff retry 1a9f3c', 'lacks --as'],
    ['handoff cancel h7k2m9qa --as ID', 'lacks --reason'],
    ['handoff findings h7k2m9qa --onyl luhn', 'has no --onyl'],
    ['purge orders.csv', 'is no command'],
    ['officer add ID --name TEXT --roles officer --certificate FILE', 'lacks --fingerprint'],
    ['incident amend shop --as ID --reason "…"', 'lacks an argument'],
  ])('finds fault with %s', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });
});
