import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SqliteLogBook } from '../../src/edge/sqlite/log-book.ts';
import { openDatabase } from '../../src/edge/sqlite/open-database.ts';
import { Desk } from './cli.ts';
import type { CliRun, Document } from './cli.ts';

/** A drill workspace and nothing else, made by `init`; for tests about the log alone. */
export class SmallWorkspace {
  readonly desk: Desk;
  readonly path: string;
  /** Global options that give the passphrase. */
  readonly secret: readonly string[];

  private constructor(desk: Desk) {
    this.desk = desk;
    this.path = join(desk.root, 'workspace');
    const file = join(desk.home, 'passphrase');
    writeFileSync(file, 'a passphrase for journeys\n', { mode: 0o600 });
    this.secret = ['--passphrase-file', file];
  }

  /** `anchored`: with the directory `anchor` beside it. */
  static async create({ anchored = false } = {}): Promise<SmallWorkspace> {
    const desk = await Desk.create();
    const small = new SmallWorkspace(desk);
    const init = ['init', small.path, '--mode', 'drill', '--openpgp', 'ed25519', '--org', 'Shop'];
    const anchor = anchored ? ['--anchor', join(desk.root, 'anchor')] : [];
    const { status, stderr } = await desk.run([...small.secret, ...init, ...anchor]);
    if (status !== 0) throw new Error(`init: ${stderr}`);
    return small;
  }

  run(args: readonly string[]): Promise<CliRun> {
    return this.desk.run(['--workspace', this.path, ...args]);
  }

  json(args: readonly string[]): Promise<{ status: number; document: Document }> {
    return this.desk.json(['--workspace', this.path, ...args]);
  }

  /** Adds entries through the code that every act uses, without a start of the program for each. */
  async append(count: number): Promise<void> {
    const opened = openDatabase(join(this.path, 'data/mimamori.db'), { create: false });
    const log = new SqliteLogBook(opened.db, { now: () => new Date() });
    for (let at = 0; at < count; at += 1) {
      const data = { handoff: `h-${at}`, officer: 'tanaka', due: '2020-04-10T00:00:00.000Z' };
      // What was done would have left a row, too.
      const draft = { actor: 'tanaka', act: 'handoff-overdue', result: 'refused' } as const;
      await log.append({
        draft: { ...draft, origin: 'cli:test', object: `handoff:h-${at}`, data },
      });
    }
    await opened.close();
  }

  /** A directory that is there, for the owner alone. */
  folder(name: string): string {
    const path = join(this.desk.root, name);
    mkdirSync(path, { mode: 0o700 });
    return path;
  }
}
