/** Words of `key rotate --pickup` and `key retire --pickup`. */
export const hostKeyWords = {
  rotated: 'The next host key of the pickup server was made. It is not shown yet.',
  nextKey: 'Next key',
  shownKey: 'Shown until then',
  overlap:
    'Recipients enter it beside the one they have. Once all of them did, retire the old one: whoever has not entered the next key by then cannot connect.',
  steps: {
    send: 'both known_hosts lines, for each recipient',
    end: 'when all have both',
    restart: 'start it again: until then it shows the old key',
  },
  retired: (pin: string) =>
    `The host key ${pin} is retired, and its private half was removed. Once serve was started again, ask recipients to take it out of known_hosts.`,
  showsNext: (pin: string) => `From its next start on, serve shows ${pin}.`,
};

export type HostKeyWords = typeof hostKeyWords;
