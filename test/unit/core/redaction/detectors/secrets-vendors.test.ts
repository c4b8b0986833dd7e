import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../../../core/redaction/index.ts';

const redactor = createRedactor();

const HEX = 'e1c8a4072bd6953f';
const LOWER = 'q7x2m9k4z8v3b6n1w5t0';
const MIXED = 'Qz7XmK4vB9nW2tR8yL5p';

const take = (alphabet: string, length: number): string => alphabet.repeat(20).slice(0, length);
const hex = (length: number): string => take(HEX, length);
const lower = (length: number): string => take(LOWER, length);
const mixed = (length: number): string => take(MIXED, length);
const uuid = (): string => [8, 4, 4, 4, 12].map((length, at) => take(HEX, length + at).slice(at)).join('-');

/** Tokens that their prefix proves: rule, prefix, rest. In parts, so that no scanner finds one here. */
const TOKENS: readonly (readonly [rule: string, prefix: string, rest: string])[] = [
  ['aws-session-token', 'IQoJb3JpZ2', `luX2Vj${mixed(80)}`],
  ['alibaba-access-key-id', 'LTA', `I${lower(20)}`],
  ['azure-ad-client-secret', 'abc8', `Q~${mixed(34)}`],
  ['gcp-oauth-client-secret', 'GOCS', `PX-${mixed(28)}`],
  ['digitalocean-refresh-token', 'dor', `_v1_${hex(64)}`],
  ['cloudflare-origin-ca-key', 'v1.', `0-${hex(24)}-${hex(146)}`],
  ['heroku-api-key-v2', 'HRKU', `-AA${mixed(58)}`],
  ['planetscale-password', 'pscale', `_pw_${lower(40)}`],
  ['github-oauth', 'gho', `_${mixed(36)}`],
  ['github-app-token', 'ghs', `_${mixed(36)}`],
  ['gitlab-pat-routable', 'glpat', `-${mixed(30)}.01${lower(7)}`],
  ['gitlab-cicd-job-token', 'glcbt', `-${lower(5)}_${mixed(20)}`],
  ['gitlab-oauth-app-secret', 'gloas', `-${mixed(64)}`],
  ['sourcegraph-access-token', 'sgp', `_local_${hex(40)}`],
  ['harness-api-key', 'pat', `.${mixed(22)}.${mixed(24)}.${mixed(20)}`],
  ['hashicorp-tf-api-token', lower(14), `.atlasv1.${lower(64)}`],
  ['vault-service-token', 'hvs', `.${mixed(95)}`],
  ['doppler-api-token', 'dp', `.pt.${lower(43)}`],
  ['1password-secret-key', 'A3', '-Q7X2M9-K4Z8V3B6N1W-5T0R8-Y2L5P-J9D3F'],
  ['slack-bot-token', 'xoxb', `-781236542736-2364535789652-${mixed(24)}`],
  ['slack-user-token', 'xoxp', `-41684372915-1320496754-45609968301-${hex(32)}`],
  ['slack-app-token', 'xapp', `-1-A052FGTS2DL-5171572773297-${hex(64)}`],
  [
    'slack-webhook-url',
    'https://hooks.slack',
    `.com/services/T0${lower(7).toUpperCase()}/B0${lower(9).toUpperCase()}/${mixed(24)}`,
  ],
  ['discord-webhook-url', 'https://discord', `.com/api/webhooks/123456789012345678/${mixed(68)}`],
  ['telegram-bot-api-token', '61234', `:A${mixed(34)}`],
  ['sendinblue-api-token', 'xkey', `sib-${hex(64)}-${lower(16)}`],
  ['typeform-api-token', 'tfp', `_${mixed(59)}`],
  ['shopify-shared-secret', 'shp', `ss_${hex(32)}`],
  ['flutterwave-secret-key', 'FLWSECK', `_TEST-${hex(32)}-X`],
  ['square-access-token', 'sq0', `atp-${mixed(22)}`],
  ['plaid-api-token', 'access', `-sandbox-${uuid()}`],
  ['easypost-api-token', 'EZA', `K${mixed(54)}`],
  ['openai-api-key', 'sk', `-${mixed(20)}T3Blbk${''}FJ${mixed(20)}`],
  ['openrouter-api-key', 'sk', `-or-v1-${hex(64)}`],
  ['anthropic-admin-api-key', 'sk', `-ant-admin01-${mixed(93)}AA`],
  ['groq-api-key', 'gsk', `_${mixed(52)}`],
  ['perplexity-api-key', 'pplx', `-${mixed(48)}`],
  ['replicate-api-token', 'r8', `_${mixed(37)}`],
  ['langsmith-api-key', 'lsv2', `_pt_${hex(32)}_${hex(10)}`],
  ['new-relic-user-api-key', 'NRAK', `-${lower(27).toUpperCase()}`],
  ['dynatrace-api-token', 'dt0', `c01.${lower(24)}.${lower(64)}`],
  ['sentry-user-token', 'sntry', `u_${hex(64)}`],
  ['pypi-upload-token', 'pypi', `-AgEIcHlwaS5vcmc${mixed(80)}`],
  ['rubygems-api-token', 'rubygems', `_${hex(48)}`],
  ['notion-api-token', 'ntn', `_12345678901${mixed(35)}`],
  ['postman-api-token', 'PMAK', `-${hex(24)}-${hex(34)}`],
  ['maxmind-license-key', mixed(6), `_${mixed(29)}_mmk`],
  ['databricks-api-token', 'dapi', hex(32)],
  ['readme-api-token', 'rdme', `_${lower(70)}`],
  ['age-secret-key', 'AGE-SECRET', `-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}`],
  ['jwt-base64', 'ZXl', `KaGJHY2lPaUpJ${mixed(100)}`],
  ['bcrypt-hash', '$2b', `$12$${mixed(53)}`],
];

