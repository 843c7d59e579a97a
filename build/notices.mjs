// Licences of the packages whose code is in dist/: whoever passes that on passes them on as well.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Plugin that writes third-party-notices.txt beside the files. Fails for a package without a licence text. */
export function noticesOf() {
  return {
    name: 'notices',
    generateBundle(_options, output) {
      const ids = Object.values(output).flatMap((file) => Object.keys(file.modules ?? {}));
      const places = ids.map((id) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1]);
      const packages = [...new Set(places.filter((place) => place !== undefined))].sort();
      const source = packages.map((place) => noticeOf(place)).join('\n');
      this.emitFile({ type: 'asset', fileName: 'third-party-notices.txt', source });
    },
  };
}

function noticeOf(place) {
  const { name, version, license } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  const file = readdirSync(place).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  if (file === undefined) throw new Error(`${name} comes without the text of its licence`);
  const text = readFileSync(join(place, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n\n${'-'.repeat(72)}\n`;
}
