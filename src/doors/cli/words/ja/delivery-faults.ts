import type { Facts } from '../../../../domain/fault.ts';
import { sizeIn } from '../../figures.ts';
import type { deliveryFaults as en } from '../en/delivery-faults.ts';
import { about, fact, factOf, numberOf } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';

const host = (f: Facts): string => fact(f, 'host', '提供先');
const port = (f: Facts): string => {
  const number = numberOf(f, 'port');
  return number === undefined ? '' : `:${String(number)}`;
};
const file = (f: Facts): string => fact(f, 'file', 'ファイル');
const directory = (f: Facts): string => about(f, 'directory', (d) => ` ${d} `);
const step = (f: Facts): string => about(f, 'step', (s) => `(${s})`);
const notPublished = '提供先には何も格納されていません。';
const holdsAnswers = (f: Facts): boolean => factOf(f, 'holds') === 'answers';
const bytesOf = (f: Facts, name: string): string => {
  const bytes = numberOf(f, name);
  return bytes === undefined ? '?' : sizeIn(bytes, 'ja');
};
const deliverAgain: Step = {
  command: 'mimamori handoff deliver HANDOFF --as ID',
  label: '続きから再開します',
};
const askThem = '提供先に連絡してください。連絡先は mimamori recipient show ID で確認できます';

/** What would have to be allowed, if anything would help. */
const allowSteps = (f: Facts, label: string): Step[] => {
  const names = f['allow'];
  if (!Array.isArray(names) || names.length === 0) return [askThem];
  const options = names.map((name) => `--allow-algorithm ${String(name)}`).join(' ');
  return [{ command: `mimamori recipient update ID ${options} --reason "…"`, label }];
};

