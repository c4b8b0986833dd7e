/** Credentials of HTTP: headers, command lines that call a service, session cookies. */

import { entropyOf, isPlaceholder, looksGenerated } from '../../checks/entropy.ts';
import type { Detector } from '../../types.ts';

const HEADER_BITS = 2.75;

const headerValue = (value: string): number => {
  const unordered = /[a-z]/.test(value) && /\d|[a-z][A-Z][a-z]?[A-Z]/.test(value) && entropyOf(value) >= HEADER_BITS;
  return unordered && !isPlaceholder(value) ? value.length : 0;
};

const PLAIN_PASSWORD = /^(?:[a-z]{0,12}|[A-Z]{0,12}|\d{0,6})$/; // user:pass, 1000:1000

/** Whether one side of `user:password` is no word: a side may be empty. */
const loginValue = (login: string): number => {
  if (/[$%]\{?[A-Za-z_({]|\$\d:|:\$\d$|:\/\/|\{\{|[[<(]/.test(login)) return 0;
  const bare = login.replaceAll(/["']/g, '');
  const [user = '', ...rest] = bare.split(':');
  const password = rest.join(':');
  return !PLAIN_PASSWORD.test(password) || (password === '' && !PLAIN_PASSWORD.test(user)) ? login.length : 0;
};

const LOGIN_OPTIONS = ['-u ', '--user ', '--proxy-user '];

const login = (pattern: RegExp): Detector => ({
  entity: 'SECRET',
  rule: 'curl-auth-user',
  pattern,
  assignedTo: LOGIN_OPTIONS,
  context: ['curl', 'wget'],
  score: 0.45,
  measure: loginValue,
});

const HEADERS = ['authorization', 'bearer ', 'xauth', 'xapikey', 'xtoken', 'privatetoken', 'jobtoken', 'xvaulttoken'];

const header = (pattern: RegExp): Detector => ({
  entity: 'SECRET',
  rule: 'curl-auth-header',
  pattern,
  assignedTo: HEADERS,
  score: 0.75,
  measure: headerValue,
});

/** Detectors of what clients send to prove who they are. */
export const WEB_SECRETS: readonly Detector[] = [
  header(/[A-Za-z_~@.+/-]{0,60}\d[\w~@.+/-]{4,300}={0,2}(?![\w(])/y), // Authorization: Bearer a1…
  header(/[A-Z]{0,40}[a-z_~@.+/-]{1,40}[A-Z][\w~@.+/-]{4,300}={0,2}(?![\w(])/y), // Authorization: Basic dXNl…
  login(/[\w.@+-]{0,64}:[^\s"'(){};,<>`]{3,64}(?![^\s])/y), // curl -u user:…
  login(/"[^\s":(;,]{0,64}:[^\s"(;,]{0,64}"/y), // curl -u "user:…"
  login(/'[^\s':(;,]{0,64}:[^\s'(;,]{0,64}'/y), // curl -u 'user:…'
  login(/[\w.@+-]{1,64}:'[^\s'(;,]{3,64}'/y), // curl -u user:'…'
  login(/[^\s"':(;,]{1,64}":"[^\s"(;,]{3,64}(?=")/y), // curl -u "user":"…"
  {
    entity: 'SECRET',
    rule: 'session-cookie', // JSESSIONID=…
    pattern: /[A-Za-z_%.+/~:-]{0,60}\d[\w%.+/~:-]{15,256}={0,2}(?![\w(])/y,
    assignedTo: [
      'jsessionid',
      'phpsessid',
      'aspnetsessionid',
      'aspxauth',
      'connectsid',
      'laravelsession',
      'sessiontoken',
      'authcookie',
      'wordpressloggedin',
    ],
    score: 0.7,
    measure: (value) => (looksGenerated(value) ? value.length : 0),
  },
];
