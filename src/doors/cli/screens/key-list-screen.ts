import type { HeldKey } from '../../../domain/keys/held-key.ts';
import { endOf } from '../../../domain/keys/key-end.ts';
import { paint } from '../colour.ts';
import { fingerprintGroups } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { faultPhrase } from '../fault-screen.ts';
import { hang } from '../layout.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { keyWords as en } from '../words/en/keys.ts';
import { workspaceWords as workspaceEn } from '../words/en/workspace.ts';
import { keyWords as ja } from '../words/ja/keys.ts';
import { workspaceWords as workspaceJa } from '../words/ja/workspace.ts';
import { dateText } from './clock-texts.ts';

const words = {
  en: { drillNote: workspaceEn.drillNote, ...en },
  ja: { drillNote: workspaceJa.drillNote, ...ja },
};

export interface KeyListView {
  readonly keys: readonly HeldKey[];
  readonly now: Date;
  readonly mode: 'drill' | 'live';
}

/** Every key with what an assessor asks of it; a few lines each, because fingerprints are long. */
export function keyListScreen({ keys, now, mode }: KeyListView, view: View): string[] {
  const say = words[view.language];
  const lacksWords = keys.some(
    ({ custodian, purpose }) => custodian === undefined && !partners.has(purpose),
  );
  return [
    ...hang('', say.listTitle(keys.length)),
    ...(mode === 'drill' ? hang('', paint(say.drillNote, 'warn', view)) : []),
    ...keys.flatMap((key) => ['', ...keyLines(key, now, view)]),
    ...(lacksWords ? ['', ...hang('', say.setThem)] : []),
  ];
}

const partners: ReadonlySet<HeldKey['purpose']> = new Set(['recipient', 'officer', 'sender']);

function keyLines(key: HeldKey, now: Date, view: View): string[] {
  const say = words[view.language];
  const { purpose, id, state, uses, fingerprint } = key;
  const isPartner = partners.has(purpose);
  const name =
    isPartner || purpose === 'keyed-hash' ? `${say.purpose[purpose]} ${id}` : say.purpose[purpose];
  const use = uses.map((each) => say.use[each]).join(say.useSeparator);
  const indent = '   ';
  return [
    ...hang('', [name, say.keyState[state], ...(use === '' ? [] : [use])].join(' · ')),
    ...hang(indent, strengthText(key, view)),
    ...(fingerprint === undefined ? [] : hang(indent, fingerprintText(fingerprint))),
    ...(isPartner ? [] : hang(indent, custodyText(key, view))),
    ...endLines(key, now, view).flatMap((line) => hang(indent, line)),
  ];
}

function strengthText(
  { algorithm, strengthBits, createdAt, expiresAt, purpose, problem }: HeldKey,
  view: View,
): string {
  const say = words[view.language];
  const day = (at: Date): string => dateText(at, zoneOf(view), view);
  const hasEnd = purpose === 'openpgp' || partners.has(purpose);
  return [
    ...(algorithm === '' ? [] : [algorithm]),
    ...(strengthBits === undefined ? [] : [say.bits(strengthBits)]),
    ...(createdAt === undefined ? [] : [say.made(day(createdAt))]),
    ...(expiresAt === undefined ? [] : [say.expires(day(expiresAt))]),
    ...(expiresAt === undefined && hasEnd && problem === undefined ? [say.never] : []),
    ...(problem === undefined ? [] : [say.problem(faultPhrase(problem, {}, view))]),
  ].join(' · ');
}

/** A key of the log is one word of base64; the others are hex or OpenSSH's own form, in groups to be read out. */
function fingerprintText(fingerprint: string): string {
  if (fingerprint.includes('+') && !fingerprint.startsWith('SHA256:')) {
    return showForeign(fingerprint);
  }
  return fingerprint.startsWith('SHA256:')
    ? `SHA256: ${fingerprintGroups(fingerprint.slice('SHA256:'.length))}`
    : fingerprintGroups(fingerprint);
}

function custodyText({ custodian, periodEndsAt }: HeldKey, view: View): string {
  const say = words[view.language];
  return [
    custodian === undefined ? say.noCustodian : say.custodian(showForeign(custodian)),
    periodEndsAt === undefined
      ? say.noPeriod
      : say.period(dateText(periodEndsAt, zoneOf(view), view)),
  ].join(' · ');
}

function endLines(key: HeldKey, now: Date, view: View): string[] {
  const end = endOf(key, now);
  if (end?.warning === undefined) return [];
  const say = words[view.language];
  return [paint(say.left(end.daysLeft), end.warning > 7 ? 'warn' : 'bad', view)];
}