/** Values of a common shape: rule, the vendor's name, value. */
const NAMED: readonly (readonly [rule: string, name: string, value: string])[] = [
  ['adobe-client-id', 'adobe', hex(32)],
  ['adafruit-api-key', 'adafruit', `_${lower(31)}`],
  ['asana-client-id', 'asana', take('8473920156', 16)],
  ['atlassian-api-token', 'jira', mixed(24)],
  ['aws-secret-access-key', 'aws_secret_access', `${mixed(20)}/+${mixed(18)}`],
  ['bitbucket-client-secret', 'bitbucket', `${lower(60)}-=_a`],
  ['cloudflare-global-api-key', 'cloudflare', hex(37)],
  ['cohere-api-token', 'CO_API', mixed(40)],
  ['datadog-access-token', 'datadog', lower(40)],
  ['discord-client-id', 'discord', take('8473920156', 18)],
  ['dropbox-api-token', 'dropbox', lower(15)],
  ['etsy-access-token', 'etsy', lower(24)],
  ['heroku-api-key', 'heroku', uuid()],
  ['kraken-access-token', 'kraken', `${lower(60)}/+=-${lower(20)}`],
  ['lob-api-key', 'lob', `test_${hex(35)}`],
  ['mistral-api-key', 'mistral', mixed(32)],
  ['okta-access-token', 'okta', `00${mixed(40)}`],
  ['sidekiq-secret', 'BUNDLE_GEMS__CONTRIBSYS__COM', 'cafebabe:deadbeef'],
  ['snyk-api-token', 'snyk', uuid()],
  ['sumologic-access-id', 'sumo', `su${mixed(12)}`],
  ['trello-access-token', 'trello', lower(32)],
  ['twitter-access-secret', 'twitter', lower(45)],
  ['zendesk-secret-key', 'zendesk', lower(40)],
];

const snake = (name: string): string => `${name}_TOKEN`;
const camel = (name: string): string => `${name}Token`;

