import { resolve } from 'node:path';

import { openHoursSchema } from '../../../domain/recipients/open-hours.ts';
import { parseEndpoint } from '../../../domain/recipients/parse-endpoint.ts';
import { listKinds } from '../../../domain/recipients/recipient.ts';
import type { Recipient } from '../../../domain/recipients/recipient.ts';
import { hasTerm } from '../../../domain/recipients/agreed-terms.ts';
import { weaknesses } from '../../../domain/recipients/weaknesses.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import {
  addRecipient,
  disableRecipient,
  updateRecipient,
} from '../../../exchange/recipients/add-recipient.ts';
import type { RecipientRequest } from '../../../exchange/recipients/add-recipient.ts';
import { reasonOf } from '../invocation.ts';
import { answersOf } from './answer-options.ts';
import type { AnswerOptions } from './answer-options.ts';
import { hoursOf } from './hours-options.ts';
import { serverOptions, withTraits } from './endpoint-options.ts';
import type { EndpointOptions } from './endpoint-options.ts';
import { recipientDocument } from '../outputs/recipients.ts';
import { recipientSavedScreen } from '../screens/recipients-screen.ts';
import { readPickupKey } from './read-pickup-key.ts';
import { sayProposal } from './say-proposal.ts';
import { withWorkspace } from '../shell.ts';
import { termsOf } from './term-options.ts';
import type { Shell } from '../shell.ts';

const certificateBytesMax = 256 * 1024;

/** As commander hands them over; of `add` and of `update`. */
export interface RecipientOptions extends EndpointOptions, AnswerOptions {
  readonly name?: string;
  readonly certificate?: string;
  readonly fingerprint?: string;
  readonly confirmedBy?: string;
  readonly sftp?: string;
  readonly hostKey?: readonly string[];
  readonly manual?: string;
  readonly pickupKey?: readonly string[];
  readonly profile?: string;
  readonly layout?: string;
  readonly lists?: string;
  readonly pickupWithin?: string;
  readonly deliveryHours?: string;
  readonly deliveryDays?: string;
  readonly deliveryTimeZone?: string;
  readonly allow?: readonly string[];
}

/** `recipient disable`. */
export async function disable(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    await disableRecipient(workspace, {
      id,
      reason: reasonOf(shell.options),
      actor: shell.options.as,
    });
    await showSaved(shell, workspace, id, 'disable');
  });
}

type Workspace = Parameters<Parameters<typeof withWorkspace>[1]>[0];

/** `recipient add`. */
export async function addNew(shell: Shell, id: string, options: RecipientOptions): Promise<void> {
  const { certificate, fingerprint, confirmedBy } = options;
  if (certificate === undefined || fingerprint === undefined || confirmedBy === undefined) {
    throw new WorkspaceFault('usage', {
      option: 'recipient add',
      expected: '--certificate, --fingerprint and --confirmed-by',
    });
  }
  await withWorkspace(shell, async (workspace) => {
    const endpoints = await endpointsOf(workspace, options, reasonOf(shell.options), []);
    const entry = {
      ...{ id, fingerprint, endpoints, confirmed_by: confirmedBy },
      ...traitsOf(shell, options),
      ...answersOf(options, undefined, endpoints),
      ...pickupTermOf(options, undefined, endpoints),
      ...deliveryHoursOf(options, undefined),
    };
    const bytes = await workspace.inputs.read(certificate, certificateBytesMax);
    await addRecipient(onFiles(workspace), { entry, certificate: bytes, ...actingIn(shell) });
    await showSaved(shell, workspace, id, 'add');
  });
}

