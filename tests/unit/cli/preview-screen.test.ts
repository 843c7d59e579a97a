import { describe, expect, it } from 'vitest';

import { widthOf } from '../../../src/doors/cli/layout.ts';
import { previewScreen } from '../../../src/doors/cli/screens/preview-screen.ts';
import { previewDocument, previewSchema } from '../../../src/doors/cli/outputs/preview.ts';
import { previewedOf, previewSourcesOf } from './preview-data.ts';
import { ordinary, worst } from './screen-data.ts';

const languages = ['ja', 'en'] as const;
const sizes = [
  ['an ordinary night', ordinary],
  ['the worst one', worst],
] as const;

describe.each(languages)('previewScreen(), %s', (language) => {
  const view = { language, colour: false };

  it.each(sizes)('stays within 100 columns on %s', (_name, size) => {
    const lines = previewScreen(previewedOf(size), previewSourcesOf(size), view);
    for (const line of lines) expect(widthOf(line), line).toBeLessThanOrEqual(100);
  });

  it('says first and last that nothing is stored', () => {
    const lines = previewScreen(previewedOf(ordinary), previewSourcesOf(ordinary), view);
    const mark = language === 'ja' ? '確認表示' : 'PREVIEW';
    expect(lines[0]).toContain(mark);
    expect(lines.filter((line) => line.startsWith(mark))).toHaveLength(2);
  });

  it('tells a source without payment filter, and a spec that was not used', () => {
    const text = previewScreen(previewedOf(ordinary), previewSourcesOf(ordinary), view).join('\n');
    expect(text).toContain(language === 'ja' ? '全件をカード払いとして' : 'counts as paid by card');
    expect(text).toContain(`--source FILE=${ordinary.id}`);
  });
});

describe('previewDocument()', () => {
  it.each(sizes)('keeps its schema on %s', (_name, size) => {
    const document = previewDocument(previewedOf(size), previewSourcesOf(size));
    expect(() => previewSchema.parse(JSON.parse(JSON.stringify(document)))).not.toThrow();
    expect(document.sources[0]).toMatchObject({ spec: size.id, sender: size.id });
  });
});
