/** Logs of what programs run on: clouds, clusters, databases, kernels. */

import { pick } from '../../../../training/random.ts';
import type { LogWriter } from './log-writer.ts';
import { address, characters, digits, hex, integer, moment, uuid, word } from './values.ts';

const LOWER = 'bcdfghjklmnpqrstvwxz2456789'; // of generated names in Kubernetes
const REGIONS = ['eu-central-1', 'us-east-1', 'ap-southeast-2'];

/** Nov 30 02:37:11 */
const syslogTime = (at: Date): string =>
  `${at.toUTCString().slice(8, 11)} ${at.toUTCString().slice(5, 7)} ${at.toISOString().slice(11, 19)}`;

/** Writers by the name of the log. */
export const PLATFORM_LOGS: Readonly<Record<string, LogWriter>> = {
  lambda: (random) => {
    const id = uuid(random);
    return [
      `START RequestId: ${id} Version: $LATEST`,
      `${moment(random).toISOString()}\t${id}\tINFO\t{"_aws":{"Timestamp":${moment(random).getTime()},"CloudWatchMetrics":[{"Namespace":"${word(random)}","Dimensions":[["Service"]],"Metrics":[{"Name":"Tokens","Unit":"Count"}]}]},"Tokens":${integer(random, 1, 9999)}}`,
      `END RequestId: ${id}`,
      `REPORT RequestId: ${id}\tDuration: ${(random() * 3000).toFixed(2)} ms\tBilled Duration: ${integer(random, 1, 3000)} ms\tMemory Size: 512 MB\tMax Memory Used: ${integer(random, 60, 512)} MB\tXRAY TraceId: 1-${hex(random, 8)}-${hex(random, 24)}\tSegmentId: ${hex(random, 16)}\tSampled: true`,
    ].join('\n');
  },
  cloudtrail: (random) =>
    JSON.stringify({
      eventVersion: '1.11',
      eventTime: moment(random).toISOString(),
      eventSource: `${word(random)}.amazonaws.com`,
      awsRegion: pick(random, REGIONS),
      requestID: uuid(random).toUpperCase(),
      eventID: uuid(random),
      resources: [
        { ARN: `arn:aws:s3:::${word(random)}-${digits(random, 12)}-${pick(random, REGIONS)}/${hex(random, 64)}` },
        {
          ARN: `arn:aws:lambda:${pick(random, REGIONS)}:${digits(random, 12)}:function:${word(random)}:${integer(random, 1, 400)}`,
        },
      ],
      logStream: `${moment(random).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${hex(random, 32)}`,
    }),
  kubernetes: (random) =>
    pick(random, [
      `I${digits(random, 4)} ${moment(random).toISOString().slice(11, 23)}${digits(random, 3)}       1 controller.go:${integer(random, 10, 999)}] "Reconciling" namespace="${word(random)}" pod="${word(random)}-${hex(random, 10)}-${characters(random, LOWER, 5)}" reconcileID="${uuid(random)}"`,
      `${word(random)}-${hex(random, 9)}-${characters(random, LOWER, 5)}   1/1     Running   ${integer(random, 0, 30)} (${integer(random, 1, 59)}m ago)   ${integer(random, 1, 300)}d   ${address(random)}   ip-10-0-${integer(random, 0, 255)}-${integer(random, 0, 255)}.ec2.internal`,
      `{"kind":"Event","metadata":{"name":"${word(random)}.${hex(random, 16)}","uid":"${uuid(random)}","resourceVersion":"${digits(random, 9)}"},"reason":"Pulled","image":"registry.example.com/${word(random)}@sha256:${hex(random, 64)}"}`,
    ]),
  postgres: (random) =>
    `${moment(random).toISOString().replace('T', ' ').slice(0, 23)} UTC [${integer(random, 100, 99999)}] ${word(random)}@${word(random)} LOG:  duration: ${(random() * 5000).toFixed(3)} ms  execute <unnamed>: SELECT t0."id", t0."${word(random)}_id" FROM "${word(random)}" AS t0 WHERE t0."${word(random)}_id" IN (${Array.from({ length: integer(random, 2, 8) }, () => digits(random, integer(random, 6, 10))).join(', ')}) AND t0."created_at" > '${moment(random).toISOString()}' ORDER BY t0."id" LIMIT ${integer(random, 1, 500)} /* lsn ${hex(random, 2).toUpperCase()}/${hex(random, 8).toUpperCase()} xid ${digits(random, 9)} */`,
  kernel: (random) =>
    pick(random, [
      `[${String(integer(random, 0, 999999)).padStart(6)}.${digits(random, 6)}] pci 0000:${hex(random, 2)}:${hex(random, 2)}.${integer(random, 0, 7)}: BAR ${integer(random, 0, 5)}: assigned [mem 0x${hex(random, 8)}-0x${hex(random, 8)} 64bit pref]`,
      `[${String(integer(random, 0, 999999)).padStart(6)}.${digits(random, 6)}] usb ${integer(random, 1, 9)}-${integer(random, 1, 9)}.${integer(random, 1, 9)}: New USB device found, idVendor=${hex(random, 4)}, idProduct=${hex(random, 4)}, bcdDevice= ${integer(random, 1, 9)}.${digits(random, 2)}`,
      `${syslogTime(moment(random))} node-${integer(random, 1, 40)} systemd[1]: ${word(random)}.service: Consumed ${integer(random, 1, 59)}.${digits(random, 3)}s CPU time, ${digits(random, 3)}.${integer(random, 0, 9)}M memory peak.`,
      `audit(${integer(random, 1_600_000_000, 1_799_999_999)}.${digits(random, 3)}:${digits(random, 5)}): pid=${integer(random, 1, 99999)} uid=${integer(random, 0, 1000)} ses=4294967295 res=1`,
    ]),
  metrics: (random) =>
    pick(random, [
      `${word(random)}_request_duration_seconds_bucket{le="${random().toFixed(3)}",instance="${address(random)}:9${digits(random, 3)}",job="${word(random)}"} ${digits(random, integer(random, 1, 12))} ${moment(random).getTime()}`,
      `${word(random)}_bytes_total{device="sda${integer(random, 1, 9)}"} ${random().toPrecision(17)}e+${integer(random, 10, 12)}`,
      `${word(random)}.${word(random)}.p99:${(random() * 100).toFixed(6)}|ms|@0.1|#env:prod,shard:${integer(random, 0, 63)}`,
      `cpu,host=${word(random)}${integer(random, 1, 99)} usage_idle=${(random() * 100).toFixed(14)},usage_user=${(random() * 100).toFixed(14)} ${moment(random).getTime()}000000`,
    ]),
};
