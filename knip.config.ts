import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  // bin/mimamori.mjs, tests/run.mjs and the test files are found through package.json and vitest.config.ts.
  entry: [
    // Loaded by bin/mimamori.mjs from dist.
    'src/doors/cli/main.ts',
    // Processes of their own, started by path.
    'src/cde/main.ts',
    'src/cde/lane-worker.ts',
    'src/edge/demo-processor/main.ts',
    'src/edge/pickup-server/main.ts',
    // Programs of their own, beside what `npm run bench` runs.
    'bench/{audit,bins,lookup,lookup-command,slow-recipient}-bench.ts',
    // Named to vitest by tests/run.mjs, by path.
    'tests/support/count-reporter.mjs',
  ],
  project: ['{bin,build}/**/*.mjs', 'src/**/*.ts', 'bench/**/*.ts', 'tests/**/*.{ts,mjs}'],
  // The shape of what an exported function takes or gives is named for whoever calls it, also while nobody does.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreIssues: {
    // Spread into the words of a language as a whole, which is not seen as a use.
    'src/doors/cli/words/*/reasons.ts': ['exports'],
  },
  ignoreBinaries: [
    // Debian's programs, not npm's: tests/support/debian-peers.mjs installs those that a machine may lack.
    'apt-get',
    'du',
    'iconv',
    'mkfifo',
    'mount',
    'puttygen',
    'setpriv',
    'ssh-keygen',
    'ssh-keyscan',
    'systemd-analyze',
    'umount',
  ],
};

export default config;
