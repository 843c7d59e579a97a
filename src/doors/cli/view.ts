import type { Look } from './colour.ts';
import type { Language } from './language.ts';

/** For whom a screen is drawn. */
export interface View extends Look {
  readonly language: Language;
  /** IANA zone for times that belong to no incident; UTC where nobody said. */
  readonly timeZone?: string;
}

/** The zone to print times in. */
export function zoneOf(view: View, incident?: { readonly time_zone: string }): string {
  return incident?.time_zone ?? view.timeZone ?? 'UTC';
}
