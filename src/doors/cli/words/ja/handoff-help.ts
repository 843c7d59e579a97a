import { wordChannels, wordRungs } from '../../../../domain/handoff/persons-word.ts';
import { stages } from '../../../../domain/handoff/stage.ts';
import { acceptableReasons } from '../../../../domain/intake/reasons.ts';
import { receivedWays } from '../../../../domain/intake/source-receipt.ts';
import type { handoffHelp as english } from '../en/handoff-help.ts';
import type { TranslatedHelp } from '../help-words.ts';

export const handoffHelp: TranslatedHelp<typeof english> = {
  handoff: { what: '引き渡しの準備、決定、送付、確認' },
  'handoff prepare': {
    what: '入力ファイルを読み、提供先ごとに1ファイルへ封入し、承認を依頼する',
    options: {
      '--incident': '対象の事案',
      '--source': '入力ファイル。- は標準入力、inbox:ID は受取箱のもの。複数指定可',
      '--kind': 'orders(注文記録)、recovered(調査・決済側の一覧)、references(参照番号)',
      '--reference-kind': '参照番号の種類: order(注文)、transaction(取引)、member(会員)',
      '--columns':
        'pan=…,expiry=…,ordered_at=…,channel=…, reference=…,merchant=…(列名または #番号)',
      '--channel': '入力ファイルの全レコードの販売チャネル',
      '--merchant': '全レコードの加盟店(加盟店が複数の事案で使用)',
      '--received': `入力ファイルの受領方法: ${receivedWays.join(', ')}`,
      '--ignore-column': 'この列を読まない。列名または #番号。複数指定可',
      '--accept-unsigned': '登録済みの送付元の署名と暗号化がないものも受け付ける(--reason が必要)',
      '--not-sensitive': 'この列はセキュリティコードではない(--reason が必要)',
      '--accept-held': `保留のレコードを含める(${acceptableReasons.join(', ')})。--reason が必要`,
      '--stage': `一覧の区分: ${stages.join(', ')}(既定: 事案の記載、なければ interim)`,
      '--request-waiver': '再発行手数料の免除の依頼を提供ファイルに記載する',
      '--accept-absent': '以前の一覧のカードが足りなくても全件の一覧を作る(--reason が必要)',
      '--jobs': '読み込みと封入のスレッド数(既定: コア数)',
      '--preview': '読み取り方と、先頭のレコードを伏せ字で表示する。何も保存しない',
      '--dry-run': 'すべてを読んで数えるが、何も保存せず、書き出さない',
    },
    more: [
      '例:',
      '  mimamori handoff prepare --incident shop-a-2020 --source orders.csv --preview',
      '  mimamori handoff prepare --incident shop-a-2020 --source orders.csv \\',
      '    --as officer-1 --dry-run',
      '  mimamori handoff prepare --incident shop-a-2020 --source orders.csv=shop-a \\',
      '    --source pfi.csv.pgp=pfi --as officer-1 --officer-key officer-1.asc',
      '',
      'spec は TOML ファイルか、config/sources の入力定義の名前(eccube4 など)です。',
      '依頼者以外の人が承認するまで、何もこの機器の外へ出ません。',
    ],
  },
  'handoff import-sent': {
    what: 'このプログラムを使わずに送った一覧を取り込む。別の担当者が確認する',
    options: {
      '--incident': '対象の事案',
      '--recipient': '送った相手',
      '--source': '送ったとおりの一覧。- は標準入力',
      '--sent-at': '送った日時: 事案のタイムゾーンで 2026-11-22 14:05',
      '--channel': `手段: ${wordChannels.join(', ')}`,
      '--by': '誰が、誰に送ったか',
      '--columns': 'pan=…,expiry=…,reference=…(列名または #番号)',
      '--ignore-column': 'この列を読まない。複数指定可',
      '--accept-held': '保留のレコードを含める',
    },
  },
  'handoff recall': {
    what: '提供済みのカードを監視対象から外すよう依頼する(--reason が必要)',
    options: {
      '--incident': '対象の事案。ほかに指定がなければ、事案の変更による取り下げの提案',
      '--batch': 'この提供ファイルのカードだけ。複数指定可',
      '--whole': '指定した提供ファイルの全体',
      '--records': '管理番号で指定する。1行に10桁の番号を1件',
      '--dry-run': '該当するカードを表示し、何も保存しない',
    },
  },
  'handoff request': {
    what: '依頼者として計画に署名する(--officer-key なしで準備した場合)',
  },
  'handoff approve': {
    what: '依頼者以外の担当者として計画を承認する',
    more: [
      '--officer-key を指定すると、この場で署名します。指定しない場合は、署名する文書を',
      '書き出し、その場所を示します。gpg やスマートカードで署名し、その署名を渡して',
      'ください:',
      '  gpg --detach-sign approve-approver-1.json',
      '  mimamori handoff approve h7k2m9qa --as approver-1 \\',
      '    --signature approve-approver-1.json.sig',
    ],
  },
  'handoff decline': { what: '計画を却下する(--reason が必要)' },
  'handoff cancel': {
    what: '何も送付していない引き渡しを中止する(--reason が必要)',
    options: { '--rest': '一部を送付した引き渡しの、まだ送付していない分を中止する' },
  },
  'handoff deliver': {
    what: '承認済みのファイルを提供先へ送付する',
    options: {
      '--recipient': 'この提供先のファイルのみ',
      '--emergency': '方針で認められる場合に、依頼者1名で送付する(--reason が必要)',
    },
  },
  'handoff retry': { what: '送付に失敗したファイルを再送できるようにする(同じ内容、同じ名前)' },
  'handoff resolve': {
    what: '到達不明・一部取得のファイルがどうなったかを記録する(--reason が必要)',
    options: {
      '--outcome': 'stored、not-stored、withdrawn。一部取得のファイルは received、withdrawn',
      '--evidence': '根拠となるファイル。ダイジェストを監査ログに記録する',
    },
  },
  'handoff record': {
    what: '送付したファイルについての人の申告を記録する。機械による根拠とは別に保管',
    options: {
      '--rung': `申告の内容: ${wordRungs.join(' または ')}`,
      '--channel': `手段: ${wordChannels.join(', ')}`,
      '--by': '話した人: 氏名、部署、かけた電話番号',
      '--at': '日時: 事案のタイムゾーンで 2026-11-22 14:05、または時差付き',
    },
  },
  'handoff summary': {
    what: '印刷して保管する1枚: 件数、提供先、承認、根拠',
  },
  'handoff list': {
    what: '全引き渡し(古い順)',
    options: { '--incident': 'この事案のみ' },
  },
  'handoff show': { what: '引き渡しの各ファイルの進み具合と、その根拠' },
  'handoff review': {
    what: '承認者が判断する内容: 提供先と発行会社ごとの件数、桁を落とした見本',
  },
  'handoff findings': {
    what: '対象外または保留の全レコード: 入力ファイル、行、理由',
    options: {
      '--only': 'この理由のみ',
      '--merchant': 'この加盟店のレコードのみ',
    },
  },
  'handoff held': { what: '判断待ちのレコードと、判断のしかた' },
};
