/** What a value has to be, by the English words of the fault. Words that a person types stand as they are. */
const phrases: Readonly<Record<string, string>> = {
  '--certificate, --fingerprint and --confirmed-by':
    '--certificate、--fingerprint、--confirmed-by のすべてが必要です',
  '--control-file as well, such as --control-file "{stem}.done"':
    '--control-file も必要です(例 --control-file "{stem}.done")',
  '--reason as well': '--reason も必要です',
  '--sftp as well: this recipient has no server':
    '--sftp も必要です(この提供先にはサーバーがありません)',
  '2026-11-22 14:05, or 2026-11-22T14:05:00+09:00':
    '2026-11-22 14:05 または 2026-11-22T14:05:00+09:00',
  'a batch of cards': 'カードの提供ファイル',
  'a date such as 2026-12-01': '日付(例 2026-12-01)',
  'a day that is not before --from': '--from 以後の日',
  'a directory such as /incoming/probe, without "..", "//" or "\\"':
    'ディレクトリー(例 /incoming/probe)。".."、"//"、"\\" は使えません',
  'a directory, because the mode is live': 'ディレクトリー(本番のため必須です)',
  'a number of cards': 'カードの枚数',
  'a recipient that fetches its files, with --pickup-key':
    '取りに来る提供先(--pickup-key があるもの)',
  'a recipient that is not disabled': '無効にしていない提供先',
  'a recipient with an SFTP server; this one has a folder':
    'SFTP サーバーのある提供先(この提供先はフォルダーです)',
  'a record reference of up to ten digits': '10桁までの管理番号',
  'a table, or cards by --record and --order': '表、または --record と --order によるカードの指定',
  'a text without a card number': 'カード番号を含まない文字列',
  'a text without control characters': '制御文字を含まない文字列',
  'a time between the sending of the test file and now': 'テストファイルの送付から現在までの時刻',
  'a whole amount, such as 1100': '整数の金額(例 1100)',
  'a whole number': '整数',
  'an answer, where terms are named': '条件を付けるときは、回答を指定してください',
  'an order number': '注文番号',
  'either --at or --withdraw': '--at と --withdraw のどちらか一つを指定してください',
  'either --not-before or --withdraw':
    '--not-before と --withdraw のどちらか一つを指定してください',
  'either --since or --withdraw': '--since と --withdraw のどちらか一つを指定してください',
  'four digits': '4桁の数字',
  'a directory on the SFTP server of the endpoint, and not the one that files are put into':
    '受け渡し先の SFTP サーバーのディレクトリーで、ファイルを置く場所とは別のもの',
  'a directory of at most 512 characters': '512文字までのディレクトリー',
  'a directory such as /incoming/cards, without "..", "//" or "\\"':
    'ディレクトリー(例 /incoming/cards)。".."、"//"、"\\" は使えません',
  'a span of a day such as 09:00-17:00; one over midnight is two':
    '1日の中の時間帯(例 09:00-17:00)。0時をまたぐものは二つに分けてください',
  'a span that begins before it ends; one over midnight is two':
    '始まりが終わりより前の時間帯。0時をまたぐものは二つに分けてください',
  'spans that do not overlap': '重ならない時間帯',
  'none: only with --answers-from': 'none(時間帯は --answers-from がある場合に限ります)',
  'only with a directory that answers are fetched from':
    '回答を取得するディレクトリーがある場合だけ',
  'a time zone such as Asia/Tokyo': 'タイムゾーン(例 Asia/Tokyo)',
  'a text in quotes': '引用符で囲んだ文字列',
  'a number': '数',
  'true or false': 'true または false',
  'a list': '配列',
  'an empty list': '空の配列',
  'a table': 'テーブル',
  'a text': '文字列',
  'an empty text': '空の文字列',
  'a date of the calendar': '暦にある日付',
  'a date that does not exist': '暦にない日付',
  'none: only of who fetches their files': 'none(期限は、受取箱から取得する提供先に限ります)',
  'only of a recipient who fetches their files': '受取箱から取得する提供先の場合だけ',
  'either hours or working days: one term cannot end at two moments':
    '時間数か営業日数のどちらか一つ',
  'a term in hours or in working days': '時間数または営業日数の期限',
  'a time of day from 00:01 to 23:59, such as 15:00': '00:01 から 23:59 までの時刻(例 15:00)',
  'yes or no': 'yes または no',
  'the running number of an answer, or none': '回答の通番、または none',
  'no: only who fetches their files is known by a key':
    'no(yes は、受取箱から取得し、鍵で確認できる提供先に限ります)',
  'its --fingerprint and --confirmed-by as well': '--fingerprint と --confirmed-by も必要です',
  'mimamori handoff request --signature FILE, once there is a plan to sign':
    '署名する計画ができてから mimamori handoff request --signature FILE',
  'not together with --batch or --whole': '--batch、--whole とは併用できません',
  'not here: the passphrase is needed': 'ここでは使えません(パスフレーズが必要です)',
  'not together with --officer-key': '--officer-key とは併用できません',
  'not together with --passphrase-file': '--passphrase-file とは併用できません',
  'not with --answer': '--answer とは併用できません',
  'nothing: it is known': '不要です(すでに分かっています)',
  'one of --issuer and --recipient': '--issuer と --recipient のどちらか一つを指定してください',
  'one of --met, --set-aside and --reopen':
    '--met、--set-aside、--reopen のどれか一つを指定してください',
  'one of --openpgp, --sftp, --log, --pickup':
    '--openpgp、--sftp、--log、--pickup のどれか一つを指定してください',
  'one of --openpgp, --sftp, --pickup, --log':
    '--openpgp、--sftp、--pickup、--log のどれか一つを指定してください',
  'one of --sftp, --manual and --pickup-key':
    '--sftp、--manual、--pickup-key のどれか一つを指定してください',
  'only with --state granted-with-terms': '--state granted-with-terms のときだけ使えます',
  'pan, expiry, ordered_at and the like, as --help has them':
    'pan、expiry、ordered_at など(--help にあるもの)',
  'spans of a day as well, such as 09:00-12:00,13:00-15:00':
    '時間帯も必要です(例 09:00-12:00,13:00-15:00)',
  'start=N,width=N,reset=never|daily|yearly, or none':
    'start=N,width=N,reset=never|daily|yearly または none',
  'together with --order': '--order と一緒に指定してください',
  'the batches, by --batch': '--batch による提供ファイルの指定が必要です',
  'the pinned host key; without a pin there is no connection':
    '登録したホスト鍵(登録なしでは接続しません)',
  'the terms, as they were told': '伝えられた条件',
  'three letters, such as JPY': '3文字(例 JPY)',
  'who said it, and --channel': '申告した人(--by)と --channel が必要です',
  'with --unit-price or --cap, such as JPY':
    '--unit-price または --cap と一緒に指定してください(例 JPY)',
};

