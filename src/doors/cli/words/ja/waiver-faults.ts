import type { Facts } from '../../../../domain/fault.ts';
import { letterFields } from '../../../../domain/waivers/letter-fields.ts';
import { exceptionValues } from '../../../../domain/waivers/waiver-exceptions.ts';
import type { waiverFaults as en } from '../en/waiver-faults.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const nothing = '何も記録していません。';

const columns: Readonly<Record<string, string>> = {
  record: '管理番号(10桁以内の数字)も注文番号もありません',
  exception: `例外の語が ${exceptionValues.join('、')} のどれでもありません`,
  none: '例外を記入した行がありません',
  number: 'カード番号が含まれています。カードは管理番号で示してください',
  quotes: '引用符が閉じていません',
  charset: 'UTF-8 でも CP932 でもありません',
};
const problems: Readonly<Record<string, string>> = {
  charset: 'UTF-8 ではありません',
  placeholder: '使えない差し込み項目があります',
  braces: '差し込み項目になっていない {{ }} があります',
  control: '表示されない文字があります',
  'card-number': 'カード番号が含まれています',
};
const columnOf = (f: Facts): string => columns[fact(f, 'column', '')] ?? '読み取れません';

export const waiverFaults: Record<keyof typeof en, FaultWords> = {
  'exceptions-malformed': {
    what: (f) => `表${about(f, 'line', (line) => `の${line}行目`)}: ${columnOf(f)}`,
    means: () => nothing,
    next: (f) => [
      ...(f['column'] === 'number'
        ? ['カード番号がそのまま入っているため、ファイルを削除してください']
        : []),
      'record または order の列と、--exception を使わないときは exception の列がある表を指定してください',
    ],
  },
  'exceptions-unplaced': {
    what: (f) =>
      `${fact(f, 'incident', '事案')} の一覧にある ${fact(f, 'issuer', '発行会社')} のカードを示していない行があります: ${fact(f, 'lines', '?')}`,
    means: (f) =>
      [
        about(f, 'unknown', (n) => `一覧にない、取り下げ済み、または注文にカードがない: ${n}行。`),
        about(f, 'ambiguous', (n) => `複数のカードに当てはまる注文: ${n}行。`),
        about(f, 'elsewhere', (n) => `ほかの発行会社のカード: ${n}行。`),
        about(f, 'twice', (n) => `同じカードに別の例外: ${n}行。`),
        nothing,
      ].join(''),
    next: (f) => [
      'これらの行を直すか除いてください。管理番号はカードを確実に示します。注文番号はブランドと下4桁だけで探します',
      ...(f['unknown'] === undefined
        ? []
        : [
            'どの一覧にもなくなったカードには新たに記録できません。記録済みの例外は none で取り消せます',
          ]),
    ],
  },
  'letter-template': {
    what: (f) =>
      `${fact(f, 'file', '依頼文のひな形')}${about(f, 'line', (line) => ` ${line}行目`)}: ${problems[fact(f, 'problem', '')] ?? '使えません'}${about(f, 'found', (name) => `({{${name}}})`)}`,
    means: () => '依頼文は書き出していません。',
    next: () => [
      `差し込み項目: ${letterFields.map((field) => `{{${field}}}`).join(' ')}`,
      '直すか、削除してください。削除すると付属のひな形を使います',
    ],
  },
  'letter-without-cards': {
    what: (f) =>
      `${fact(f, 'incident', '事案')} で、${fact(f, 'issuer', 'この発行会社')} のカードを含む一覧の${about(f, 'recipient', (id) => `${id} への`)}提供が確認できていません`,
    means: (f) =>
      `${about(f, 'recipient', () => '発行会社が分からないカードは、その提供先の一覧にあるものだけを載せます。')}依頼文に載せるのは、届いたことが確かなカードだけです。こちらのフォルダーにあるものは、届いたとの申告を記録すると含まれます。依頼文は書き出していません。`,
    next: () => [
      { command: 'mimamori handoff list', label: '一覧の状況を表示します' },
      {
        command:
          'mimamori handoff record BATCH --rung received --channel phone --by "氏名" --at "YYYY-MM-DD HH:MM" --as ID',
        label: '届いたとの連絡を受けた後に記録し、依頼文を書き出します',
      },
    ],
  },
  'waiver-unsaid': {
    what: (f) =>
      `免除の依頼を記載できるファイルがありません${about(f, 'profiles', (p) => `: ${p}`)}`,
    means: () =>
      'どのファイル形式にも、依頼を記載する項目がありません。何も読み込まず、封入もしていません。',
    next: () => [
      '提供先の確認を得てから、ファイル形式のヘッダーに waiver_request を加えてください',
      { command: 'mimamori waiver request INCIDENT …', label: '別の方法で依頼した場合' },
    ],
  },
};
