/** The topic that alarms, budgets and cost anomalies tell. */

import type { ResourceTree } from './alarm-resource.ts';
import { STACK, variable } from './placeholders.ts';

/** Condition of the subscription. */
export const MAIL_CONDITION = 'HasAlarmEmail';

const EMAIL = variable("param:alarmEmail, ''");

/** Services that may publish, for this account only. */
const PUBLISHERS: Readonly<Record<string, string>> = {
  CloudWatchOfThisAccount: 'cloudwatch.amazonaws.com',
  BudgetsOfThisAccount: 'budgets.amazonaws.com',
  CostAlertsOfThisAccount: 'costalerts.amazonaws.com',
};

/** The condition: an address is given. */
export const MAIL_CONDITIONS: ResourceTree = {
  [MAIL_CONDITION]: { 'Fn::Not': [{ 'Fn::Equals': [EMAIL, ''] }] },
};

/** The topic, who may publish to it and how, and who reads it. */
export const TOPIC_RESOURCES: ResourceTree = {
  AlarmTopic: {
    Type: 'AWS::SNS::Topic',
    // Never with the key that AWS manages for SNS: alarms may not use it, and would be lost in silence.
    Properties: { TopicName: `${STACK}-alarms`, KmsMasterKeyId: variable('self:custom.dataKey, null') },
  },
  AlarmTopicPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'AlarmTopic' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          ...Object.entries(PUBLISHERS).map(([Sid, Service]) => ({
            Sid,
            Effect: 'Allow',
            Principal: { Service },
            Action: 'sns:Publish',
            Resource: { Ref: 'AlarmTopic' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          })),
          {
            Sid: 'TlsOnly',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sns:Publish',
            Resource: { Ref: 'AlarmTopic' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    },
  },
  AlarmMail: {
    Type: 'AWS::SNS::Subscription',
    Condition: MAIL_CONDITION,
    Properties: { TopicArn: { Ref: 'AlarmTopic' }, Protocol: 'email', Endpoint: EMAIL },
  },
};
