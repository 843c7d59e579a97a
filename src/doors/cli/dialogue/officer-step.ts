import { actingOfficer } from '../../../exchange/acts/acting-officer.ts';
import type { DialogueParts } from './dialogue-parts.ts';

/** Who prepares: `--as`, or one of those who may. Throws what `actingOfficer` throws when there is none. */
export async function chooseOfficer(parts: DialogueParts): Promise<string> {
  const { shell, workspace, asking } = parts;
  const { officers } = await workspace.configuration.load();
  const now = workspace.clock.now();
  const may = officers.filter(
    ({ state, roles }) => state === 'enabled' && roles.includes('officer'),
  );
  const [only] = may;
  const given = shell.options.as ?? (may.length === 1 ? only?.id : undefined);
  if (given !== undefined || only === undefined) {
    const { id, name } = actingOfficer(officers, given, 'officer', now);
    shell.print([`  ${asking.say.actingAs(id, name)}`]);
    return id;
  }
  const chosen = await asking.choose(
    asking.say.whoAreYou,
    may.map(({ id, name }) => ({ text: `${id}  ${name}`, value: id })),
  );
  return actingOfficer(officers, chosen, 'officer', now).id;
}
