import type { RecipientTestWords } from '../en/recipient-test.ts';

export const recipientTestWords: RecipientTestWords = {
  sent: (id) => `${id} のテストファイルを受け渡し先に置きました。`,
  presumed: (id) =>
    `${id} のテストファイルを送りましたが、届いたかどうかは確認できません。相手の回答で分かります。`,
  notSent: (id, why) => `テストファイルは ${id} に届きませんでした。${why}`,
  notSentMeans: '記録しました。テストが済むまで、本番のファイルは送付できません。',
  onceMended: '原因を解消した後に実行します',
  beforeLive: '最初の本番送付の前に実行します',
  file: 'ファイル',
  certificate: '証明書',
  profile: 'ファイル形式',
  endpoint: '受け渡し先',
  combination: '組み合わせ',
  unseen:
    '公開されているテスト番号だけが入り、TEST と表示されます。どの番号が入っているかを表示するコマンドはありません。',
  call: (id) =>
    `以前から知っている電話番号で ${id} に連絡し、ファイルを開いてもらい、次のことを尋ねてください。`,
  questions: [
    'カードは何枚ありますか(見出しと末尾の行を除く)。',
    '最初のカードの下4桁は何ですか。',
    '最後のカードの下4桁は何ですか。',
  ],
  references: {
    unseen:
      '架空の参照番号が入り、TEST と記されています。どの番号かは、ここのどのコマンドにも出ません。',
    questions: [
      '参照番号は何件ありますか(見出しと末尾の行を除く)。',
      '最初の参照番号の下4桁は何ですか。',
      '最後の参照番号の下4桁は何ですか。',
    ],
    sheetNote:
      'TEST: 架空の参照番号だけが入っています。通話の最初にテストであることを伝えてください。',
  },
  whileSpeaking: '相手の回答を入力します',
  test: (id) => `mimamori recipient test ${id} --as ID`,
  confirm: (id) =>
    `mimamori recipient confirm ${id} --count N --first NNNN --last NNNN --by "…" --phone "…" --as ID`,
  confirmByFile: (id) => `mimamori recipient confirm ${id} --answer FILE --as ID`,
  byFile: '電話の代わりに、相手が開いた内容を署名・暗号化して返送したファイルを指定します',
  answered: (id) => `${id} がテストファイルを開き、登録済みの鍵で署名して返送しました。`,
  answerFile: '回答',
  bySignedFile: (time, digest) => `署名付きファイル ${time} · sha256 ${digest}`,
  confirmed: (id) => `${id} の回答はテストファイルと一致しました。`,
  confirmedMeans: (id) =>
    `この証明書、ファイル形式、受け渡し先の組み合わせで、${id} に本番のファイルを送付できます。いずれかを変更したときは、もう一度テストしてください。`,
  by: '読み上げた人',
  phone: '電話番号',
  at: '日時',
  tested: 'テスト',
  untested: '未実施のため、本番のファイルは送付できません',
  changedSince:
    'テスト後に証明書、ファイル形式または受け渡し先が変更されたため、本番のファイルは送付できません',
  state: {
    unsent: 'テストファイルが届いていません',
    'awaiting-answer': '電話またはファイルでの回答を待っています',
    misread: '回答が一致しません。新しいテストファイルを送ってください',
    superseded: '未実施のため、本番のファイルは送付できません',
  },
  sheetNote:
    'TEST: 公開されているテスト番号だけが入っています。通話の最初にテストであることを伝えてください。',
  handOver:
    'ファイルはそのままアップロードまたは持参してください。封入済みで、提供先だけが開けます。名前は変えないでください。',
};
