import { playDemo } from '../../../compose-demo.ts';
import { exitStatus } from '../exit-status.ts';
import { demoDocument } from '../outputs/demo.ts';
import { ProgressLine } from '../progress-line.ts';
import { demoOpening, demoScreen, sceneLines, sceneStatus } from '../screens/demo-screen.ts';
import type { Shell } from '../shell.ts';

/** `demo`. */
export async function demo(shell: Shell, keep: string | undefined): Promise<void> {
  const startedAt = performance.now();
  const progress = new ProgressLine(shell.sink, shell.language);
  shell.print(demoOpening(shell));
  const { story, places } = await playDemo(
    { keep, language: shell.language },
    {
      signal: shell.signal,
      begins: (scene) => {
        shell.sink.status(sceneStatus(scene, shell));
      },
      ends: (news) => {
        shell.print(sceneLines(news, shell));
      },
      progress: (phase, done, total, records) => {
        progress.report({ phase, done, total, count: records });
      },
    },
  ).finally(() => {
    progress.end();
  });
  const kept = keep === undefined ? undefined : places;
  const ended = { story, kept, elapsedMs: performance.now() - startedAt };
  shell.print(demoScreen(ended, shell));
  shell.document(demoDocument(ended));
  if (Object.values(story.checks).includes(false)) shell.setStatus(exitStatus.checkFailed);
}
