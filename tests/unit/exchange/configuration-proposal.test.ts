import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { composeConfiguration } from '../../../src/exchange/configuration/configuration-proposal.ts';
import { answerFormat } from '../../support/answer-formats.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

describe('composeConfiguration()', () => {
  const theirs = { ...answerFormat('line-codes'), id: 'theirs' };
  const answers = { format: 'theirs', within_hours: 24 };

  it('refuses a recipient whose answer format nobody has', async () => {
    desk.configuration.changeRecipient('psp', { answers });
    await expect(composeConfiguration(desk, undefined)).rejects.toMatchObject({
      ...{ code: 'profile-unknown', facts: { profile: 'theirs', folder: 'answers' } },
    });
  });

  it('takes one of the workspace, and one that comes with the program', async () => {
    desk.configuration.changeRecipient('psp', { answers });
    desk.configuration.changeRecipient('amex', { answers: { ...answers, format: 'line-codes' } });
    const proposal = { ...desk.proposal, answers: () => Promise.resolve([theirs]) };
    const document = await composeConfiguration(
      { facts: desk.facts, configuration: desk.configuration, proposal },
      undefined,
    );
    expect(document.answers).toEqual([theirs]);
  });
});
