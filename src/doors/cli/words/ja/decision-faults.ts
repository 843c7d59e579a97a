import type { Facts } from '../../../../domain/fault.ts';
import type { decisionFaults as en } from '../en/decision-faults.ts';
import { about, amendedIncident, fact, factOf, stateOf } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';
import { stateNames } from './state-names.ts';

const handoff = (f: Facts): string => fact(f, 'handoff', 'HANDOFF');
const officer = (f: Facts): string => fact(f, 'officer', 'この担当者');
const batch = (f: Facts): string => fact(f, 'batch', 'ファイル');
const nothingDecided = '何も決定・送付していません。';
const prepareAgain =
  '入力ファイルから引き渡しを準備し直すか、取り下げを作成し直してください。新しい計画には新しい承認が必要です';

const planAgain = (f: Facts): readonly Step[] => {
  const incident = amendedIncident(f);
  if (incident === undefined) return [prepareAgain];
  const command = `mimamori handoff recall --incident ${incident} --dry-run --reason "…" --as ID`;
  return [{ command, label: '変更後に対象外となるカードを確認します' }];
};

export const decisionFaults: Record<keyof typeof en, FaultWords> = {
  'handoff-unknown': {
    what: (f) => `引き渡し ${fact(f, 'handoff', '')} はありません`,
    next: () => [{ command: 'mimamori handoff list', label: '一覧を表示します' }],
  },
  'batch-unknown': {
    what: (f) =>
      factOf(f, 'recipient') === undefined
        ? `提供ファイル ${fact(f, 'batch', '')} はありません`
        : `引き渡し ${handoff(f)} に ${fact(f, 'recipient', '')} への提供ファイルはありません`,
    next: (f) => [
      { command: `mimamori handoff show ${handoff(f)}`, label: '提供ファイルと名前を表示します' },
    ],
  },
  'handoff-undecided': {
    what: (f) =>
      factOf(f, 'state') === 'preparing'
        ? `この事案の引き渡し ${handoff(f)} を、別のコマンドが準備しています`
        : `この事案の引き渡し ${handoff(f)} が承認待ちです`,
    means: () =>
      '二つの計画を同時に開くと、同じカードを二度送るおそれがあります。何も読み込んでいません。',
    next: (f) => [
      { command: `mimamori handoff show ${handoff(f)}` },
      {
        command: `mimamori handoff cancel ${handoff(f)} --as ID --reason "…"`,
        label: '中止します',
      },
    ],
  },
  'handoff-decided': {
    what: (f) =>
      factOf(f, 'batch') === undefined
        ? `引き渡し ${handoff(f)} はすでに決定済みです`
        : `引き渡し ${handoff(f)} は中止できません。提供ファイル ${batch(f)} は「${stateOf(f, 'state', stateNames.batch) ?? '処理中'}」です`,
    means: (f) =>
      factOf(f, 'state') === 'offered'
        ? '前に置いたときに提供先がファイルを開いており、全部を持っているかもしれません。提供先に確認してください。何も変更していません。'
        : '何も変更していません。',
    next: (f) => [
      { command: `mimamori handoff show ${handoff(f)}` },
      ...(factOf(f, 'state') === 'offered'
        ? [
            {
              command: `mimamori handoff resolve ${batch(f)} --outcome withdrawn --as ID --reason "…"`,
              label: '誰も持っていない場合',
            },
          ]
        : factOf(f, 'rest') === undefined
          ? []
          : [
              {
                command: `mimamori handoff cancel ${handoff(f)} --rest --as ID --reason "…"`,
                label: 'まだ送付していない分を中止します',
              },
            ]),
    ],
  },
  'handoff-empty': {
    what: (f) => `引き渡し ${handoff(f)} に送付するものがありません`,
    means: () => 'これから送付が必要なカードがありませんでした。',
    next: (f) => [
      { command: `mimamori handoff held ${handoff(f)}`, label: '判断待ちのレコード' },
      { command: `mimamori handoff findings ${handoff(f)}`, label: 'そのほかのレコードと理由' },
    ],
  },
  'handoff-not-approved': {
    what: (f) =>
      `引き渡し ${handoff(f)} は承認されていません${about(f, 'approvals', (n) => `(必要な${fact(f, 'required', '?')}名のうち${n}名)`)}`,
    means: () => '依頼者以外の承認があるまで、この機器から何も送付しません。何も送付していません。',
    next: (f) => [
      { command: `mimamori handoff review ${handoff(f)}`, label: '承認者が確認する内容' },
      {
        command: `mimamori handoff approve ${handoff(f)} --as ID --officer-key FILE`,
        label: '承認者が実行します',
      },
    ],
  },
  'request-unsigned': {
    what: (f) => `引き渡し ${handoff(f)} に依頼者の署名がまだありません`,
    means: () => nothingDecided,
    next: (f) => [
      {
        command: `mimamori handoff request ${handoff(f)} --as ${fact(f, 'requester', 'ID')} --officer-key FILE`,
        label: '依頼者が実行します',
      },
    ],
  },
  'command-unsigned': {
    what: (f) => `${officer(f)} は、コマンド「${fact(f, 'command', '')}」に署名していません`,
    means: () => '本番のワークスペースでは、変更のたびに担当者が署名します。何も変更していません。',
    next: (f) => [
      {
        command: `mimamori … ${fact(f, 'command', '')} --officer-key FILE`,
        label: '鍵を指定して、もう一度実行します',
      },
      {
        command: `sha256sum ${fact(f, 'path', 'FILE').replace(/\.json$/, '')}.said.json`,
        label: 'または、このファイルを読み、ダイジェストが文書の「said」と同じことを確かめます',
      },
      {
        command: `gpg --detach-sign ${fact(f, 'path', 'FILE')}`,
        label: '別の場所で文書に署名します',
      },
      {
        command: `mimamori … ${fact(f, 'command', '')} --signature FILE.sig`,
        label: '24時間以内に署名を渡します',
      },
    ],
  },
  'command-not-waiting': {
    what: (f) => `この署名を待っているコマンド「${fact(f, 'command', '')}」はありません`,
    means: () =>
      '別の場所で作った署名は、求められたコマンド1回分で、引数とファイルが同じ場合に 24時間以内だけ使えます。何も変更していません。',
    next: (f) => [
      {
        command: `mimamori … ${fact(f, 'command', '')}`,
        label: '署名を指定せずに実行すると、署名する文書を書き出します',
      },
    ],
  },
  'statement-used': {
    what: (f) => `この署名は「${fact(f, 'command', '')}」にすでに使われています`,
    means: () => '一つの署名で実行できるのは1回です。何も変更していません。',
    next: (f) => [
      {
        command: `mimamori … ${fact(f, 'command', '')}`,
        label: '署名を指定せずに実行すると、署名する文書を書き出します',
      },
    ],
  },
  'approver-is-requester': {
    what: (f) => `${officer(f)} は引き渡し ${handoff(f)} の依頼者のため、承認・却下できません`,
    means: () =>
      '引き渡しには、証明書の異なる2名が必要です。この操作は記録しました。何も送付していません。',
    next: (f) => [
      {
        command: `mimamori handoff approve ${handoff(f)} --as ID --officer-key FILE`,
        label: '別の担当者が実行します',
      },
    ],
  },
  'role-missing': {
    what: (f) =>
      factOf(f, 'role') === 'requester'
        ? `${officer(f)} はこの引き渡しを準備していないため、依頼者として署名できません`
        : `${officer(f)} には役割「${fact(f, 'role', '')}」がありません`,
    means: () => nothingDecided,
    next: () => [{ command: 'mimamori officer list', label: '担当者と役割の一覧' }],
  },
  'officer-unknown': {
    what: (f) => `担当者 ${fact(f, 'officer', '')} は登録されていません`,
    next: (f) => [
      { command: 'mimamori officer list' },
      {
        command: `mimamori officer add ID --name TEXT --roles ${fact(f, 'role', 'officer')} --certificate FILE --fingerprint …`,
      },
    ],
  },
  'officer-disabled': {
    what: (f) => `${officer(f)} は無効か、有効期間を過ぎています`,
    means: () => nothingDecided,
    next: () => [{ command: 'mimamori officer list', label: '有効な担当者の一覧' }],
  },
  'officer-required': {
    what: (f) => `担当者の指定が必要です${about(f, 'role', (r) => `(役割: ${r})`)}`,
    next: () => [
      { command: 'mimamori … --as ID', label: '担当者を指定します' },
      { command: 'mimamori officer list' },
    ],
  },
  'officer-key-required': {
    what: () => '担当者の署名が必要です',
    means: () => 'ID だけでは本人と確認できません。何も変更していません。',
    next: () => [
      {
        command: 'mimamori … --as ID --officer-key FILE',
        label: 'ここで署名します。鍵は保存しません',
      },
      'または、別の場所で署名し、--signature FILE で渡してください',
    ],
  },
  'officer-key-mismatch': {
    what: (f) => `鍵が、${officer(f)} の登録済みのものと一致しません`,
    means: () => nothingDecided,
    next: () => [{ command: 'mimamori officer list', label: '登録済みのフィンガープリント' }],
  },
  'reason-required': {
    what: (f) => `理由が必要です${about(f, 'act', (act) => `(${act})`)}`,
    means: () => '監査ログとともに残ります。後日、なぜそうしたかを問われます。',
    next: () => [{ command: 'mimamori … --reason "…"' }],
  },
  'plan-expired': {
    what: (f) =>
      `引き渡し ${handoff(f)} の計画は期限切れです${about(f, 'expired', (at) => `(${at})`)}`,
    means: () => '承認には期限があります。何も送付していません。',
    next: (f) => [
      {
        command: `mimamori handoff cancel ${handoff(f)} --rest --as ID --reason "…"`,
        label: '承認待ちのままの場合',
      },
      prepareAgain,
    ],
  },
  'plan-changed': {
    what: (f) =>
      `引き渡し ${handoff(f)} は計画と違う状態です${about(f, 'what', (what) => `(${what.replace(':', ' ')})`)}`,
    means: (f) =>
      amendedIncident(f) === undefined
        ? '証明書、受け渡し先、ホスト鍵、封入ファイルのいずれかが計画と違うため、承認は無効です。何も送付していません。'
        : 'この取り下げの作成後に事案が変更され、取り下げるはずのカードが再び対象になっている可能性があります。何も送付していません。',
    next: (f) => [
      { command: 'mimamori audit tail', label: '誰が何を変更したか確認します' },
      { command: `mimamori handoff cancel ${handoff(f)} --rest --as ID --reason "…"` },
      ...planAgain(f),
    ],
  },
  'statement-invalid': {
    what: () => 'Mimamori が書いた承認書ではありません',
    means: () => `別のプログラムで保存し直されたか、別のファイルです。${nothingDecided}`,
    next: (f) => [
      {
        command: `mimamori handoff approve ${handoff(f)} --as ID`,
        label: '承認書を書き出し直します',
      },
      'そのファイルに、そのまま署名してください',
    ],
  },
  'statement-other-plan': {
    what: (f) => `承認書が、引き渡し ${handoff(f)} とは別の計画のものです`,
    means: () => nothingDecided,
    next: (f) => [
      { command: `mimamori handoff review ${handoff(f)}`, label: '現在の内容を確認してください' },
      {
        command: `mimamori handoff approve ${handoff(f)} --as ID`,
        label: '正しい承認書を書き出します',
      },
    ],
  },
  'statement-missing': {
    what: (f) => `この署名に対応する、引き渡し ${handoff(f)} の承認書がありません`,
    means: () => nothingDecided,
    next: (f) => [
      {
        command: `mimamori handoff approve ${handoff(f)} --as ID`,
        label: '署名する承認書を書き出します',
      },
    ],
  },
};
