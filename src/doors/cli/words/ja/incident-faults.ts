import type { Facts } from '../../../../domain/fault.ts';
import { startEvents } from '../../../../domain/incident/start-events.ts';
import type { incidentFaults as en } from '../en/incident-faults.ts';
import { about, fact, isOfBox } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const route = (f: Facts): string => {
  const number = fact(f, 'route', '?');
  return number === '0' ? '既定の振り分け(default_recipient)' : `${number}番目の振り分け`;
};
const tableKept = '取り込みは行わず、これまでの表をそのまま使います。';
const row = (f: Facts): string => about(f, 'line', (n) => (n === '0' ? '' : `の${n}行目`));
const fixAndImport = {
  command: 'mimamori bins import FILE',
  label: '直した後にもう一度実行します',
};
const mendIncident = '事案のファイルを直してください。何も変更していません';

/** Where a merchant is named that the incident does not have. */
function placeNamed(f: Facts): string {
  return (
    about(f, 'window', (window) => `(対象期間 ${window})`) +
    about(f, 'route', (number) => `(振り分け ${number})`) +
    about(f, 'source', (number) => `(入力ファイル ${number})`) +
    about(f, 'line', (number) => `(表の${number}行目)`)
  );
}

export const incidentFaults: Record<keyof typeof en, FaultWords> = {
  'incident-unknown': {
    what: (f) => `事案 ${fact(f, 'incident', '')} はありません`,
    next: () => [
      { command: 'mimamori incident list', label: '事案の一覧' },
      { command: 'mimamori incident open FILE.toml --as ID', label: '新しく登録します' },
    ],
  },
  'incident-exists': {
    what: (f) => `事案 ${fact(f, 'incident', '')} はすでに登録されています`,
    means: () => '何も変更していません。',
    next: (f) => [
      { command: `mimamori incident show ${fact(f, 'incident', 'ID')}` },
      '新しい事案には別の ID を付けてください',
    ],
  },
  'incident-closed': {
    what: (f) => `事案 ${fact(f, 'incident', '')} は終了しています`,
    means: () => '新たな引き渡しの準備も、二度目の終了もできません。',
    next: () => [
      '対象カードがさらに見つかった場合は、この事案を案件番号に記した新しい事案を登録してください',
    ],
  },
  'incident-changed': {
    what: (f) => `読み込み中に、事案 ${fact(f, 'incident', '')} が変わりました`,
    means: () =>
      'ほかの担当者が同時に、事案を変更したか、引き渡しを準備または決定しました。何も変更していません。',
    next: (f) => [
      { command: `mimamori incident show ${fact(f, 'incident', 'ID')}`, label: '現在の内容' },
      '同じコマンドをもう一度実行してください',
    ],
  },
  'start-event-unknown': {
    what: (f) => `${fact(f, 'event', 'これ')} という起算点はありません`,
    next: () => [`次のいずれかです: ${startEvents.join('、')}。何も記録していません`],
  },
  'start-event-unrecorded': {
    what: (f) => `${fact(f, 'event', 'この起算点')} は記録されていません`,
    means: () => '取り消すものがありません。何も変更していません。',
    next: () => [{ command: 'mimamori incident list', label: '事案の一覧' }],
  },
  'clock-time-ahead': {
    what: (f) => `${fact(f, 'at', '指定された時刻')} はまだ来ていません`,
    means: () => '起きていないことは記録できません。何も記録していません。',
    next: (f) => [
      `日付と、時差またはタイムゾーン(${fact(f, 'timeZone', 'UTC')})を確認してください`,
    ],
  },
  'clock-unknown': {
    what: (f) => `この事案に期限 ${fact(f, 'clock', '')} はありません`,
    means: () => '事案のファイルの [clocks] で外されている場合があります。何も記録していません。',
    next: () => [{ command: 'mimamori incident clocks ID', label: '期限の一覧と名前' }],
  },
  'clock-entry-changed': {
    what: (f) => `ほかの担当者が同時に ${fact(f, 'subject', '同じ項目')} を記録しました`,
    means: () => '今回の内容は記録していません。',
    next: (f) => [
      { command: `mimamori incident clocks ${fact(f, 'incident', 'ID')}`, label: '記録された内容' },
    ],
  },
  'holiday-year-missing': {
    what: (f) => `祝日表に ${fact(f, 'year', 'その')}年がありません`,
    means: (f) =>
      `表は ${fact(f, 'first', '?')}年から ${fact(f, 'last', '?')}年までです。祝日を除かずに計算した日付は誤りになるため、計算していません。`,
    next: () => ['この期限は手で数え、新しい版のプログラムを導入してください'],
  },
  'window-reversed': {
    what: (f) =>
      `対象期間 ${fact(f, 'window', '')} の終わりが始まりより前です${about(f, 'from', (from) => `(${from}`)}${about(f, 'to', (to) => `〜${to})`)}`,
    next: () => [mendIncident],
  },
  'window-name-repeated': {
    what: (f) => `対象期間の名前 ${fact(f, 'window', '')} が重複しています`,
    means: () =>
      '同じ名前を使えるのは、それぞれが別の加盟店を指定し、channels と listed_only が同じ場合だけです。',
    next: () => [mendIncident],
  },
  'merchant-repeated': {
    what: (f) => `加盟店の ID または番号 ${fact(f, 'merchant', '')} が重複しています`,
    means: () => '入力ファイルに書かれていても、どの加盟店のレコードか決められません。',
    next: () => ['加盟店ごとに別の ID と番号を指定してください。何も変更していません'],
  },
  'merchant-unknown': {
    what: (f) => `加盟店 ${fact(f, 'merchant', '')} はこの事案にありません${placeNamed(f)}`,
    means: (f) =>
      `加盟店は、事案の [[merchants]] の ID で指定します${about(f, 'known', (ids) => `: ${ids}`)}。何も変更していません。`,
    next: (f) => [
      {
        command: `mimamori incident show ${fact(f, 'incident', 'ID')}`,
        label: 'ID を確認します',
      },
    ],
  },
  'merchant-without-window': {
    what: (f) => `加盟店 ${fact(f, 'merchant', '')} の対象期間がありません`,
    means: () => 'この加盟店の注文がすべて対象外になり、気付けません。',
    next: () => [
      '対象期間の merchants に加えるか、merchants のない対象期間を設けてください。何も変更していません',
    ],
  },
  'merchants-absent': {
    what: (f) => `加盟店が指定されていますが${placeNamed(f)}、事案に加盟店の一覧がありません`,
    means: () => '加盟店が一つの事案には ID がなく、突き合わせられません。何も変更していません。',
    next: () => ['事案に [[merchants]] を加えるか、加盟店の指定を外してください'],
  },
  'look-up-by-name-off': {
    what: (f) => `氏名などの列が指定されていますが${placeNamed(f)}、この事案は索引を持ちません`,
    means: () => '氏名、郵便番号、電話番号は、事案で決めた場合にだけ読みます。',
    next: () => [
      '列の指定を外すか、look_up_by_name = true を加えて事案を変更してください。何も読んでいません',
    ],
  },
  'channel-contradiction': {
    what: (f) =>
      `チャネル ${fact(f, 'channel', '')} は対象外ですが、対象期間 ${fact(f, 'window', '')} に含まれています`,
    means: () => '漏えいの対象かどうかが矛盾しています。',
    next: () => ['excluded_channels か対象期間のどちらかから外してください。何も変更していません'],
  },
  'route-without-condition': {
    what: (f) => `${route(f)}に条件がありません`,
    means: () => 'すべてのカードが当てはまり、以降の振り分けが使われなくなります。',
    next: () => [
      'brand、issuer、country のいずれかを加えるか、default_recipient に指定してください',
    ],
  },
  'route-brand-unknown': {
    what: (f) => `${route(f)}の国際ブランド ${fact(f, 'brand', '')} はありません`,
    next: () => ['visa、mastercard、jcb、american-express、diners-club などの ID を使ってください'],
  },
  'route-recipient-unknown': {
    what: (f) => `${route(f)}の提供先 ${fact(f, 'recipient', '')} は登録されていません`,
    next: (f) => [
      { command: `mimamori recipient add ${fact(f, 'recipient', 'ID')} …`, label: '登録します' },
      { command: 'mimamori recipient list', label: '登録済みの一覧' },
    ],
  },
  'route-recipient-disabled': {
    what: (f) => `${route(f)}の提供先 ${fact(f, 'recipient', '')} は無効です`,
    means: () => '無効な提供先には何も送付できないため、何も読み込んでいません。',
    next: () => ['振り分けを別の提供先に変えてください', { command: 'mimamori recipient list' }],
  },
  'bin-overlap': {
    what: (f) => `発行会社表${row(f)}が ${fact(f, 'otherLine', '?')}行目と同じ番号帯を含んでいます`,
    means: () => `一枚のカードの発行会社が二つになってしまいます。${tableKept}`,
    next: () => [
      'どちらかの行を残すか、valid_from と valid_to で期間を分けてください',
      fixAndImport,
    ],
  },
  'bin-reversed': {
    what: (f) => `発行会社表${row(f)}で、終わりが始まりより前です(${fact(f, 'column', 'high')})`,
    means: () => tableKept,
    next: () => ['その行の二つの値を入れ替えてください', fixAndImport],
  },
  'bin-malformed': {
    what: (f) => `発行会社表${row(f)}を読めません${about(f, 'column', (c) => `(${c})`)}`,
    means: () => `番号帯は6〜11桁、日付は YYYY-MM-DD、国は2文字で書きます。${tableKept}`,
    next: () => [fixAndImport],
  },
  'bin-column-missing': {
    what: (f) => `発行会社表に ${fact(f, 'column', '必要な')} の列がありません`,
    means: () => tableKept,
    next: () => [
      {
        command: 'mimamori bins import FILE --columns low=…,high=…,issuer=…',
        label: '列名を指定します',
      },
    ],
  },
  'bins-altered': {
    what: () => 'config/bins/issuers.csv が、最後に取り込んだ発行会社表と異なります',
    means: (f) =>
      `発行会社はこの表で決まります。ファイルのダイジェストは ${fact(f, 'found', '?')}、監査ログの記録は ${fact(f, 'recorded', '?')} です。この表は使いません。`,
    next: () => [
      { command: 'mimamori bins import FILE --as ID', label: '表を取り込み、監査ログに記録します' },
    ],
  },
  'endpoint-malformed': {
    what: (f) => `SFTP の受け渡し先を読めません${about(f, 'part', (part) => `(${part})`)}`,
    next: (f) => [
      `${fact(f, 'expected', 'user@host:port/directory')} の形で書いてください。何も変更していません`,
    ],
  },
  'endpoint-with-password': {
    what: () => 'SFTP の受け渡し先にパスワードが含まれています',
    means: () => 'シェルの履歴に残り、ほかのプロセスからも見えていました。保存はしていません。',
    next: () => [
      '提供先と連絡を取り、そのパスワードを変更してください',
      { command: 'mimamori recipient add … --authentication password --password-file FILE' },
    ],
  },
  'endpoint-shared': {
    what: (f) =>
      `${fact(f, 'first', '一つ目')} と ${fact(f, 'second', '二つ目')} の${isOfBox(f) ? '公開鍵' : '受け渡し先'}が同じです${about(f, 'endpoint', (e) => `: ${e}`)}`,
    means: (f) =>
      isOfBox(f)
        ? '一つの公開鍵で二つの受取箱が開いてはなりません。'
        : '一方の提供先が、他方のファイルを見つけてしまいます。',
    next: (f) => [
      `二つ目の相手に、専用の${isOfBox(f) ? '公開鍵' : 'ディレクトリー'}を依頼してください`,
    ],
  },
  'profile-unknown': {
    what: (f) =>
      `${f['folder'] === 'answers' ? '回答の書式' : 'ファイル形式'} ${fact(f, 'profile', '')} はありません`,
    next: (f) => [
      `組み込みのものか、config/${fact(f, 'folder', 'profiles')}/NAME.toml です。docs/formats を確認してください`,
    ],
  },
  'references-by-merchant': {
    what: (f) =>
      `${fact(f, 'recipient', '提供先')} のファイル形式 ${fact(f, 'profile', '')} には、参照番号の加盟店の列がありません`,
    means: () =>
      '事案には複数の加盟店があり、別の店舗に同じ注文番号があるかもしれません。どの決済か分からないため、何も封入していません。',
    next: (f) => [
      {
        command: `mimamori recipient update ${fact(f, 'recipient', 'ID')} --profile PROFILE --reason "…"`,
        label: 'merchant の列を加えたファイル形式を提供先に確認してもらい、テストしてください',
      },
    ],
  },
  'profile-subject': {
    what: (f) =>
      `${fact(f, 'recipient', '提供先')} のファイル形式 ${fact(f, 'profile', '')} は、${f['subject'] === 'references' ? '参照番号' : 'カード'}の引き渡しに使えません`,
    means: () => 'ファイル形式は、カード用か参照番号用のどちらかです。何も封入していません。',
    next: (f) => [
      {
        command: `mimamori recipient update ${fact(f, 'recipient', 'ID')} --profile ${f['subject'] === 'references' ? 'references' : 'PROFILE'} --reason "…"`,
        label: '提供先が形式を確認した後に変更し、テストします',
      },
      'または、同じ相手を、別の形式と専用のディレクトリーを持つ二つ目の提供先として登録してください',
    ],
  },
  'profile-invalid': {
    what: (f) => `ファイル形式の定義が矛盾しています${about(f, 'problems', (p) => `: ${p}`)}`,
    next: () => [
      'config/profiles または config/answers のファイルを直してください。何も変更していません',
    ],
  },
  'text-not-encodable': {
    what: (f) =>
      `${fact(f, 'field', '文字列')} を ${fact(f, 'charset', '提供先の文字コード')} で書けません`,
    means: () =>
      '「?」に置き換えると、提供先の読む内容が変わるおそれがあります。何も封入していません。',
    next: () => ['事案または設定に、英字など書ける形で入力してください'],
  },
  'text-too-long': {
    what: (f) => `${fact(f, 'field', '文字列')} が提供先の形式には長すぎます`,
    next: () => ['事案または設定で短くしてください。何も封入していません'],
  },
  'number-too-large': {
    what: (f) => `${fact(f, 'field', '数値')} が提供先の形式に収まりません`,
    next: () => ['桁数の多い形式を提供先に依頼してください。何も封入していません'],
  },
  'too-many-records': {
    what: (f) => {
      const limit = fact(f, 'cardsMax', fact(f, 'max', ''));
      return `レコードが上限を超えています${limit === '' ? '' : `(上限 ${limit}件)`}`;
    },
    means: () => '何も保存・送付していません。',
    next: () => [
      '入力ファイルを分けるか、上限の引き上げを提供先に依頼してください。設定の [limits] も確認してください',
    ],
  },
};
