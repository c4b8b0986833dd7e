import { readFileSync } from 'node:fs';

/** The manifest, seen from a checkout and from a built package. */
const MANIFESTS = ['../package.json', '../../../package.json'];

/** The version of the package that this command belongs to. */
export const packageVersion = (): string => {
  for (const manifest of MANIFESTS)
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(manifest, import.meta.url), 'utf8'));
      if (name === 'bedrock-bulwark') return version;
    } catch {}
  return 'unknown';
};
