import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertIncident } from '../../../src/domain/incident/assert-incident.ts';
import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import { compileRoutes, routeFor } from '../../../src/domain/incident/routes.ts';
import { recipientsSchema } from '../../../src/domain/recipients/recipient.ts';
import { officersSchema } from '../../../src/domain/workspace/officer.ts';
import { sendersSchema } from '../../../src/domain/workspace/sender.ts';
import { ConfigurationFolder } from '../../../src/edge/files/configuration-folder.ts';
import { createConfiguration } from '../../../src/edge/files/create-configuration.ts';
import { jsonSchemas, writeJsonSchemas } from '../../../src/edge/files/json-schemas.ts';
import { parseToml, readToml } from '../../../src/edge/files/toml-file.ts';

const answers = {
  id: 'shop-live',
  mode: 'live',
  organisation: 'Kitsutsuki "Coffee" K.K.',
  origin: 'kitsutsuki.example/mimamori/shop-live',
  anchor: '/srv/anchor/checkpoint',
  language: 'en',
  timeZone: 'Asia/Seoul',
} as const;

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mimamori-templates-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('createConfiguration()', () => {
  it('makes a configuration from the templates of config/', async () => {
    await createConfiguration('config', directory, answers);
    const { settings, recipients, officers, senders } = await new ConfigurationFolder(
      directory,
    ).load();
    expect(settings).toMatchObject({
      workspace: {
        id: answers.id,
        mode: 'live',
        organisation: answers.organisation,
        language: 'en',
        time_zone: 'Asia/Seoul',
      },
      log: { origin: answers.origin, anchor: answers.anchor },
    });
    expect([recipients, officers, senders]).toEqual([[], [], []]);
  });

  it('keeps the comments of the templates, and files to their owner', async () => {
    await createConfiguration('config', directory, answers);
    for (const name of ['recipients', 'officers', 'senders']) {
      const path = join(directory, 'config', `${name}.toml`);
      expect(await readFile(path, 'utf8')).toBe(await readFile(`config/${name}.toml`, 'utf8'));
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    }
    const settings = await readFile(join(directory, 'config', 'mimamori.toml'), 'utf8');
    expect(settings).not.toContain('# anchor =');
    expect(settings).toContain('# Who hands the cards over');
  });

  it('writes over nothing', async () => {
    await createConfiguration('config', directory, answers);
    await expect(createConfiguration('config', directory, answers)).rejects.toMatchObject({
      code: 'file-exists',
    });
  });

  it('writes nothing where an answer does not fit', async () => {
    const { id, mode, organisation, origin } = answers;
    const withoutAnchor = { id, mode, organisation, origin };
    await expect(createConfiguration('config', directory, withoutAnchor)).rejects.toMatchObject({
      code: 'config-missing-key',
      facts: { key: 'log.anchor' },
    });
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('config/', () => {
  /** The commented example of a template, as a person would uncomment it. */
  async function example(name: string): Promise<string> {
    const lines = (await readFile(`config/${name}.toml`, 'utf8')).split('\n');
    const first = lines.findIndex((line) => line.startsWith('# [['));
    return lines
      .slice(first)
      .map((line) => line.replace(/^# ?/, ''))
      .join('\n');
  }

  it.each([
    ['recipients', recipientsSchema],
    ['officers', officersSchema],
    ['senders', sendersSchema],
  ])('shows a correct entry in %s.toml', async (name, schema) => {
    const text = (await example(name)).replace(
      'authentication = "key" ',
      'authentication = "key+password" ',
    );
    const parsed = parseToml(text, schema, name) as Record<string, unknown[]>;
    expect(parsed[name]).toHaveLength(1);
  });

  it('holds a sample incident that fits two recipients', async () => {
    const incident = await readToml('config/incidents/shop-a.toml', incidentSchema);
    assertIncident(incident);
    const route = compileRoutes(incident, [
      { id: 'psp', state: 'enabled' },
      { id: 'amex', state: 'enabled' },
    ]);
    expect(routeFor(route('american-express', '', ''))?.recipient).toBe('amex');
    expect(routeFor(route('jcb', '', ''))?.recipient).toBe('psp');
    expect(incident.windows).toMatchObject([
      { from: '2019-12-16', to: '2020-04-08', listed_only: false },
      { from: '2010-08-20', to: '2020-04-08', listed_only: true },
    ]);
  });
});

describe('writeJsonSchemas()', () => {
  it('writes what docs/schemas holds (else: node src/edge/files/json-schemas.ts docs/schemas)', async () => {
    await writeJsonSchemas(directory);
    const names = await readdir('docs/schemas');
    expect((await readdir(directory)).sort()).toEqual(names.sort());
    for (const name of names) {
      expect(await readFile(`docs/schemas/${name}`, 'utf8')).toBe(jsonSchemas().get(name));
      expect(await readFile(join(directory, name), 'utf8')).toBe(jsonSchemas().get(name));
    }
  });
});
