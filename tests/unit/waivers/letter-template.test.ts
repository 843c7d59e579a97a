import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { letterFields } from '../../../src/domain/waivers/letter-fields.ts';
import { LetterTemplate } from '../../../src/domain/waivers/letter-template.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const parse = (text: string | Uint8Array) =>
  LetterTemplate.parse(
    typeof text === 'string' ? new TextEncoder().encode(text) : text,
    'letter.txt',
  );
const factsOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('LetterTemplate.lacking()', () => {
  it('names each place once that a fact is missing for, and none that the letter does not have', () => {
    const template = parse('{{ contact }} {{issuer}}\n{{contact}} {{case_number}}');
    expect(template.lacking({ issuer: 'Bank' })).toEqual(['contact', 'case_number']);
    expect(template.lacking({ issuer: 'Bank', contact: 'desk', case_number: '1' })).toEqual([]);
  });
});

describe('LetterTemplate.fill()', () => {
  it('puts facts in their places and a blank where nobody told one', () => {
    const template = parse('To {{ issuer }} from {{organisation}}\r\n  {{windows}}.\r\n');
    expect(template.fill({ issuer: 'Bank', windows: 'a\nb' }, '____')).toBe(
      'To Bank from ____\n  a\n  b.\n',
    );
  });

  it('takes no placeholder out of a fact, nor what nobody sees', () => {
    const facts = { issuer: '{{contact}}\u202E$&', contact: 'secret' };
    expect(parse('{{issuer}}').fill(facts, '_')).toBe('{{contact}} $&');
  });

  it.each(['ja', 'en'])(
    'has every fact in the template that comes with the program, %s',
    (lang) => {
      const bytes = new Uint8Array(readFileSync(`config/letters/waiver-request.${lang}.txt`));
      const facts = Object.fromEntries(letterFields.map((field) => [field, `<${field}>`]));
      const letter = parse(bytes).fill(facts, '_');
      for (const field of letterFields) expect(letter).toContain(`<${field}>`);
      expect(parse(bytes).fill({}, 'BLANK')).not.toMatch(/\{\{|\}\}/);
    },
  );
});

describe('LetterTemplate.fill() with a number in two parts', () => {
  const number = cardDigits(seededRandom(5), {}).join('');

  it('refuses what only together is a card number', () => {
    const template = parse(`${number.slice(0, 4)}{{cards}}${number.slice(5)}`);
    expect(factsOf(() => template.fill({ cards: number[4]! }, '_'))).toMatchObject({
      ...{ code: 'letter-template', facts: { file: 'letter.txt', problem: 'card-number' } },
    });
    expect(template.fill({}, '_')).toContain('_');
  });
});

describe('LetterTemplate.parse()', () => {
  const number = cardDigits(seededRandom(5), {}).join('');

  it.each([
    [
      'an unknown placeholder',
      'x\n{{balance}}',
      { problem: 'placeholder', line: 2, found: 'balance' },
    ],
    ['an empty one', '{{}}', { problem: 'placeholder', line: 1, found: '' }],
    ['one that does not close', '{{issuer}', { problem: 'braces', line: 1 }],
    ['braces inside braces', '{{{issuer}}}}', { problem: 'braces', line: 1 }],
    ['what turns the line around', 'x\u202Ey', { problem: 'control', line: 1 }],
    ['an escape', '\u001B[2J', { problem: 'control', line: 1 }],
    ['a card number', `Card ${number}`, { problem: 'card-number' }],
    ['another charset', Uint8Array.of(0x82, 0xa0), { problem: 'charset' }],
  ])('refuses %s', (_, text, facts) => {
    expect(factsOf(() => parse(text))).toMatchObject({
      ...{ code: 'letter-template', facts: { file: 'letter.txt', ...facts } },
    });
  });
});
