export const serveWords = {
  runs: 'serve runs. Ctrl-C or SIGTERM stops it.',
  ended: 'serve has ended. Nothing of it is left running, and the log tells of its end.',
  listening: (address: string, port: number) =>
    `The pickup server listens on ${address} port ${String(port)}.`,
  noPickup: 'No pickup server: the settings have no [pickup].',
  delivers: 'It delivers what is approved, and tries again what failed and may pass by itself.',
  deliversNot: 'It delivers nothing by itself: [serve] deliver is not set. handoff deliver does.',
  hostKey: (pin: string) => `Its host key is ${pin}.`,
  label: 'serve',
  runsNot: 'does NOT run, and the settings count on it',
  runsNotSince: (moment: string) => `does NOT run; last seen ${moment}`,
  trouble: (what: string, why: string) => `${what}: ${why}`,
  /** By the name of the round. */
  round: {
    deliver: 'delivering',
    fetch: 'fetching answers',
    collect: 'taking answers in',
    notice: 'telling what is due',
    offer: 'ending offers',
  } as Readonly<Record<string, string>>,
  dueNow: 'serve sends it now',
  dueAt: (moment: string) => `serve sends it ${moment}`,
  planEnds: 'its plan ends before serve may send it',
  notBy: (why: string) => `serve does not send it: ${why}`,
  fetchesAt: (recipient: string, moment: string) =>
    `looks for answers of ${recipient} again from ${moment} on, in their hours`,
  fetchesNot: (recipient: string, why: string) =>
    `does not fetch answers of ${recipient} by itself: ${why}`,
  endsLabel: 'Plans',
  planEnding: (handoff: string, at: string) =>
    `${handoff}  not all of it was sent, and its plan ends ${at} → mimamori handoff deliver ${handoff} --as ID`,
  planEnded: (handoff: string, at: string) =>
    `${handoff}  not all of it was sent, and its plan ended ${at}: prepare it anew → mimamori handoff cancel ${handoff} --rest --as ID --reason TEXT`,
  offersLabel: 'Offers',
  offerEnding: (batch: string, recipient: string, at: string) =>
    `${batch}  ${recipient} has not begun to fetch it, and its offer ends ${at}: ring them up`,
  overdueLabel: 'Overdue',
  pickupOverdue: (batch: string, recipient: string, at: string, handoff: string) =>
    `${batch}  ${recipient} was to have fetched all of it by ${at}: ring them up → mimamori handoff show ${handoff}`,
  answerOverdue: (batch: string, recipient: string, at: string) =>
    `${batch}  the answer of ${recipient} was due ${at}: ring them up → mimamori response show ${batch}`,
  exportKey: 'mimamori key export --pickup',
  exportKeyLabel: 'the line for the known_hosts of recipients',
};

export type ServeWords = typeof serveWords;
