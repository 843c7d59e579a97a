// A process of its own that writes to a log: node append-leaves.ts DATABASE COUNT NAME
import { SqliteLogBook } from '../../src/edge/sqlite/log-book.ts';
import { openDatabase } from '../../src/edge/sqlite/open-database.ts';

const [path = '', count = '0', name = ''] = process.argv.slice(2);
const opened = openDatabase(path, { create: false });
const log = new SqliteLogBook(opened.db, { now: () => new Date() });
for (let at = 0; at < Number(count); at += 1) {
  await log.append({
    draft: {
      actor: name,
      act: 'handoff-overdue',
      result: 'done',
      origin: 'cli:test',
      object: `handoff:h-${at}`,
      data: { handoff: `h-${at}`, officer: name, due: '2020-04-10T00:00:00.000Z' },
    },
  });
}
await opened.close();
