// A preview for the screens: one source under a spec that says everything, one without that two specs fit.

import { reasons } from '../../../src/domain/intake/reasons.ts';
import { purposes } from '../../../src/domain/intake/purposes.ts';
import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import type { NamedSource } from '../../../src/exchange/handoff/prepare-handoff.ts';
import type { Previewed } from '../../../src/exchange/handoff/preview-prepare.ts';
import { incidentOf } from './screen-data.ts';
import type { Size } from './screen-data.ts';

export function previewSourcesOf({ id, text }: Size): NamedSource[] {
  // A spec holds no control characters; names of files may.
  const method = text.replaceAll(/\p{C}/gu, '');
  const methods = { payment_methods: [method, 'Card'], not_card_methods: [method] };
  return [
    {
      ...{ path: '-', name: 'standard input', specName: id },
      spec: sourceSpecSchema.parse({ ...methods, channel: 'web', time_zone: 'UTC' }),
    },
    { path: `/srv/${text}.csv`, name: `${text}.csv`, spec: sourceSpecSchema.parse({}) },
  ];
}

/** The worst night has merchants. */
function merchantsOf({ id, count, text }: Size): Pick<Previewed['incident'], 'merchants'> {
  return count < 1_000_000 ? {} : { merchants: [{ id, name: text }] };
}

export function previewedOf(size: Size): Previewed {
  const column = `#999 ${size.text.slice(0, 64)}`;
  const layout = {
    ...({ format: 'delimited', delimiter: '\t', header: true, width: 1_000 } as const),
    columns: Object.fromEntries(purposes.map((purpose) => [purpose, [column, column]])),
    ignored: [column],
    fits: [],
  };
  const records = reasons.map(({ id: verdict }, place) => ({
    ...{
      line: Math.floor(size.count),
      number: '490010******4250',
      channel: size.text.slice(0, 64),
      merchant: size.id,
      verdict,
    },
    ...(place % 3 === 0 ? {} : { orderedMs: Date.UTC(2020, 0, 5), isWholeDay: place % 3 === 1 }),
  }));
  const sha256 = 'a'.repeat(64);
  const bare = { format: 'lines', header: false, width: 1, columns: {}, ignored: [] } as const;
  return {
    ...{ incident: { ...incidentOf(size), ...merchantsOf(size) }, mode: 'live' },
    sources: [
      { encoding: 'shift_jis', sha256, layout, records, sender: size.id },
      {
        ...{ encoding: 'utf-8', sha256, layout: { ...bare, fits: [size.id, size.id] } },
        records: [{ line: 1, verdict: 'card' }],
      },
      { encoding: 'utf-8', sha256, layout: { ...bare, fits: [size.id] }, records: [] },
    ],
  };
}
