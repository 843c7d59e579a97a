import type { Language } from '../language.ts';

/** The questions for a passphrase at the terminal. */
export interface PassphrasePrompts {
  readonly workspace: string;
  readonly officer: string;
  readonly repeat: string;
}

const prompts: Readonly<Record<Language, PassphrasePrompts>> = {
  en: {
    workspace: 'Passphrase of the workspace: ',
    officer: "Passphrase of the officer's key: ",
    repeat: 'Once more, to be sure: ',
  },
  ja: {
    workspace: 'ワークスペースのパスフレーズ: ',
    officer: '担当者の鍵のパスフレーズ: ',
    repeat: '確認のためもう一度: ',
  },
};

/** Throws nothing. */
export function passphrasePrompts(language: Language): PassphrasePrompts {
  return prompts[language];
}
