import { describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../../src/domain/recipients/parse-endpoint.ts';

describe('parseEndpoint()', () => {
  it.each([
    ['shop@sftp.example/in', 'shop', 'sftp.example', 22, '/in'],
    ['shop@sftp.example:2222/in/cards/', 'shop', 'sftp.example', 2222, '/in/cards'],
    ['sftp://shop@sftp.example/in', 'shop', 'sftp.example', 22, '/in'],
    ['shop@192.0.2.7:22/', 'shop', '192.0.2.7', 22, '/'],
    ['shop@[2001:db8::22]:2022/in', 'shop', '2001:db8::22', 2022, '/in'],
    ['shop@[::1]/in', 'shop', '::1', 22, '/in'],
    ['shop@corp@sftp.example/in', 'shop@corp', 'sftp.example', 22, '/in'],
    ['shop@sftp.example/./in', 'shop', 'sftp.example', 22, 'in'],
    ['shop@sftp.example/.', 'shop', 'sftp.example', 22, '.'],
    ['shop@sftp.example/./', 'shop', 'sftp.example', 22, '.'],
    ['shop@sftp.example/受信', 'shop', 'sftp.example', 22, '/受信'],
  ])('reads %s', (text, user, host, port, directory) => {
    expect(parseEndpoint(text)).toEqual({ user, host, port, directory });
  });

  it.each([
    ['', 'user'],
    ['sftp.example/in', 'user'],
    ['@sftp.example/in', 'user'],
    ['a b@sftp.example/in', 'user'],
    ['shop@/in', 'host'],
    ['shop@-sftp.example/in', 'host'],
    ['shop@2001:db8::22/in', 'port'],
    ['shop@[sftp.example]/in', 'host'],
    ['shop@[2001:db8::22/in', 'host'],
    ['shop@sftp.example:0/in', 'port'],
    ['shop@sftp.example:65536/in', 'port'],
    ['shop@sftp.example:022/in', 'port'],
    ['shop@sftp.example:/in', 'port'],
    ['shop@sftp.example', 'directory'],
    ['shop@sftp.example:22', 'directory'],
    ['shop@sftp.example//in', 'directory'],
    ['shop@sftp.example/in/../out', 'directory'],
    ['shop@sftp.example/./../out', 'directory'],
    ['shop@sftp.example/in\\out', 'directory'],
  ])('refuses %s', (text, part) => {
    expect(() => parseEndpoint(text)).toThrow(
      expect.objectContaining({
        code: 'endpoint-malformed',
        facts: { expected: 'user@host[:port]/directory', part },
      }),
    );
  });

  it('refuses a password and does not repeat it', () => {
    let fault: unknown;
    try {
      parseEndpoint('shop:hunter2@sftp.example/in');
    } catch (error) {
      fault = error;
    }
    expect(fault).toMatchObject({ code: 'endpoint-with-password' });
    expect(String(fault)).not.toContain('hunter2');
  });
});
