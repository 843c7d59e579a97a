import type { DeliveryHours } from '../../../domain/recipients/delivery-hours.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';

/** What `recipient add` and `update` say of delivery hours, as commander hands it over. */
interface DeliveryHoursOptions {
  readonly deliveryHours?: string;
  readonly deliveryDays?: string;
  readonly deliveryTimeZone?: string;
}

const kinds = ['every-day', 'administrative', 'bank'] as const;

/**
 * The hours with what the options say changed; `--delivery-hours none` takes them away. Whether a span is one is for the
 * schema of the file to say. Throws WorkspaceFault `usage`.
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
    return {
      delivery_hours: {
        between: between.map((span) => span.trim()),
        days: days ?? known?.days ?? 'every-day',
        time_zone: deliveryTimeZone ?? known?.time_zone ?? 'Asia/Tokyo',
      },
    };
  }
  if (isTakenAway && days === undefined && deliveryTimeZone === undefined) return {};
  const expected = 'spans of a day as well, such as 09:00-12:00,13:00-15:00';
  throw new WorkspaceFault('usage', { option: '--delivery-hours', expected });
}
