/** Credentials of clouds. Sources: the vendors' documentation of their key formats. */

import { atLeast } from '../../checks/entropy.ts';
import type { Detector } from '../../types.ts';
import { unpublished } from './published-keys.ts';
import { alnum, base64url, hex, named, padded, token, UUID } from './secret.ts';

const AWS_SECRET = ['awssecret', 'awskey', 'awsaccesskey', 'secretaccesskey', 'secretkey', 'aws secret'];

/** Detectors of cloud credentials. */
export const CLOUD_SECRETS: readonly Detector[] = [
  {
    entity: 'SECRET',
    rule: 'aws-access-token', // AKIA and 16 of base32; temporary ones begin with ASIA
    pattern: /(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/y,
    score: 1,
    measure: unpublished(3),
  },
  {
    entity: 'SECRET',
    rule: 'aws-secret-access-key', // secret_access_key = "…" of 40 characters
    pattern: /[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/y,
    assignedTo: AWS_SECRET,
    score: 0.95,
    measure: atLeast(3.5),
  },
  token('aws-session-token', /(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9/+]{60}/y, { tail: 'token' }), // base64 of "origin"
  token('aws-amazon-bedrock-api-key-long-lived', /ABSK[A-Za-z0-9+/]{40}/y, { tail: 'token' }), // ABSK…
  token('aws-amazon-bedrock-api-key-short-lived', /bedrock-api-key-[A-Za-z0-9+/]{16}/y, { tail: 'token' }), // bedrock-api-key-YmVk…
  token('alibaba-access-key-id', /LTAI[a-z0-9]{12,26}(?![\w-])/iy), // LTAI…
  named('alibaba-secret-key', ['alibaba', 'aliyun'], /[a-z0-9]{30}(?![\w-])/iy),
  token('azure-ad-client-secret', /[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![\w~-]|\.\w)/y), // abc8Q~…
  token('azure-api-key', /[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}(?![A-Za-z0-9])/y), // …JQQJ99…
  {
    entity: 'SECRET',
    rule: 'azure-storage-account-key', // AccountKey=…==
    pattern: /[A-Za-z0-9+/]{86}==/y,
    assignedTo: ['accountkey', 'storagekey', 'storageaccount', 'azure', 'primarykey', 'masterkey'],
    score: 0.95,
    measure: atLeast(4),
  },
  {
    entity: 'SECRET',
    rule: 'azure-shared-access-key', // SharedAccessKey=…=
    pattern: /[A-Za-z0-9+/]{43,55}={1,2}/y,
    assignedTo: ['sharedaccesskey', 'sharedaccess', 'accesskey', 'functionkey', 'cosmos'],
    score: 0.9,
    measure: atLeast(3.5),
  },
  {
    entity: 'SECRET',
    rule: 'azure-sas-signature', // &sig=…%3D
    pattern: /sig=(?<value>(?:[A-Za-z0-9+/]|%[0-9A-Fa-f]{2}){40,60}(?:%3[Dd]|=))/y,
    score: 0.95,
    measure: atLeast(3.5),
  },
  token('azure-devops-personal-access-token', /[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/y),
  named('azure-devops-personal-access-token', ['azuredevops', 'azdo', 'vsts'], /[a-z2-7]{52}(?![\w-])/iy),
  {
    entity: 'SECRET',
    rule: 'gcp-api-key', // AIza and 35 of base64url
    pattern: /AIza[\w-]{35}(?![\w-])/y,
    score: 1,
    measure: unpublished(3.5),
  },
  token('gcp-oauth-client-secret', /GOCSPX-[\w-]{20}/y, { tail: 'token' }), // GOCSPX-…
  token('gcp-oauth-access-token', /ya29\.[\w-]{20}/y, { tail: 'dotted-token' }), // ya29.…
  token('gcp-oauth-refresh-token', /1\/\/0[\w-]{40}/y, { tail: 'token' }), // 1//0…
  token('digitalocean-access-token', /doo_v1_[a-f0-9]{64}(?![\w-])/iy), // doo_v1_…
  token('digitalocean-pat', /dop_v1_[a-f0-9]{64}(?![\w-])/iy), // dop_v1_…
  token('digitalocean-refresh-token', /dor_v1_[a-f0-9]{64}(?![\w-])/iy), // dor_v1_…
  token('cloudflare-origin-ca-key', /v1\.0-[a-f0-9]{24}-[a-f0-9]{146}(?![\w-])/iy), // v1.0-…
  named('cloudflare-api-key', ['cloudflare', 'cf api'], base64url(40)),
  named('cloudflare-global-api-key', ['cloudflare', 'cf api'], hex(37)),
  token('yandex-access-token', /t1\.[\w-]{1,200}={0,2}\.[\w-]{86}={0,2}/y, { score: 0.95 }), // t1.….…
  token('yandex-api-key', /AQVN[\w-]{35,38}(?![\w-])/y, { score: 0.95 }), // AQVN…
  named('yandex-access-token', ['yandex'], /t1\.[\w-]{1,200}={0,2}\.[\w-]{86}={0,2}/iy),
  named('yandex-api-key', ['yandex'], /AQVN[\w-]{35,38}(?![\w-])/iy),
  named('yandex-aws-access-token', ['yandex'], /YC[\w-]{38}(?![\w-])/iy),
  token('heroku-api-key-v2', /HRKU-AA[\w-]{58}(?![\w-])/y), // HRKU-AA…
  named('heroku-api-key', ['heroku'], UUID),
  token('flyio-access-token', /fo1_[\w-]{43}(?![\w-])/y), // fo1_…
  token('flyio-access-token', /fm[12][ar]?_[A-Za-z0-9+/]{60}/y, { tail: 'token' }), // fm2_…
  token('scalingo-api-token', /tk-us-[\w-]{48}(?![\w-])/y), // tk-us-…
  token('planetscale-api-token', /pscale_tkn_[\w=.-]{31,63}[\w=-]/iy, { tail: 'token' }), // pscale_tkn_…
  token('planetscale-oauth-token', /pscale_oauth_[\w=.-]{31,63}[\w=-]/iy, { tail: 'token' }), // pscale_oauth_…
  token('planetscale-password', /pscale_pw_[\w=.-]{31,63}[\w=-]/iy, { tail: 'token' }), // pscale_pw_…
  token('clickhouse-cloud-api-secret-key', /4b1d[A-Za-z0-9]{38}(?![\w-])/y), // 4b1d…
  token('netlify-access-token', /nf[cpoub]_[A-Za-z0-9]{36}(?![\w-])/y), // nfp_…
  named('netlify-access-token', ['netlify'], padded(40, 46)),
  token('neon-api-key', /napi_[a-z0-9]{60,68}(?![\w-])/y), // napi_…
  named('ibm-cloud-iam-key', ['ibm', 'cloudiam', 'cloudapi', 'cloudkey', 'iam'], base64url(44)),
  named('ibm-cos-hmac-key', ['secretaccesskey', 'cos', 'hmac'], hex(48)),
  named('softlayer-api-key', ['softlayer', 'slapi', 'slkey', 'slpass'], alnum(64)),
  token('vercel-access-token', /vc[apkri]_[A-Za-z0-9]{24,60}(?![\w-])/y), // vcp_…
  token('supabase-key', /sb(?:p|_secret)_[A-Za-z0-9_-]{30,60}(?![\w-])/y), // sbp_…
  token('render-api-key', /rnd_[A-Za-z0-9]{32}(?![\w-])/y), // rnd_…
  token('tailscale-key', /tskey-[a-z]{3,12}-[A-Za-z0-9]{8,20}-[A-Za-z0-9]{16,40}(?![\w-])/y), // tskey-auth-…
];
