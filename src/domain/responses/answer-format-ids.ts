/** The ways in which recipients write what they say of cards. */
export const answerFormatIds = ['card-answer', 'line-codes'] as const;
export type AnswerFormatId = (typeof answerFormatIds)[number];
