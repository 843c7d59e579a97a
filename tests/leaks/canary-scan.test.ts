import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CanaryScan, dresses } from '../support/canaries.ts';
import { cardDigits, seededRandom } from '../support/seeded-cards.ts';
import { joinedByTarget, readTrace, underStrace } from '../support/strace.ts';

const rng = seededRandom(31_337);
const canary = cardDigits(rng, { prefix: '4900' }).join('');
const amexCanary = cardDigits(rng, { prefix: '37', length: 15 }).join('');
const noise = Uint8Array.from({ length: 500 }, (_, at) => (at * 193) % 251);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mm-canary-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The whole number as a careless program would have written it, by the names of `dresses`. */
const written: Readonly<Record<string, (digits: string) => Uint8Array>> = {
  ascii: (digits) => Buffer.from(`"pan":"${digits}"`),
  'utf-16le': (digits) => Buffer.from(digits, 'utf16le'),
  'utf-16be': (digits) => Buffer.from(digits, 'utf16le').swap16(),
  spaced: (digits) => Buffer.from(digits.split('').join(' ')),
  'spaced in fours': (digits) => Buffer.from(digits.replace(/(.{4})/g, '$1 ')),
  'hyphened in fours': (digits) => Buffer.from(digits.match(/.{1,4}/g)!.join('-')),
  'full-width UTF-8': (digits) => Buffer.from(Array.from(digits, toFullWidth).join('')),
  'full-width Shift_JIS': (digits) =>
    Uint8Array.from(Array.from(digits, Number).flatMap((digit) => [0x82, 0x4f + digit])),
  'packed BCD': (digits) => Buffer.from(digits.padEnd(20, 'f'), 'hex'),
  'digit values': (digits) => Uint8Array.from(digits, Number),
  'list of digits': (digits) => Buffer.from(JSON.stringify(Array.from(digits, Number))),
  hexadecimal: (digits) => Buffer.from(Buffer.from(digits).toString('hex').toUpperCase()),
  base64: (digits) => Buffer.from(Buffer.from(`x${digits}`).toString('base64url')),
  reversed: (digits) => Buffer.from(Array.from(digits).reverse().join('')),
  'percent-encoded': (digits) => Buffer.from(Array.from(digits, (digit) => `%3${digit}`).join('')),
  integer: (digits) => new Uint8Array(new BigUint64Array([BigInt(digits)]).buffer),
  double: (digits) => new Uint8Array(new Float64Array([Number(digits)]).buffer),
};

describe('CanaryScan.inFolder()', () => {
  const scan = new CanaryScan([canary, amexCanary]);

  it('plants a number in every dress it looks for', () => {
    expect(Object.keys(written).sort()).toEqual(Object.keys(dresses).sort());
  });

  for (const [name, write] of Object.entries(written)) {
    it(`finds a number planted as ${name}`, () => {
      for (const [place, digits] of [canary, amexCanary].entries()) {
        const file = join(folder, `${name}-${place}`);
        writeFileSync(file, noise);
        appendFileSync(file, write(digits));
        appendFileSync(file, noise);
        expect(scan.inFolder(folder)).toContainEqual({
          place: file,
          encoding: name,
          canary: place,
        });
        rmSync(file);
      }
    });
  }

  it('finds base64 at any offset, and a number that lost both ends', () => {
    for (const before of ['', 'y', 'yz', 'xyz']) {
      const text = Buffer.from(`${before}${canary};`).toString('base64');
      expect(scan.inText(`..${text}..`, '').map(({ encoding }) => encoding)).toContain('base64');
    }
    expect(scan.inText(canary.slice(3, 14), '')).toHaveLength(1);
  });

  it('finds nothing in noise, in other numbers and in truncated ones', () => {
    const others = Array.from({ length: 500 }, () => cardDigits(rng).join('')).join('\n');
    const truncated = `${canary.slice(0, 6)}******${canary.slice(-4)}`;
    writeFileSync(
      join(folder, 'innocent'),
      Buffer.concat([noise, Buffer.from(others + truncated)]),
    );
    expect(scan.inFolder(folder)).toEqual([]);
  });

  it('looks at the names of files', () => {
    const file = join(folder, `card ${canary}.csv`);
    writeFileSync(file, '');
    expect(scan.inFolder(folder).map(({ encoding }) => encoding)).toEqual(['ascii']);
    rmSync(file);
  });
});

describe('readTrace()', () => {
  it('shows what a program wrote to a file, a pipe and a socket, in full', () => {
    const script = `
      import { appendFileSync, promises } from 'node:fs';
      import { spawn } from 'node:child_process';
      import { once } from 'node:events';
      import { connect, createServer } from 'node:net';
      const digits = process.argv[2].split('').reverse().join('');
      appendFileSync(process.argv[1] + '-sync', digits);
      await promises.writeFile(process.argv[1] + '-async', 'x'.repeat(300000) + digits);
      const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
      child.stdin.end(digits);
      await once(child, 'exit');
      const server = createServer((socket) => socket.resume());
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const socket = connect(server.address().port, '127.0.0.1');
      socket.end(digits);
      await once(socket, 'close');
      server.close();`;
    const file = join(folder, 'trace');
    const planted = canary.split('').reverse().join('');
    const [program, ...options] = underStrace(file);
    const node = [
      process.execPath,
      '--input-type=module',
      '-e',
      script,
      join(folder, 'out'),
      planted,
    ];
    execFileSync(program!, [...options, ...node]);
    const scan = new CanaryScan([canary]);
    const seen = [...joinedByTarget(readTrace(file))].flatMap(([to, payload]) =>
      scan.inBytes(payload, to).map(({ place }) => place.replace(/^\d+/, '')),
    );
    expect(seen).toContain(`<${folder}/out-sync>`);
    expect(seen).toContain(`<${folder}/out-async>`);
    expect(seen.some((place) => place.startsWith('<TCP') || place.startsWith('<socket'))).toBe(
      true,
    );
    expect(seen.length).toBeGreaterThanOrEqual(4);
  });

  it('refuses a payload that strace cut short', () => {
    const file = join(folder, 'cut');
    writeFileSync(file, '1 write(3</x>, "\\x31\\x32"..., 900) = 900\n');
    expect(() => readTrace(file)).toThrow('cut short');
  });
});

function toFullWidth(digit: string): string {
  return String.fromCharCode(digit.charCodeAt(0) + 0xfee0);
}
