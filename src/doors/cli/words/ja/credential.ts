import type { CredentialWords } from '../en/credential.ts';

export const credentialWords: CredentialWords = {
  made: (file) => `このワークスペースの資格情報を ${file} に書き込みました。`,
  means:
    'この資格情報とワークスペースの両方を持つ者は、パスフレーズなしで開けます。資格情報はサービスだけに渡し、ファイルは削除してください。',
  steps: {
    encrypt: 'この機器だけで開けるようにします(root で実行)',
    load: 'サービスのユニットに書きます。ほかの指定は不要です',
    without: 'systemd がない場合',
    end: '無効にします',
  },
  revoked: '資格情報を無効にしました。この資格情報では、もうワークスペースを開けません。',
  revokedMeans:
    'これと keys/ の古い複製を持つ者は、その複製をまだ開けます。動作中のサービスは、止めるまで動き続けます。',
};
