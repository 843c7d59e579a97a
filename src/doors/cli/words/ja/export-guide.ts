import { figure } from '../../figures.ts';
import type { ExportGuideWords } from '../en/export-guide.ts';

export const exportGuideWords: ExportGuideWords = {
  title: '監査ログと、Mimamori を使わない検証方法',
  what: (origin, entries) =>
    `監査ログ \`${origin}\` の ${figure(entries)}件の項目です(操作一つにつき一件)。カード番号、名前、自由記述は含みません。` +
    '名前と理由は別に保管され、ソルト付きのダイジェストで結び付けられています。ファイルの配置は C2SP tlog-tiles ' +
    '(https://c2sp.org/tlog-tiles)、木は RFC 6962、署名は C2SP signed-note と tlog-checkpoint に従います。',
  filesTitle: 'ファイル',
  filesHead: ['ファイル', '内容'],
  files: [
    ['checkpoint', '監査ログの名前、項目数、ルートと、監査ログの署名'],
    ['log.vkey', '署名を検証する鍵。鍵が複数あった場合は最後の行'],
    ['key-changes/…', '鍵が複数あった場合: 古い鍵と新しい鍵の両方が署名したチェックポイント'],
    ['tile/entries/…', '256件ごとの項目。2バイトの長さに続く JSON です'],
    ['tile/0/…, tile/1/…', '木のハッシュ。256個ごと。途中までのファイルは .p/ と個数で終わります'],
  ],
  keyTitle: '1. 鍵を別の相手から受け取る',
  key: [
    '監査ログを書き換えられる人は、鍵も置き換えられます。`log.vkey` を、監査ログの持ち主から以前に受け取った鍵、または' +
      '以前から知っている電話番号で読み上げてもらった鍵(`mimamori key export --log` の表示)と照合してください。',
  ],
  signatureTitle: '2. 署名を検証する',
  signature: 'このディレクトリーで、openssl 3 を使います。',
  signatureGood:
    '`Signature Verified Successfully` と表示されなければなりません。`checkpoint` も目で確認してください。' +
    '1行目が `log.vkey` と同じ監査ログの名前、2行目が項目数、3行目がルートです。',
  entriesTitle: '3. 署名されたときの項目かどうかを検証する',
  entries:
    '手元にある以前のチェックポイント(印刷物、アンカーのファイル、以前の書き出しのもの)の署名も、すべて上と同じように' +
    '検証します。次に、下の内容を別の場所に `check.py` として保存し、それらのファイル名を付けて、このディレクトリーで ' +
    'Python 3 で実行します(`python3 /tmp/check.py older.checkpoint …`)。',
  entriesGood:
    '最後に `all holds:` と表示されなければなりません。ルートを項目だけから計算し、以前のチェックポイントに署名したときの' +
    '項目で始まっていなければ、そのチェックポイントを示します。',
  wholeTitle: '4. タイルも検証する',
  whole:
    'タイルは個々の項目を調べるためのもので、ここまでの検証には使いません。Tessera の作者による検証ツールで、項目と' +
    '照合できます(Go と、取得のためのネットワークが必要です)。',
  meansTitle: '分かること、分からないこと',
  means: [
    'すべて成り立てば、手元のチェックポイントまでの項目は、だれにも変更、削除、追加されていません。項目は書かれた順に' +
      '並び、時刻はその機器のものです。',
    '項目の内容が事実であることや、記録されなかった操作がないことは分かりません。だれが何を承認したかは、担当者の署名を ' +
      'gpg で検証して確かめます。',
  ],
};