/** How languages, files and command lines assign. */
const FORMS: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `${camel(name)}="${value}"`,
  (name, value) => `${snake(name)} = ${value}`,
  (name, value) => `{\n    "${snake(name)}": "${value}"\n}`,
  (name, value) => `{"config.ini": "${snake(name)}=${value}\\nBACKUP_ENABLED=true"}`,
  (name, value) => `<${camel(name)}>\n                    ${value}\n</${camel(name)}>`,
  (name, value) => `${snake(name)}: '${value}'`,
  (name, value) => `var ${camel(name)} string = "${value}"`,
  (name, value) => `${camel(name)} := \`${value}\``,
  (name, value) => `$${camel(name)} .= "${value}"`,
  (name, value) => `System.setProperty("${snake(name)}", "${value}")`,
  (name, value) => `  "${camel(name)}" => "${value}"`,
  (name, value) => `${snake(name)} :::= "${value}"`,
  (name, value) => `${snake(name)} ?= "${value}"`,
  (name, value) => `- name: ${snake(name)}\n  value: ${value}`,
  (name, value) => `<add key="${camel(name)}" value="${value}" />`,
  (name, value) => `deploy --${name}-token ${value} --now`,
];

const expectFound = (text: string, value: string, rule: string): void => {
  const start = text.indexOf(value);
  expect(redactor.detect(text), text).toMatchObject([{ entity: 'SECRET', rule, start, end: start + value.length }]);
};

describe('a token is found by its prefix', () => {
  test.each(TOKENS)('%s', (rule, prefix, rest) => {
    const value = prefix + rest;
    for (const text of [value, `It is ${value}. Thanks!`, `{"a":"${value}"}`, `x=${value}\n`, `\\n${value}\\n`])
      expectFound(text, value, rule);
  });

  test.each(TOKENS.filter(([rule]) => rule !== 'age-secret-key'))('%s, but not as a placeholder', (_, prefix, rest) => {
    const placeholder = prefix + rest.replaceAll(/[A-Za-z0-9]/g, 'x');
    expect(redactor.detect(placeholder)).toEqual([]);
  });
});

describe('a value is found beside the name of its vendor', () => {
  test.each(NAMED)('%s', (rule, name, value) => {
    for (const form of FORMS) expectFound(form(name, value), value, rule);
  });

  test.each(NAMED.filter(([rule, , value]) => rule !== 'lob-api-key' && !/^\d+$/.test(value)))(
    '%s, and not by itself',
    (_, __, value) => {
      for (const text of [value, `item: ${value}`, `see ${value} there`])
        expect(redactor.detect(text).filter(({ entity }) => entity === 'SECRET')).toEqual([]);
    },
  );

  test('a short name counts only where it begins a word', () => {
    expect(redactor.detect(`global_id = test_${hex(20)}`)).toEqual([]);
    expect(redactor.detect(`rookTable = 00${mixed(40)}`)).toEqual([]);
    expect(redactor.detect(`sumOfExposures = ${mixed(64)}`)).toEqual([]);
  });

  test('an identifier of the right length is none', () => {
    expect(redactor.detect('getPagesInConfluenceSpace,searchConfluenceUsingCql')).toEqual([]);
    expect(redactor.detect('dropboxIcon: "someIdentifiers"')).toEqual([]);
  });
});

test('a key that stands in public documentation is no secret', () => {
  expect(redactor.detect(['aws_access_key: AKIA', 'IOSFODNN7EXAMPLE'].join(''))).toEqual([]);
  expect(redactor.detect(['AIzaSyabcdefghijk', 'lmnopqrstuvwxyz1234567'].join(''))).toEqual([]);
});

test.each([
  ['part of a longer run', `x${['AKIA', 'Q3K7XW2M5TZ4RJ6N'].join('')}`],
  ['part of base64', `gYnkg${['AKCp', mixed(69)].join('')}VyZSB2`],
  ['one digit short', ['sntry', `u_${hex(63)}`].join('')],
  ['one digit long', ['sntry', `u_${hex(65)}`].join('')],
  ['the name of a function', 'static void GLC_CreateLightmapTextureArray(void);'],
  ['part of a file name', `<img src="./assets/vi${['pul-', hex(40)].join('')}.png">`],
])('%s is no token', (_, text) => {
  expect(redactor.detect(text)).toEqual([]);
});
