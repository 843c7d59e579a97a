import { isFault } from '../../domain/fault.ts';
import type { Facts, Retry } from '../../domain/fault.ts';
import { paint } from './colour.ts';
import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';
import { exitStatuses, isFaultCode } from './exit-statuses.ts';
import { commandLines } from './command-lines.ts';
import { hang, pad, widthOf } from './layout.ts';
import type { View } from './view.ts';
import { faultFrame as frameEn } from './words/en/fault-frame.ts';
import { faultWords as wordsEn } from './words/en/faults.ts';
import type { FaultWords, Step } from './words/fault-words.ts';
import { faultFrame as frameJa } from './words/ja/fault-frame.ts';
import { faultWords as wordsJa } from './words/ja/faults.ts';

const frames = { en: frameEn, ja: frameJa };
const words = { en: wordsEn, ja: wordsJa };

/** What the door knows besides the fault. */
export interface FaultContext {
  /** Names of the sources in the order given, so that a fault about the second one can say which it is. */
  readonly sources?: readonly string[];
  /** The command whose option it may be about, such as `handoff recall`; its own help has that option. */
  readonly command?: string;
}

/** What a script gets instead of a result. `hint` is the first thing to do; texts are English, one line each. */
export interface FaultDocument {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    readonly retry: Retry;
  };
}

const INDENT = '  ';

/**
 * A refusal for people: what happened, what it means, what to do, and the code to search for with the exit status.
 *
 * Of an error that nobody foresaw only the name of its class is shown: its message may quote what was being read.
 */
export function faultScreen(error: unknown, view: View, context: FaultContext = {}): string[] {
  const frame = frames[view.language];
  const { code, facts, words: said } = told(error, view, context);
  const means = said.means?.(facts) ?? '';
  const steps = said.next?.(facts) ?? [];
  return [
    ...hang(`${paint('mimamori:', 'bad', view)} `, said.what(facts)).map((line) => line.trimEnd()),
    '',
    ...(means === '' ? [] : means.split('\n').flatMap((line) => hang(INDENT, line))),
    ...stepLines(steps, view),
    ...(means === '' && steps.length === 0 ? [] : ['']),
    `${INDENT}${paint(frame.last(code, faultStatus(error)), 'faint', view)}`,
  ];
}

/** The same for scripts. Throws nothing. */
export function faultDocument(error: unknown, context: FaultContext = {}): FaultDocument {
  const { code, facts, words: said } = told(error, { language: 'en', colour: false }, context);
  return {
    error: {
      code,
      message: oneLine(said.what(facts)),
      hint: oneLine(hintOf(said.next?.(facts)[0])),
      retry: isFault(error) && isFaultCode(error.code) ? error.retry : 'never',
    },
  };
}

/** The exit status of whatever was thrown; 70 for everything that nobody foresaw. */
export function faultStatus(error: unknown): ExitStatus {
  if (isFault(error) && isFaultCode(error.code)) return exitStatuses[error.code];
  return exitStatus.internal;
}

/** What is said about a fault code in passing: the first line of its refusal, without steps. */
export function faultPhrase(code: string, facts: Facts, view: View): string {
  return isFaultCode(code) ? words[view.language][code].what(facts) : code;
}

function told(
  error: unknown,
  view: View,
  context: FaultContext,
): { code: string; facts: Facts; words: FaultWords } {
  if (isFault(error) && isFaultCode(error.code)) {
    const known = withSourceName(error.facts, context);
    const facts = error.code === 'usage' ? withCommand(known, context) : known;
    return { code: error.code, facts, words: words[view.language][error.code] };
  }
  const frame = frames[view.language];
  const kind = isFault(error) ? `Fault (${error.code})` : classOf(error);
  return {
    code: 'internal',
    facts: {},
    words: {
      what: () => frame.unexpected,
      means: () => frame.unexpectedMeans(kind),
      next: () => [frame.unexpectedStep, frame.unexpectedReport],
    },
  };
}

/** Sources are counted from 1 in faults: the process that reads them does not know their names. */
function withSourceName(facts: Facts, { sources = [] }: FaultContext): Facts {
  const number = facts['source'];
  const only = sources.length === 1 ? sources[0] : undefined;
  const name = typeof number === 'number' ? sources[number - 1] : only;
  return name === undefined || facts['file'] !== undefined ? facts : { ...facts, file: name };
}

/** What a command refuses itself names the option alone. */
function withCommand(facts: Facts, { command }: FaultContext): Facts {
  return command === undefined || facts['command'] !== undefined ? facts : { ...facts, command };
}

/** The name of the class is code of ours or of a library, never input; anything else about it could be. */
function classOf(error: unknown): string {
  const name = error instanceof Error ? error.constructor.name : typeof error;
  return /^[A-Za-z]{1,40}$/.test(name) ? name : 'Error';
}

function stepLines(steps: readonly Step[], view: View): string[] {
  const { firstStep, laterStep } = frames[view.language];
  const column = Math.max(widthOf(firstStep), widthOf(laterStep));
  return steps.flatMap((step, at) => {
    const label = pad(at === 0 ? firstStep : laterStep, column);
    const head = `${INDENT}${paint(label, 'strong', view)}   `;
    if (typeof step === 'string') return hang(head, step);
    return commandLines(head, step.command, step.label);
  });
}

function hintOf(step: Step | undefined): string {
  if (step === undefined) return '';
  return typeof step === 'string' ? step : step.command;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
