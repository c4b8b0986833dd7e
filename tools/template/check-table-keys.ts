/** What functions may write to the quota table: usage, and never the limits that an operator sets. */

import { type Statement, statementsIn, statementsOf } from './check-security.ts';
import { matchesAction } from './iam/wildcard.ts';
import { listOf, resourcesOf, type Template } from './template.ts';

/** Id of the table that `infra/table.yml` declares. */
const TABLE = 'QuotaTable';
/** Prefix of the keys that requests write: `usageKey` in core/quota. */
const USAGE = 'u#';

/** Actions of DynamoDB that write items. Source: Service Authorization Reference, "Actions for Amazon DynamoDB". */
const WRITES = [
  'updateitem',
  'putitem',
  'deleteitem',
  'batchwriteitem',
  'partiqlinsert',
  'partiqlupdate',
  'partiqldelete',
  'restoretablefrombackup',
].map((action) => `dynamodb:${action}`);

/** Managed policies that write to any table. */
const WIDE = /AmazonDynamoDBFullAccess|AdministratorAccess|PowerUserAccess/;

const mayWrite = ({ Action }: Statement): boolean =>
  Action === undefined || // NotAction
  listOf(Action).some((pattern) => WRITES.some((action) => matchesAction(String(pattern), action)));

/** Whether a statement may be about the quota table: it names it, or no other resource of the template. */
const isOnTable = ({ Resource }: Statement): boolean =>
  [Resource].flat().some((resource) => {
    if (typeof resource === 'string') return resource.includes('*');
    const text = JSON.stringify(resource ?? '*');
    return text.includes(`"${TABLE}"`) || text.includes(`\${${TABLE}`) || text.includes('*');
  });

/** Whether a statement holds for keys of usage only, and for no request without a key. */
const isBounded = ({ Condition = {} }: Statement): boolean => {
  const keys = Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  const patterns = [keys ?? []].flat().map(String);
  const isNamed = String(Condition['Null']?.['dynamodb:LeadingKeys']) === 'false';
  return isNamed && patterns.length > 0 && patterns.every((pattern) => pattern.startsWith(USAGE));
};

/** Statements of policies that a template attaches to a role from outside. */
const attachedTo = (template: Template, role: string): readonly Statement[] =>
  ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy']
    .flatMap((type) => resourcesOf(template, type))
    .filter(([, { Roles, RoleName }]) => JSON.stringify([Roles, RoleName]).includes(`"${role}"`))
    .flatMap(([, { PolicyDocument }]) => statementsIn(PolicyDocument));

/** Roles of functions that could write to the quota table outside the keys of usage. */
export const checkTableKeys = (template: Template): readonly string[] => {
  const used = JSON.stringify(resourcesOf(template, 'AWS::Lambda::Function').map(([, { Role }]) => Role));
  return resourcesOf(template, 'AWS::IAM::Role')
    .filter(([id]) => used.includes(`"${id}"`))
    .flatMap(([id, role]) => [
      ...[...statementsOf(role), ...attachedTo(template, id)]
        .filter(({ Effect }) => Effect === 'Allow')
        .filter((statement) => mayWrite(statement) && isOnTable(statement) && !isBounded(statement))
        .map(({ Sid = '' }) => `${id}/${Sid}: may write to ${TABLE} outside ${USAGE}`),
      ...(WIDE.test(JSON.stringify(role['ManagedPolicyArns'] ?? '')) ? [`${id}: may write to every table`] : []),
    ]);
};
