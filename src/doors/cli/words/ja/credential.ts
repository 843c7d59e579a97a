import type { CredentialWords } from '../en/credential.ts';

export const credentialWords: CredentialWords = {
  made: (file) => `このワークスペースの資格情報を ${file} に書き込みました。`,
  means:
    'これとワークスペースを持つ者は、パスフレーズなしで開けます。サービスだけに渡し、ファイルは削除してください。',
  steps: {
    encrypt: 'このマシンだけで開けるようにする(root で)',
    load: 'サービスのユニットに書く。ほかの指定は不要',
    without: 'systemd がない場合',
    end: '無効にする',
  },
  revoked: '資格情報を無効にしました。このワークスペースはもう開けません。',
  revokedMeans:
    'これと keys/ の古い複製を持つ者は、その複製をまだ開けます。動作中のサービスは、止めるまで動き続けます。',
};
