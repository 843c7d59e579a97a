import type { BinTable } from '../domain/bins/bin-table.ts';
import { SourcePreviewer } from '../domain/intake/source-preview.ts';
import type { PrepareJob } from '../exchange/handoff/card-process.ts';
import type { PreviewedSource, PreviewResult } from '../exchange/sources/source-previews.ts';
import { namingSource } from './naming-source.ts';
import { incidentRouter } from './route-cards.ts';
import { scopeOf, sourceJob } from './scan-sources.ts';
import type { SourceOpener } from './scan-sources.ts';

/**
 * Previews the sources of a job one after the other. Each is read to its end, of which nothing is kept: what was
 * encrypted may be shown only once all of it proved whole and signed. Throws the faults of intake.
 */
export async function previewSources(
  job: PrepareJob,
  tools: { readonly bins: BinTable; readonly open: SourceOpener },
  records: number,
): Promise<PreviewResult> {
  const router = incidentRouter(job, tools.bins);
  const sources: PreviewedSource[] = [];
  for (const [number, request] of job.sources.entries()) {
    const opened = await tools.open(request.path, number);
    const previewer = new SourcePreviewer(
      sourceJob(number, request),
      scopeOf(job),
      router,
      records,
    );
    try {
      const preview = await namingSource(number, async () => {
        for await (const chunk of opened.clear) previewer.feed(chunk);
        return previewer.finish();
      });
      const sender = await opened.verdict();
      const sha256 = opened.sha256();
      sources.push({ ...preview, sha256, ...(sender === undefined ? {} : { sender }) });
    } finally {
      previewer.wipe();
    }
  }
  return { sources };
}
