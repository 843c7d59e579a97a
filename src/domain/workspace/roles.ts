/** What an officer may do: request handoffs, approve them, answer callers, read the log. */
export const roles = ['officer', 'approver', 'desk', 'auditor'] as const;
export type Role = (typeof roles)[number];
