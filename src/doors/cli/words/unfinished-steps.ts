import type { Facts } from '../../../domain/fault.ts';
import type { UnfinishedThing } from '../../../domain/handoff/purge-errors.ts';
import { issuerWord } from '../foreign-text.ts';
import { about, fact, factOf } from './fault-words.ts';
import type { Step } from './fault-words.ts';

/** Facts that are lists arrive joined by commas. */
const listed = (facts: Facts, name: string): string[] => fact(facts, name, '').split(', ');

/** In the order of the words for them. */
function openOf(
  facts: Facts,
  words: Readonly<Record<UnfinishedThing, string>>,
): readonly UnfinishedThing[] {
  const open = listed(facts, 'open');
  return (Object.keys(words) as UnfinishedThing[]).filter((thing) => open.includes(thing));
}

/** What is open, each in its words and with what it is about. */
export function openThings(
  facts: Facts,
  things: Readonly<Record<UnfinishedThing, string>>,
): readonly string[] {
  return openOf(facts, things).map(
    (thing) => things[thing] + about(facts, thing, (names) => ` (${names})`),
  );
}

/** What ends each thing that is open, for the first that it is about. */
export function unfinishedSteps(
  facts: Facts,
  labels: Readonly<Record<UnfinishedThing, string>>,
): readonly Step[] {
  const incident = fact(facts, 'incident', 'ID');
  const first = (name: string): string => listed(facts, name)[0] || 'ID';
  const recipient = factOf(facts, 'recipient');
  const party =
    recipient === undefined
      ? `--issuer ${issuerWord(fact(facts, 'issuer', 'NAME'))}`
      : `--recipient ${recipient}`;
  const commands: Readonly<Record<UnfinishedThing, string>> = {
    'incident-open': `incident close ${incident} --as ID --reason "…"`,
    handoffs: `handoff show ${first('handoffs')}`,
    batches: `handoff show ${fact(facts, 'handoff', 'ID')}`,
    recalls: `handoff recall --incident ${incident} --batch ${first('recalls')} --as ID --reason "…"`,
    responses: `response settle ${first('responses')} --as ID --reason "…"`,
    waivers: `waiver record ${incident} ${party} --state STATE --by "…" --channel mail --as ID`,
    'second-signature': `handoff show ${first('second-signature')}`,
  };
  const known = openOf(facts, labels);
  if (known.length === 0) return [{ command: `mimamori incident show ${incident}` }];
  return known.map((thing) => ({ command: `mimamori ${commands[thing]}`, label: labels[thing] }));
}
