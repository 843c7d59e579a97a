import type { DemoPlaces } from '../../../compose-demo.ts';
import { demoChecks, demoScenes } from '../../../exchange/demo/demo-story.ts';
import type { DemoNews, DemoScene, DemoStory } from '../../../exchange/demo/demo-story.ts';
import { paint } from '../colour.ts';
import { exitStatus } from '../exit-status.ts';
import { exitStatuses, isFaultCode } from '../exit-statuses.ts';
import { durationIn, figure, shortDigest, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang, pad, widthOf } from '../layout.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { demoWords as en } from '../words/en/demo.ts';
import type { DemoWords } from '../words/en/demo.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { demoWords as ja } from '../words/ja/demo.ts';
import { nextLines } from './next-lines.ts';
import { tallyLines } from './tally-lines.ts';

const words = { en, ja };
const common = { en: commonEn, ja: commonJa };
const NUMBER_COLUMNS = 2;
const GAP = '  ';

/** What the demo says before its first scene. */
export function demoOpening(view: View): string[] {
  const [first = '', ...rest] = words[view.language].first;
  return [paint(first, 'warn', view), ...rest.map((line) => paint(line, 'warn', view)), ''];
}

/** The progress line while a scene lasts. */
export function sceneStatus(scene: DemoScene, view: View): string {
  const say = words[view.language];
  return `${numberOf(scene)}${GAP}${say.scene[scene]}${GAP}${say.begins[scene]} …`;
}

/** The line that tells what a scene came to. */
export function sceneLines(news: DemoNews, view: View): string[] {
  const say = words[view.language];
  const width = Math.max(...demoScenes.map((scene) => widthOf(say.scene[scene])));
  const title = paint(
    pad(say.scene[news.scene], width),
    news.scene === 'refusal' ? 'warn' : 'strong',
    view,
  );
  return hang(`${numberOf(news.scene)}${GAP}${title}${GAP}`, told(news, say));
}

function numberOf(scene: DemoScene): string {
  return pad(String(demoScenes.indexOf(scene) + 1), NUMBER_COLUMNS, 'right');
}

function told(news: DemoNews, say: DemoWords): string {
  switch (news.scene) {
    case 'workspace':
      return say.workspace(news.id);
    case 'people':
      return say.people(news.ids.join(', '));
    case 'sources': {
      const [orders, recovered] = news.sources;
      return say.sources(orders!.name, orders!.records, recovered!.name, recovered!.records);
    }
    case 'incident':
      return say.incident(news.id, showForeign(news.name), news.ranges);
    case 'prepare': {
      const { result, plan } = news.prepared;
      const digest = shortDigest(plan?.planSha256 ?? '');
      return say.prepare(result.read, result.cards, result.batches.length, digest);
    }
    case 'request':
      return say.request(news.officer);
    case 'refusal': {
      const { officer, code } = news;
      return code === undefined
        ? say.notRefused(officer)
        : say.refused(officer, code, isFaultCode(code) ? exitStatuses[code] : exitStatus.internal);
    }
    case 'approve':
      return say.approve(news.officer, shortDigest(news.planSha256));
    case 'deliver': {
      const parts = news.delivered.reports.map(({ cards, recipient }) =>
        say.toRecipient(cards, recipient),
      );
      return say.deliver(parts.join(' · '));
    }
    case 'receive': {
      const { receipts } = news;
      return say.receive(
        receipts.length,
        receipts.reduce((sum, { cards }) => sum + cards, 0),
      );
    }
    case 'verify':
      return news.verdict.holds ? say.verify(news.verdict.entries) : say.breach(news.verdict.kind);
  }
}

/** A finished demo, as the closing screen tells it. */
export interface EndedDemo {
  readonly story: DemoStory;
  readonly elapsedMs: number;
  /** Where everything stands; undefined when it was removed. */
  readonly kept: DemoPlaces | undefined;
}

/** The closing screen: the tally, what was sent beside what was received, and what to do next. */
export function demoScreen(ended: EndedDemo, view: View): string[] {
  const { story } = ended;
  const { incident, mode, result } = story.prepared;
  const { language } = view;
  const title = [
    showForeign(incident.public_name),
    incident.id,
    common[language].list[incident.stage ?? 'interim'],
    common[language].mode[mode],
  ].join(' · ');
  return [
    '',
    paint(title, 'strong', view),
    '',
    ...tallyLines({ ...result, incident }, undefined, view),
    '',
    ...receivedLines(story, view),
    '',
    ...proofLines(story, view),
    '',
    ...endLines(ended, view),
  ];
}

