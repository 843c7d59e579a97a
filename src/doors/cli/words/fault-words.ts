import type { Facts } from '../../../domain/fault.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';

/** One thing to do next: prose, or a command to type and what it does. */
export type Step = string | { readonly command: string; readonly label?: string };

/**
 * What people are told about one fault code, in one language: what happened, what it means, what to do. Facts may be
 * missing or of another kind than expected: words are for the worst night and must not fail themselves.
 */
export interface FaultWords {
  readonly what: (facts: Facts) => string;
  readonly means?: (facts: Facts) => string;
  readonly next?: (facts: Facts) => readonly Step[];
}

/** A fact as people read it: lists joined, numbers with separators, foreign text made safe; undefined when missing. */
export function factOf(facts: Facts, name: string): string | undefined {
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'number') return figure(value);
  return showForeign(typeof value === 'string' ? value : value.join(', '));
}

/** A fact, or the words that stand in for it. */
export function fact(facts: Facts, name: string, otherwise: string): string {
  return factOf(facts, name) ?? otherwise;
}

/** A state as screens name it; as it was said where these words have no such state, and undefined when missing. */
export function stateOf(
  facts: Facts,
  name: string,
  states: Readonly<Record<string, string>>,
): string | undefined {
  const state = factOf(facts, name);
  return state !== undefined && Object.hasOwn(states, state) ? states[state] : state;
}

/** A phrase about a fact; nothing when the fact is missing. */
export function about(facts: Facts, name: string, phrase: (value: string) => string): string {
  const value = factOf(facts, name);
  return value === undefined ? '' : phrase(value);
}

/** A number, for sizes; undefined when missing. */
export function numberOf(facts: Facts, name: string): number | undefined {
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** The incident that was amended since a plan was made, where that is what `plan-changed` is about. */
export function amendedIncident(facts: Facts): string | undefined {
  return /^incident:(.+)$/.exec(fact(facts, 'what', ''))?.[1];
}

/** The command that is about one part of the configuration; that of officers where none is named. */
export function groupOf({ part }: Facts): string {
  return part === 'recipients' || part === 'senders' ? part.slice(0, -1) : 'officer';
}

/** Whether what two share is a key that opens boxes. */
export function isOfBox({ endpoint }: Facts): boolean {
  return typeof endpoint === 'string' && endpoint.startsWith('pickup ');
}
