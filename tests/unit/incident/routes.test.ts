import { describe, expect, it } from 'vitest';
import type { Route } from '../../../src/domain/incident/incident.ts';
import { compileRoutes, DEFAULT_RULE, routeFor } from '../../../src/domain/incident/routes.ts';

const recipients = [
  { id: 'psp', state: 'enabled' },
  { id: 'amex', state: 'enabled' },
  { id: 'jcb', state: 'enabled' },
  { id: 'old', state: 'disabled' },
] as const;

const compile = (routes: Route[], fallback?: string) => {
  const incident = { routes, ...(fallback === undefined ? {} : { default_recipient: fallback }) };
  const ask = compileRoutes(incident, recipients);
  return (brand: string, issuer: string, country: string, merchants?: readonly string[]) =>
    routeFor(ask(brand, issuer, country), merchants);
};

describe('compileRoutes()', () => {
  it('lets the first matching route decide and says which it was', () => {
    const route = compile(
      [
        { brand: 'jcb', country: 'JP', recipient: 'jcb' },
        { brand: 'jcb', recipient: 'amex' },
      ],
      'psp',
    );
    expect(route('jcb', '', 'JP')).toEqual({ recipient: 'jcb', rule: 0 });
    expect(route('jcb', '', 'US')).toEqual({ recipient: 'amex', rule: 1 });
    expect(route('visa', '', 'JP')).toEqual({ recipient: 'psp', rule: DEFAULT_RULE });
  });

  it('compares issuers without regard to case, width and spacing', () => {
    const route = compile([{ issuer: 'Example Ｂank', recipient: 'amex' }]);
    expect(route('visa', 'EXAMPLE  BANK ', 'JP')).toEqual({ recipient: 'amex', rule: 0 });
    expect(route('visa', 'Example Bank 2', 'JP')).toBeUndefined();
  });

  it('sends cards of an unknown issuer by a route that says so', () => {
    const route = compile([{ issuer: 'unknown', recipient: 'amex' }], 'psp');
    expect(route('visa', '', '')).toEqual({ recipient: 'amex', rule: 0 });
    expect(route('visa', 'Example Bank', '')).toEqual({ recipient: 'psp', rule: DEFAULT_RULE });
  });

  it('keeps cards of an unknown brand for a person, whatever the default', () => {
    const route = compile([{ country: 'JP', recipient: 'jcb' }], 'psp');
    expect(route('unknown', 'Example Bank', 'JP')).toBeUndefined();
  });

  it('sends cards of an unknown brand by a route that names them', () => {
    const route = compile([{ brand: 'unknown', recipient: 'amex' }], 'psp');
    expect(route('unknown', '', '')).toEqual({ recipient: 'amex', rule: 0 });
    expect(route('visa', '', '')).toEqual({ recipient: 'psp', rule: DEFAULT_RULE });
  });

  it('sends a card of several merchants by the first route that takes it from one of them', () => {
    const route = compile(
      [
        { merchant: 'shop-b', recipient: 'amex' },
        { brand: 'jcb', merchant: 'shop-a', recipient: 'jcb' },
      ],
      'psp',
    );
    expect(route('jcb', '', '', ['shop-a'])).toEqual({ recipient: 'jcb', rule: 1 });
    expect(route('jcb', '', '', ['shop-a', 'shop-b'])).toEqual({ recipient: 'amex', rule: 0 });
    expect(route('jcb', '', '', ['shop-b', 'shop-a'])).toEqual({ recipient: 'amex', rule: 0 });
    expect(route('visa', '', '', ['shop-a'])).toEqual({ recipient: 'psp', rule: DEFAULT_RULE });
    expect(route('unknown', '', '', ['shop-b'])).toBeUndefined();
  });

  it('sends nothing anywhere without a match and a default', () => {
    expect(compile([])('visa', '', '')).toBeUndefined();
  });

  it.each([
    ['a recipient that does not exist', [{ brand: 'jcb', recipient: 'nobody' }], undefined],
    ['a default that does not exist', [], 'nobody'],
  ])('refuses %s', (_what, routes, fallback) => {
    expect(() => compile(routes, fallback)).toThrow(
      expect.objectContaining({
        code: 'route-recipient-unknown',
        facts: { route: routes.length, recipient: 'nobody' },
      }),
    );
  });

  it.each([
    ['in a route', [{ brand: 'jcb', recipient: 'old' }], undefined],
    ['as default', [], 'old'],
  ])('refuses a disabled recipient %s', (_what, routes, fallback) => {
    expect(() => compile(routes, fallback)).toThrow(
      expect.objectContaining({ code: 'route-recipient-disabled' }),
    );
  });

  it('refuses a brand that does not exist', () => {
    expect(() => compile([{ brand: 'amex', recipient: 'amex' }])).toThrow(
      expect.objectContaining({
        code: 'route-brand-unknown',
        facts: { route: 1, brand: 'amex' },
      }),
    );
  });
});
