import { incidentSchema } from '../../../domain/incident/incident.ts';
import type { IncidentEntry } from '../../../domain/incident/incident.ts';
import { idField, textField } from '../../../domain/workspace/text-fields.ts';
import { isInstant, isLocalDate } from '../../../domain/workspace/time-fields.ts';
import { dayIn } from '../figures.ts';
import { momentOf } from '../moment.ts';
import type { Reading } from './asking.ts';
import type { DialogueParts } from './dialogue-parts.ts';
import type { AskedIncident } from './incident-file.ts';

/** The first list of an incident adds to nothing: no extension. */
const stages = ['interim', 'final'] as const;
const knownElements = incidentSchema.shape.elements.element.options;
const textCharactersMax = 200;

/** Everything that a new incident needs, one question after the other. */
export async function askIncident(parts: DialogueParts): Promise<AskedIncident> {
  const { workspace, asking } = parts;
  const { say } = asking;
  const zone = workspace.settings.workspace.time_zone;
  const id = await askId(parts);
  const public_name = await asking.text({ text: say.publicName, read: lineOf(parts) });
  const merchant = await asking.text({
    text: say.merchant,
    preset: workspace.settings.workspace.organisation,
    read: lineOf(parts),
  });
  const case_number = await asking.optional({ text: say.caseNumber, read: lineOf(parts) });
  const discovered_at = await asking.text({
    text: say.discoveredAt(zone),
    read: (answer) => instantOf(parts, answer, zone),
  });
  const elements = await askElements(parts);
  const excluded_channels = await asking.text({
    text: say.excludedChannels,
    read: (answer) => ({ value: listOf(answer) }),
  });
  const windows = await askWindows(parts);
  const stage = await asking.choose(
    say.whichStage,
    stages.map((value) => ({ text: say.stages[value], value })),
  );
  const default_recipient = await askRecipient(parts);
  return {
    ...{ id, public_name, merchant, discovered_at, time_zone: zone, elements, excluded_channels },
    ...{ windows, stage },
    ...(case_number === undefined ? {} : { case_number }),
    ...(default_recipient === undefined ? {} : { default_recipient }),
  };
}

async function askId({ workspace, asking }: DialogueParts): Promise<string> {
  const taken = (await workspace.incidents.list()).map(({ incident }) => incident.id);
  const today = dayIn(workspace.clock.now(), workspace.settings.workspace.time_zone);
  const preset = `incident-${today}`;
  return asking.text({
    text: asking.say.incidentId,
    ...(taken.includes(preset) ? {} : { preset }),
    read: (answer) => {
      if (!idField.safeParse(answer).success) return { wrong: asking.say.wrongId };
      return taken.includes(answer) ? { wrong: asking.say.takenId } : { value: answer };
    },
  });
}

function askElements({ asking }: DialogueParts): Promise<IncidentEntry['elements']> {
  const { say } = asking;
  return asking.text({
    text: say.elements(knownElements.map((id, at) => `${at + 1} ${say.elementNames[id]}`)),
    read: (answer) => {
      const numbers = listOf(answer).map(Number);
      const chosen = knownElements.filter((_id, at) => numbers.includes(at + 1));
      const isWhole = new Set(numbers).size === chosen.length && chosen.length > 0;
      return isWhole ? { value: chosen } : { wrong: say.typeNumbers(knownElements.length) };
    },
  });
}

async function askWindows(parts: DialogueParts): Promise<IncidentEntry['windows']> {
  const { asking } = parts;
  const { say } = asking;
  const windows: IncidentEntry['windows'] = [];
  do {
    const name = `window-${windows.length + 1}`;
    const from = await asking.text({ text: say.windowFrom, read: (a) => dayOf(parts, a) });
    const to = await asking.text({
      text: say.windowTo,
      read: (answer) => {
        const read = dayOf(parts, answer);
        return 'value' in read && read.value < from ? { wrong: say.wrongOrder } : read;
      },
    });
    const channels = await asking.text({
      text: say.windowChannels,
      read: (answer) => ({ value: listOf(answer) }),
    });
    windows.push({ name, from, to, ...(channels.length === 0 ? {} : { channels }) });
  } while (await asking.yes(say.anotherWindow));
  return windows;
}

/** Who gets what no route takes; nobody where none is there to choose. */
async function askRecipient({ workspace, asking }: DialogueParts): Promise<string | undefined> {
  const { recipients } = await workspace.configuration.load();
  const enabled = recipients.filter(({ state }) => state === 'enabled');
  if (enabled.length === 0) return undefined;
  return asking.choose(
    asking.say.whichRecipient,
    enabled.map(({ id, name }) => ({ text: `${id}  ${name ?? ''}`.trim(), value: id })),
  );
}

function lineOf({ asking }: DialogueParts): (answer: string) => Reading<string> {
  return (answer) => {
    const isText = textField(textCharactersMax).safeParse(answer).success;
    return isText ? { value: answer } : { wrong: asking.say.typeText };
  };
}

function dayOf({ asking }: DialogueParts, answer: string): Reading<string> {
  const day = answer.normalize('NFKC').replaceAll('/', '-');
  return isLocalDate(day) ? { value: day } : { wrong: asking.say.typeDay };
}

/** An RFC 3339 time with an offset, which the file wants. */
function instantOf({ asking }: DialogueParts, answer: string, zone: string): Reading<string> {
  const text = answer.normalize('NFKC').replaceAll('/', '-');
  if (isInstant(text)) return { value: text };
  try {
    return { value: momentOf('discovered_at', text, zone).toISOString() };
  } catch {
    return { wrong: asking.say.typeMoment };
  }
}

function listOf(answer: string): string[] {
  const parts = answer.split(/[,、，]/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}
