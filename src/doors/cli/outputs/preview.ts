import { z } from 'zod';

import type { NamedSource } from '../../../exchange/handoff/prepare-handoff.ts';
import type { Previewed } from '../../../exchange/handoff/preview-prepare.ts';
import type { PreviewRecord } from '../../../domain/intake/source-preview.ts';
import { reasons } from '../../../domain/intake/reasons.ts';
import { instantSchema, modeSchema } from './common.ts';

const names = z.array(z.string());

/**
 * `handoff prepare --preview --json`: how each source would be read. Numbers are truncated, channels and merchants are those
 * of the incident or the spec, and names are those of the header. Nothing was stored.
 */
export const previewSchema = z.strictObject({
  preview: z.literal(true),
  incident: z.string(),
  mode: modeSchema,
  timeZone: z.string(),
  sources: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.string(),
      encoding: z.string(),
      format: z.enum(['delimited', 'lines']),
      delimiter: z.string().optional(),
      header: z.boolean(),
      width: z.int(),
      sender: z.string().optional(),
      spec: z.string().optional(),
      fits: names,
      columns: z.record(z.string(), names),
      ignored: names,
      records: z.array(
        z.strictObject({
          line: z.int(),
          orderedAt: instantSchema.optional(),
          wholeDay: z.boolean().optional(),
          channel: z.string().optional(),
          merchant: z.string().optional(),
          number: z.string().optional(),
          verdict: z.enum(['card', 'reference', ...reasons.map(({ id }) => id)]),
        }),
      ),
    }),
  ),
});

/** Builds the document; `sources` are those that were asked for, in the same order. */
export function previewDocument(
  previewed: Previewed,
  sources: readonly NamedSource[],
): z.infer<typeof previewSchema> {
  const { incident, mode } = previewed;
  return {
    preview: true,
    incident: incident.id,
    mode,
    timeZone: incident.time_zone,
    sources: previewed.sources.map(({ encoding, layout, records, sender }, number) => {
      const { format, delimiter, header, width, fits, columns, ignored } = layout;
      const { name = '', spec, specName } = sources[number] ?? {};
      return {
        ...{ name, kind: spec?.kind ?? '', encoding, format, header, width },
        ...(delimiter === undefined ? {} : { delimiter }),
        ...(sender === undefined ? {} : { sender }),
        ...(specName === undefined ? {} : { spec: specName }),
        fits: [...fits],
        columns: Object.fromEntries(
          Object.entries(columns).map(([purpose, found]) => [purpose, [...found]]),
        ),
        ignored: [...ignored],
        records: records.map(recordOf),
      };
    }),
  };
}

function recordOf({
  line,
  orderedMs,
  isWholeDay,
  verdict,
  channel,
  merchant,
  number,
}: PreviewRecord): z.infer<typeof previewSchema>['sources'][number]['records'][number] {
  return {
    line,
    ...(orderedMs === undefined ? {} : { orderedAt: new Date(orderedMs).toISOString() }),
    ...(isWholeDay === undefined ? {} : { wholeDay: isWholeDay }),
    ...(channel === undefined ? {} : { channel }),
    ...(merchant === undefined ? {} : { merchant }),
    ...(number === undefined ? {} : { number }),
    verdict,
  };
}
