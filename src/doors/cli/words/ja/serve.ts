import type { ServeWords } from '../en/serve.ts';

export const serveWords: ServeWords = {
  listening: (address, port) =>
    `受取サーバーは ${address} のポート ${String(port)} で待ち受けています。Ctrl-C または SIGTERM で止まります。`,
  hostKey: (pin) => `ホスト鍵は ${pin} です。`,
  exportKey: 'mimamori key export --pickup',
  exportKeyLabel: '提供先の known_hosts に書く行',
};
