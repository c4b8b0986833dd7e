/** Credentials of no known vendor: values that a name announces, and that no person or language would write otherwise. */

import { looksChosen, looksGenerated, looksRandom } from '../../checks/entropy.ts';
import type { Detector } from '../../types.ts';

/** Names of keys, in several languages. */
const KEYS: readonly string[] = [
  ...(
    'apikey apitoken accesskey secretkey privatekey authkey encryptionkey signingkey masterkey accountkey ' +
    'sharedkey appkey clientkey servicekey storagekey licensekey sessionkey hmackey deploykey writekey ' +
    'adminkey serverkey userkey keysecret token secret credential authcode schlussel ' +
    'cleapi claveapi chaveapi jeton'
  ).split(' '),
  'creds ',
  'cred ',
  'auth ',
];

/** Names of what is about a key and is none. */
const ABOUT_KEYS: readonly string[] = (
  '!id !ids !uid !uuid !url !uri !endpoint !path !file !filename !dir !name !type !version !length ' +
  '!size !count !index !limit !expires !expiry !format !prefix !pattern !regex !hash !digest !checksum ' +
  '!integrity !sha !public !csrf !xsrf !pagination !page !next !continuation !cursor !author !label ' +
  '!title !description !kind !algorithm !source !position !range !offset !color !tokens !tokenizer !ref ' +
  '!scheme !provider !method !mode !location !strategy !ts !js !mjs !json !py !go !java !rb !md'
).split(' ');

const BARE: readonly string[] = ['key ', 'keys ', 'api ', 'access ', 'apikeys'];

/** Keys of data, not of locks. */
const OTHER_KEYS: readonly string[] = (
  '!primary !foreign !partition !sort !cache !object !s3 !kms !row !i18n !locale !translation !react !map !idempotency ' +
  '!dismiss !group !bucket !item !node !query !commit !tree !entry !chunk !module !asset !manifest !dedupe !content'
).split(' ');

/** Names of passwords, in several languages. */
const PASSWORDS: readonly string[] = [
  ...(
    'password passwd passphrase passcode passwort kennwort contrasena motdepasse senha ' +
    'parola haslo wachtwoord losenord salasana adminpwd dbpwd userpwd dbpass userpass smtppass rootpass'
  ).split(' '),
  'pwd ',
  'pass ',
  'pw ',
];

const ABOUT_PASSWORDS: readonly string[] = (
  '!url !uri !path !file !field !input !label !length !min !max !hash !type !regex !pattern !policy ' +
  '!strength !rules !hint !placeholder !id !name !key !error !message ' +
  '!through !on !to !passwordless !rate !count !ts !js'
).split(' ');

const MIN_PASSWORD = 6;
const NO_PASSWORD = /^(?:\/\/|sha\d{1,3}[:-])/; // //example.com of an address, sha256:…
const FULL_STOP = /\.$/;
const NEXT_PARAMETER = /&[\w-]{1,40}=/; // ?password=…&user=
const REPLACED = /\[[A-Z][A-Z\d_]{1,60}_\d/; // what was replaced before was no part of a password then, and is none now

/** Without the full stop of the sentence that it stands in. */
const measureKey = (match: string): number => {
  const value = match.replace(FULL_STOP, '');
  return looksGenerated(value) ? value.length : 0;
};

const measureBareKey = (match: string): number => (looksRandom(match) ? match.length : 0);

/** Without the parameter that follows it, and the full stop. */
const measurePassword = (match: string): number => {
  if (REPLACED.test(match)) return 0;
  const [first = ''] = match.split(NEXT_PARAMETER);
  const value = first.replace(FULL_STOP, '');
  return value.length >= MIN_PASSWORD && !NO_PASSWORD.test(value) && looksChosen(value) ? value.length : 0;
};

/** Not within a password here: they end values in code, or begin an escape. */
const END = '\\s"\'`,;<>(){}\\\\';
const REST = `(?:[^${END}]|\\\\(?![nrt"'\`]))`;
const NO_WORD = '\\d!@#$%^*';

/** Six characters or more, a digit or sign among them: hunter2-… */
const PASSWORD = new RegExp(
  `(?:[^${END}${NO_WORD}]{4,60}[${NO_WORD}]${REST}{0,128}|[^${END}${NO_WORD}]{0,3}[${NO_WORD}]${REST}{4,128})(?![({])`,
  'y',
);

/** Detectors of values by their name alone. */
export const GENERIC_SECRETS: readonly Detector[] = [
  {
    entity: 'SECRET',
    rule: 'generic-api-key', // api_key = "…"
    pattern:
      /(?:[A-Za-z_.=+/~-]{8,60}\d[\w.=+/~-]{1,149}|[A-Za-z_.=+/~-]{0,7}\d[\w.=+/~-]{8,149})(?![\w(=+/~-]|[.[](?!\s|$))/y,
    assignedTo: [...KEYS, ...ABOUT_KEYS],
    score: 0.65,
    measure: measureKey,
  },
  {
    entity: 'SECRET',
    rule: 'generic-api-key', // "key": "…": a word of many meanings, so the value must be long and of one piece
    pattern: /[A-Za-z]{0,40}\d[A-Za-z0-9+/_]{12,120}={0,2}(?![\w(=+/~-]|[.[](?!\s|$))/y,
    assignedTo: [...BARE, ...ABOUT_KEYS, ...OTHER_KEYS],
    score: 0.6,
    measure: measureBareKey,
  },
  {
    entity: 'SECRET',
    rule: 'generic-password', // password: hunter2-…
    pattern: PASSWORD,
    assignedTo: [...PASSWORDS, ...ABOUT_PASSWORDS],
    score: 0.65,
    measure: measurePassword,
  },
];
