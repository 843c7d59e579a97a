import { advance } from '../../domain/handoff/delivery-states.ts';
import { eventOfOutcome } from './delivery-journal.ts';
import type {
  ControlStep,
  DeliveryJournal,
  DeliveryOutcome,
  DeliveryRow,
} from './delivery-journal.ts';

/**
 * A journal for one file that may be lost: a test file. It lives as long as the command; should that end in the middle,
 * the test counts as unsent and another is made. Everything else is as in a real delivery, its states included.
 */
export class PassingJournal implements DeliveryJournal {
  #row: DeliveryRow;

  constructor(file: {
    readonly id: string;
    readonly name: string;
    readonly sizeBytes: number;
    readonly sha256: string;
  }) {
    const { id, name, sizeBytes, sha256 } = file;
    const nothingYet = { state: 'approved', fence: 1, attempt: 0, temporaries: [] } as const;
    this.#row = { batch: id, name, sizeBytes, sha256, ...nothingYet };
  }

  load(): Promise<DeliveryRow> {
    return Promise.resolve(this.#row);
  }

  claim(): Promise<DeliveryRow> {
    return Promise.resolve(this.#row);
  }

  renew(): Promise<void> {
    return Promise.resolve();
  }

  intent(row: DeliveryRow, attempt: number, temporary: string): Promise<DeliveryRow> {
    const { publishingFrom: _from, control: _control, ...kept } = row;
    const state = advance(row.state, { event: 'send' });
    return this.#keep({ ...kept, state, attempt, temporaries: [...row.temporaries, temporary] });
  }

  publishing(row: DeliveryRow, from: string | undefined): Promise<DeliveryRow> {
    const state = advance(row.state, { event: 'publish' });
    return this.#keep({ ...row, state, ...(from === undefined ? {} : { publishingFrom: from }) });
  }

  control(row: DeliveryRow, _name: string, control: ControlStep): Promise<DeliveryRow> {
    return this.#keep({ ...row, state: advance(row.state, { event: 'announce' }), control });
  }

  outcome(row: DeliveryRow, to: DeliveryOutcome): Promise<DeliveryRow> {
    return this.#keep({ ...row, state: advance(row.state, { event: eventOfOutcome[to] }) });
  }

  writing(): Promise<void> {
    return Promise.resolve();
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  #keep(row: DeliveryRow): Promise<DeliveryRow> {
    this.#row = row;
    return Promise.resolve(row);
  }
}
