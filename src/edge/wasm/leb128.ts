// Numbers as WebAssembly writes them, seven bits a byte, the lowest first (LEB128).

export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return bytes;
}

export function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    const isLast = rest >= -64n && rest <= 63n;
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}