export const deliveryFaults: Record<keyof typeof en, FaultWords> = {
  'host-key-missing': {
    what: (f) => `${host(f)} のホスト鍵が登録されていません`,
    means: () => '登録がないと、他人に送ってしまうおそれがあります。接続していません。',
    next: () => [
      '提供先にホスト鍵の SHA256 フィンガープリントを電話で確認してください',
      { command: 'mimamori recipient update ID --host-key SHA256:… --confirmed-by "…"' },
    ],
  },
  'host-key-changed': {
    what: (f) => `${host(f)}${port(f)} のホスト鍵が、登録したものと違います`,
    means: (f) =>
      `${about(f, 'presented', (keys) => `提示  ${keys}\n`)}${about(f, 'expected', (keys) => `登録  ${keys}\n`)}第三者が通信に割り込んでいるおそれがあります。ファイルもパスワードも送っていません。`,
    next: () => [
      '先に進まず、以前から知っている電話番号で提供先に連絡してください。この件のメールにある番号は使わないでください',
      {
        command: 'mimamori recipient update ID --host-key SHA256:… --confirmed-by "…"',
        label: '電話で読み上げられたものだけを登録します',
      },
      '引き渡しを準備し直してください。ホスト鍵が変わると、新しい承認が必要です',
    ],
  },
  'algorithms-refused': {
    what: (f) =>
      `${host(f)}${port(f)} は、受け入れられる暗号方式に対応していません${about(f, 'missing', (kinds) => `(${kinds})`)}`,
    means: (f) =>
      `${about(f, 'offered', (names) => `提供先の方式: ${names}\n`)}提供先の SSH が古すぎます。${notPublished}`,
    next: (f) => [
      '提供先に SSH サーバーの更新か、別の受け渡し先を依頼してください',
      ...allowSteps(f, 'それまでの間に限り、理由を添えて許可する場合'),
    ],
  },
  'protocol-fault': {
    what: (f) => `${host(f)} がプロトコルに反する応答をしました${step(f)}`,
    means: () => '応答を信頼できないため、接続を切りました。',
    next: () => [deliverAgain, askThem],
  },
  'peer-unavailable': {
    what: (f) => `${host(f)}${port(f)} に接続できません${about(f, 'reason', (r) => `(${r})`)}`,
    means: () => 'ファイルは送っていません。',
    next: () => [
      deliverAgain,
      '続く場合は、当方のアドレスが許可されているか提供先に確認してください',
    ],
  },
  'authentication-refused': {
    what: (f) => `${host(f)} にログインを拒否されました`,
    means: () => 'ファイルは送っていません。',
    next: () => [
      { command: 'mimamori key export --sftp', label: 'authorized_keys に登録してもらう行' },
      'アカウントと鍵が登録済みか、ユーザー名が正しいか、提供先に確認してください',
    ],
  },
  'credential-unusable': {
    what: (f) => `この提供先用の認証情報(${fact(f, 'credential', '鍵')})を使えません`,
    means: () => '接続していません。',
    next: () => [{ command: 'mimamori doctor' }, { command: 'mimamori recipient show ID' }],
  },
  'sftp-refused': {
    what: (f) => `${host(f)} はログインできますが、SFTP を使えません`,
    means: () => 'ファイルは送っていません。',
    next: () => ['当方のアカウントでの SFTP の許可を提供先に依頼してください'],
  },
  'remote-directory-missing': {
    what: (f) => `${host(f)} にディレクトリー${directory(f)}がありません`,
    means: (f) => (holdsAnswers(f) ? '何も取り込んでいません。' : notPublished),
    next: (f) => [
      '提供先に作成を依頼するか、正しいパスを確認してください',
      holdsAnswers(f)
        ? { command: 'mimamori response collect --as ID', label: '用意できた後に実行します' }
        : { command: 'mimamori handoff retry BATCH --as ID', label: '用意できた後に実行します' },
    ],
  },
  'remote-read-only': {
    what: (f) => `${host(f)} のディレクトリー${directory(f)}に書き込めません`,
    means: () => notPublished,
    next: () => [
      '提供先に書き込み権限を依頼してください',
      { command: 'mimamori handoff retry BATCH --as ID', label: '権限が付いた後に実行します' },
    ],
  },
  'remote-unsupported': {
    what: (f) => `${host(f)} は送付に必要な操作に対応していません${step(f)}`,
    means: () => notPublished,
    next: () => [
      askThem,
      { command: 'mimamori recipient update ID --manual DIR', label: '当面は手渡しにします' },
    ],
  },
  'remote-full': {
    what: (f) =>
      `${host(f)} に ${file(f)} の空き容量がありません${factOf(f, 'neededBytes') === undefined ? '' : `(空き ${bytesOf(f, 'freeBytes')}、必要 ${bytesOf(f, 'neededBytes')})`}`,
    means: () => notPublished,
    next: () => [
      '提供先に空きの確保を依頼してください',
      { command: 'mimamori handoff retry BATCH --as ID', label: 'その後に実行します' },
    ],
  },
  'remote-failure': {
    what: (f) => `${host(f)} が理由を示さずに操作を拒否しました${step(f)}`,
    means: () =>
      '提供先のディスク、容量制限、権限のいずれかです。今回の操作では格納されていません。',
    next: () => [
      askThem,
      { command: 'mimamori handoff retry BATCH --as ID', label: '原因が分かった後に実行します' },
    ],
  },
  'remote-content-differs': {
    what: (f) => `${file(f)} を読み戻すと、送ったものと違います`,
    means: () =>
      '途中または提供先のディスクで壊れています。格納は完了していません。提供先にあるものは、証拠としてそのまま残しています。',
    next: () => [
      askThem,
      { command: 'mimamori handoff retry BATCH --as ID', label: '送り直します' },
    ],
  },
  'temporary-taken': {
    what: (f) => `${host(f)} で ${file(f)} の一時的な名前がすでに使われています`,
    means: () => 'ほかの何かが同じ場所に書き込んでいます。上書きはしていません。',
    next: () => [deliverAgain, askThem],
  },
  'target-taken': {
    what: (f) => `${file(f)} と同じ名前で、内容の違うファイルがあります`,
    means: () => '上書きはしていません。名前は再利用しないため、ほかの誰かが書いたものです。',
    next: () => [
      'それが何か、誰が置いたかを提供先に確認してください',
      {
        command:
          'mimamori handoff resolve BATCH --outcome stored|not-stored|withdrawn --as ID --reason "…"',
        label: '回答を登録します',
      },
    ],
  },
  'connection-lost': {
    what: (f) => `${host(f)} との接続が切れました${step(f)}`,
    means: () => 'どこまで進んだかは handoff show で確認できます。',
    next: () => [deliverAgain],
  },
  'deadline-passed': {
    what: (f) => `${host(f)} が時間内に応答しませんでした${step(f)}`,
    means: () => 'どこまで進んだかは handoff show で確認できます。',
    next: () => [deliverAgain],
  },
  'outcome-unknown': {
    what: (f) => `${fact(f, 'batch', '提供ファイル')} が届いたかどうか、こちらからは分かりません`,
    means: () => 'すでに取り込まれたおそれがあります。二重送付を防ぐため、自動では再送しません。',
    next: (f) => [
      '届いたかどうか提供先に確認してください。連絡先は mimamori recipient show ID にあります',
      {
        command: `mimamori handoff resolve ${fact(f, 'batch', 'BATCH')} --outcome stored|not-stored --as ID --reason "…"`,
      },
    ],
  },
  'sealed-file-differs': {
    what: () => 'この機器の封入ファイルが、承認されたものと違います',
    means: () => '破損またはすり替えです。提供先には格納していません。',
    next: () => [
      { command: 'mimamori audit verify', label: 'ほかに変更がないか確認します' },
      'ファイルを証拠として保管し、引き渡しを中止して準備し直してください',
    ],
  },
  'sealed-file-unreadable': {
    what: () => 'この機器の封入ファイルを読み込めません',
    means: () => notPublished,
    next: () => [
      'ディスクを確認してください。失われた場合は、引き渡しを中止して準備し直してください',
    ],
  },
  'certificate-no-longer-good': {
    what: (f) => `${fact(f, 'recipient', '提供先')} の証明書が有効ではなくなりました`,
    means: (f) =>
      `${about(f, 'why', (code) => `(${code}) `)}このファイルは期限切れとし、送付しません。ほかのファイルは続けます。`,
    next: () => [
      '新しい証明書を提供先に依頼し、電話でフィンガープリントを確認してください',
      {
        command:
          'mimamori recipient update ID --certificate FILE --fingerprint … --confirmed-by "…"',
      },
      'これらのカードについて、引き渡しを準備し直してください',
    ],
  },
  'offer-ended': {
    what: () => '取得されないまま、または途中までのまま、このファイルの提示期間が終わりました',
    means: () => '同じファイルを同じ名前でもう一度提示できます。',
    next: (f) => [
      '提供先に、いま受け取れるかを確認してください',
      { command: `mimamori handoff retry ${fact(f, 'batch', 'BATCH')} --as ID --reason TEXT` },
    ],
  },
  'signing-key-no-longer-good': {
    what: (f) =>
      `このファイルに署名した自社の鍵${about(f, 'fingerprint', (key) => ` ${key} `)}は、もう使えません`,
    means: (f) =>
      `${about(f, 'why', (code) => `(${code}) `)}提供先で拒否されます。このファイルは期限切れとし、送付しません。`,
    next: () => [
      { command: 'mimamori key list' },
      'これらのカードの引き渡しを準備し直してください。使用中の鍵で署名します',
    ],
  },
  'batch-busy': {
    what: (f) => `${fact(f, 'batch', '提供ファイル')} を別のコマンドが送付しています`,
    next: () => ['終わるのを待ってください', { command: 'mimamori handoff show HANDOFF' }],
  },
  'fence-stale': {
    what: (f) => `${fact(f, 'batch', '提供ファイル')} を別のコマンドが引き継ぎました`,
    means: () => '二重に格納しないよう、このコマンドは停止しました。',
    next: () => [{ command: 'mimamori handoff show HANDOFF' }],
  },
  'delivery-interrupted': {
    what: () => '中断しました',
    means: () => '処理中だったファイルの状態は handoff show で確認できます。二重には送付しません。',
    next: () => [deliverAgain],
  },
  'delivery-broke': {
    what: () => '予期しない理由で送付が止まりました',
    means: () => '送付済みとはみなしません。分かっていることは handoff show で確認できます。',
    next: () => [deliverAgain, '繰り返す場合は、下のコードを添えて報告してください'],
  },
  'folder-missing': {
    what: () => 'この提供先のフォルダーがありません',
    means: () => '何も書き込んでいません。USB メモリーや共有の場合は、接続を確認してください。',
    next: () => [
      { command: 'mimamori recipient show ID', label: 'パスを表示します' },
      deliverAgain,
    ],
  },
  'folder-unwritable': {
    what: (f) => `${file(f)} をフォルダーに書き込めません${about(f, 'reason', (r) => `(${r})`)}`,
    means: () => '書きかけのものは削除しました。',
    next: () => ['空き容量と権限を確認してください', deliverAgain],
  },
};
