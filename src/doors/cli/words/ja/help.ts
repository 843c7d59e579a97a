import type { HelpWords } from '../help-words.ts';
import { configHelp } from './config-help.ts';
import { handoffHelp } from './handoff-help.ts';
import { incidentHelp } from './incident-help.ts';
import { partnerHelp } from './partner-help.ts';
import { workspaceHelp } from './workspace-help.ts';

export const helpWords: HelpWords = {
  usage: '使い方:',
  argumentsTitle: '引数:',
  optionsTitle: 'オプション:',
  commandsTitle: 'コマンド:',
  anyOption: '[オプション]',
  anyCommand: '[コマンド]',
  withFacts: (text, facts) => `${text}(${facts})`,
  required: '必須',
  preset: (value) => `既定: ${value}`,
  choices: (values) => `次のいずれか: ${values}`,
  helpCommand: 'コマンドの使い方を表示する',
  helpOption: '使い方を表示する',
  everywhere: 'すべてのコマンドに共通のオプション: mimamori --help',
  commands: { ...workspaceHelp, ...partnerHelp, ...configHelp, ...incidentHelp, ...handoffHelp },
  options: {
    '--name': '名称(氏名または会社名)',
    '--certificate': '相手の OpenPGP 公開鍵証明書',
    '--fingerprint': 'ファイルとは別の経路で相手に確認したフィンガープリント',
    '--confirmed-by': 'フィンガープリントを、誰に、どのように確認したか',
    '--evidence': '根拠となるメールやスキャン。ワークスペースに保管する',
    '--format': 'auto、delimited(区切り文字)、lines(1行に1番号)のいずれか',
    '--encoding': 'auto、utf-8、utf-16le、utf-16be、shift_jis、euc-jp のいずれか',
    '--against': '別の場所に保管した署名済みチェックポイント(画面の写しも可)。複数指定可',
  },
  arguments: {
    handoff: '引き渡しの ID',
    batch: '提供ファイルの ID',
    incident: '事案の ID',
    dir: '空の、またはまだないディレクトリー',
    file: 'ファイル',
    id: '対象の ID',
  },
};
