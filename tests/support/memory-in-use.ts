import { setTimeout } from 'node:timers/promises';

/** Bytes on the JavaScript heap and beside it. What is still on its way out is kept by nobody: it goes once the loop has turned. */
export async function memoryInUse(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    await setTimeout(20);
    global.gc!();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
