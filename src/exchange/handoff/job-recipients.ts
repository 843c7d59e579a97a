import type { Incident } from '../../domain/incident/incident.ts';
import { compileRoutes } from '../../domain/incident/routes.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { RoutedRecipient } from './card-process.ts';
import type { Certificates } from '../keys/certificates.ts';
import type { LoadedConfiguration, Configuration } from '../configuration/configuration.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Profiles } from '../configuration/profiles.ts';

/**
 * The recipients that an incident's routes can reach, each with a certificate that is good now.
 *
 * Throws the route faults (a route to an unknown or disabled recipient), `certificate-*` and `profile-unknown`: better
 * now than after an hour of reading.
 */
export async function jobRecipients(
  ports: {
    readonly configuration: Configuration;
    readonly certificates: Certificates;
    readonly profiles: Profiles;
    readonly clock: Clock;
  },
  loaded: LoadedConfiguration,
  incident: Incident,
): Promise<readonly RoutedRecipient[]> {
  compileRoutes(incident, loaded.recipients);
  const reached = new Set(incident.routes.map((route) => route.recipient));
  if (incident.default_recipient !== undefined) reached.add(incident.default_recipient);
  const recipients = loaded.recipients.filter(({ id }) => reached.has(id));
  return Promise.all(recipients.map((recipient) => routedRecipient(ports, recipient)));
}

/** One recipient, whether a route reaches it or not. Throws as `jobRecipients` does about certificate and profile. */
export async function routedRecipient(
  ports: Parameters<typeof jobRecipients>[0],
  recipient: Recipient,
): Promise<RoutedRecipient> {
  const { configuration, certificates, profiles, clock } = ports;
  const allow = recipient.allow.map(({ weakness }) => weakness);
  const at = clock.now();
  const certificate = await certificates.inspect(
    await configuration.readCertificate(recipient.certificate),
    { fingerprint: recipient.fingerprint, purpose: 'encrypt', allow, at },
  );
  await certificates.stillGood(certificate, recipient.encryption_subkey, at);
  return {
    id: recipient.id,
    certificate: certificate.armored,
    fingerprint: recipient.fingerprint,
    allow,
    encryptionSubkey: recipient.encryption_subkey,
    profile: await profiles.get(recipient.profile),
    layout: recipient.layout,
    lists: recipient.lists,
  };
}
