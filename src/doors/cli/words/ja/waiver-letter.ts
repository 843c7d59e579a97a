import { figure, writtenOut } from '../../figures.ts';
import type { WaiverLetterWords } from '../en/waiver-letter.ts';

export const waiverLetterWords: WaiverLetterWords = {
  blank: '______________________',
  drill: 'TEST - 訓練のための文書です。実際の依頼ではありません',
  day: writtenOut,
  window: ({ from, to, channels, merchants, isListedOnly }) => {
    const only = [
      ...(merchants === '' ? [] : [`加盟店: ${merchants}`]),
      ...(channels === '' ? [] : [`販売チャネル: ${channels}`]),
      ...(isListedOnly ? ['調査機関などの一覧にあるカードのみ'] : []),
    ];
    const span = `${writtenOut(from)}から${writtenOut(to)}まで`;
    return only.length === 0 ? span : `${span}(${only.join('、')})`;
  },
  brand: (brand, cards) => `${brand}: ${cards}枚`,
  list: (batch, recipient, day) => `一覧 ${batch}(提供先: ${recipient}、${day})`,
  separator: '、',
  more: (n) => `ほか${n}件`,
  annexHeading: ['管理番号', 'ブランド', '先頭6桁・下4桁', '注文数', '例外'],
  written: (folder, issuer, cards) =>
    `${folder}: ${issuer} への依頼文(日本語と英語)と、添付一覧(カード ${figure(cards)}枚)を書き出しました。`,
  means: 'カード番号の全桁は含まれていません。送る前に依頼文を読んでください。',
  sealed: (recipient, certificate) =>
    `当方の鍵で署名し、${recipient} だけが開けるように暗号化しました。証明書: ${certificate}`,
  sealedMeans:
    'カード番号の全桁は含まれていません。こちらでは開けません。依頼文を読むには、--recipient を付けずに別のフォルダーへ書き出してください。',
  blanks: (fields) => `伝えられていないため、依頼文で空欄のもの: ${fields}`,
  notLeft: (n) => `提供が確認できていない一覧のカード ${figure(n)}枚は、含めていません。`,
  send: (clear, sealed) =>
    `ファイルを送ってください。相手方は gpg --output ${clear} --decrypt ${sealed} のように開き、当方の鍵による署名を確かめます`,
  blankTerms:
    'requested_terms は waiver request --terms "…" で記録した内容です。先に記録し、別のフォルダーへ書き出してください。',
  request: (incident, issuer) =>
    `mimamori waiver request ${incident} --issuer ${issuer} --by "氏名" --channel mail --evidence FILE --as ID`,
  requestLabel: '送った後に、依頼文を根拠として記録します',
  why: '再び依頼する理由',
  answeredLabel: '回答の内容です(回答があったものは、依頼として記録できません)',
  except: (incident, issuer) =>
    `mimamori waiver except ${incident} --issuer ${issuer} --file FILE --by "氏名" --channel mail --as ID`,
  exceptLabel: '例外が記入された添付一覧が戻った後に記録します',
};
