import type { ConfigurationStatus } from '../../../exchange/configuration/configuration-status.ts';
import { isByEmergency } from '../../../exchange/configuration/configuration-history.ts';
import { faultPhrase } from '../fault-screen.ts';
import type { View } from '../view.ts';
import { configWords as en } from '../words/en/config.ts';
import { configWords as ja } from '../words/ja/config.ts';
import { approvalSteps, configurationName, standingText } from './config-screen.ts';
import type { LabelledRow } from './labelled-lines.ts';
import type { NextStep } from './next-lines.ts';

const words = { en, ja };

/** What `status` says of the configuration; nothing where all is as it was approved. */
export function configurationRows(status: ConfigurationStatus, view: View): LabelledRow[] {
  const say = words[view.language];
  const { isMissing, versions, differing, unreadable } = status;
  const texts = [
    ...(isMissing ? [say.missing] : []),
    ...versions.flatMap((entry) => {
      const { version, standing } = entry;
      const name = configurationName(version.digest);
      if (standing === 'open') return [say.waitsFor(name, version.proposer)];
      if (standing === 'in-force' && !isByEmergency(version)) return [];
      return [say.starts(name, standingText(entry, view))];
    }),
    ...differing.map((part) => say.differing(fileOf(part))),
    ...(unreadable === undefined ? [] : [say.unreadable(faultPhrase(unreadable, {}, view))]),
  ];
  return texts.map((text): LabelledRow => [say.label, text]);
}

/** What to do about it. */
export function configurationSteps(status: ConfigurationStatus, view: View): NextStep[] {
  const say = words[view.language];
  const open = status.versions.filter(({ standing }) => standing === 'open');
  if (open.length > 0) {
    return open.flatMap(({ version }) => approvalSteps(configurationName(version.digest), view));
  }
  if (status.isMissing) return [{ command: say.propose, label: say.proposeLabel }];
  return status.differing.length > 0 ? [{ command: say.diff }] : [];
}

/** Where people edit a part. */
function fileOf(part: string): string {
  if (part === 'profiles' || part === 'answers') return `config/${part}`;
  return part === 'settings' ? 'config/mimamori.toml' : `config/${part}.toml`;
}
