import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { LetterLanguage, LetterTemplates } from '../../exchange/waivers/letter-templates.ts';
import { inputFiles } from './input-folder.ts';

/** The templates that come with the program, `config/letters` beside `src` or `dist`. */
export const shippedLetters = fileURLToPath(new URL('../../../config/letters', import.meta.url));

/** Templates of letters in `config/letters` of a workspace, and behind them those of the program. */
export class LetterFolder implements LetterTemplates {
  readonly #own: string;
  readonly #shipped: string;

  /** Both are directories. */
  constructor(own: string, shipped: string) {
    this.#own = own;
    this.#shipped = shipped;
  }

  async read(
    language: LetterLanguage,
    bytesMax: number,
  ): Promise<{ file: string; bytes: Uint8Array }> {
    const file = `waiver-request.${language}.txt`;
    try {
      const bytes = await inputFiles.read(join(this.#own, file), bytesMax);
      return { file: `config/letters/${file}`, bytes };
    } catch (error) {
      if (!(error instanceof WorkspaceFault && error.code === 'input-missing')) throw error;
      return { file, bytes: await inputFiles.read(join(this.#shipped, file), bytesMax) };
    }
  }
}
