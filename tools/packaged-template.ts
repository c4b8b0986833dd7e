/**
 * The templates of the service, packaged once for as long as neither `serverless.yml` nor `infra/` changes: what runs in
 * the functions is not in a template.
 */

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyService, type Deployment, packageCopy, SERVICE_PARTS } from './package-service.ts';
import type { Template } from './template/template.ts';

const root = path.resolve(import.meta.dirname, '..');
const cache = path.join(root, 'node_modules/.cache/bulwark-templates');
const TEMPLATE = 'cloudformation-template-update-stack.json';

/** Both stages as they are by default, one with callers that sign, and `prod` with every switch on. Nothing of the network exists. */
export const DEPLOYMENTS = {
  dev: { stage: 'dev' },
  prod: { stage: 'prod' },
  iam: { stage: 'prod', params: { auth: 'iam' } },
  everything: {
    stage: 'prod',
    params: {
      allowlist: 'true',
      allowedCidrs: '203.0.113.0/24,2001:db8::/32',
      auditContent: 'redacted',
      auth: 'jwt',
      bodyLimitBytes: '16384',
      corsOrigin: 'https://app.example.com',
      jwtAudience: 'api',
      jwtIssuer: 'https://issuer.example.com',
      permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
      reservedConcurrency: '20',
      vpc: 'true',
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
      routeTableIds: 'rtb-0123456789abcdef0',
      dynamoDbPrefixListId: 'pl-01234567',
    },
  },
} as const satisfies Readonly<Record<string, Deployment>>;

/** Everything that a template is made of, its maker included. */
const digestOf = (deployment: Deployment): string => {
  const hash = createHash('sha256').update(JSON.stringify([deployment, readdirSync(path.join(root, 'functions'))]));
  const files = readdirSync(path.join(root, 'infra')).map((name) => path.join('infra', name));
  const maker = ['package-lock.json', 'tools/package-service.ts', 'tools/packaged-template.ts'];
  for (const file of [SERVICE_PARTS[0], ...files.sort(), ...maker])
    hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 32);
};

/** In place of the functions, so that there is something to zip. */
export const writeStubs = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(path.join(root, 'functions')).filter((file) => file.endsWith('.ts')))
    for (const file of [name.replace(/\.ts$/, '.mjs'), name.replace(/\.ts$/, '.mjs.map')])
      writeFileSync(path.join(folder, file), '');
};

/** A template that is kept, and of what it was made. */
interface Kept {
  readonly digest: string;
  readonly template: Template;
}

const keptIn = (file: string): Kept | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : undefined;

const packaged = async (deployment: Deployment): Promise<Template> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulwark-template-'));
  try {
    const service = path.join(folder, 'service');
    const target = path.join(folder, 'package');
    copyService(service);
    writeStubs(path.join(service, 'dist/functions'));
    await packageCopy(service, target, deployment);
    return JSON.parse(readFileSync(path.join(target, TEMPLATE), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The template of a deployment. */
export const packagedTemplate = async (deployment: Deployment): Promise<Template> => {
  const name = createHash('sha256').update(JSON.stringify(deployment)).digest('hex').slice(0, 16);
  const file = path.join(cache, `${name}.json`);
  const digest = digestOf(deployment);
  const kept = keptIn(file);
  if (kept?.digest === digest) return kept.template;
  const template = await packaged(deployment);
  mkdirSync(cache, { recursive: true });
  // Another process may make the same: each puts its own there whole.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ digest, template } satisfies Kept));
  renameSync(own, file);
  return template;
};
