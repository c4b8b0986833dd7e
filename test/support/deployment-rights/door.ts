/** What stands in front of functions. */

import { REGION } from '../../../tools/template/resolve.ts';
import { arn, rightsOf, type TypeRights } from './rights.ts';

const api = (path: string, ...steps: readonly [string, string, string, string]): TypeRights =>
  rightsOf('apigateway', `arn:aws:apigateway:${REGION}::/${path}`, ...steps);

const DELIVERY = 'logs:CreateLogDelivery logs:DescribeLogGroups logs:DescribeResourcePolicies logs:PutResourcePolicy';

/** Rights by type. */
export const DOOR_RIGHTS: Readonly<Record<string, TypeRights>> = {
  'AWS::ApiGateway::ApiKey': api('apikeys/k1', 'GET POST PUT', 'GET', 'GET PATCH PUT DELETE', 'GET DELETE'),
  'AWS::ApiGateway::Authorizer': api('restapis/a1/authorizers/z1', 'POST', 'GET', 'GET PATCH', 'DELETE'),
  'AWS::ApiGateway::Deployment': api(
    'restapis/a1/deployments/d1',
    'GET POST PATCH PUT',
    'GET',
    'GET PATCH PUT DELETE',
    'GET DELETE',
  ),
  'AWS::ApiGateway::GatewayResponse': api(
    'restapis/a1/gatewayresponses/THROTTLED',
    'GET PUT',
    'GET',
    'GET PUT',
    'GET DELETE',
  ),
  'AWS::ApiGateway::Method': api('restapis/a1/resources/r1/methods/POST', 'GET PUT', 'GET', 'GET PUT DELETE', 'DELETE'),
  'AWS::ApiGateway::Model': api('restapis/a1/models/m1', 'GET POST', 'GET', 'GET PATCH', 'GET DELETE'),
  'AWS::ApiGateway::RequestValidator': api(
    'restapis/a1/requestvalidators/v1',
    'GET POST',
    'GET',
    'GET PATCH',
    'DELETE',
  ),
  'AWS::ApiGateway::Resource': api('restapis/a1/resources/r1', 'POST', 'GET', 'GET PATCH', 'DELETE'),
  'AWS::ApiGateway::RestApi': api(
    'restapis/a1',
    'GET POST PATCH PUT UpdateRestApiPolicy',
    'GET',
    'GET PATCH PUT DELETE UpdateRestApiPolicy',
    'DELETE',
  ),
  'AWS::ApiGateway::UsagePlan': api('usageplans/u1', 'GET POST PUT', 'GET', 'GET PATCH PUT DELETE', 'GET PATCH DELETE'),
  'AWS::ApiGateway::UsagePlanKey': api('usageplans/u1/keys/k1', 'GET POST', 'GET', '', 'GET DELETE'),
  'AWS::Cognito::UserPool': rightsOf(
    'cognito-idp',
    '*',
    'CreateUserPool DescribeUserPool SetUserPoolMfaConfig TagResource',
    'DescribeUserPool GetUserPoolMfaConfig',
    'AddCustomAttributes DescribeUserPool GetUserPoolMfaConfig ListTagsForResource SetUserPoolMfaConfig TagResource UntagResource UpdateUserPool',
    'DeleteUserPool',
  ),
  'AWS::Cognito::UserPoolClient': rightsOf(
    'cognito-idp',
    arn('cognito-idp', 'userpool/p1'),
    'CreateUserPoolClient',
    'DescribeUserPoolClient',
    'UpdateUserPoolClient',
    'DeleteUserPoolClient',
  ),
  'AWS::Cognito::UserPoolRiskConfigurationAttachment': rightsOf(
    'cognito-idp',
    arn('cognito-idp', 'userpool/p1'),
    'DescribeRiskConfiguration SetRiskConfiguration',
    'DescribeRiskConfiguration',
    'DescribeRiskConfiguration SetRiskConfiguration',
    'DescribeRiskConfiguration SetRiskConfiguration',
  ),
  'AWS::WAFv2::LoggingConfiguration': rightsOf(
    'wafv2',
    arn('wafv2', 'regional/webacl/shop-prod/1'),
    `GetLoggingConfiguration PutLoggingConfiguration ${DELIVERY}`,
    'GetLoggingConfiguration',
    `GetLoggingConfiguration PutLoggingConfiguration ${DELIVERY}`,
    'DeleteLoggingConfiguration GetLoggingConfiguration logs:DeleteLogDelivery',
  ),
  'AWS::WAFv2::WebACL': rightsOf(
    'wafv2',
    arn('wafv2', 'regional/webacl/shop-prod/1'),
    'CreateWebACL GetWebACL ListTagsForResource TagResource UntagResource',
    'GetWebACL ListTagsForResource',
    'GetWebACL ListTagsForResource TagResource UntagResource UpdateWebACL',
    'DeleteWebACL GetWebACL',
  ),
  'AWS::WAFv2::WebACLAssociation': rightsOf(
    'wafv2',
    arn('wafv2', 'regional/webacl/shop-prod/1'),
    'AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource apigateway:SetWebACL',
    'GetWebACL GetWebACLForResource apigateway:SetWebACL',
    'AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource apigateway:SetWebACL',
    'DisassociateWebACL GetWebACL GetWebACLForResource apigateway:SetWebACL',
  ),
};
