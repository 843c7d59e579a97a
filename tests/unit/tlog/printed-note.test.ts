import { describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../../src/doors/cli/layout.ts';
import { noteLines } from '../../../src/doors/cli/screens/note-lines.ts';
import { readPrintedNote } from '../../../src/domain/tlog/printed-note.ts';

const blob =
  'pesLORr0D9Gz9w4ZbB88hgDh7gHLNmC6JHJPDt91IzvLbN82MobzgKpqYp0+qubpWT8lidsK5F72R4ZL6MpVSjwZFwg=';
const noteOf = (origin: string): string =>
  `${origin}\n2\nAxeEf3GXyuXkgTzWh2VkWfDNAQggrWDT7IpAUuye4nM=\n\n— ${origin} ${blob}\n`;
const note = noteOf('mimamori.example/drill/shop-a');
const read = (text: string): string =>
  new TextDecoder().decode(readPrintedNote(new TextEncoder().encode(text)));

describe('readPrintedNote()', () => {
  it.each([
    ['a short name', note],
    ['a name wider than a line', noteOf(`desk/${'long-'.repeat(38)}`)],
    ['a name of double width', noteOf(`見守り/${'訓練'.repeat(60)}`)],
    ['two signatures', `${note}— witness.example/w1 ${blob}\n`],
    ['a long signature of somebody else', `${note}— pq.example ${blob.slice(0, -4).repeat(40)}\n`],
  ])('reads what noteLines() printed: %s', (_name, whole) => {
    const printed = noteLines(whole);

    expect(printed.filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
    expect(read(`${printed.join('\n')}\n`)).toBe(whole);
  });

  const printed = noteLines(note).join('\n');

  it.each([
    ['without its last line end', printed],
    ['without the spaces before its first line', printed.trimStart()],
    ['with empty lines around it', `\n${printed}\n\n`],
    ['as a note without its last line end', note.trimEnd()],
  ])('reads it %s', (_name, copied) => {
    expect(read(copied)).toBe(note);
  });

  it('leaves a note as it is, also one whose text begins with spaces', () => {
    const indented = `  a log\n2\n\n— a.example ${blob}\n`;
    expect(read(note)).toBe(note);
    expect(read(indented)).toBe(indented);
  });

  it.each([
    ['spaces at line ends', printed.replaceAll('\n', ' \n')],
    ['line ends of Windows', printed.replaceAll('\n', '\r\n')],
    ['tabs before lines', printed.replaceAll(/^ +/gm, '\t')],
    ['a signature broken without a backslash', printed.replace(/\\\n/, '\n')],
    ['a space inside the signature', printed.replace('pesL', 'pe sL')],
    ['the sentence above it', `Checkpoint over 2 entries of the log.\n${printed}`.concat('\nNext')],
    ['no blank line', printed.replace('\n\n', '\n')],
    ['a mark in front of each line', printed.replaceAll(/^/gm, '> ')],
  ])('repairs nothing else: %s', (_name, copied) => {
    expect(read(copied)).toBe(copied);
  });

  it('gives back bytes that are no text', () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0x0a);
    expect(readPrintedNote(bytes)).toBe(bytes);
  });
});
