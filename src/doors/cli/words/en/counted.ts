import { figure } from '../../figures.ts';

/**
 * A number with its noun, `1 card`, `3,402 cards`. A number that is text already, such as a fact of a fault, stays as it
 * is. Throws nothing.
 */
export function counted(n: number | string, one: string, many = `${one}s`): string {
  const shown = typeof n === 'number' ? figure(n) : n;
  return `${shown} ${shown === '1' ? one : many}`;
}
