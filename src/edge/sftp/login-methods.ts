import ssh2 from 'ssh2';
import type { AnyAuthMethod } from 'ssh2';

import type { SftpCredentials, SftpEndpoint } from '../../exchange/delivery/courier.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';

/** 'none' is never tried: it tells the server a user name and gains nothing. */
export type LoginMethod = AnyAuthMethod & {
  readonly type: 'publickey' | 'password' | 'keyboard-interactive';
};

/**
 * The ways to log in, in the order they are tried. A password is also offered as the answer to one hidden prompt,
 * because servers behind PAM often ask for it that way only.
 *
 * Throws DeliveryFault `credential-unusable` when a secret the endpoint needs is missing or is no private key.
 */
export function loginMethods(
  endpoint: SftpEndpoint,
  credentials: SftpCredentials,
): readonly LoginMethod[] {
  const methods: LoginMethod[] = [];
  if (endpoint.authentication !== 'password') {
    const { privateKey, retiringKey } = credentials;
    methods.push(keyLogin(endpoint, privateKey));
    if (retiringKey !== undefined) methods.push(keyLogin(endpoint, retiringKey));
  }
  if (endpoint.authentication !== 'key') methods.push(...passwordLogins(endpoint, credentials));
  return methods;
}

function keyLogin(endpoint: SftpEndpoint, privateKey: Uint8Array | undefined): LoginMethod {
  const key =
    privateKey === undefined
      ? undefined
      : ssh2.utils.parseKey(
          Buffer.from(privateKey.buffer, privateKey.byteOffset, privateKey.byteLength),
        );
  // The parser's own error stays out: it may quote the key file.
  if (key === undefined || key instanceof Error || !key.isPrivateKey()) {
    throw new DeliveryFault('credential-unusable', { credential: 'private-key' });
  }
  return { type: 'publickey', username: endpoint.user, key };
}

function passwordLogins(endpoint: SftpEndpoint, credentials: SftpCredentials): LoginMethod[] {
  const { password } = credentials;
  if (password === undefined || password === '') {
    throw new DeliveryFault('credential-unusable', { credential: 'password' });
  }
  return [
    { type: 'password', username: endpoint.user, password },
    {
      type: 'keyboard-interactive',
      username: endpoint.user,
      prompt: (_name, _instructions, _language, prompts, finish) => {
        const isOnePassword = prompts.length === 1 && prompts[0]?.echo !== true;
        finish(isOnePassword ? [password] : prompts.map(() => ''));
      },
    },
  ];
}