/** Phrases with something in them. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/^at most (\d+)$/, '$1 以下'],
  [/^at least (\d+)$/, '$1 以上'],
  [/^spans of at least (\d+) minutes$/, '$1分以上の時間帯'],
  [/^at most (\d+) spans of a day$/, '$1個までの時間帯'],
  [/^days from 1 to (.+), or none$/, '1 から $1 までの日数、または none'],
  [
    /^hours, such as 72, to (.+); working days, such as 3-bank-days or 1-bank-days-15:00, to (.+); or none$/,
    '時間数(例 72、$1 まで)、営業日数(例 3-bank-days、1-bank-days-15:00、$2 まで)、または none',
  ],
  [/^a text of at most (.+) characters$/, '$1文字までの文字列'],
  [/^a time after the clock began \((.+)\)$/, '期限の起算($1)より後の時刻'],
  [/^a time such as (\S+) \((.+)\) or (\S+)$/, '時刻(例 $1($2)または $3)'],
  [/^an event that starts clocks of a merchant's own: (.+)$/, '加盟店ごとの期限を始める起算点: $1'],
  [/^not with (.+)$/, '$1 には使えません'],
  [/^who said it, in at most (.+) characters$/, '申告した人($1文字まで)'],
  [/^who sent it, in at most (.+) characters$/, '送ってきた人($1文字まで)'],
];

/** In Japanese; as it is where it lists words to type. */
export function expectedText(english: string): string {
  if (Object.hasOwn(phrases, english)) return phrases[english]!;
  const found = patterns.find(([pattern]) => pattern.test(english));
  return found === undefined ? english : english.replace(...found);
}
