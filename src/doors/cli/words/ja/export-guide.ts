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
  recoveredTitle: (entry) => `この監査ログは項目 ${entry} で再開しています`,
  recovered: ({ index, first, last, requester, officer, before, after }) =>
    `監査ログ \`${before}\` の最後の項目 (${first === last ? first : `${first}〜${last}`}) が失われました。その内容は、ここからは分かりません。` +
    `項目 ${first} より前は、その監査ログのままです。${first === index ? '' : 'その後は、続きに使う写しが書いた項目です。'}新しい監査ログは項目 ${index} から始まり、名前は \`${after}\` で、鍵も別です。` +
    `申請者は ${requester}、承認者は ${officer} です。`,
  recoveredKey:
    '以前の鍵による署名は、再開の前後をつなぎません。以前の鍵を盗んだ人も、再開を名乗れるからです。次の鍵は、2名の担当者が申請書に' +
    '署名して示しています。申請書と2名の署名を監査ログの持ち主に求め(自由記述を含むため、書き出した監査ログには入りません。' +
    '事案の監査人向け資料には入っています)、それがある場所で検証します。',
  recoveredKeyGood: (statement, line) =>
    '二つの署名がどちらも正しく、知っている担当者2名のフィンガープリントによるものでなければなりません。ダイジェストは、項目に記録された ' +
    `\`${statement}\` と一致しなければなりません。最後に表示される鍵は、\`log.vkey\` の ${line}行目と一致しなければなりません。`,
  recoveredBefore: (line) =>
    `次に、以前の監査ログを検証します。\`log.vkey\` の ${line}行目が、当時受け取って手元に残した鍵でなければなりません。このディレクトリーで実行します。`,
  recoveredBeforeGood: (checkpoint, signed, size) =>
    `\`Signature Verified Successfully\` と表示されなければなりません。\`${checkpoint}\` は最初の ${figure(signed)}件の項目を対象とします。` +
    `手順3で、以前のチェックポイントとして指定してください。以前の監査ログの、${figure(size)}件を超えるほかのチェックポイントは、本物ですが、` +
    '対象の項目が失われたため、ここでは一致しません。保管してください。',
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
    'Python 3 で実行します(`python3 ~/check.py older.checkpoint …`)。',
  entriesGood:
    '最後に `all holds:` と表示されなければなりません。ルートを項目だけから計算し、以前のチェックポイントに署名したときの' +
    '項目で始まっていなければ、そのチェックポイントを示します。',
  wholeTitle: '4. タイルも検証する',
  whole:
    'タイルは個々の項目を調べるためのもので、ここまでの検証には使いません。Tessera の作者による検証ツールで、項目と' +
    '照合できます(Go と、取得のためのネットワークが必要です)。',
  meansTitle: '分かること、分からないこと',
  means: [
    'すべて成り立てば、手元のチェックポイントまでの項目は、誰にも変更、削除、追加されていません。項目は書かれた順に' +
      '並び、時刻はその機器のものです。',
    '項目の内容が事実であることや、記録されなかった操作がないことは分かりません。誰が何を承認したかは、担当者の署名を ' +
      'gpg で検証して確かめます。',
  ],
};
