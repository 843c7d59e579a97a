import { z } from 'zod';

import { encodeCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../canonical-json.ts';
import { digestOf } from '../handoff/plan.ts';
import { parseStatement } from '../handoff/signed-statement.ts';
import { sha256 } from './log-statement-fields.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const random = z.string().regex(/^[0-9a-f]{32}$/);

const schema = z.strictObject({
  type: z.literal('mimamori/command/v1'),
  workspace: z.string(),
  mode: z.enum(['drill', 'live']),
  command: z.string().regex(/^[a-z-]+(?: [a-z-]+)?$/),
  said: sha256,
  officer: z.string(),
  nonce: random,
  at: z.iso.datetime(),
});

const saidSchema = z.strictObject({
  arguments: z.record(z.string(), value),
  documents: z.record(z.string(), sha256),
  reason: z.string(),
  salt: random,
});

/**
 * What an officer signs to stand behind one command (docs/formats/command-v1.md): which command, the digest of what was
 * said with it, and a nonce, so that one signature is good for one run. It is kept for good, and says nothing that would
 * have to go with an incident.
 */
export type CommandStatement = Readonly<z.infer<typeof schema>>;

/** What was said with a command: free text, names and digests of short files, which go with their incident. */
type CommandSaid = Readonly<z.infer<typeof saidSchema>>;

/** A statement as it is signed, and beside it what it names by digest. */
export interface SignableCommand {
  readonly statement: Uint8Array;
  readonly said: Uint8Array;
}

/** What a command line says, as people typed it: global options are left out, apart from the reason. */
export interface CommandLine {
  /** The words that name it, such as `incident amend`. */
  readonly command: string;
  /** Arguments and options by their names. */
  readonly arguments: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** SHA-256, in hex, of each file it names, by the name of the argument or option. */
  readonly documents: Readonly<Record<string, string>>;
  /** Empty without one. */
  readonly reason: string;
}

/**
 * The bytes an officer signs, and those that they name (both RFC 8785). `salt`: 32 random hex digits that stand nowhere
 * else; whoever has only the digest then confirms no guess of a short text. Throws DecisionFault `statement-invalid` for
 * what would not be read back.
 */
export function encodeCommand(
  statement: Omit<CommandStatement, 'type' | 'command' | 'said'>,
  line: CommandLine,
  salt: string,
): SignableCommand {
  const said = encodeSaid(line, salt);
  parseCommandSaid(said);
  const { command } = line;
  const type = 'mimamori/command/v1' as const;
  const signed: CommandStatement = { ...statement, type, command, said: digestOf(said) };
  return { statement: encodeCanonicalJson(signed), said };
}

/** Reads a statement that lay on a disk meanwhile. Throws what `parseStatement` throws. */
export function parseCommand(bytes: Uint8Array): CommandStatement {
  return parseStatement(bytes, schema);
}

/** Reads what was said with a command. Throws what `parseStatement` throws. */
export function parseCommandSaid(bytes: Uint8Array): CommandSaid {
  return parseStatement(bytes, saidSchema);
}

/** Whether a statement is about this command line by this officer, and no other. Throws what `parseStatement` throws. */
export function isAbout(
  { statement, said }: SignableCommand,
  line: CommandLine,
  officer: string,
): boolean {
  const signed = parseCommand(statement);
  if (signed.command !== line.command || signed.officer !== officer) return false;
  const { salt } = parseCommandSaid(said);
  return signed.said === digestOf(said) && signed.said === digestOf(encodeSaid(line, salt));
}

function encodeSaid(
  { arguments: typed, documents, reason }: CommandLine,
  salt: string,
): Uint8Array {
  return encodeCanonicalJson({
    ...{ arguments: typed as Json, documents: documents as Json },
    ...{ reason, salt },
  });
}
