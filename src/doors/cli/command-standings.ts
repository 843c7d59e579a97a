/**
 * Who stands behind a command:
 * `signed`: it changes something, and its officer signs the command (a live workspace demands it);
 * `sealed`: likewise, but the file it names may hold card numbers and is never opened here; its digest enters the log
 * from the process that reads it;
 * `own`: the officers sign a statement of its own kind, a plan, an approval or a configuration, or it carries out what
 * they signed;
 * `reads`: it changes nothing that officers answer for;
 * `outside`: there is no workspace yet, or not this one.
 */
export type CommandStanding = 'signed' | 'sealed' | 'own' | 'reads' | 'outside';

const standings: Readonly<Record<string, CommandStanding>> = {
  'officer add': 'signed',
  'officer disable': 'signed',
  'sender add': 'signed',
  'sender disable': 'signed',
  'recipient add': 'signed',
  'recipient update': 'signed',
  'recipient disable': 'signed',
  'recipient test': 'signed',
  'recipient confirm': 'sealed',
  'recipient probe': 'signed',
  'bins import': 'signed',
  'incident open': 'signed',
  'incident amend': 'signed',
  'incident close': 'signed',
  'incident record': 'signed',
  'incident clock': 'signed',
  'incident recalled': 'signed',
  'incident told': 'signed',
  'handoff cancel': 'signed',
  'handoff resolve': 'signed',
  'handoff retry': 'signed',
  'handoff record': 'signed',
  'notices record': 'signed',
  'notices export': 'signed',
  'incident export': 'signed',
  'response settle': 'signed',
  'audit anchor': 'signed',
  'response import': 'sealed',
  'purge source': 'sealed',
  'config drop': 'signed',
  'config propose': 'own',
  'config approve': 'own',
  'audit recover': 'own',
  'config diff': 'reads',
  'config show': 'reads',
  'config history': 'reads',
  'purge incident': 'signed',
  'handoff prepare': 'own',
  'handoff import-sent': 'own',
  'handoff recall': 'own',
  'handoff request': 'own',
  'handoff approve': 'own',
  'handoff decline': 'own',
  'handoff deliver': 'own',
  'response collect': 'own',
  serve: 'own',
  status: 'reads',
  doctor: 'reads',
  backup: 'reads',
  'officer list': 'reads',
  'sender list': 'reads',
  'source list': 'reads',
  'recipient list': 'reads',
  'recipient show': 'reads',
  'bins show': 'reads',
  'incident list': 'reads',
  'incident show': 'reads',
  'incident clocks': 'reads',
  'incident readiness': 'reads',
  'handoff list': 'reads',
  'handoff show': 'reads',
  'handoff review': 'reads',
  'handoff findings': 'reads',
  'handoff held': 'reads',
  'handoff summary': 'reads',
  'waiver request': 'signed',
  'waiver record': 'signed',
  'waiver except': 'signed',
  'waiver letter': 'signed',
  'waiver show': 'reads',
  'waiver report': 'reads',
  'response list': 'reads',
  'response show': 'reads',
  'notices show': 'reads',
  'lookup card': 'reads',
  'lookup order': 'reads',
  'lookup person': 'reads',
  'key list': 'reads',
  'key export': 'reads',
  'key sheet': 'reads',
  'key rotate': 'signed',
  'key retire': 'signed',
  'credential create': 'signed',
  'credential revoke': 'signed',
  'audit verify': 'reads',
  'audit tail': 'reads',
  'audit export': 'reads',
  'audit prove': 'reads',
  'audit verify-proof': 'reads',
  init: 'outside',
  restore: 'outside',
  start: 'outside',
  demo: 'outside',
};

/** How a command stands; one that nobody placed is signed, so that forgetting it refuses rather than lets pass. */
export function standingOf(command: string): CommandStanding {
  return standings[command] ?? 'signed';
}

/** Whether an officer signs the command itself. */
export function isSigned<C extends { readonly standing: CommandStanding }>(
  command: C | undefined,
): command is C {
  return command?.standing === 'signed' || command?.standing === 'sealed';
}

/** Whether somebody placed it. */
export function isPlaced(command: string): boolean {
  return Object.hasOwn(standings, command);
}
