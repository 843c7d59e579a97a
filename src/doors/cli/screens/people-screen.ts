import type { Officer } from '../../../domain/workspace/officer.ts';
import type { Sender } from '../../../domain/workspace/sender.ts';
import type { Certificate } from '../../../exchange/keys/certificates.ts';
import { fingerprintGroups, shortDigest } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { listingWords as en } from '../words/en/listings.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { listingWords as ja } from '../words/ja/listings.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import { dateText } from './clock-texts.ts';

const words = { en: { ...commonEn, ...en }, ja: { ...commonJa, ...ja } };

/** Officers or senders. */
export interface PeopleView {
  readonly kind: 'officer' | 'sender';
  readonly people: readonly (Officer | Sender)[];
}

export interface AddedPerson {
  readonly kind: 'officer' | 'sender';
  readonly id: string;
  readonly name: string;
  readonly certificate: Certificate;
}

/** All officers, or all senders, one a line. */
export function peopleScreen({ kind, people }: PeopleView, view: View): string[] {
  const say = words[view.language];
  if (people.length === 0) {
    const isOfficer = kind === 'officer';
    return [
      ...hang('', isOfficer ? say.noOfficers : say.noSenders),
      ...nextLines([{ command: isOfficer ? say.addOfficer : say.addSender }], view),
    ];
  }
  const rows = people.map((person) => [
    person.id,
    showForeign(person.name),
    'roles' in person ? person.roles.join(', ') : say.senderKind[person.kind],
    say[person.state],
    shortDigest(person.fingerprint),
  ]);
  const heading = kind === 'officer' ? say.officerColumns : say.senderColumns;
  return table([{ min: 12 }, { min: 16 }, {}, {}, {}], [heading, ...rows], view);
}

/** A person as they were just registered, with the whole fingerprint to compare. */
export function personAddedScreen(added: AddedPerson, view: View): string[] {
  const say = words[view.language];
  const { kind, id, name, certificate } = added;
  const { fingerprint, algorithm, expiresAt } = certificate;
  const told = kind === 'officer' ? say.officerAdded : say.senderAdded;
  return [
    ...hang('', told(id, showForeign(name))),
    '',
    ...labelledLines(
      [
        [say.key, `${fingerprintGroups(fingerprint)} · ${algorithm}`],
        [say.ends, expiresAt === undefined ? say.noEnd : dateText(expiresAt, zoneOf(view), view)],
      ],
      view,
    ),
    '',
    ...hang('', say.check),
    '',
    ...nextLines(
      kind === 'officer'
        ? [
            { command: say.nextOfficer, label: say.nextOfficerLabel },
            { command: say.nextRecipient, label: say.nextRecipientLabel },
          ]
        : [{ command: say.prepare('INCIDENT'), label: say.nextSignedLabel }],
      view,
    ),
  ];
}

/** A person of whom nothing new is accepted from now on. */
export function personDisabledScreen(
  { id }: Pick<AddedPerson, 'kind' | 'id'>,
  view: View,
): string[] {
  return hang('', words[view.language].personDisabled(id));
}
