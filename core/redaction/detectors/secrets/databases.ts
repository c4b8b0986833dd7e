/** Credentials within addresses of databases and services. */

import { isPlaceholder } from '../../checks/entropy.ts';
import type { Detector } from '../../types.ts';

/** Words that documentation has in the place of a password. */
const DOCUMENTED = /^(?:\d{1,5}|pass|passw(?:or)?d|pw|pwd|secret|token|.{1,2})$/i;

/** Detectors of the passwords of connection strings. `Password=…;` is assigned like any other. */
export const DATABASE_SECRETS: readonly Detector[] = [
  {
    entity: 'SECRET',
    rule: 'connection-string', // postgres://user:…@host
    pattern: /:\/\/[^\s:@/"'`<>{}[\]()|\\]{0,64}:(?<value>[^\s/"'`<>{}[\]|\\]{1,128})@(?=[\w.-])/y,
    score: 0.9,
    measure: (password) => (isPlaceholder(password) || DOCUMENTED.test(password) ? 0 : password.length),
  },
];
