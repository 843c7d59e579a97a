import { deliveryHoursSchema } from '../../../domain/recipients/delivery-hours.ts';
import type { DeliveryHours } from '../../../domain/recipients/delivery-hours.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { expectedPhrase } from '../../../domain/workspace/read-table.ts';

/** What `recipient add` and `update` say of delivery hours, as commander hands it over. */
interface DeliveryHoursOptions {
  readonly deliveryHours?: string;
  readonly deliveryDays?: string;
  readonly deliveryTimeZone?: string;
}

const kinds = ['every-day', 'administrative', 'bank'] as const;

/**
 * The hours with what the options say changed; `--delivery-hours none` takes them away. What the schema of the
 * file would refuse is refused here, where the option is known. Throws WorkspaceFault `usage`.
 */
export function deliveryHoursOf(
  { deliveryHours, deliveryDays, deliveryTimeZone }: DeliveryHoursOptions,
  known: DeliveryHours | undefined,
): { readonly delivery_hours?: DeliveryHours } {
  const isLeft = [deliveryHours, deliveryDays, deliveryTimeZone].every((one) => one === undefined);
  if (isLeft) return known === undefined ? {} : { delivery_hours: known };
  const days = kinds.find((kind) => kind === deliveryDays);
  if (deliveryDays !== undefined && days === undefined) {
    throw new WorkspaceFault('usage', { option: '--delivery-days', expected: kinds.join(', ') });
  }
  const isTakenAway = deliveryHours === 'none';
  const between = isTakenAway ? undefined : (deliveryHours?.split(',') ?? known?.between);
  if (between !== undefined) {
    const hours = {
      between: between.map((span) => span.trim()),
      days: days ?? known?.days ?? 'every-day',
      time_zone: deliveryTimeZone ?? known?.time_zone ?? 'Asia/Tokyo',
    };
    assertHours(hours);
    return { delivery_hours: hours };
  }
  if (isTakenAway && days === undefined && deliveryTimeZone === undefined) return {};
  const expected = 'spans of a day as well, such as 09:00-12:00,13:00-15:00';
  throw new WorkspaceFault('usage', { option: '--delivery-hours', expected });
}

function assertHours(hours: DeliveryHours): void {
  const result = deliveryHoursSchema.safeParse(hours, { error: expectedPhrase });
  if (result.success) return;
  const { path, message: expected } = result.error.issues[0]!;
  const option = path[0] === 'time_zone' ? '--delivery-time-zone' : '--delivery-hours';
  throw new WorkspaceFault('usage', { option, expected });
}
