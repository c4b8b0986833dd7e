/**
 * Has cdk-nag look at a template: `node audit.ts TEMPLATE OUTDIR`, in a process of its own, since the CDK takes half a minute
 * of a busy machine and keeps what it loads. Prints findings as JSON.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { Finding } from './finding.ts';

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
