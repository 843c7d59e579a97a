import { signed, unsigned } from './leb128.ts';
import {
  memoryInstructions,
  placeInstructions,
  plainInstructions,
  type PlaceKind,
  valueTypes,
} from './wat-instructions.ts';
import type { WatPart } from './wat-text.ts';

const BLOCK = 0x02;
const LOOP = 0x03;
const IF = 0x04;
const ELSE = 0x05;
const END = 0x0b;
const I32_CONST = 0x41;
const I64_CONST = 0x42;
const NO_RESULT = 0x40;

/** Names that stand for places, but for labels. */
export type WatNames = Readonly<Record<Exclude<PlaceKind, 'label'>, ReadonlyMap<string, number>>>;

/**
 * Writes the body of a function whose instructions stand folded, operands inside their instruction. Throws SyntaxError
 * for what it does not know.
 */
export class WatCode {
  readonly bytes: number[] = [];
  readonly #names: WatNames;
  /** Open blocks, the innermost last. */
  readonly #labels: string[] = [];

  constructor(names: WatNames) {
    this.#names = names;
  }

  body(parts: readonly WatPart[]): void {
    for (const part of parts) this.#write(part);
    this.bytes.push(END);
  }

  #write(part: WatPart): void {
    if (typeof part === 'string') throw new SyntaxError(`wat: ${part} stands outside brackets`);
    const [name, ...rest] = part;
    if (typeof name !== 'string') throw new SyntaxError('wat: a list without a name');
    if (name === 'block' || name === 'loop') this.#block(name === 'block' ? BLOCK : LOOP, rest);
    else if (name === 'if') this.#if(rest);
    else this.#instruction(name, rest);
  }

  #block(opcode: number, parts: readonly WatPart[]): void {
    const [label, ...inner] = withLabel(parts);
    const [type, ...instructions] = withResult(inner);
    this.bytes.push(opcode, type);
    this.#inside(label, instructions);
    this.bytes.push(END);
  }

  #if(parts: readonly WatPart[]): void {
    const [label, ...inner] = withLabel(parts);
    const [type, condition, ...arms] = withResult(inner);
    const [then, otherwise] = arms as (readonly WatPart[] | undefined)[];
    if (condition === undefined || then?.[0] !== 'then') throw new SyntaxError('wat: (if …)');
    this.#write(condition);
    this.bytes.push(IF, type);
    this.#inside(label, then.slice(1));
    if (otherwise !== undefined) {
      if (otherwise[0] !== 'else') throw new SyntaxError('wat: (if …)');
      this.bytes.push(ELSE);
      this.#inside(label, otherwise.slice(1));
    }
    this.bytes.push(END);
  }

  #inside(label: string, instructions: readonly WatPart[]): void {
    this.#labels.push(label);
    for (const instruction of instructions) this.#write(instruction);
    this.#labels.pop();
  }

  #instruction(name: string, parts: readonly WatPart[]): void {
    const words = parts.filter((part) => typeof part === 'string');
    for (const part of parts) if (typeof part !== 'string') this.#write(part);
    const [word] = words;
    const memory = memoryInstructions.get(name);
    const place = placeInstructions.get(name);
    if (memory !== undefined) this.#address(memory, word);
    else if (place !== undefined)
      this.bytes.push(place[0], ...unsigned(this.#place(place[1], word)));
    else if (name === 'i32.const')
      this.bytes.push(I32_CONST, ...signed(BigInt.asIntN(32, BigInt(word ?? ''))));
    else if (name === 'i64.const') this.bytes.push(I64_CONST, ...signed(BigInt(word ?? '')));
    else this.bytes.push(...plain(name));
  }

  #address([opcode, align]: readonly [number, number], word = 'offset=0'): void {
    const offset = Number(/^offset=(\d+)$/.exec(word)?.[1] ?? Number.NaN);
    if (Number.isNaN(offset)) throw new SyntaxError(`wat: ${word} is no offset`);
    this.bytes.push(opcode, align, ...unsigned(offset));
  }

  #place(kind: PlaceKind, name = ''): number {
    if (kind === 'label') {
      const found = this.#labels.lastIndexOf(name);
      if (found >= 0) return this.#labels.length - 1 - found;
    } else {
      const found = this.#names[kind].get(name);
      if (found !== undefined) return found;
    }
    throw new SyntaxError(`wat: no ${kind} ${name}`);
  }
}

function plain(name: string): readonly number[] {
  const opcode = plainInstructions.get(name);
  if (opcode === undefined) throw new SyntaxError(`wat: unknown instruction ${name}`);
  return opcode;
}

/** The label in front, '' without one. */
function withLabel(parts: readonly WatPart[]): readonly [string, ...WatPart[]] {
  const [first, ...rest] = parts;
  return typeof first === 'string' ? [first, ...rest] : ['', ...parts];
}

/** The type of the result in front. */
function withResult(parts: readonly WatPart[]): readonly [number, ...WatPart[]] {
  const [first, ...rest] = parts;
  if (!Array.isArray(first) || first[0] !== 'result') return [NO_RESULT, ...parts];
  return [typeOf(first[1] as WatPart), ...rest];
}

export function typeOf(name: WatPart | undefined): number {
  const type = typeof name === 'string' ? valueTypes.get(name) : undefined;
  if (type === undefined) throw new SyntaxError('wat: unknown type');
  return type;
}
