/** Secrets of Kubernetes as they are written down: base64 in YAML. Source: kubernetes.io, Secrets. */

import type { Detector } from '../../types.ts';

const KIND = 'kind:[ \\t]{0,4}["\']?Secret["\']?(?=\\s)';
const DATA = '\\n(?:string)?[dD]ata:[ \\t]{0,3}\\r?\\n[ \\t]{1,8}';
const ENTRY = '["\']?[\\w.-]{1,40}["\']?:[ \\t]{1,3}["\']?[A-Za-z0-9+/]{8,64}={0,3}["\']?';
const MORE = `(?:\\r?\\n[ \\t]{1,8}${ENTRY})?`;

const secret = (pattern: RegExp): Detector => ({
  entity: 'SECRET',
  rule: 'kubernetes-secret-yaml',
  pattern,
  score: 0.9,
});

/** Detectors of the entries of a Secret. */
export const KUBERNETES_SECRETS: readonly Detector[] = [
  secret(new RegExp(`${KIND}[\\s\\S]{0,90}?${DATA}(?<value>${ENTRY}${MORE})`, 'y')), // kind: Secret … data: …
  secret(new RegExp(`data:[ \\t]{0,3}\\r?\\n[ \\t]{1,8}(?<value>${ENTRY})[\\s\\S]{0,180}?\\n${KIND}`, 'y')), // data: … kind: Secret
];
