// Imports go down only: doors → exchange → domain; edge and cde implement exchange's ports; only the compose files and
// the entry points know both sides. tests/architecture/layers.test.ts plants one wrong import for each rule.

const compose = '^src/compose[^/]*\\.ts$';

/** Nothing in `from` may import anything in `to`. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** One library, one folder: so that it can be replaced, and its risks are seen in one place. */
const only = (library, folder) =>
  forbid(
    `${library}-in-its-folder`,
    `${library} is known to ${folder} only`,
    { path: '^src', pathNot: folder },
    { path: `^node_modules/${library}/` },
  );

export default {
  forbidden: [
    forbid('no-cycle', 'whoever reads one of them must read all', {}, { circular: true }),
    forbid(
      'resolvable',
      'an import that leads nowhere hides what it breaks',
      {},
      { couldNotResolve: true },
    ),
    forbid(
      'domain-knows-only-itself',
      'the rules of the trade know no technology',
      { path: '^src/domain' },
      { path: '^src/', pathNot: '^src/domain' },
    ),
    forbid(
      'exchange-looks-down',
      'use cases know ports, not who implements them',
      { path: '^src/exchange' },
      { path: '^src/', pathNot: '^src/(exchange|domain)' },
    ),
    forbid(
      'edge-implements-ports',
      'an edge is put into a port by compose; it starts nothing itself',
      { path: '^src/edge' },
      { path: '^src/', pathNot: '^src/(edge|exchange|domain)' },
    ),
    forbid(
      'cde-is-its-own-process',
      'what sees card numbers is wired in its own entry point',
      { path: '^src/cde' },
      { path: '^src/', pathNot: '^src/(cde|edge|exchange|domain)' },
    ),
    forbid(
      'doors-call-exchange',
      'a door that calls an edge goes around the use case and its record',
      { path: '^src/doors' },
      { path: '^src/(edge|cde)' },
    ),
    forbid(
      'compose-knows-no-door',
      'parts are put together without knowing who asks',
      { path: compose },
      { path: '^src/doors' },
    ),
    forbid(
      'tlog-knows-bytes-only',
      'the log must stay checkable by people who know nothing of cards',
      { path: '^src/domain/tlog' },
      { path: '^src/domain', pathNot: '^src/domain/(tlog|fault)' },
    ),
    forbid(
      'core-packages',
      'domain and exchange use zod and nothing else',
      { path: '^src/(domain|exchange)' },
      { path: '^node_modules', pathNot: '^node_modules/zod/' },
    ),
    forbid(
      'core-touches-no-world',
      'of Node, domain and exchange use hashing and signatures only: same input, same output',
      { path: '^src/(domain|exchange)' },
      { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    ),
    forbid(
      'network-at-the-edge',
      'no connection is made or taken outside edge; cde/main uses sockets over the two pipes it was started with',
      { path: '^src', pathNot: '^src/(edge/|cde/main\\.ts$)' },
      { dependencyTypes: ['core'], path: '^(node:)?(net|tls|http|https|http2|dgram|dns)(/|$)' },
    ),
    forbid(
      'processes-are-started-in-three-places',
      'the card process, the pickup server and the processor of the demonstration; anything else would be a way out for card numbers',
      {
        path: '^src',
        pathNot:
          '^src/(cde/started-process|edge/pickup-server/pickup-process|edge/demo-processor/[^/]+)\\.ts$',
      },
      { dependencyTypes: ['core'], path: '^(node:)?(child_process|cluster)$' },
    ),
    forbid(
      'threads-are-started-in-one-place',
      'threads share the memory of card numbers: only the lanes of the card process are any',
      { path: '^src', pathNot: '^src/cde/(card-lanes|lane-worker|laned-sealing)\\.ts$' },
      { dependencyTypes: ['core'], path: '^(node:)?worker_threads$' },
    ),
    forbid(
      'nothing-looks-inside',
      'inspector, heap snapshots and new contexts could show or keep card numbers',
      { path: '^src' },
      { dependencyTypes: ['core'], path: '^(node:)?(inspector|repl|v8|vm|wasi|trace_events)(/|$)' },
    ),
    forbid(
      'card-process-has-no-way-out',
      'the process that sees card numbers loads no network, no database and no door',
      { path: '^src/cde/main\\.ts$' },
      { path: '^src/(edge/(sftp|sqlite|pickup-server|demo-processor)|doors)/', reachable: true },
    ),
    forbid(
      'development-packages',
      'what is installed without them must run',
      { path: '^src' },
      {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: '^node_modules/@types/',
      },
    ),
    only('openpgp', '^src/edge/openpgp'),
    only('ssh2', '^src/edge/(sftp|pickup-server|demo-processor)'),
    only('(better-sqlite3|kysely)', '^src/edge/sqlite'),
    only('smol-toml', '^src/edge/files'),
    only('commander', '^src/doors/cli'),
    only('string-width', '^src/doors/cli'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
