export const serveWords = {
  listening: (address: string, port: number) =>
    `The pickup server listens on ${address} port ${String(port)}. Ctrl-C or SIGTERM stops it.`,
  hostKey: (pin: string) => `Its host key is ${pin}.`,
  exportKey: 'mimamori key export --pickup',
  exportKeyLabel: 'the line for the known_hosts of recipients',
};

export type ServeWords = typeof serveWords;
