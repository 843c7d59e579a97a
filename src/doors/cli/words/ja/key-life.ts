import type { KeyLifeWords } from '../en/key-life.ts';

export const keyLifeWords: KeyLifeWords = {
  rotated: {
    openpgp: '新しい OpenPGP 鍵を作りました。今後はこの鍵で署名します。',
    sftp: '新しい SFTP 鍵を作りました。今後はこの鍵でログインします。',
  },
  newKey: '新しい鍵',
  overlap: {
    openpgp:
      '引退予定の鍵宛てに封入されたものは引き続き開けます。その鍵で署名したファイルも送付します。すべての取引先に新しい証明書が渡り、その署名で送付待ちのファイルがなくなったら、引退させてください。',
    sftp: '新しい鍵が未登録の提供先には、引退予定の鍵でログインします。すべての提供先で登録が済んだら、古い鍵を引退させてください。',
  },
  vouchedFor:
    '引退予定の鍵で新しい証明書に署名しました。以前の証明書を持つ相手は gpg --check-sigs で確かめられます。',
  notVouchedFor:
    '以前の鍵は期限切れのため、新しい証明書に署名できませんでした。すべての相手に電話でフィンガープリントを確認してください。',
  rotateSteps: {
    openpgp: {
      send: '新しい証明書と引退予定の証明書(各取引先へ)',
      call: '電話で読み上げるフィンガープリント',
      check: '本番の送付には、新しい鍵で署名したテストが必要',
      end: '全取引先に渡った後',
    },
    sftp: {
      send: 'authorized_keys の行(各提供先へ)',
      call: '電話で読み上げるフィンガープリント',
      check: '新しい鍵だけでログインを確認',
      end: '全提供先の登録後',
    },
  },
  retiredKey: {
    openpgp: (fingerprint) => `OpenPGP 鍵 ${fingerprint} は引退しました。`,
    sftp: (pin) => `SFTP 鍵 ${pin} は引退しました。`,
  },
  unsent: (batches, handoffs) =>
    `この鍵で署名した未送付の${batches}は、今後も送付しません(引き渡し ${handoffs})。handoff deliver で期限切れにするか、handoff cancel --rest で中止してから、準備し直してください。`,
  retiredMeans: {
    openpgp:
      '開封にも署名にも使われません。この鍵で署名したファイルは送付しません。秘密鍵は削除しました。取引先には、新しい鍵だけに封入するよう依頼してください。',
    sftp: 'ログインには使われません。秘密鍵は削除しました。提供先にも登録の削除を依頼してください。',
  },
};
