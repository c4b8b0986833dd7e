/** Security rules of AWS’s solutions and of serverless applications: cdk-nag over the template, in a process of its own. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { DeploymentName } from '../deployments.ts';
import { resolverOf } from '../resolve.ts';
import { type Fields, intrinsicOf, isFields, type Resource, type Template } from '../template.ts';
import type { Finding } from './finding.ts';
import { SUPPRESSIONS, type Suppression, suppresses } from './suppressions.ts';

/** A value with its conditions decided: rules read what will be there, and fail on what may be. */
const decided = (value: unknown, holds: (condition: string) => boolean): unknown => {
  if (Array.isArray(value)) return value.map((item) => decided(item, holds)).filter((item) => item !== undefined);
  if (!isFields(value)) return value;
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === 'Ref' && argument === 'AWS::NoValue') return undefined;
  if (name === 'Fn::If' && Array.isArray(argument))
    return decided(holds(String(argument[0])) ? argument[1] : argument[2], holds);
  return Object.fromEntries(
    Object.entries(value)
      .map(([field, inner]) => [field, decided(inner, holds)] as const)
      .filter(([, inner]) => inner !== undefined),
  );
};

/** A template that the CDK includes: conditions decided, and without the empty policy that the framework writes. */
const includable = (template: Template): Template => {
  const { holds } = resolverOf(template);
  const resources = Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || holds(Condition))
    .map(([id, { Condition: _, ...resource }]) => {
      const { Policy, ...properties } = decided(resource.Properties ?? {}, holds) as Fields;
      const kept = Policy === undefined || Policy === '' ? properties : { ...properties, Policy };
      return [id, { ...resource, Properties: kept } satisfies Resource] as const;
    });
  const { Conditions: _, Outputs: __, ...rest } = template;
  return { ...rest, Resources: Object.fromEntries(resources) };
};

/** Everything that cdk-nag has against a template, suppressed or not. */
export const nagFindings = async (template: Template): Promise<readonly Finding[]> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulwark-nag-'));
  try {
    const file = path.join(folder, 'template.json');
    writeFileSync(file, JSON.stringify(includable(template)));
    const script = path.join(import.meta.dirname, 'audit.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script, file, path.join(folder, 'out')], {
      maxBuffer: 2 ** 26,
      env: { ...process.env, JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1' },
    });
    return JSON.parse(stdout) as readonly Finding[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const ofDeployment = (deployment: DeploymentName): readonly Suppression[] =>
  SUPPRESSIONS.filter(({ on }) => on.includes(deployment));

/** What is left of findings, and suppressions that none of them needs. */
export const judged = (findings: readonly Finding[], deployment: DeploymentName): readonly string[] => [
  ...findings
    .filter((finding) => !ofDeployment(deployment).some((suppression) => suppresses(suppression, finding)))
    .map(({ rule, detail, resource, text }) => `${resource}: ${rule}${detail === '' ? '' : ` (${detail})`}: ${text}`),
  ...ofDeployment(deployment)
    .filter((suppression) => !findings.some((finding) => suppresses(suppression, finding)))
    .map(({ rule, resource }) => `${rule} of ${resource.source}: nothing needs this suppression any more`),
];
