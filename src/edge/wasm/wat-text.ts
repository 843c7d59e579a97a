/** A part of a module's text: a word, a quoted text with its quotes, or a list of parts. */
export type WatPart = string | readonly WatPart[];

/** Comments `;; …` to the end of the line, brackets, quoted texts, words. */
const tokens = /;;[^\n]*|[()]|"[^"]*"|[^\s()";]+/g;

/**
 * Reads the text format of WebAssembly as far as its brackets: the parts of the outermost list. Throws SyntaxError for
 * brackets that do not match.
 */
export function readWat(text: string): readonly WatPart[] {
  const open: WatPart[][] = [[]];
  for (const [token] of text.matchAll(tokens)) {
    if (token.startsWith(';;')) continue;
    if (token === '(') open.push([]);
    else if (token === ')') {
      const done = open.pop();
      const outer = open.at(-1);
      if (done === undefined || outer === undefined) throw new SyntaxError('wat: ) without (');
      outer.push(done);
    } else open.at(-1)!.push(token);
  }
  const [whole] = open;
  const [module] = whole ?? [];
  if (open.length !== 1 || whole?.length !== 1 || !Array.isArray(module)) {
    throw new SyntaxError('wat: not one module');
  }
  return module as readonly WatPart[];
}
