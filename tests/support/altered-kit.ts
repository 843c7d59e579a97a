import {
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { checkedKit, codeBlocks, followed } from './auditor-kit.ts';

/** What becomes of one file of a kit. */
export const alterations = {
  'was altered': (path) => {
    const bytes = readFileSync(path);
    // The script is altered where it only speaks: one that does not run as it was proves nothing.
    if (path.endsWith('check.sh')) bytes[2] = 0x20;
    else bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(path, bytes);
  },
  'was emptied': (path) => {
    writeFileSync(path, '');
  },
  'is missing': (path) => {
    rmSync(path);
  },
  'has another name': (path) => {
    renameSync(path, `${path}.old`);
  },
} satisfies Record<string, (path: string) => void>;

/** A copy of a kit in which files are altered, a few at a time, and come back. */
export class AlteredKit {
  readonly #folder: string;
  readonly #home: string;
  readonly #given: readonly string[];
  readonly #copy: string;
  /** Of the files of the kit, in order. */
  readonly names: readonly string[];

  /** `given`: the files that `check.sh` gets, the key first. */
  constructor(folder: string, given: readonly string[], home: string) {
    [this.#folder, this.#given, this.#home] = [folder, given, home];
    this.#copy = join(home, 'altered-files');
    cpSync(folder, this.#copy, { recursive: true });
    this.names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort();
  }

  dispose(): void {
    rmSync(this.#copy, { recursive: true });
  }

  get folders(): readonly string[] {
    return [...new Set(this.names.map((name) => dirname(name)))];
  }

  bytesOf(name: string): Buffer {
    return readFileSync(join(this.#folder, name));
  }

  /** What a stranger is told after `alter` on these files, where it is not that they are not as they were; else undefined. */
  async unnamed(
    altered: readonly string[],
    alter: (...paths: string[]) => void,
  ): Promise<string | undefined> {
    const paths = altered.map((name) => join(this.#copy, name));
    alter(...paths);
    const isScript = altered.includes('check.sh');
    const told = await checkedKit(this.#copy, this.#given, this.#home);
    const { status, lines } = isScript ? await this.followByHand('README.md') : told;
    const isNamed = told.lines.at(-1) !== 'all holds' && status === 1 && isTold(altered, lines);
    altered.forEach((name, at) => {
      for (const path of [paths[at]!, `${paths[at]!}.old`]) rmSync(path, { force: true });
      if (this.names.includes(name)) cpSync(join(this.#folder, name), paths[at]!);
    });
    return isNamed ? undefined : `${altered.join()}: ${lines.join('; ')}`;
  }

  /** The lines that a README has for whoever does not run the script. */
  followByHand(readme: string): ReturnType<typeof checkedKit> {
    const byHand = codeBlocks(this.bytesOf(readme).toString(), 'sh').at(-1)!;
    const plan = this.names.find((name) => name.endsWith('/plan.json'))!;
    const code = byHand
      .replace('KEY-FILE', relative(this.#copy, this.#given[0]!))
      .replaceAll('handoffs/ID/plan.json', plan);
    return followed(code, this.#copy, this.#home);
  }
}

/** Whether these lines are about these files, and about no other that the list has. */
function isTold(altered: readonly string[], lines: readonly string[]): boolean {
  const [list, rest] = ['does not hold: a file is not what SHA256SUMS says (above)', 'log/'];
  if (altered.includes('SHA256SUMS')) return lines.at(-1) === list;
  const listed = altered.filter((name) => !name.startsWith(rest));
  if (listed.length === 0) {
    // Of a change of keys the log tells, and not over how many entries its checkpoint is.
    const traces = altered.map((name) =>
      name.slice(rest.length).replace(/^(key-changes.).*/, '$1'),
    );
    return traces.every((trace) => lines[0]!.includes(trace));
  }
  const told = lines
    .filter((line) => !/^(?:does not hold|sha256sum): /.test(line))
    .map((line) => line.trim().replace(/: FAILED(?: open or read)?$/, ''));
  return told.sort().join() === [...listed].sort().join();
}
