/** Functions, what they may, and what they use. */

import { ACCOUNT } from '../../../tools/template/resolve.ts';
import { arn, rightsOf, type TypeRights } from './rights.ts';

const TABLE_KEY = 'kms:CreateGrant kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:ReEncryptFrom';
const FUNCTION_KEY = 'kms:CreateGrant kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey';
const FUNCTION_NETWORK = 'ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs';
const ENDPOINT = 'DescribeVpcEndpoints DescribeVpcs DescribeSubnets DescribeSecurityGroups CreateTags DeleteTags';
const TABLE =
  'DescribeTable DescribeContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination DescribeTimeToLive';

/** Rights by type. */
export const SERVICE_RIGHTS: Readonly<Record<string, TypeRights>> = {
  'AWS::Bedrock::ApplicationInferenceProfile': rightsOf(
    'bedrock',
    '*',
    'CreateInferenceProfile GetInferenceProfile ListTagsForResource TagResource',
    'GetInferenceProfile ListTagsForResource',
    'GetInferenceProfile ListTagsForResource TagResource UntagResource',
    'DeleteInferenceProfile GetInferenceProfile',
  ),
  'AWS::Bedrock::Guardrail': rightsOf(
    'bedrock',
    '*',
    'CreateGuardrail GetGuardrail ListTagsForResource TagResource',
    'GetGuardrail ListTagsForResource',
    'GetGuardrail ListTagsForResource TagResource UntagResource UpdateGuardrail',
    'DeleteGuardrail GetGuardrail',
  ),
  'AWS::Bedrock::GuardrailVersion': rightsOf(
    'bedrock',
    '*',
    'CreateGuardrailVersion GetGuardrail',
    'GetGuardrail',
    '',
    'DeleteGuardrail GetGuardrail',
  ),
  // The name is CloudFormation's.
  'AWS::DynamoDB::Table': rightsOf(
    'dynamodb',
    arn('dynamodb', 'table/shop-prod-QuotaTable-1'),
    `${TABLE} CreateTable PutResourcePolicy TagResource UpdateContinuousBackups UpdateTable UpdateTimeToLive ${TABLE_KEY} kms:ListAliases`,
    `${TABLE} GetResourcePolicy ListTagsOfResource`,
    `${TABLE} DeleteResourcePolicy PutResourcePolicy TagResource UntagResource UpdateContinuousBackups UpdateTable UpdateTimeToLive ${TABLE_KEY} kms:ListAliases`,
    'DeleteTable DescribeTable',
  ),
  'AWS::EC2::SecurityGroup': rightsOf(
    'ec2',
    '*',
    'AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateSecurityGroup CreateTags DescribeSecurityGroups RevokeSecurityGroupEgress',
    'DescribeSecurityGroups',
    'AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateTags DeleteTags DescribeSecurityGroups RevokeSecurityGroupEgress RevokeSecurityGroupIngress UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress',
    'DeleteSecurityGroup DescribeInstances DescribeSecurityGroups',
  ),
  'AWS::EC2::SecurityGroupEgress': rightsOf(
    'ec2',
    '*',
    'AuthorizeSecurityGroupEgress DescribeSecurityGroupRules RevokeSecurityGroupEgress',
    'DescribeSecurityGroupRules',
    'UpdateSecurityGroupRuleDescriptionsEgress',
    'DescribeSecurityGroupRules RevokeSecurityGroupEgress',
  ),
  'AWS::EC2::VPCEndpoint': rightsOf(
    'ec2',
    '*',
    `CreateVpcEndpoint ${ENDPOINT} route53:AssociateVPCWithHostedZone`,
    'DescribeVpcEndpoints DescribeVpcs DescribeSubnets DescribeSecurityGroups',
    `ModifyVpcEndpoint ${ENDPOINT}`,
    `DeleteVpcEndpoints ${ENDPOINT}`,
  ),
  'AWS::IAM::Role': rightsOf(
    'iam',
    `arn:aws:iam::${ACCOUNT}:role/shop-prod-ChatRole-1`,
    'AttachRolePolicy CreateRole GetRole GetRolePolicy PutRolePolicy TagRole UntagRole',
    'GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies',
    'AttachRolePolicy DeleteRolePolicy DetachRolePolicy PutRolePermissionsBoundary PutRolePolicy TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription',
    'DeleteRole DeleteRolePolicy DetachRolePolicy GetRole ListAttachedRolePolicies ListRolePolicies',
  ),
  'AWS::KMS::Alias': rightsOf(
    'kms',
    arn('kms', 'alias/shop-prod'),
    'CreateAlias',
    'ListAliases',
    'UpdateAlias',
    'DeleteAlias',
  ),
  'AWS::KMS::Key': rightsOf(
    'kms',
    arn('kms', 'key/1'),
    'CreateKey DisableKey EnableKeyRotation PutKeyPolicy TagResource',
    'DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags',
    'DescribeKey DisableKey DisableKeyRotation EnableKey EnableKeyRotation ListResourceTags PutKeyPolicy TagResource UntagResource UpdateKeyDescription',
    'DescribeKey ScheduleKeyDeletion',
  ),
  'AWS::Lambda::Function': rightsOf(
    'lambda',
    arn('lambda', 'function:shop-prod-chat'),
    `CreateFunction GetFunction PutFunctionConcurrency TagResource iam:PassRole s3:GetObject ${FUNCTION_KEY} ${FUNCTION_NETWORK}`,
    'GetFunction GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetRuntimeManagementConfig kms:Decrypt',
    `DeleteFunctionConcurrency PutFunctionConcurrency UpdateFunctionCode UpdateFunctionConfiguration UntagResource iam:PassRole s3:GetObject ${FUNCTION_KEY} ${FUNCTION_NETWORK}`,
    'DeleteFunction GetFunction ec2:DescribeNetworkInterfaces',
  ),
  'AWS::Lambda::Permission': rightsOf(
    'lambda',
    arn('lambda', 'function:shop-prod-chat'),
    'AddPermission',
    'GetPolicy',
    '',
    'RemovePermission',
  ),
  'AWS::Lambda::Url': rightsOf(
    'lambda',
    arn('lambda', 'function:shop-prod-chatStream'),
    'CreateFunctionUrlConfig',
    'GetFunctionUrlConfig',
    'UpdateFunctionUrlConfig',
    'DeleteFunctionUrlConfig',
  ),
  'AWS::S3::Bucket': rightsOf(
    's3',
    'arn:aws:s3:::shop-prod-serverlessdeploymentbucket-1',
    'CreateBucket ListBucket PutBucketOwnershipControls PutBucketPublicAccessBlock PutBucketTagging PutEncryptionConfiguration TagResource',
    'GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketCORS GetBucketLogging GetBucketNotification GetBucketOwnershipControls GetBucketPublicAccessBlock GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration GetReplicationConfiguration ListBucket ListTagsForResource',
    'ListBucket PutBucketPublicAccessBlock PutBucketTagging PutEncryptionConfiguration PutLifecycleConfiguration TagResource UntagResource',
    'DeleteBucket ListBucket',
  ),
  'AWS::S3::BucketPolicy': rightsOf(
    's3',
    'arn:aws:s3:::shop-prod-serverlessdeploymentbucket-1',
    'GetBucketPolicy PutBucketPolicy',
    'GetBucketPolicy',
    'GetBucketPolicy PutBucketPolicy',
    'DeleteBucketPolicy GetBucketPolicy',
  ),
  'AWS::SecretsManager::Secret': rightsOf(
    'secretsmanager',
    arn('secretsmanager', 'secret:DigestKey-a1'),
    'CreateSecret DescribeSecret GetRandomPassword TagResource kms:Decrypt kms:GenerateDataKey',
    'DescribeSecret',
    'GetRandomPassword TagResource UntagResource UpdateSecret kms:Decrypt kms:GenerateDataKey',
    'DeleteSecret DescribeSecret',
  ),
};
