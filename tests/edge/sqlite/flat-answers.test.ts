import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

import type { AnswerReading } from '../../support/answer-meter.ts';

const meter = fileURLToPath(new URL('../../support/answer-meter.ts', import.meta.url));
/** The first is read to warm up: code that is not compiled yet is in use later. */
const sizes = [5_000, 5_000, 105_000];
/** A byte each, and pieces of which the ends are not used; a Map of objects takes some 110. */
const bytesMax = 4;

it('SqliteCardAnswers.standing() holds a few bytes for each card that answers name', async () => {
  const args = ['--expose-gc', meter, ...sizes.map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const [, base, more] = JSON.parse(stdout) as [AnswerReading, AnswerReading, AnswerReading];
  expect([base.named, more.named]).toEqual(sizes.slice(1));
  expect((more.held - base.held) / (more.cards - base.cards)).toBeLessThan(bytesMax);
});
