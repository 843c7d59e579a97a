import { z } from 'zod';

/** What a control file may hold: the words of its content. */
export const controlContents = ['empty', 'sha256', 'details', 'checkpoint'] as const;

const placeholder = /\{(?:name|stem)\}/g;

/** Whether a control file's name is made of the data file's name, once, and of plain characters. */
function isControlName(pattern: string): boolean {
  return (
    pattern.length <= 26 &&
    (pattern.match(placeholder) ?? []).length === 1 &&
    /^[A-Za-z0-9._-]*$/.test(pattern.replace(placeholder, '')) &&
    /^(?:\{|[A-Za-z0-9])/.test(pattern) &&
    pattern !== '{name}'
  );
}

/**
 * A small file that tells a recipient's program that the data file is whole: put beside it once that is verified, under
 * its own name, never over anything. It stands in for the rename on servers that have none, and is the manifest where
 * one is asked for.
 */
export const controlFileSchema = z
  .strictObject({
    name: z
      .string()
      .refine(isControlName, 'a name such as "{stem}.done", with {name} or {stem} once')
      .describe('{name}: the data file; {stem}: the data file without its extension.'),
    content: z
      .enum(controlContents)
      .default('empty')
      .describe(
        'empty; a line for sha256sum -c; lines with name, bytes, SHA-256, cards, mode; or these and a checkpoint.',
      ),
    newline: z.enum(['lf', 'crlf']).default('lf'),
  })
  .refine(({ content, newline }) => content !== 'checkpoint' || newline === 'lf', {
    // The signature of a checkpoint is over its bytes.
    ...{ path: ['newline'], error: 'lf, as a checkpoint has' },
  });

export type ControlFile = z.output<typeof controlFileSchema>;

/** What a control file may say of the data file it stands beside. */
export interface ControlledFile {
  /** Final name in the recipient's directory. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly mode: 'drill' | 'live';
  /** Left out of a test file, whose count the recipient has to read out. */
  readonly cards?: number;
  readonly sequence?: number;
  /** Signed note, as text; for the content that has one. */
  readonly checkpoint?: string;
}

/** The name of the control file beside a data file. */
export function controlName({ name }: Pick<ControlFile, 'name'>, dataName: string): string {
  const dot = dataName.lastIndexOf('.');
  const stem = dot > 0 ? dataName.slice(0, dot) : dataName;
  return name.replace('{name}', dataName).replace('{stem}', stem);
}

/**
 * The bytes of a control file: the same for every attempt, so that one that is found can be compared.
 *
 * `sha256`: digest, two spaces, name, as `sha256sum -c` reads it. `details`: `key=value` lines in a fixed order.
 * `checkpoint`: the same, an empty line, and the signed note as it is.
 */
export function controlBytes(control: ControlFile, file: ControlledFile): Uint8Array {
  const end = control.newline === 'crlf' ? '\r\n' : '\n';
  return new TextEncoder().encode(
    linesOf(control.content, file)
      .map((line) => `${line}${end}`)
      .join(''),
  );
}

function linesOf(content: ControlFile['content'], file: ControlledFile): string[] {
  switch (content) {
    case 'empty':
      return [];
    case 'sha256':
      return [`${file.sha256}  ${file.name}`];
    case 'details':
      return detailsOf(file);
    case 'checkpoint':
      if (file.checkpoint === undefined) throw new Error('a control file without its checkpoint');
      return [...detailsOf(file), '', ...file.checkpoint.trimEnd().split('\n')];
  }
}

function detailsOf(file: ControlledFile): string[] {
  const { name, sizeBytes, sha256, cards, sequence, mode } = file;
  return [
    `name=${name}`,
    `bytes=${String(sizeBytes)}`,
    `sha256=${sha256}`,
    ...(cards === undefined ? [] : [`cards=${String(cards)}`]),
    ...(sequence === undefined ? [] : [`sequence=${String(sequence)}`]),
    `mode=${mode === 'live' ? 'LIVE' : 'TEST'}`,
  ];
}
