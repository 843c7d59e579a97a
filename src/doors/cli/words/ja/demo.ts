import { figure } from '../../figures.ts';
import type { DemoWords } from '../en/demo.ts';

export const demoWords: DemoWords = {
  first: [
    '訓練 · 見本の漏えい事案を最初から最後まで実行します。カード・人物・会社はすべて架空のもので、',
    'この機器の外には何も送りません。',
  ],
  scene: {
    workspace: 'ワークスペース',
    people: '関係者',
    sources: '入力ファイル',
    incident: '事案',
    prepare: '準備',
    request: '申請',
    refusal: '拒否',
    approve: '承認',
    deliver: '送付',
    receive: '受領',
    verify: '監査ログ',
  },
  begins: {
    workspace: '鍵と空の監査ログを作成しています',
    people: '証明書とホスト鍵を登録しています',
    sources: '店舗が注文を書き出し、調査機関が一覧を封緘しています',
    incident: '事案を登録しています',
    prepare: '読み込み、選別、名寄せ、封緘をしています',
    request: 'officer-1 が提供計画に署名しています',
    refusal: 'officer-1 が自分で承認しようとしています',
    approve: 'approver-1 が承認に署名しています',
    deliver: '両方の提供先に送付しています',
    receive: '提供先が復号して数えています',
    verify: '監査ログを計算し直しています',
  },
  workspace: (id) => `${id} — 鍵、設定、空の監査ログ`,
  people: (ids) => `${ids} — フィンガープリントとホスト鍵をピン留め`,
  sources: (orders, ordersCount, listed, listedCount) =>
    `店舗から ${orders} ${figure(ordersCount)}件、調査機関から ${listed} ${figure(listedCount)}件`,
  incident: (id, name, ranges) => `${id}、${name}。発行会社表 ${figure(ranges)}行`,
  prepare: (read, cards, files, plan) =>
    `${figure(read)}件を読み込み、カード ${figure(cards)}枚を提供ファイル ${figure(files)}件に封緘。提供計画 ${plan}`,
  request: (officer) => `${officer} が提供計画に署名`,
  refused: (officer, code, exit) =>
    `${officer} が同じ計画を承認しようとして拒否(${code}、終了コード ${exit})`,
  notRefused: (officer) => `${officer} が自分の計画を承認できてしまいました`,
  approve: (officer, plan) => `${officer} が提供計画 ${plan} を承認`,
  deliver: (parts) => `${parts}。SFTP、ホスト鍵はピン留めと一致`,
  toRecipient: (cards, recipient) => `${recipient} へ ${figure(cards)}枚`,
  receive: (files, cards) =>
    `提供先が自分の鍵で ${figure(files)}ファイルを復号。カード ${figure(cards)}枚`,
  verify: (entries) => `${figure(entries)}件を計算し直し、ハッシュと署名はすべて一致`,
  breach: (kind) => `一致しません — ${kind}`,
  sent: '送付',
  received: '受領',
  total: '合計',
  opened: (mode, file, size) => `${file} · ${size} · 表示は ${mode} · 署名は正しい`,
  notOpened: (file, code) => `${file} を開けませんでした — ${code}`,
  planted: '入力ファイル',
  plantedFound: (records, kinds) =>
    `送付してはならないレコードを ${kinds}種類混ぜて作成。${figure(records)}件すべてを意図どおりに判定`,
  twoPeople: '二人の確認',
  twoPeopleTold: (requester, approver) =>
    `申請は ${requester}、承認は ${approver}。${requester} 自身の承認は拒否`,
  log: '監査ログ',
  logTold: (entries, root) =>
    `${figure(entries)}件。チェックポイント ${figure(entries)} を署名し、アンカーに保存。ルート ${root}`,
  check: {
    'tally-adds-up': '読み込んだ件数が、カード・対象外・保留の合計と合いません',
    'planted-is-found': '混ぜたものと検出したものが一致しません',
    'own-approval-is-refused': '申請者が自分の提供を承認できました',
    'files-are-stored': '届いていないファイルがあります',
    'received-is-sent': '提供先が確認した内容が、送付した内容と一致しません',
    'log-holds': '監査ログが一致しません',
  },
  broken: 'このデモで不具合が見つかりました。報告してください。',
  took: (time) => `所要時間 ${time}。一時ディレクトリーで実行し、削除しました。`,
  kept: (time, directory) => `所要時間 ${time}。すべて ${directory} に残しました`,
  keptParts: {
    workspace: '設定、鍵、データベース、提供ファイル',
    sources: '店舗と調査機関から受け取ったもの(平文で受け取ったものは平文のまま)',
    received: '各提供先に届いたもの',
    people: '担当者2名の鍵とパスフレーズ、ワークスペースのパスフレーズ',
    anchor: 'ワークスペースの外に置いた署名済みチェックポイント',
  },
  next: {
    keep: 'すべて残して、中を見る',
    status: '誰が何を待っているか',
    show: '各ファイルがどこまで進んだか',
    findings: 'チェックデジットが合わないレコードの行',
    tail: '誰が何をしたか',
    again: '同じ入力でもう一度。全カードが提供済みになる',
    own: '自分のワークスペースを作る。続きは docs/operating/first-handoff.md',
  },
};
