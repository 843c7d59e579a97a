import { parseConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import type { ConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import type { ConfigurationVersions } from '../configuration/configuration-versions.ts';
import { joinedParts, signedDocument } from './incident-kit.ts';
import type { KitPart } from './incident-kit.ts';

export interface KitConfigurations {
  readonly part: KitPart;
  /** In the order in which they were adopted. */
  readonly documents: readonly ConfigurationDocument[];
}

/**
 * Every version that was adopted, as its proposer signed it, with the statements of those who approved it: who stood
 * behind what the handoffs went by. Throws `configuration-damaged`.
 */
export async function configurationFiles(
  versions: Pick<ConfigurationVersions, 'list' | 'document'>,
): Promise<KitConfigurations> {
  const parts: KitPart[] = [];
  const documents: ConfigurationDocument[] = [];
  const adopted = (await versions.list())
    .filter(({ number }) => number !== undefined)
    .toSorted((one, other) => one.number! - other.number!);
  for (const { number, digest, signature, proposerFingerprint, approvals } of adopted) {
    const place = `configuration/${number!}`;
    const bytes = await versions.document(digest);
    documents.push(parseConfigurationDocument(bytes, digest));
    parts.push(
      signedDocument(`${place}/configuration.json`, bytes, signature, proposerFingerprint),
      ...approvals.map((each) =>
        signedDocument(
          `${place}/approve-${each.officer}.json`,
          each.statement,
          each.signature,
          each.fingerprint,
        ),
      ),
    );
  }
  return { part: joinedParts(parts), documents };
}
