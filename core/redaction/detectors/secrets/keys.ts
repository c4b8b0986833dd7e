/** Private keys and what passwords are kept as. */

import type { Detector } from '../../types.ts';
import { token } from './secret.ts';

/** Detectors of private keys, hashes of passwords and signed tokens. */
export const KEY_SECRETS: readonly Detector[] = [
  {
    entity: 'SECRET',
    rule: 'private-key', // -----BEGIN RSA PRIVATE KEY----- and key material: code that looks for the line is none
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?=["'+,]?[ \t]{0,2}(?:\r?\n|(?:\\{1,8}(?:r|u000[dD]))?\\{1,8}(?:n|u000[aA])){1,2}[ \t]{0,16}["']?[A-Za-z0-9+/]{4}|[ \t]{1,4}[A-Za-z0-9+/=]{20}|(?:\r?\n|(?:\\{1,8}(?:r|u000[dD]))?\\{1,8}(?:n|u000[aA]))\s{0,4}$|$)/y,
    score: 1,
    tail: 'private-key',
  },
  {
    entity: 'SECRET',
    rule: 'putty-private-key', // Private-Lines: 14, then base64
    pattern: /Private-Lines: \d{1,3}\r?\n(?<value>[A-Za-z0-9+/=]{1,80}(?:\r?\n[A-Za-z0-9+/=]{1,80}){0,3})/y,
    score: 1,
  },
  token('age-secret-key', /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}(?![A-Za-z\d])/y, { bits: 0 }), // AGE-SECRET-KEY-1…
  token('jwt', /eyJ(?:hbGci|0eXAi|raWQi|lbmMi|jdHki|4NXQi|hcHUi|wdi|zY|lc)[\w-]{8}/y, {
    tail: 'dotted-token',
    bits: 0,
  }), // {"alg":…
  token('jwt', /ey[A-Za-z0-9]{17,120}\.ey[\w/\\-]{17}/y, { tail: 'dotted-token', score: 0.95 }), // ey….ey….…
  token('jwt-base64', /ZXlK[A-Za-z0-9+/_-]{66}/y, { tail: 'token', score: 0.9, bits: 3.5 }), // base64 of eyJ…
  token('bcrypt-hash', /\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}(?![A-Za-z0-9])/y), // $2b$12$…
  token('crypt-hash', /\$(?:1|5|6|7|y|apr1|gy)\$[./A-Za-z0-9$=,]{0,40}\$[./A-Za-z0-9]{22,86}(?![A-Za-z0-9])/y), // $6$salt$…
  token('argon2-hash', /\$argon2(?:id|i|d)\$v=\d{1,2}\$[mtp=,\d]{5,40}\$[A-Za-z0-9+/]{8,90}\$[A-Za-z0-9+/]{16}/y, {
    tail: 'token',
  }),
  token('pbkdf2-hash', /pbkdf2(?:_|:)sha\d{1,3}[$:]\d{1,8}[$:][A-Za-z0-9+/=]{4,64}[$:][A-Za-z0-9+/=]{20}/y, {
    tail: 'token',
  }),
  token('ldap-hash', /\{S?(?:SHA|MD5|SHA256|SHA512)\}[A-Za-z0-9+/]{20,100}={0,2}/y), // {SSHA}…
];