/** `recipient update`. */
export async function change(shell: Shell, id: string, options: RecipientOptions): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { recipients } = await workspace.proposal.load();
    const known = recipients.find((recipient) => recipient.id === id);
    if (known === undefined)
      throw new WorkspaceFault('config-id-unknown', { file: 'config/recipients.toml', id });
    if (options.certificate !== undefined && options.fingerprint === undefined) {
      throw new WorkspaceFault('usage', {
        option: '--certificate',
        expected: 'its --fingerprint and --confirmed-by as well',
      });
    }
    const { certificate: _path, encryption_subkey: _subkey, ...confirmed } = known;
    const { confirmed_by: _by, confirmed_at: _at, ...terms } = confirmed;
    const { delivery_hours: hours, pickup, ...kept } = terms;
    const reason = reasonOf(shell.options);
    const places = [options.sftp, options.manual, options.pickupKey];
    const hasEndpoint = places.some((place) => place !== undefined);
    const endpoints = hasEndpoint
      ? await endpointsOf(workspace, options, reason, kept.endpoints)
      : patched(kept.endpoints, options, reason);
    const entry: Omit<RecipientRequest, 'confirmed_by'> = {
      ...kept,
      ...(options.fingerprint === undefined ? {} : { fingerprint: options.fingerprint }),
      endpoints,
      ...traitsOf(shell, options),
      ...answersOf(options, known.answers, endpoints),
      ...pickupTermOf(options, pickup, endpoints),
      ...deliveryHoursOf(options, hours),
    };
    const certificate =
      options.certificate === undefined
        ? undefined
        : await workspace.inputs.read(options.certificate, certificateBytesMax);
    const { confirmedBy } = options;
    await updateRecipient(onFiles(workspace), {
      ...{ entry, certificate, confirmedBy },
      ...actingIn(shell),
    });
    await showSaved(shell, workspace, id, 'update', known);
  });
}

/** What is said takes the place of what is known. Throws `usage`, also where another endpoint leaves a term of nothing. */
function pickupTermOf(
  { pickupWithin: said }: RecipientOptions,
  known: Recipient['pickup'],
  [endpoint]: RecipientRequest['endpoints'],
): Pick<RecipientRequest, 'pickup'> {
  const terms = said === undefined ? known : termsOf('--pickup-within', said);
  if (terms === undefined || !hasTerm(terms)) return {};
  if (endpoint?.kind === 'pickup') return { pickup: terms };
  throw new WorkspaceFault('usage', {
    option: '--pickup-within',
    expected: 'none: only of who fetches their files',
  });
}

/** Throws `usage`. */
function deliveryHoursOf(
  { deliveryHours: spans, deliveryDays: days, deliveryTimeZone: timeZone }: RecipientOptions,
  known: Recipient['delivery_hours'],
): Pick<RecipientRequest, 'delivery_hours'> {
  const kind = { name: 'delivery', schema: openHoursSchema } as const;
  const hours = hoursOf(kind, { spans, days, timeZone }, known);
  return hours === undefined ? {} : { delivery_hours: hours };
}

/** A change is made to the files, and by what they say. */
function onFiles(workspace: Workspace): Workspace {
  const { proposedProfiles: profiles, proposedAnswerFormats: answerFormats } = workspace;
  return { ...workspace, profiles, answerFormats };
}

function actingIn(shell: Shell): { actor: string | undefined; reason: string | undefined } {
  return { actor: shell.options.as, reason: reasonOf(shell.options) };
}

/** A new host key, password file or trait for the endpoint that is there. */
function patched(
  endpoints: RecipientRequest['endpoints'],
  options: RecipientOptions,
  reason: string | undefined,
): RecipientRequest['endpoints'] {
  const isFolder = endpoints.every(({ kind }) => kind !== 'sftp');
  const forServers = [options.hostKey, ...serverOptions.map((option) => options[option])];
  if (isFolder && forServers.some((given) => given !== undefined)) {
    throw new WorkspaceFault('usage', {
      option: 'recipient update',
      expected: '--sftp as well: this recipient has no server',
    });
  }
  const { hostKey } = options;
  return endpoints.map((endpoint) => {
    const kept = withTraits(endpoint, options, reason);
    const isPinned = kept.kind !== 'sftp' || hostKey === undefined;
    return isPinned ? kept : { ...kept, host_keys: [...hostKey] };
  });
}

