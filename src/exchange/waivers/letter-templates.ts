/** Languages in which letters are written. */
export const letterLanguages = ['ja', 'en'] as const;
export type LetterLanguage = (typeof letterLanguages)[number];

/** Templates of letters that ask for a waiver: those of the workspace, and behind them those of the program. */
export interface LetterTemplates {
  /** Throws `input-missing` without any, `input-too-large`, `input-unreadable`. */
  read(
    language: LetterLanguage,
    bytesMax: number,
  ): Promise<{ readonly file: string; readonly bytes: Uint8Array }>;
}
