import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One page for people, as text. `path` is relative to the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A fenced block: the word behind its opening fence, and its lines. */
interface Fence {
  readonly language: string;
  readonly lines: readonly string[];
}

/** Every Markdown page of the repository that people read. */
export function allPages(): Page[] {
  const folders = ['docs', 'config', 'keys.example'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  );
  return [...readdirSync(root), ...folders].filter((name) => name.endsWith('.md')).map(page);
}

/** One page by its path. */
export function page(path: string): Page {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** Fenced blocks in order; those inside list items lose their indent. */
export function fencesOf({ text }: Page): Fence[] {
  return [...text.matchAll(/^( *)```(\w*)\n([^]*?)^\1```$/gm)].map(
    ([, indent, language, body]) => ({
      language: language!,
      lines: body!
        .split('\n')
        .slice(0, -1)
        .map((line) => line.slice(indent!.length)),
    }),
  );
}

/** The page without fenced blocks. */
function proseOf({ text }: Page): string {
  return text.replace(/^( *)```\w*\n[^]*?^\1```$/gm, '');
}

/** Texts in backquotes outside fenced blocks. */
export function inlineCodeOf(of: Page): string[] {
  return [...proseOf(of).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
}

/** Relative links that lead nowhere, as they stand in the page. */
export function brokenLinksOf(of: Page): string[] {
  const links = [...proseOf(of).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  return links.filter((link) => !/^[a-z]+:/.test(link) && !isThere(of, link));
}

/** Rows of a page's tables whose first cell is code: the cells, without backquotes. */
export function codeRowsOf({ text }: Page): string[][] {
  return text
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

function isThere(of: Page, link: string): boolean {
  const [path, anchor] = link.split('#') as [string, string?];
  const target = path === '' ? of.path : join(dirname(of.path), path);
  const absolute = resolve(root, target);
  if (relative(root, absolute).startsWith('..') || !existsSync(absolute)) return false;
  if (anchor === undefined) return true;
  return !statSync(absolute).isDirectory() && anchorsOf(page(target)).includes(anchor);
}

/** Headings as GitHub names them in links. */
function anchorsOf(of: Page): string[] {
  return [...proseOf(of).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
