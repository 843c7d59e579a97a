/** Languages of screens and refusals. Codes, keys and the JSON documents never change with them. */
export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

/** Where a language may come from. Absent and empty are the same. */
export interface LanguageSources {
  /** `--lang`, already checked. */
  readonly flag?: Language | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `workspace.language` of the settings, once they are known. */
  readonly workspace?: Language | undefined;
}

/**
 * The language to speak: `--lang`, then MIMAMORI_LANG, then the workspace, then the locale, then English.
 *
 * Of the locale the first of LC_ALL, LC_MESSAGES and LANG that is set decides (POSIX XBD 8.2), so that `LC_ALL=C` is
 * English on a Japanese machine. A MIMAMORI_LANG that names no language of ours is passed over. Throws nothing.
 */
export function chooseLanguage({ flag, environment, workspace }: LanguageSources): Language {
  return flag ?? languageOf(environment['MIMAMORI_LANG']) ?? workspace ?? localeOf(environment);
}

function localeOf(environment: LanguageSources['environment']): Language {
  const set = ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => environment[name] ?? '');
  return languageOf(set.find((value) => value !== '')) ?? 'en';
}

function languageOf(tag: string | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split(/[_.@-]/)[0];
  return languages.find((language) => language === primary);
}
