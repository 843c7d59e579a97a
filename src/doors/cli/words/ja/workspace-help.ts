import type { workspaceHelp as english } from '../en/workspace-help.ts';
import type { TranslatedHelp } from '../help-words.ts';

export const workspaceHelp: TranslatedHelp<typeof english> = {
  '': {
    what: '漏えいしたおそれのあるカード番号を、二度目の漏えいを起こさずに、監視できる相手へ引き渡します。',
    options: {
      '--version': 'バージョンを表示する',
      '--workspace': 'ワークスペース(既定: $MIMAMORI_WORKSPACE、なければこのディレクトリー)',
      '--json': '標準出力に JSON を1つだけ出力する',
      '--lang': '画面の言語',
      '--no-color': '色を使わない(NO_COLOR と同じ)',
      '--passphrase-file': 'ワークスペースのパスフレーズを書いた、権限 0600 のファイル',
      '--credential-file': 'パスフレーズの代わり: credential create のファイル',
      '--as': 'どの担当者として行うか',
      '--officer-key': '担当者の OpenPGP 秘密鍵。このコマンドだけで使う',
      '--officer-passphrase-file': 'その鍵のパスフレーズを書いた、権限 0600 のファイル',
      '--signature': '別の場所で作成した、担当者の分離署名',
      '--reason': '理由。操作とともに記録する',
    },
    more: [
      '終了コード: 0 完了 · 1 検証で不一致 · 64 使い方の誤り · 65 入力を受け付けない ·',
      '66 入力がない · 69 相手に接続できない · 70 内部エラー · 73 名前が使用済み ·',
      '74 ディスク · 75 後で再試行 · 76 ホスト鍵の変更 · 77 許可されていない ·',
      '78 設定 · 130 中断。このほかの番号はすべて失敗です。',
      '',
      '詳しい説明: docs/operating/first-handoff.md',
    ],
  },
  init: {
    what: 'ワークスペース(設定、鍵、空の監査ログ)を作る',
    options: {
      '--mode': 'drill(訓練)または live(本番)。後から変更できない',
      '--org': 'カードを引き渡す組織の名称(提供先に通じるもの)',
      '--openpgp': 'rsa4096(どの受け取り側でも使える)または ed25519',
      '--sftp-key': 'ed25519 または rsa-3072(古いサーバー向け)',
      '--anchor': '署名済みチェックポイントを置く、ワークスペース外のディレクトリー。本番では必須',
      '--time-zone': '画面と新しい事案で使うタイムゾーン',
      '--contact': '取引先からの連絡先。key sheet に印刷する',
    },
  },
  start: {
    what: '引き渡しに必要なことを、順に質問を受けながら準備する(端末で使用)',
    more: [
      '事案、入力ファイル、提供先、確認の順に質問し、引き渡しを準備して、',
      '承認者が行うことを示します。各段階で、同じことをするコマンドを表示します。',
      '何も送付しません。どの質問でも Ctrl-C で中止できます。',
    ],
  },
  status: { what: '自分の対応待ち、他の人の対応待ち、期限が近いもの' },
  doctor: {
    what: '機器、ファイル、担当者、証明書、監査ログを点検する。不備があれば終了コード 1',
    options: {
      '--ready': '今夜引き渡せるか、何が足りないか。足りないものがあれば終了コード 1',
      '--sources': '入力ファイルを置く場所(--ready のときの既定: このディレクトリー)',
    },
  },
  serve: { what: '受取サーバーと定時の処理を動かす(Ctrl-C または SIGTERM まで)' },
  key: { what: '自社の公開鍵と、すべての鍵の一覧' },
  'key list': { what: 'ワークスペースの鍵と登録した相手の鍵のすべてと、それぞれの期限' },
  'key export': {
    what: '取引先や監査担当者に渡す公開鍵を表示する',
    options: {
      '--openpgp': '自社の OpenPGP 公開鍵証明書(テキスト形式)',
      '--sftp': 'authorized_keys に書く行',
      '--log': '監査ログの検証鍵',
      '--pickup': '受取サーバーの known_hosts の行',
    },
  },
  'key rotate': {
    what: '新しい鍵を作る(それまでの鍵は key retire まで引退予定として残る)',
    options: {
      '--openpgp': '提供ファイルに署名し、届いたものを開く鍵',
      '--sftp': '提供先へのログインの鍵',
      '--pickup': '提供先が受取サーバーを見分けるホスト鍵',
      '--log': 'チェックポイントに署名する鍵',
      '--algorithm': '新しい鍵の方式。既定: rsa4096(--openpgp)、ed25519(--sftp)',
    },
  },
  'key retire': {
    what: '引退予定の鍵を引退させ、秘密鍵を削除する',
    options: {
      '--openpgp': '署名していた鍵。その署名のファイルはもう送付しない',
      '--sftp': '提供先へのログインの鍵',
      '--pickup': '受取サーバーのホスト鍵。serve の再起動後は次の鍵になる',
      '--log': 'チェックポイントに署名していた鍵',
    },
  },
  credential: { what: 'パスフレーズを入力しない場所でワークスペースを開くもの' },
  'credential create': {
    what: 'このワークスペースを開く資格情報を新しいファイルに書く(systemd-creds 用)',
  },
  'credential revoke': { what: '資格情報を無効にする。以後、これではワークスペースを開けない' },
  'key sheet': { what: '電話で読み上げる1枚: フィンガープリント、有効期間、連絡先' },
  audit: { what: 'すべての操作の監査ログ' },
  'audit verify': {
    what: '監査ログ全体(または書き出したもの)を計算し直し、全チェックポイントを検証する。不一致は終了コード 1',
    arguments: { dir: '書き出した監査ログ。省略時: ワークスペースのもの' },
    options: {
      '--vkey': '手元の検証鍵(key export --log)。既定: ワークスペースまたは書き出しのもの',
    },
  },
  'audit tail': {
    what: '監査ログの末尾の記録(古い順)',
    options: { '--entries': '件数' },
  },
  'audit export': {
    what: '監査ログを、他のツールでも検証できるファイルとして書き出す。--passphrase-file か --credential-file があれば新しいチェックポイントに署名し、なければ最新のものまで',
    arguments: { dir: '新しいディレクトリー' },
  },
  'audit prove': {
    what: '一つの項目が監査ログにあることの証明。検証鍵だけを持つ相手に渡す',
    arguments: { index: 'audit tail に表示される番号' },
    options: { '--output': '証明をこの新しいファイルに、項目を FILE.entry に書き出す' },
  },
  'audit verify-proof': {
    what: '証明と、その対象の項目を検証する。不成立は終了コード 1',
    arguments: { proof: 'audit prove が書き出した証明', entry: '対象の項目' },
    options: { '--vkey': '手元の検証鍵。既定: ワークスペースのもの' },
  },
  'audit recover': {
    what: '最後の項目が失われた監査ログを再開する。1名が --reason 付きで申請し、別の1名がダイジェストを指定して承認',
    arguments: { digest: '申請時に表示されたもの。なし: 新しい申請' },
  },
  'audit anchor': {
    what: '内容の足りないアンカーに、この監査ログの全チェックポイントを書き込む(--reason が必要)',
    options: {
      '--second': '本番で署名する別の担当者',
      '--second-signature': '最初の実行が書き出した文書への、その担当者の署名',
    },
  },
  backup: {
    what: '別の機器で続けるために必要なものすべてを、暗号化した1ファイルにする',
    arguments: { file: '新しいファイル' },
  },
  restore: {
    what: 'バックアップから新しいディレクトリーにワークスペースを作り、アンカーと照合する',
    arguments: { file: 'バックアップ' },
  },
  purge: { what: '不要になったものを消去する' },
  'purge incident': {
    what: '事案が残したものを消去する。監査ログ、計画、件数は残る(--reason が必要)',
    arguments: { id: '事案' },
    options: {
      '--early': '保存期間の終わる前、または設定のないときに消去する',
      '--second': '本番で期間前に消去するとき、署名する別の担当者',
      '--second-signature': '最初の実行が書き出した文書への、その担当者の署名',
    },
  },
  'purge source': {
    what: '引き渡しの済んだ入力ファイルを消去し、実施した内容と、証明できないことを示す',
    options: { '--force-reason': '引き渡していないカードがあっても消去する理由' },
    arguments: { file: '入力ファイル、または inbox:ID' },
  },
  demo: {
    what: '架空のカードで、見本の事案を最初から最後まで実演する',
    options: {
      '--keep': '後で中を見られるよう、すべてをこのディレクトリー(空または新規)に残す',
    },
    more: [
      'このプログラムだけで動きます。店舗、調査機関、提供先の役は別のプロセスが務め、',
      'この機器の中だけで使う SFTP サーバーも用意します。',
      '鍵は、誰でも持っている keys.example のものです。',
      '最後に1つでも期待と異なるものがあれば、終了コード 1 です。',
    ],
  },
};