/**
 * The endpoint at the place that the options name. A box or a folder keeps what is known of one of its kind; another server
 * has to be looked at anew.
 */
async function endpointsOf(
  workspace: Workspace,
  options: RecipientOptions,
  reason: string | undefined,
  known: RecipientRequest['endpoints'],
): Promise<RecipientRequest['endpoints']> {
  const places = [options.sftp, options.manual, options.pickupKey];
  if (places.filter((place) => place !== undefined).length !== 1) {
    throw new WorkspaceFault('usage', {
      option: 'recipient',
      expected: 'one of --sftp, --manual and --pickup-key',
    });
  }
  if (options.pickupKey !== undefined) {
    const keys = await Promise.all(options.pickupKey.map((file) => readPickupKey(workspace, file)));
    const box = known.find((endpoint) => endpoint.kind === 'pickup');
    return [withTraits({ ...box, kind: 'pickup', keys }, options, reason)];
  }
  // Stored whole: a delivery may be started from anywhere.
  if (options.sftp === undefined) {
    const folder = known.find((endpoint) => endpoint.kind === 'manual');
    const directory = resolve(options.manual!);
    return [withTraits({ ...folder, kind: 'manual', directory }, options, reason)];
  }
  if (options.hostKey === undefined) {
    throw new WorkspaceFault('usage', {
      option: '--host-key',
      expected: 'the pinned host key; without a pin there is no connection',
    });
  }
  const address = parseEndpoint(options.sftp);
  const endpoint = { kind: 'sftp' as const, ...address, host_keys: [...options.hostKey] };
  return [withTraits(endpoint, options, reason)];
}

function traitsOf(shell: Shell, options: RecipientOptions): Partial<RecipientRequest> {
  const reason = reasonOf(shell.options);
  const { name, profile, layout, lists } = options;
  const layouts = ['per-recipient', 'per-issuer'] as const;
  const known = layouts.find((word) => word === layout);
  if (layout !== undefined && known === undefined) {
    throw new WorkspaceFault('usage', { option: '--layout', expected: layouts.join(', ') });
  }
  const kind = listKinds.find((word) => word === lists);
  if (lists !== undefined && kind === undefined) {
    throw new WorkspaceFault('usage', { option: '--lists', expected: listKinds.join(', ') });
  }
  if (options.allow !== undefined && reason === undefined) {
    throw new WorkspaceFault('usage', { option: '--allow', expected: '--reason as well' });
  }
  const allow = options.allow?.map((word) => {
    const weakness = weaknesses.find((candidate) => candidate === word);
    if (weakness === undefined)
      throw new WorkspaceFault('usage', { option: '--allow', expected: weaknesses.join(', ') });
    return { weakness, reason: reason! };
  });
  return {
    ...(name === undefined ? {} : { name }),
    ...(profile === undefined ? {} : { profile }),
    ...(known === undefined ? {} : { layout: known }),
    ...(kind === undefined ? {} : { lists: kind }),
    ...(allow === undefined ? {} : { allow }),
  };
}

async function showSaved(
  shell: Shell,
  workspace: Workspace,
  id: string,
  change: 'add' | 'update' | 'disable',
  before?: Recipient,
): Promise<void> {
  const { recipients } = await workspace.proposal.load();
  const recipient = recipients.find((candidate) => candidate.id === id)!;
  const isOfTerms = before !== undefined && isReachedAlike(before, recipient);
  shell.print(recipientSavedScreen({ recipient, change: isOfTerms ? 'terms' : change }, shell));
  await sayProposal(shell, workspace);
  shell.document(recipientDocument(recipient));
}

/** Whether plans that name the one hold of the other, and so does a test of it. */
function isReachedAlike(one: Recipient, other: Recipient): boolean {
  const reached = ({ fingerprint, encryption_subkey: subkey, endpoints, profile }: Recipient) =>
    JSON.stringify([fingerprint, subkey, endpoints, profile]);
  return reached(one) === reached(other);
}
