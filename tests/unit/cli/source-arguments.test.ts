import { describe, expect, it } from 'vitest';

import { readSources, type SourceOptions } from '../../../src/doors/cli/source-arguments.ts';
import { sourceSpecSchema, type SourceSpecEntry } from '../../../src/domain/intake/source-spec.ts';
import type { SourceSpecs } from '../../../src/exchange/sources/source-specs.ts';

const cart: SourceSpecEntry = {
  columns: { reference: '注文番号', expiry_month: '月', expiry_year: '年' },
  ignore_columns: ['備考'],
  recognised_by: ['注文番号'],
};
const shipped = [{ name: 'other', recognisedBy: ['Order'] }];
const specs: SourceSpecs = {
  named: (name) => Promise.resolve({ name, spec: sourceSpecSchema.parse(cart) }),
  known: () => Promise.resolve(shipped),
};
const read = async (options: SourceOptions) => (await readSources(options, specs))[0]!;

describe('readSources()', () => {
  it('puts options before what the spec of the only source says', async () => {
    const source = ['orders.csv=cart'];
    const { spec, specName, known } = await read({
      source,
      columns: { pan: 'memo04', reference: '注文ID' },
      channel: 'web',
      ignoreColumn: ['#9'],
    });
    expect(spec.columns).toEqual({
      ...{ pan: ['memo04'], reference: ['注文ID'], expiry_month: ['月'], expiry_year: ['年'] },
    });
    expect(spec).toMatchObject({ channel: 'web', ignore_columns: ['備考', '#9'] });
    expect(specName).toBe('cart');
    expect(known).toEqual([{ name: 'cart', recognisedBy: ['注文番号'] }]);
  });

  it('leaves a spec as it is beside a source without one, which the options are for', async () => {
    const options = { source: ['a.csv=cart', 'b.csv'], columns: { pan: 'number' } };
    const [named, plain] = await readSources(options, specs);
    expect(named!.spec.columns).not.toHaveProperty('pan');
    expect(plain).toMatchObject({ known: shipped, spec: { columns: { pan: ['number'] } } });
    expect(plain).not.toHaveProperty('specName');
  });

  it.each([
    ['a purpose there is not', { columns: { size: '#1' } }, '--columns size=…', 'pan, expiry'],
    ['a kind there is not', { kind: 'stolen' }, '--kind', '"orders" or "recovered"'],
    ['what no reference is', { referenceKind: 'age' }, '--reference-kind', '"order" or '],
    ['an encoding there is not', { encoding: 'ebcdic' }, '--encoding', '"auto" or "utf-8"'],
  ])('refuses %s, and says what can be', async (_what, given, option, expected) => {
    const asked = { source: ['orders.csv=cart'], ...given } as SourceOptions;
    await expect(read(asked)).rejects.toMatchObject({
      code: 'usage',
      facts: { option, expected: expect.stringContaining(expected) as string },
    });
  });
});
