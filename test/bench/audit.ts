/**
 * `npm run bench -- audit`: what an audit record costs where it goes to a log group, beside a line on standard output, and
 * what is kept of content. CloudWatch Logs is the local one, in this process.
 */

import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { keyedDigestOf } from '../../aws/mac.ts';
import { createLogGroupSink } from '../../aws/telemetry/log-group-sink.ts';
import { digestContent } from '../../core/audit/content-digest.ts';
import { redactContent } from '../../core/audit/content-redaction.ts';
import { contentTexts } from '../../core/audit/content-texts.ts';
import { createRedactor } from '../../core/redaction/index.ts';
import { startLocalLogs } from '../../local/logs/index.ts';
import { compare } from './compare.ts';

const GROUP = '/bulwark/bench/audit';
const keys = { accessKeyId: ['ASIA', 'BENCH'].join(''), secretAccessKey: ['bench', 'secret'].join('-') };
const PROSE = 'The orchard has three rows of pears and a well, and on Sunday we went there to see it. ';

const logs = await startLocalLogs({ groups: [GROUP], credentials: { [keys.accessKeyId]: keys.secretAccessKey } });
const client = new CloudWatchLogsClient({
  endpoint: logs.url,
  region: 'eu-central-1',
  credentials: keys,
  maxAttempts: 1,
});
const sink = createLogGroupSink({ logGroup: GROUP, client });
const record = JSON.stringify({ message: 'audit', padding: 'x'.repeat(1500) });
const startedAt = performance.now();
if (!(await sink.write(record))) throw new Error('the local log group takes no record');
console.log(
  `the first record, with its stream and the client loaded: ${(performance.now() - startedAt).toFixed(0)} ms`,
);

await compare('A record of 1.5 kB', [
  { name: 'a line on standard output (baseline)', runs: 1000, work: () => process.stdout.write(`${record}\n`) },
  { name: 'the log group, on loopback', runs: 30, work: () => sink.write(record) },
]);
client.destroy();
await logs.close();

const body = { text: JSON.stringify({ message: PROSE.repeat(47) }), kind: 'json' as const, isCut: false };
const redactor = createRedactor({ entities: 'all' });
const digester = { version: 'v1', mac: keyedDigestOf(keys.secretAccessKey, 'content') };
await compare(`Content: a body of ${body.text.length} units`, [
  { name: 'JSON.parse (baseline)', runs: 3000, work: () => JSON.parse(body.text) },
  { name: 'digests', runs: 300, work: () => digestContent(digester, contentTexts(body.text, 'json'), []) },
  { name: 'redacted', runs: 30, work: () => redactContent(redactor.session(), body, 16_384) },
]);
