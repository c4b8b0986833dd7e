/** Secrets and their versions, and which of them bears which stage. Source: Secrets Manager user guide, "Secret versions". */

import { randomUUID } from 'node:crypto';

/** A stage that a version can bear. */
export type Stage = 'AWSCURRENT' | 'AWSPREVIOUS' | 'AWSPENDING';

/** A version of a secret. */
export interface SecretVersion {
  readonly versionId: string;
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** The versions of one secret. */
export interface SecretVersions {
  of(stage: string): SecretVersion | undefined;
  stagesOf(version: SecretVersion): readonly string[];
  /** A new version that is not in use yet: `put-secret-value --version-stages AWSPENDING`. */
  stage(value: string): void;
  /** Puts the pending version into use: `update-secret-version-stage --version-stage AWSCURRENT`. */
  promote(): void;
  /** A new version that is in use at once: `put-secret-value`. */
  put(value: string): void;
}

/** A secret with its first version. */
export const createVersions = (first: string, now: () => number): SecretVersions => {
  const stages = new Map<string, SecretVersion>();
  const made = (value: string): SecretVersion => ({ versionId: randomUUID(), value, createdAt: now() });
  const use = (version: SecretVersion): void => {
    const before = stages.get('AWSCURRENT');
    if (before !== undefined) stages.set('AWSPREVIOUS', before);
    stages.set('AWSCURRENT', version);
  };
  use(made(first));
  return {
    of: (stage) => stages.get(stage),
    stagesOf: (version) => [...stages].flatMap(([stage, bearer]) => (bearer === version ? [stage] : [])),
    stage: (value) => {
      stages.set('AWSPENDING', made(value));
    },
    promote: () => {
      const pending = stages.get('AWSPENDING');
      if (pending === undefined) throw new Error('no version is pending');
      stages.delete('AWSPENDING');
      use(pending);
    },
    put: (value) => use(made(value)),
  };
};
