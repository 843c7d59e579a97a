import { holdsCardNumber } from '../../../domain/cards/card-in-bytes.ts';
import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import { digestOf } from '../../../domain/handoff/plan.ts';
import { WaiversFault } from '../../../domain/waivers/errors.ts';
import { parseExceptionLines, recordOf } from '../../../domain/waivers/exception-lines.ts';
import type { ExceptionLine, NamedCard } from '../../../domain/waivers/exception-lines.ts';
import { exceptionValues } from '../../../domain/waivers/waiver-exceptions.ts';
import type { ExceptionValue } from '../../../domain/waivers/waiver-exceptions.ts';
import { recordExceptions } from '../../../exchange/waivers/record-exceptions.ts';
import { waiverReport } from '../../../exchange/waivers/waiver-report.ts';
import { reasonOf, textOf } from '../invocation.ts';
import { momentOf } from '../moment.ts';
import { waiversDocument } from '../outputs/waivers.ts';
import { exceptionsRecordedLine, waiversScreen } from '../screens/waivers-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { evidenceAt, oneOf, partyOf, textsOf, usage } from './told-options.ts';

/** As commander hands them over. */
export interface ExceptOptions {
  readonly issuer: string;
  readonly exception?: string;
  readonly record?: readonly string[];
  readonly order?: readonly string[];
  readonly merchant?: string;
  readonly file?: string;
  readonly by: string;
  readonly channel: string;
  readonly at?: string;
  readonly evidence?: string;
}

/** Several hundred thousand lines. */
const tableBytesMax = 16 * 1024 * 1024;

/** `waiver except`. */
export async function exceptCards(shell: Shell, id: string, options: ExceptOptions): Promise<void> {
  const { exception: word, file, at, evidence } = options;
  const exception = word === undefined ? undefined : oneOf(exceptionValues, '--exception', word);
  const named = namedBy(options);
  if ((file === undefined) === (named.length === 0)) {
    throw usage('--file', 'a table, or cards by --record and --order');
  }
  if (named.length > 0 && exception === undefined) {
    throw usage('--exception', exceptionValues.join(', '));
  }
  const channel = oneOf(wordChannels, '--channel', options.channel);
  const { by } = textsOf(options);
  await withWorkspace(shell, async (workspace) => {
    const { incident } = await workspace.incidents.get(id);
    const table = file === undefined ? undefined : await workspace.inputs.read(file, tableBytesMax);
    const recorded = await recordExceptions(workspace, {
      ...{ incident: id, issuer: partyOf({ issuer: options.issuer }).name, channel, by },
      lines: table === undefined ? linesOf(named, exception!) : linesIn(table, exception),
      source: table && digestOf(table),
      saidAt: at === undefined ? undefined : momentOf('--at', at, incident.time_zone),
      evidence: evidence === undefined ? undefined : await evidenceAt(workspace, evidence),
      ...{ officer: shell.options.as, reason: reasonOf(shell.options) },
    });
    const report = await waiverReport(workspace, id);
    shell.print([...exceptionsRecordedLine(recorded, shell), '', ...waiversScreen(report, shell)]);
    const { cards, changed } = recorded;
    shell.document({ ...waiversDocument(report), recorded: { cards, changed } });
  });
}

/** Throws `usage` for what is no reference, or holds a card number. */
function namedBy({ record = [], order = [], merchant: shop }: ExceptOptions): NamedCard[] {
  const merchant = textOf('--merchant', shop) ?? '';
  if (shop !== undefined && order.length === 0) throw usage('--merchant', 'together with --order');
  const records = record.map((text) => {
    const number = recordOf(text.trim());
    if (number === undefined) throw usage('--record', 'a record reference of up to ten digits');
    return { record: number };
  });
  const orders = order.map((text) => {
    const reference = textOf('--order', text);
    if (reference === undefined) throw usage('--order', 'an order number');
    return { order: reference.normalize('NFKC'), merchant };
  });
  return [...records, ...orders];
}

function linesOf(named: readonly NamedCard[], exception: ExceptionValue): ExceptionLine[] {
  return named.map((card, place) => ({ line: place + 1, card, exception }));
}

/** Old spreadsheets save CP932; what is no UTF-8 is read as that. Throws `exceptions-malformed`. */
function linesIn(bytes: Uint8Array, exception: ExceptionValue | undefined): ExceptionLine[] {
  if (holdsCardNumber(bytes)) throw new WaiversFault('exceptions-malformed', { column: 'number' });
  for (const charset of ['utf-8', 'shift_jis']) {
    const text = decoded(bytes, charset);
    if (text === undefined) continue;
    const lines = [...parseExceptionLines(text, exception)];
    if (lines.length > 0) return lines;
    throw new WaiversFault('exceptions-malformed', { column: 'none' });
  }
  throw new WaiversFault('exceptions-malformed', { line: 1, column: 'charset' });
}

function decoded(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
