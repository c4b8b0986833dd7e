/** What watches. */

import { ACCOUNT } from '../../../tools/template/resolve.ts';
import { arn, rightsOf, type TypeRights } from './rights.ts';

const group = (name: string): string => arn('logs', `log-group:${name}`);

/** Rights by type. */
export const WATCH_RIGHTS: Readonly<Record<string, TypeRights>> = {
  'AWS::Budgets::Budget': rightsOf(
    'budgets',
    `arn:aws:budgets::${ACCOUNT}:budget/MonthlyBudget-1234`,
    'ModifyBudget ViewBudget TagResource',
    'ViewBudget ListTagsForResource',
    'ModifyBudget ViewBudget TagResource UntagResource',
    'ModifyBudget ViewBudget',
  ),
  'AWS::CloudWatch::Alarm': rightsOf(
    'cloudwatch',
    arn('cloudwatch', 'alarm:shop-prod-TokenCeilingAlarm-1'),
    'DescribeAlarms PutMetricAlarm TagResource',
    'DescribeAlarms ListTagsForResource',
    'DescribeAlarms PutMetricAlarm TagResource UntagResource',
    'DeleteAlarms DescribeAlarms',
  ),
  'AWS::CloudWatch::CompositeAlarm': rightsOf(
    'cloudwatch',
    arn('cloudwatch', 'alarm:shop-prod-AttackInProgressAlarm-1'),
    'DescribeAlarms PutCompositeAlarm TagResource',
    'DescribeAlarms ListTagsForResource',
    'DescribeAlarms PutCompositeAlarm TagResource UntagResource',
    'DeleteAlarms DescribeAlarms',
  ),
  'AWS::CloudWatch::Dashboard': rightsOf(
    'cloudwatch',
    `arn:aws:cloudwatch::${ACCOUNT}:dashboard/shop-prod`,
    'GetDashboard PutDashboard TagResource',
    'GetDashboard ListTagsForResource',
    'ListTagsForResource PutDashboard TagResource UntagResource',
    'DeleteDashboards GetDashboard',
  ),
  'AWS::Logs::LogGroup': rightsOf(
    'logs',
    group('/bulwark/shop-prod/audit'),
    'CreateLogGroup DescribeIndexPolicies DescribeLogGroups DescribeResourcePolicies GetDataProtectionPolicy PutDataProtectionPolicy PutRetentionPolicy TagResource',
    'DescribeIndexPolicies DescribeLogGroups DescribeResourcePolicies GetDataProtectionPolicy ListTagsForResource',
    'AssociateKmsKey DeleteRetentionPolicy DescribeLogGroups DisassociateKmsKey PutDataProtectionPolicy PutLogGroupDeletionProtection PutRetentionPolicy TagResource UntagResource',
    'DeleteDataProtectionPolicy DeleteLogGroup DescribeLogGroups',
  ),
  'AWS::Logs::MetricFilter': rightsOf(
    'logs',
    group('/aws/api-gateway/shop-prod'),
    'DescribeMetricFilters PutMetricFilter',
    'DescribeMetricFilters',
    'DescribeMetricFilters PutMetricFilter',
    'DeleteMetricFilter',
  ),
  'AWS::SNS::Subscription': rightsOf(
    'sns',
    arn('sns', 'shop-prod-alarms'),
    'Subscribe',
    'GetSubscriptionAttributes',
    'SetSubscriptionAttributes',
    'GetSubscriptionAttributes Unsubscribe',
  ),
  'AWS::SNS::Topic': rightsOf(
    'sns',
    arn('sns', 'shop-prod-alarms'),
    'CreateTopic GetTopicAttributes Subscribe TagResource',
    'GetDataProtectionPolicy GetTopicAttributes ListSubscriptionsByTopic ListTagsForResource',
    'SetTopicAttributes Subscribe TagResource Unsubscribe UntagResource',
    'DeleteTopic GetTopicAttributes',
  ),
  'AWS::SNS::TopicPolicy': rightsOf(
    'sns',
    arn('sns', 'shop-prod-alarms'),
    'SetTopicAttributes',
    '',
    'SetTopicAttributes',
    'SetTopicAttributes',
  ),
};
