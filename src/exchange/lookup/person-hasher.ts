import type { NumberJob } from './card-number-hasher.ts';

/** The questions at the terminal, in the reader's language. */
export interface PersonPrompts {
  readonly name: string;
  readonly detail: string;
  readonly lastFour: string;
}

/** Everything the CDE process needs to recognise one person, but no secret. */
export interface PersonJob extends Omit<NumberJob, 'prompt'> {
  readonly prompts: PersonPrompts;
}

/** What may be known of a person outside of that process. */
export interface HashedPerson {
  /** The tag of name and detail under the key of each incident, in hex, by the incident's id. */
  readonly tags: Readonly<Record<string, string>>;
  /** Of the card, where the caller said them. */
  readonly lastFour?: string;
}

/**
 * Asks for a person's name, for postcode or phone, and for the last four digits of the card if they are known, in the
 * process that reads such names, and hands out tags.
 *
 * Throws `lookup-person-unreadable`, `terminal-needed`, `interrupted`, `passphrase-wrong`, `wrapped-key-altered`,
 * `card-process-died`.
 */
export interface PersonTagger {
  hashPerson(job: PersonJob, passphrase: Uint8Array, signal?: AbortSignal): Promise<HashedPerson>;
}
