/** Imports go down only: doors → exchange → domain; edge and cde implement exchange's ports. */
const below = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});
const only = (library, folder) => ({
  name: `${library}-in-its-folder`,
  severity: 'error',
  from: { path: '^src', pathNot: folder },
  to: { path: `^node_modules/${library}/` },
});

export default {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    below('domain-knows-only-itself', '^src/domain', '^src/(exchange|cde|edge|doors|compose)'),
    below('exchange-looks-down', '^src/exchange', '^src/(cde|edge|doors|compose)'),
    below('edge-implements-ports', '^src/edge', '^src/(cde|doors|compose)'),
    below('cde-is-its-own-process', '^src/cde', '^src/(doors|compose)'),
    below('doors-call-exchange', '^src/doors', '^src/(edge|cde)'),
    {
      name: 'tlog-knows-bytes-only',
      severity: 'error',
      from: { path: '^src/domain/tlog' },
      to: { path: '^src/domain', pathNot: '^src/domain/(tlog|fault)' },
    },
    {
      name: 'domain-packages',
      severity: 'error',
      from: { path: '^src/(domain|exchange)' },
      to: { path: '^node_modules', pathNot: '^node_modules/zod/' },
    },
    only('openpgp', '^src/edge/openpgp'),
    only('ssh2', '^src/edge/(sftp|pickup-server|demo-processor)'),
    only('(better-sqlite3|kysely)', '^src/edge/sqlite'),
    only('smol-toml', '^src/edge/files'),
    only('commander', '^src/doors/cli'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
