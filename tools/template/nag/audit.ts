/**
 * Has cdk-nag look at a template: `node audit.ts TEMPLATE OUTDIR`, in a process of its own, since the CDK takes half a minute
 * of a busy machine and keeps what it loads. Prints findings as JSON.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Finding } from './finding.ts';

/** What is used of the CDK. Its own types are as much for the compiler to read as all else together. */
interface App {
  synth(): void;
}
type Made<Arguments extends readonly unknown[], Made = object> = new (...args: Arguments) => Made;
interface Cdk {
  readonly App: Made<[{ outdir: string; analyticsReporting: boolean }], App>;
  readonly Stack: Made<[App, string, { env: { region: string; account: string } }]>;
  readonly Validations: { of(app: App): { addPlugins(...plugins: object[]): void } };
}
interface CdkInclude {
  readonly CfnInclude: Made<[object, string, { templateFile: string; allowCyclicalReferences: boolean }]>;
}
type Nag = Readonly<Record<'AwsSolutionsChecks' | 'ServerlessChecks', Made<[App]>>>;

const load = createRequire(import.meta.url);
const { App, Stack, Validations } = load('aws-cdk-lib') as Cdk;
const { CfnInclude } = load('aws-cdk-lib/cloudformation-include') as CdkInclude;
const { AwsSolutionsChecks, ServerlessChecks } = load('cdk-nag') as Nag;

interface Report {
  readonly pluginReports?: readonly {
    readonly violations?: readonly {
      readonly ruleName: string;
      readonly description: string;
      readonly violatingConstructs?: readonly { readonly constructPath?: string }[];
    }[];
  }[];
}

/** Paths of constructs are those of the included template's: `Stack/Template/LogicalId`. */
const idOf = (constructPath = ''): string => constructPath.split('/')[2] ?? '';

/** `AwsSolutions-IAM5[Resource::*]`: the rule, and what of the resource it is about. */
const RULE = /^([^[]+?)(?:\[(.*)\])?$/;

const findingsIn = (report: Report): readonly Finding[] =>
  (report.pluginReports ?? []).flatMap(({ violations = [] }) =>
    violations.flatMap(({ ruleName, description, violatingConstructs = [] }) => {
      const [, rule = ruleName, detail = ''] = RULE.exec(ruleName) ?? [];
      return violatingConstructs.map(({ constructPath }) => ({
        rule,
        detail,
        resource: idOf(constructPath),
        text: description,
      }));
    }),
  );

const [templateFile = '', outdir = ''] = process.argv.slice(2);
const app = new App({ outdir, analyticsReporting: false });
const stack = new Stack(app, 'Stack', { env: { region: 'eu-central-1', account: '123456789012' } });
new CfnInclude(stack, 'Template', { templateFile, allowCyclicalReferences: true });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
try {
  app.synth();
} catch (error) {
  // It throws for findings, too: what they are stands in the report, and without one it is something else.
  if (!/report/i.test(String(error))) throw error;
}
process.stdout.write(
  JSON.stringify(findingsIn(JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8')))),
);
