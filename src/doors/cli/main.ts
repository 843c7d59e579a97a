import { readFileSync } from 'node:fs';

import { CommanderError } from 'commander';
import type { Command } from 'commander';

import { isFault } from '../../domain/fault.ts';
import { wantsColour } from './colour.ts';
import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';
import { exitStatuses, isFaultCode } from './exit-statuses.ts';
import { faultDocument, faultScreen } from './fault-screen.ts';
import type { FaultContext } from './fault-screen.ts';
import type { GlobalOptions } from './invocation.ts';
import { chooseLanguage } from './language.ts';
import type { Language } from './language.ts';
import { LINE_COLUMNS } from './layout.ts';
import { buildProgram } from './program.ts';
import { runningCommand } from './running-command.ts';
import type { RunningCommand } from './running-command.ts';
import type { Shell } from './shell.ts';
import { Sink } from './sink.ts';
import { reportMistakes } from './usage-mistake.ts';

/** Runs one command line and returns the exit status. Everything printed goes through the sink. */
async function run(argv: readonly string[]): Promise<ExitStatus> {
  const interrupt = new AbortController();
  const stop = (): void => {
    interrupt.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  let status: ExitStatus = exitStatus.done;
  let command: RunningCommand | undefined;
  const program = buildProgram(version(), () =>
    shellFor(globalOptions(program), command, interrupt.signal, (next) => {
      status = next;
    }),
  );
  program.hook('preAction', (_, chosen) => {
    command = runningCommand(chosen);
  });
  let helpOf: Command | undefined;
  reportMistakes(program, argv.includes('--json'), (shown) => {
    helpOf = shown;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return sink?.finalStatus(status) ?? status;
  } catch (error) {
    if (error instanceof CommanderError) {
      const isAsked = error.exitCode === 0;
      if (helpOf !== undefined) await showHelp(helpOf, optionsAsTyped(program, argv), isAsked);
      return isAsked ? exitStatus.done : exitStatus.usage;
    }
    return fail(optionsAsTyped(program, argv), error, contextOf(program, command, error));
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}

function shellFor(
  options: GlobalOptions,
  command: RunningCommand | undefined,
  signal: AbortSignal,
  setStatus: (status: ExitStatus) => void,
): Shell {
  let language = languageOf(options);
  let timeZone = 'UTC';
  const out = sinkFor(options, language);
  const isJson = options.json === true;
  return {
    options,
    command,
    get language() {
      return language;
    },
    get timeZone() {
      return timeZone;
    },
    speakAs: (workspace, zone) => {
      language = spoken = languageOf(options, workspace);
      timeZone = zone;
    },
    isJson,
    ...look(options),
    nameSources: (names) => {
      sources = names;
    },
    sink: out,
    signal,
    setStatus,
    print: (lines) => {
      if (!isJson) out.result(lines);
    },
    printVerbatim: (text) => {
      if (!isJson) out.artifact(text);
    },
    document: (value) => {
      if (isJson) out.document(value);
    },
  };
}

/** The language that was in use when something failed. */
let spoken: Language | undefined;

/** Names of the sources of this command, for a refusal to say which one it is about. */
let sources: readonly string[] = [];

/** One sink a run, so that an alarm is told once. */
let sink: Sink | undefined;

function sinkFor(options: GlobalOptions, language: Language): Sink {
  const forbidden = options.color === false;
  sink ??= new Sink({
    stdout: process.stdout,
    stderr: process.stderr,
    result: { colour: wantsColour(process.stdout, process.env, forbidden) },
    talk: { colour: wantsColour(process.stderr, process.env, forbidden) },
    language,
  });
  return sink;
}

function look(options: GlobalOptions): { colour: boolean } {
  return { colour: wantsColour(process.stdout, process.env, options.color === false) };
}

function languageOf(options: GlobalOptions, workspace?: Language): Language {
  return chooseLanguage({ flag: options.lang, environment: process.env, workspace });
}

function globalOptions(program: Command): GlobalOptions {
  const options = program.opts<GlobalOptions>();
  const workspace = options.workspace ?? process.env['MIMAMORI_WORKSPACE'];
  return { ...options, ...(workspace === undefined ? {} : { workspace }) };
}

/** A mistake ends the reading of options: what stands behind it still says how to tell it. */
function optionsAsTyped(program: Command, argv: readonly string[]): GlobalOptions {
  const options = globalOptions(program);
  const lang = argv[argv.indexOf('--lang') + 1];
  return {
    ...options,
    ...(argv.includes('--json') ? { json: true } : {}),
    ...(options.lang === undefined && argv.includes('--lang') && (lang === 'ja' || lang === 'en')
      ? { lang }
      : {}),
  };
}

/** An option that every command has is in the help of the program alone. */
function contextOf(
  program: Command,
  command: RunningCommand | undefined,
  error: unknown,
): FaultContext {
  const option = isFault(error) ? error.facts['option'] : undefined;
  const isEverywhere = program.options.some(({ long }) => long === option);
  return { sources, ...(command === undefined || isEverywhere ? {} : { command: command.name }) };
}

function fail(options: GlobalOptions, error: unknown, context: FaultContext): ExitStatus {
  const language = spoken ?? languageOf(options);
  const out = sinkFor(options, language);
  if (options.json === true) {
    out.document(faultDocument(error, context));
  } else {
    const colour = wantsColour(process.stderr, process.env, options.color === false);
    out.talk(faultScreen(error, { language, colour }, context));
  }
  return isFault(error) && isFaultCode(error.code) ? exitStatuses[error.code] : exitStatus.internal;
}

const unknownColumns = 80;

/** To standard output when it was asked for, else to standard error; as wide as the terminal, up to the widest screen. */
async function showHelp(command: Command, options: GlobalOptions, isAsked: boolean): Promise<void> {
  const { helpLines } = await import('./help.ts');
  const language = languageOf(options);
  const { columns = unknownColumns } = (isAsked ? process.stdout : process.stderr) as {
    readonly columns?: number;
  };
  const lines = await helpLines(command, language, Math.min(columns, LINE_COLUMNS));
  const out = sinkFor(options, language);
  if (isAsked) out.result(lines);
  else out.talk(lines);
}

function version(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** A reader that went away, such as `head`, has what it wanted; that output is lost for another cause is a failure. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') process.exitCode = exitStatus.inputOutput;
}

process.stdout.on('error', endQuietly);
process.stderr.on('error', endQuietly);
// Whatever this process creates is for its owner alone; SQLite takes the mode of its files from here.
process.umask(0o077);
const ended = await run(process.argv.slice(2));
process.exitCode ??= ended;
