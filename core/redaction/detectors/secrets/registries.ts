/** Credentials of package and artefact registries. */

import { atLeast } from '../../checks/entropy.ts';
import type { Detector } from '../../types.ts';
import { alnum, named, token, UUID } from './secret.ts';

const CONTRIBSYS_PAIR = '[a-f0-9]{8}:[a-f0-9]{8}';

/** Detectors of the credentials with which packages are published and fetched. */
export const REGISTRY_SECRETS: readonly Detector[] = [
  token('npm-access-token', /npm_[A-Za-z0-9]{36}/y, { tail: 'token' }), // npm_…
  { ...named('npm-access-token', ['authtoken'], UUID), score: 0.8 }, // //registry.npmjs.org/:_authToken=UUID
  token('pypi-upload-token', /pypi-AgE[\w-]{20}/y, { tail: 'token' }), // pypi-AgE…
  token('rubygems-api-token', /rubygems_[a-f0-9]{48}(?![\w-])/y), // rubygems_…
  token('clojars-api-token', /CLOJARS_[a-z0-9]{60}(?![\w-])/iy), // CLOJARS_…
  token('crates-io-token', /cio[A-Za-z0-9]{32}(?![\w-])/y, { bits: 4 }), // cio…
  token('nuget-api-key', /oy2[a-z0-9]{43}(?![\w-])/y), // oy2…
  token('docker-pat', /dckr_(?:pat|oat)_[\w-]{27}/y, { tail: 'token' }), // dckr_pat_…
  token('artifactory-api-key', /AKCp[A-Za-z0-9]{69}(?![A-Za-z0-9])/y, { bits: 3.5 }), // AKCp…
  token('artifactory-reference-token', /cmVmd[A-Za-z0-9]{59}(?![A-Za-z0-9])/y, { bits: 3.5 }), // base64 of "refx"
  named(
    'artifactory-password',
    ['artifactory', 'jfrog', 'artif', 'password'],
    /A(?:KC[A-Za-z0-9]{10,90}|P[\dA-F][A-Za-z0-9]{8,90})(?![\w-])/y,
    1,
  ),
  named('jfrog-api-key', ['jfrog', 'artifactory', 'bintray', 'xray'], alnum(73)),
  named('jfrog-identity-token', ['jfrog', 'artifactory', 'bintray', 'xray'], alnum(64)),
  {
    ...named('sidekiq-secret', ['contribsys'], new RegExp(`${CONTRIBSYS_PAIR}(?![\\w:-])`, 'iy')),
    measure: atLeast(1),
  },
  token(
    'sidekiq-sensitive-url',
    new RegExp(`:\\/\\/(?<value>${CONTRIBSYS_PAIR})@(?:gems|enterprise)\\.contribsys\\.com`, 'iy'),
    {
      bits: 1, // https://….:….@gems.contribsys.com
    },
  ),
];
