import { z } from 'zod';

import { encodeCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../canonical-json.ts';
import { parseStatement } from '../handoff/signed-statement.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

const schema = z.strictObject({
  type: z.literal('mimamori/command/v1'),
  workspace: z.string(),
  mode: z.enum(['drill', 'live']),
  command: z.string().regex(/^[a-z-]+(?: [a-z-]+)?$/),
  arguments: z.record(z.string(), value),
  documents: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
  officer: z.string(),
  reason: z.string(),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  at: z.iso.datetime(),
});

/**
 * What an officer signs to stand behind one command (docs/formats/command-v1.md): the command with its arguments, the
 * digests of the documents it reads, and a nonce, so that one signature is good for one run.
 */
export type CommandStatement = Readonly<z.infer<typeof schema>>;

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

/** The bytes an officer signs (RFC 8785). */
export function encodeCommand(statement: CommandStatement): Uint8Array {
  return encodeCanonicalJson(statement);
}

/** Reads a statement that lay on a disk meanwhile. Throws what `parseStatement` throws. */
export function parseCommand(bytes: Uint8Array): CommandStatement {
  return parseStatement(bytes, schema);
}

/** Whether a statement is about this command line by this officer, and no other. */
export function isAbout(statement: CommandStatement, line: CommandLine, officer: string): boolean {
  const said = (of: CommandLine & { readonly officer: string }): string =>
    new TextDecoder().decode(
      encodeCanonicalJson({
        command: of.command,
        arguments: of.arguments as Json,
        documents: of.documents as Json,
        officer: of.officer,
        reason: of.reason,
      }),
    );
  return said(statement) === said({ ...line, officer });
}
