import type { HostKeyWords } from '../en/host-key.ts';

export const hostKeyWords: HostKeyWords = {
  rotated: '受取サーバーの次のホスト鍵を作りました。まだ使われていません。',
  nextKey: '次の鍵',
  shownKey: 'それまでの鍵',
  overlap:
    '提供先には、今の鍵に加えて次の鍵も登録してもらいます。全提供先の登録が済んだら古い鍵を引退させてください。その時点で未登録の提供先は接続できなくなります。',
  steps: {
    send: 'known_hosts の2行(各提供先へ)',
    end: '全提供先の登録後',
    restart: '再起動(それまでは古い鍵のまま)',
  },
  retired: (pin) =>
    `ホスト鍵 ${pin} は引退しました。秘密鍵は削除しました。serve の再起動後、提供先に known_hosts からの削除を依頼してください。`,
  showsNext: (pin) => `serve は次の起動から ${pin} を使います。`,
};
