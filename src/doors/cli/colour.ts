/** How a screen is drawn. Colour only adds to what the words say. */
export interface Look {
  readonly colour: boolean;
}

/** What a piece of text is, not how it looks: screens never name a colour. */
export type Style = 'strong' | 'faint' | 'good' | 'warn' | 'bad';

const codes: Readonly<Record<Style, number>> = { strong: 1, faint: 2, good: 32, warn: 33, bad: 31 };
const RESET = '\u001B[0m';

/** The only escape sequences that a screen may hold; the sink lets no other pass (ECMA-48 8.3.117, SGR). */
export const styleSequences: readonly string[] = [
  RESET,
  ...Object.values(codes).map((code) => `\u001B[${String(code)}m`),
];

/** The text in a style, or as it is. Throws nothing. */
export function paint(text: string, style: Style | undefined, look: Look): string {
  if (!look.colour || style === undefined || text === '') return text;
  return `\u001B[${String(codes[style])}m${text}${RESET}`;
}

/**
 * Whether a stream gets colour: it must be a terminal, and nothing may forbid it (no-color.org; TERM=dumb; --no-color).
 */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
  isForbidden = false,
): boolean {
  return (
    stream.isTTY === true &&
    !isForbidden &&
    (environment['NO_COLOR'] ?? '') === '' &&
    environment['TERM'] !== 'dumb'
  );
}
