import { describe, expect, test } from 'vitest';
import { customMetrics, idleBill, requestBill, totalOf } from '../../../../tools/cost/bill.ts';
import { pageWith } from '../../../../tools/cost/current-report.ts';
import { inventoryOf } from '../../../../tools/cost/inventory.ts';
import { PRICES, standingOf, usdFor } from '../../../../tools/cost/prices.ts';
import { addedBy, priceText, stageReport } from '../../../../tools/cost/report.ts';
import type { Resource, Template } from '../../../../tools/template/template.ts';

const inventory = (Resources: Readonly<Record<string, Resource>>, Conditions: Template['Conditions'] = {}) =>
  inventoryOf({ Resources, ...(Conditions && { Conditions }) });

const none = inventory({});

describe('an inventory', () => {
  const reading = (Id: string) => ({ Id, MetricStat: {} });

  test('counts an alarm by the metrics that it reads, a band as two more', () => {
    const { alarms, alarmMetrics } = inventory({
      Single: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Requests' } },
      Math: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [reading('a'), reading('b'), { Id: 'sum' }] } },
      Band: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: { ThresholdMetricId: 'band', Metrics: [reading('a'), { Id: 'value' }, { Id: 'band' }] },
      },
      Both: { Type: 'AWS::CloudWatch::CompositeAlarm' },
    });
    expect(alarms).toEqual({ single: 1, math: 1, band: 1, composite: 1 });
    expect(alarmMetrics).toBe(1 + 2 + 3);
  });

  test('leaves out what a condition switches off', () => {
    const off = { Off: { 'Fn::Equals': ['false', 'true'] } };
    expect(
      inventory({ Acl: { Type: 'AWS::WAFv2::WebACL', Condition: 'Off', Properties: { Rules: [{}] } } }, off),
    ).toEqual(none);
  });

  test('counts an interface endpoint in each of its subnets, and a gateway endpoint not at all', () => {
    const endpoint = (VpcEndpointType: string): Resource => ({
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: { VpcEndpointType, SubnetIds: { 'Fn::Split': [',', 'one,two,three'] } },
    });
    expect(inventory({ Logs: endpoint('Interface'), Table: endpoint('Gateway') }).endpointZones).toBe(3);
  });
});

describe('a bill', () => {
  test('of nothing is nothing while nothing happens', () => {
    expect(idleBill(none)).toEqual([]);
  });

  test('adds up quantities at their prices', () => {
    const acl = inventory({ Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}] } } });
    expect(totalOf(idleBill(acl))).toBe(PRICES.webAcl.usd + 2 * PRICES.webAclRule.usd);
    const { idle, requests } = addedBy(none, acl);
    expect(idle).toBe(7);
    expect(requests).toBeCloseTo(usdFor('webAclRequest', 1_000_000));
  });

  test('charges a guardrail for what it reads, and for nothing that it is told to pass over', () => {
    const guardrail = (InputEnabled: boolean) =>
      inventory({
        Guardrail: {
          Type: 'AWS::Bedrock::Guardrail',
          Properties: { SensitiveInformationPolicyConfig: { PiiEntitiesConfig: [{ Type: 'EMAIL', InputEnabled }] } },
        },
      });
    const usd = (of: ReturnType<typeof guardrail>): number =>
      requestBill(of, 1000).find(({ price }) => price === 'guardrailPrivate')?.usd ?? 0;
    expect(usd(guardrail(true))).toBeGreaterThan(usd(guardrail(false)));
    expect(requestBill(guardrail(false)).some(({ price }) => price === 'guardrailContent')).toBe(false);
  });

  test('grows with requests, but for metrics', () => {
    const [few, many] = [requestBill(none, 1000), requestBill(none, 2000)];
    for (const [index, { what, usd, price }] of few.entries())
      expect([what, many[index]?.usd]).toEqual([what, price === 'customMetric' ? usd : usd * 2]);
    expect(customMetrics(none)).toBeGreaterThan(50);
  });

  test('says where each price is to be compared, and which page has it that was read', () => {
    for (const { source, read, usd, per } of Object.values(PRICES)) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/pricing\//);
      expect(read ?? 'https://').toMatch(/^https:\/\//);
      expect(usd / per).toBeGreaterThan(0);
    }
  });
});

describe('a price', () => {
  const read = (page: string | undefined) => standingOf({ ...PRICES.webAcl, read: page });

  test('is confirmed by a page of AWS that was read, less so by one of others, and by none without', () => {
    expect(read('https://aws.amazon.com/waf/pricing/')).toBe('aws');
    expect(read('https://docs.aws.amazon.com/whitepapers/')).toBe('aws');
    expect(read('https://aws.amazon.com.example.org/waf/pricing/')).toBe('others');
    expect(read('https://example.org/?https://aws.amazon.com/')).toBe('others');
    expect(read(undefined)).toBe('unconfirmed');
  });

  test('has a mark in the bill unless AWS confirms it', () => {
    const price = PRICES.webAcl;
    expect(priceText({ ...price, read: price.source })).toBe('5 / web ACL and month');
    expect(priceText({ ...price, read: 'https://example.org/' })).toBe('5 ¹ / web ACL and month');
    expect(priceText({ ...price, read: undefined })).toBe('5 ² / web ACL and month');
    const bill = stageReport({ prod: inventory({ Key: { Type: 'AWS::KMS::Key' } }) });
    expect(bill).toContain(`| KMS key | ${priceText(PRICES.key)} |`);
    expect(bill).toMatch(/¹ .+ ² /);
  });
});

test('a report takes the place of the one before it, and leaves the words around it', () => {
  const page = pageWith(
    '# Cost\n\n<!-- npm run cost -- --write -->\nold\n<!-- end of npm run cost -->\nwords\n',
    'new\n',
  );
  expect(page).toBe('# Cost\n\n<!-- npm run cost -- --write -->\n\nnew\n\n<!-- end of npm run cost -->\nwords\n');
  expect(pageWith(page, 'new\n')).toBe(page);
});
