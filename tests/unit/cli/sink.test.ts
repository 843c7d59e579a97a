import { describe, expect, it } from 'vitest';

import { paint } from '../../../src/doors/cli/colour.ts';
import { Sink } from '../../../src/doors/cli/sink.ts';
import type { SinkStream } from '../../../src/doors/cli/sink.ts';

/** The published test number of Visa, which no card has. */
const published = '4111 1111 1111 1111';

class Capture implements SinkStream {
  text = '';
  readonly isTTY: boolean;
  isSlow = false;
  #drain: (() => void) | undefined;

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  write(text: string): boolean {
    this.text += text;
    return !this.isSlow;
  }

  once(_event: 'drain', listener: () => void): void {
    this.#drain = listener;
  }

  drain(): void {
    this.#drain?.();
  }
}

function sinkWith({ colour = false, isTTY = false } = {}): {
  out: Capture;
  err: Capture;
  sink: Sink;
} {
  const out = new Capture(isTTY);
  const err = new Capture(isTTY);
  const look = { colour };
  const sink = new Sink({ stdout: out, stderr: err, result: look, talk: look, language: 'en' });
  return { out, err, sink };
}

describe('Sink', () => {
  it('writes results to standard output and talk to standard error', () => {
    const { sink, out, err } = sinkWith();
    sink.result(['a', 'b']);
    sink.talk(['c']);
    expect(out.text).toBe('a\nb\n');
    expect(err.text).toBe('c\n');
    expect(sink.finalStatus(0)).toBe(0);
  });

  it.each(['result', 'talk'] as const)(
    'removes a card number from %s, tells it and spoils the status',
    (method) => {
      const { sink, out, err } = sinkWith();
      sink[method]([`number ${published} here`]);
      expect(out.text + err.text).not.toContain('1111 1111');
      expect(err.text).toContain('a card number was about to be printed');
      expect(sink.hits).toBe(1);
      expect(sink.finalStatus(0)).toBe(70);
    },
  );

  it('removes a card number from documents and artifacts, and the document stays JSON', () => {
    const { sink, out } = sinkWith();
    sink.document({ text: published });
    expect(JSON.parse(out.text)).toEqual({ text: '[card number removed]' });
    sink.artifact(published);
    expect(out.text).not.toContain('1111 1111');
    expect(sink.hits).toBe(2);
  });

  it('finds a card number through the styles of its digits', () => {
    const { sink, out } = sinkWith({ colour: true });
    sink.result([`4111 1111 ${paint('1111', 'bad', { colour: true })} 1111`]);
    expect(out.text).not.toContain('1111');
    expect(sink.hits).toBe(1);
  });

  it('keeps a worse status, and tells the alarm once', () => {
    const { sink, err } = sinkWith();
    sink.result([published, published]);
    sink.result([published]);
    expect(sink.finalStatus(65)).toBe(65);
    expect(err.text.match(/about to be printed/g)).toHaveLength(1);
    expect(sink.hits).toBe(3);
  });

  it('shows control characters and direction overrides instead of obeying them', () => {
    const { sink, out } = sinkWith({ colour: true });
    sink.result(['a\u001B[2Jb\u202Ec\nd\u009B31m']);
    expect(out.text).toBe('a\\u{1b}[2Jb\\u{202e}c\\u{a}d\\u{9b}31m\n');
  });

  it('escapes them inside JSON without changing what it means', () => {
    const { sink, out } = sinkWith();
    const value = { text: 'a\u001B[2J\u202E\u009B\u2028' };
    sink.document(value);
    expect(out.text.trimEnd()).not.toMatch(/[\p{Cc}\u2028\u202E]/u);
    expect(JSON.parse(out.text)).toEqual(value);
  });

  it('lets styles through to a stream with colour, and takes them out for one without', () => {
    const line = paint('good', 'good', { colour: true });
    const coloured = sinkWith({ colour: true });
    coloured.sink.result([line]);
    expect(coloured.out.text).toBe(`${line}\n`);
    const bare = sinkWith();
    bare.sink.result([line]);
    expect(bare.out.text).toBe('good\n');
  });

  it('draws progress on a terminal only, and clears it before anything else', () => {
    const pipe = sinkWith();
    pipe.sink.status('half');
    pipe.sink.endStatus();
    expect(pipe.err.text).toBe('');
    const terminal = sinkWith({ isTTY: true });
    terminal.sink.status('half');
    terminal.sink.result(['done']);
    terminal.sink.endStatus();
    expect(terminal.err.text).toBe('\rhalf\u001B[K\r\u001B[K');
    expect(terminal.out.text).toBe('done\n');
  });

  it('waits for a slow reader', async () => {
    const { sink, out } = sinkWith();
    await sink.drained();
    out.isSlow = true;
    sink.result(['a']);
    let isDrained = false;
    const waiting = sink.drained().then(() => {
      isDrained = true;
    });
    await Promise.resolve();
    expect(isDrained).toBe(false);
    out.drain();
    await waiting;
    expect(isDrained).toBe(true);
  });
});
