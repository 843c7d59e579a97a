/** Weaknesses of old certificates that may be accepted, one by one and with a reason. */
export const weaknesses = ['rsa-2048', 'sha1-self-signature'] as const;
