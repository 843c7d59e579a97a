import { Scratch } from './scratch.ts';
import { PrepareBench } from './prepare-bench.ts';
import { Workspace } from './workspace.ts';
const scratch = new Scratch();
try {
  const w = await Workspace.create(scratch);
  const b = new PrepareBench(scratch, w);
  for (const kind of ['clean','dirty'] as const) {
    const r = await b.run(kind, Number(process.argv[2] ?? 20000), 1, console.error);
    console.log(JSON.stringify(r, (k,v)=> k==='output'?undefined:v, 1));
  }
} finally { await scratch.dispose(); }
