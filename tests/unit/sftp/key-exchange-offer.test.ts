import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { explainRefusal } from '../../../src/edge/sftp/algorithms.ts';
import { parseOffer } from '../../../src/edge/sftp/key-exchange-offer.ts';

/** The first bytes of a server: a version line and SSH_MSG_KEXINIT. */
function greeting(lists: readonly string[], before = ''): Buffer {
  const names = lists.map((list) => {
    const text = Buffer.from(list, 'latin1');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    return Buffer.concat([length, text]);
  });
  const payload = Buffer.concat([Buffer.from([20]), Buffer.alloc(16, 7), ...names]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length + 1 + 4);
  head[4] = 4;
  const version = Buffer.from(`${before}SSH-2.0-old\r\n`);
  return Buffer.concat([version, head, payload, Buffer.alloc(4)]);
}

const old = ['diffie-hellman-group14-sha1', 'ssh-rsa,ssh-dss', '3des-cbc', 'aes', 'hmac-sha1'];
const rest = ['hmac-md5', 'none', 'none', '', ''];

describe('parseOffer()', () => {
  it('reads the lists towards the server, after any lines before the version', () => {
    expect(parseOffer(greeting([...old, ...rest], 'Welcome\r\n'))).toEqual({
      ...{ 'key-exchange': ['diffie-hellman-group14-sha1'], 'host-key': ['ssh-rsa', 'ssh-dss'] },
      ...{ cipher: ['3des-cbc'], mac: ['hmac-sha1'] },
    });
  });

  it('returns nothing until the whole packet is there', () => {
    const whole = greeting([...old, ...rest]);
    for (let length = 0; length < whole.length; length += 1) {
      expect(parseOffer(whole.subarray(0, length))).toBeUndefined();
    }
  });

  it('leaves out names that no algorithm may have, and never throws', () => {
    const hostile = greeting(['a\u001b[31m,ok', 'x'.repeat(65), ' ', '', 'é,mac', ...rest]);
    expect(parseOffer(hostile)).toMatchObject({ 'key-exchange': ['ok'], mac: ['mac'] });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        parseOffer(Buffer.concat([Buffer.from('SSH-2.0-x\n'), bytes]));
      }),
    );
  });
});

describe('explainRefusal()', () => {
  const offer = parseOffer(greeting([...old, ...rest]))!;

  it('names one algorithm of each kind without a match', () => {
    expect(explainRefusal(offer, [])).toEqual({
      missing: ['key-exchange', 'host-key', 'cipher', 'mac'],
      allow: ['diffie-hellman-group14-sha1', 'ssh-rsa', '3des-cbc', 'hmac-sha1'],
    });
  });

  it('leaves out what is allowed already, and a MAC that AES-GCM does without', () => {
    const gcm = { ...offer, cipher: ['aes256-gcm@openssh.com'] };
    expect(explainRefusal(gcm, ['ssh-rsa'])).toEqual({
      ...{ missing: ['key-exchange'], allow: ['diffie-hellman-group14-sha1'] },
    });
  });

  it('proposes nothing when allowing would not be enough', () => {
    const broken = { ...offer, 'key-exchange': ['diffie-hellman-group1-sha1'] };
    expect(explainRefusal(broken, []).allow).toEqual([]);
  });
});
