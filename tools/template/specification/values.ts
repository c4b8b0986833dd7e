/**
 * Values that properties may have, where the service specification does not say. Source of each: the property's page in
 * the CloudFormation template reference, or the API reference of the service behind it.
 */

const COMPARISONS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'GreaterThanUpperThreshold',
];
const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];
const HTTP_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'ANY'];

/** Texts that a property may be, by its path: type of resource, then names of fields. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::Authorizer/Type': ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS'],
  'AWS::ApiGateway::GatewayResponse/ResponseType': [
    'ACCESS_DENIED',
    'API_CONFIGURATION_ERROR',
    'AUTHORIZER_CONFIGURATION_ERROR',
    'AUTHORIZER_FAILURE',
    'BAD_REQUEST_BODY',
    'BAD_REQUEST_PARAMETERS',
    'DEFAULT_4XX',
    'DEFAULT_5XX',
    'EXPIRED_TOKEN',
    'INTEGRATION_FAILURE',
    'INTEGRATION_TIMEOUT',
    'INVALID_API_KEY',
    'INVALID_SIGNATURE',
    'MISSING_AUTHENTICATION_TOKEN',
    'QUOTA_EXCEEDED',
    'REQUEST_TOO_LARGE',
    'RESOURCE_NOT_FOUND',
    'THROTTLED',
    'UNAUTHORIZED',
    'UNSUPPORTED_MEDIA_TYPE',
    'WAF_FILTERED',
  ],
  'AWS::ApiGateway::Method/AuthorizationType': ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'],
  'AWS::ApiGateway::Method/HttpMethod': HTTP_METHODS,
  'AWS::ApiGateway::Method/Integration/IntegrationHttpMethod': HTTP_METHODS,
  'AWS::ApiGateway::Method/Integration/ResponseTransferMode': ['BUFFERED', 'STREAM'],
  'AWS::ApiGateway::Method/Integration/Type': ['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK'],
  'AWS::ApiGateway::RestApi/ApiKeySourceType': ['HEADER', 'AUTHORIZER'],
  'AWS::ApiGateway::RestApi/EndpointConfiguration/Types': ['EDGE', 'REGIONAL', 'PRIVATE'],
  'AWS::ApiGateway::UsagePlan/Quota/Period': ['DAY', 'WEEK', 'MONTH'],
  'AWS::ApiGateway::UsagePlanKey/KeyType': ['API_KEY'],
  'AWS::Budgets::Budget/Budget/BudgetType': [
    'USAGE',
    'COST',
    'RI_UTILIZATION',
    'RI_COVERAGE',
    'SAVINGS_PLANS_UTILIZATION',
    'SAVINGS_PLANS_COVERAGE',
  ],
  'AWS::Budgets::Budget/Budget/TimeUnit': ['DAILY', 'MONTHLY', 'QUARTERLY', 'ANNUALLY'],
  'AWS::Budgets::Budget/NotificationsWithSubscribers/Notification/ComparisonOperator': [
    'GREATER_THAN',
    'LESS_THAN',
    'EQUAL_TO',
  ],
  'AWS::Budgets::Budget/NotificationsWithSubscribers/Notification/NotificationType': ['ACTUAL', 'FORECASTED'],
  'AWS::Budgets::Budget/NotificationsWithSubscribers/Notification/ThresholdType': ['PERCENTAGE', 'ABSOLUTE_VALUE'],
  'AWS::Budgets::Budget/NotificationsWithSubscribers/Subscribers/SubscriptionType': ['SNS', 'EMAIL'],
  'AWS::CloudWatch::Alarm/ComparisonOperator': COMPARISONS,
  'AWS::CloudWatch::Alarm/Metrics/MetricStat/Stat': STATISTICS,
  'AWS::CloudWatch::Alarm/Statistic': STATISTICS,
  'AWS::CloudWatch::Alarm/TreatMissingData': ['breaching', 'notBreaching', 'ignore', 'missing'],
  'AWS::Cognito::UserPool/EnabledMfas': ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP', 'WEB_AUTHN'],
  'AWS::Cognito::UserPool/MfaConfiguration': ['OFF', 'ON', 'OPTIONAL'],
  'AWS::Cognito::UserPoolClient/ExplicitAuthFlows': [
    'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    'ALLOW_CUSTOM_AUTH',
    'ALLOW_USER_PASSWORD_AUTH',
    'ALLOW_USER_SRP_AUTH',
    'ALLOW_USER_AUTH',
    'ALLOW_REFRESH_TOKEN_AUTH',
  ],
  'AWS::Cognito::UserPoolClient/PreventUserExistenceErrors': ['ENABLED', 'LEGACY'],
  'AWS::DynamoDB::Table/AttributeDefinitions/AttributeType': ['S', 'N', 'B'],
  'AWS::DynamoDB::Table/BillingMode': ['PAY_PER_REQUEST', 'PROVISIONED'],
  'AWS::DynamoDB::Table/KeySchema/KeyType': ['HASH', 'RANGE'],
  'AWS::DynamoDB::Table/SSESpecification/SSEType': ['KMS', 'AES256'],
  'AWS::EC2::VPCEndpoint/VpcEndpointType': ['Interface', 'Gateway', 'GatewayLoadBalancer'],
  'AWS::Lambda::Function/Architectures': ['arm64', 'x86_64'],
  'AWS::Lambda::Function/RecursiveLoop': ['Allow', 'Terminate'],
  // Those that Lambda still takes for new functions, of the kind that the kit runs on.
  'AWS::Lambda::Function/Runtime': ['nodejs22.x', 'nodejs24.x'],
  'AWS::Lambda::Function/TracingConfig/Mode': ['Active', 'PassThrough'],
  'AWS::Lambda::Permission/Action': ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'],
  'AWS::Lambda::Url/AuthType': ['AWS_IAM', 'NONE'],
  'AWS::Lambda::Url/InvokeMode': ['BUFFERED', 'RESPONSE_STREAM'],
  'AWS::S3::Bucket/BucketEncryption/ServerSideEncryptionConfiguration/ServerSideEncryptionByDefault/SSEAlgorithm': [
    'AES256',
    'aws:kms',
    'aws:kms:dsse',
  ],
  'AWS::SNS::Subscription/Protocol': ['email', 'email-json', 'http', 'https', 'lambda', 'sms', 'sqs', 'firehose'],
  'AWS::WAFv2::WebACL/Scope': ['REGIONAL', 'CLOUDFRONT'],
};

const DAY = 86_400;

/** Smallest and largest number that a property may be, by its path. */
export const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'AWS::ApiGateway::Authorizer/AuthorizerResultTtlInSeconds': [0, 3600],
  // 29 s, and 15 minutes for answers that stream.
  'AWS::ApiGateway::Method/Integration/TimeoutInMillis': [50, 900_000],
  'AWS::ApiGateway::RestApi/MinimumCompressionSize': [0, 10_485_760],
  'AWS::ApiGateway::UsagePlan/Quota/Limit': [1, 2 ** 31 - 1],
  // The account's own limit in most Regions, unless somebody raised it.
  'AWS::ApiGateway::UsagePlan/Throttle/BurstLimit': [1, 5000],
  'AWS::ApiGateway::UsagePlan/Throttle/RateLimit': [1, 10_000],
  // A week for periods of an hour and more; else a day: see `checkAlarmTimes`.
  'AWS::CloudWatch::Alarm/EvaluationPeriods': [1, 1440],
  'AWS::CloudWatch::Alarm/Metrics/MetricStat/Period': [10, DAY],
  'AWS::CloudWatch::Alarm/Period': [10, DAY],
  'AWS::CloudWatch::CompositeAlarm/ActionsSuppressorExtensionPeriod': [0, DAY],
  'AWS::CloudWatch::CompositeAlarm/ActionsSuppressorWaitPeriod': [0, DAY],
  'AWS::Cognito::UserPool/Policies/PasswordPolicy/MinimumLength': [6, 99],
  'AWS::Cognito::UserPool/Policies/PasswordPolicy/PasswordHistorySize': [0, 24],
  'AWS::Cognito::UserPool/Policies/PasswordPolicy/TemporaryPasswordValidityDays': [1, 365],
  'AWS::DynamoDB::Table/OnDemandThroughput/MaxReadRequestUnits': [1, 40_000],
  'AWS::DynamoDB::Table/OnDemandThroughput/MaxWriteRequestUnits': [1, 40_000],
  'AWS::DynamoDB::Table/PointInTimeRecoverySpecification/RecoveryPeriodInDays': [1, 35],
  'AWS::KMS::Key/PendingWindowInDays': [7, 30],
  'AWS::KMS::Key/RotationPeriodInDays': [90, 2560],
  'AWS::Lambda::Function/EphemeralStorage/Size': [512, 10_240],
  'AWS::Lambda::Function/MemorySize': [128, 10_240],
  // The account's own concurrency, unless somebody raised it.
  'AWS::Lambda::Function/ReservedConcurrentExecutions': [0, 900],
  'AWS::Lambda::Function/Timeout': [1, 900],
  'AWS::SecretsManager::RotationSchedule/RotationRules/AutomaticallyAfterDays': [1, 1000],
  'AWS::SecretsManager::Secret/GenerateSecretString/PasswordLength': [1, 4096],
  'AWS::WAFv2::WebACL/Rules/Priority': [0, 10_000],
  'AWS::WAFv2::WebACL/Rules/Statement/RateBasedStatement/Limit': [10, 2_000_000_000],
};

/** Texts of a form, by the path of their property. */
export const SHAPES: Readonly<Record<string, RegExp>> = {
  'AWS::ApiGateway::GatewayResponse/StatusCode': /^[45]\d\d$/,
  'AWS::ApiGateway::Resource/PathPart': /^(?:[\w.:-]+|\{[\w.-]+\+?\})$/,
  // Their source: the CloudFormation template reference, which the specification leaves out.
  'AWS::Bedrock::ApplicationInferenceProfile/Description': /^(?:[0-9a-zA-Z:.][ _-]?)+$/,
  'AWS::Bedrock::ApplicationInferenceProfile/InferenceProfileName': /^(?:[0-9a-zA-Z][ _-]?)+$/,
  'AWS::Bedrock::Guardrail/Name': /^[\w-]{1,50}$/,
  'AWS::DynamoDB::Table/AttributeDefinitions/AttributeName': /^[\w.-]{1,255}$/,
  'AWS::Lambda::Function/Handler': /^[\w./-]+\.\w+$/,
  'AWS::Logs::LogGroup/LogGroupName': /^[\w./#-]{1,512}$/,
  'AWS::SNS::Topic/TopicName': /^[\w-]{1,256}$/,
};