function receivedLines({ prepared, receipts }: DemoStory, view: View): string[] {
  const say = words[view.language];
  const { batches, cards } = prepared.result;
  const rows = batches.map(({ recipient, cards: sent, file, bytes }) => {
    const receipt = receipts.find((candidate) => candidate.recipient === recipient);
    const fault = receipt === undefined ? '-' : receipt.fault;
    const size = sizeIn(bytes, view.language);
    const remark =
      fault === undefined ? say.opened(receipt!.mode, file, size) : say.notOpened(file, fault);
    return [recipient, figure(sent), figure(receipt?.cards ?? 0), remark];
  });
  const received = receipts.reduce((sum, receipt) => sum + receipt.cards, 0);
  return table(
    [{}, { align: 'right' }, { align: 'right' }, { overflow: 'wrap' }],
    [['', say.sent, say.received, ''], ...rows, [say.total, figure(cards), figure(received), '']],
    view,
    2,
  );
}

/** Everything else that has to hold; a check that does not takes the place of what it was about. */
function proofLines(story: DemoStory, view: View): string[] {
  const say = words[view.language];
  const broken = demoChecks.filter((check) => !story.checks[check]);
  if (broken.length > 0) {
    return [
      paint(say.broken, 'bad', view),
      ...broken.flatMap((check) => hang(`  ${check}${GAP}`, say.check[check])),
    ];
  }
  const { result, requester } = story.prepared;
  const kinds = Object.keys({ ...result.excluded, ...result.held }).length;
  const root = story.delivered.checkpoint.note.split('\n')[2] ?? '';
  const labels = [say.planted, say.twoPeople, say.log];
  const width = Math.max(...labels.map((label) => widthOf(label)));
  const texts = [
    say.plantedFound(result.read, kinds),
    say.twoPeopleTold(requester, story.approver),
    say.logTold(story.delivered.checkpoint.size, `${root.slice(0, 8)} …`),
  ];
  return labels.flatMap((label, at) => hang(pad(label, width) + GAP, texts[at]!));
}

function endLines({ story, elapsedMs, kept }: EndedDemo, view: View): string[] {
  const say = words[view.language];
  const time = durationIn(elapsedMs, view.language);
  if (kept === undefined) {
    return [
      ...hang('', say.took(time)),
      ...nextLines(
        [
          { command: 'npm run demo -- --keep DIR', label: say.next.keep },
          { command: 'mimamori init DIR --org NAME', label: say.next.own },
        ],
        view,
      ),
    ];
  }
  const parts = Object.entries(say.keptParts).map(([part, text]) => [`${part}/`, text]);
  return [
    ...hang('', say.kept(time, showForeign(kept.directory))),
    ...table([{}, { overflow: 'wrap' }], parts, view, 2),
    '',
    ...nextLines(commandsFor(story, kept, say), view),
  ];
}

/** Commands that work in the kept workspace as they stand. */
function commandsFor(
  story: DemoStory,
  kept: DemoPlaces,
  say: DemoWords,
): { command: string; label: string }[] {
  const { handoff, incident, requester } = story.prepared;
  const [orders, recovered] = story.sources;
  const again = [
    `mimamori handoff prepare --incident ${incident.id} --dry-run --as ${requester}`,
    `--source ${quoted(`${orders!.path}=orders`)}`,
    `--source ${quoted(`${recovered!.path}=recovered`)}`,
    `--passphrase-file ${quoted(`${kept.people}/workspace.passphrase`)}`,
  ].join(' ');
  return [
    { command: `export MIMAMORI_WORKSPACE=${quoted(kept.workspace)}`, label: say.next.workspace },
    { command: 'mimamori status', label: say.next.status },
    { command: `mimamori handoff show ${handoff}`, label: say.next.show },
    { command: `mimamori handoff findings ${handoff} --only luhn`, label: say.next.findings },
    { command: 'mimamori audit tail', label: say.next.tail },
    { command: again, label: say.next.again },
  ];
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
