/** What the CloudFormation service specification says of types. Source: `@aws-cdk/aws-service-spec`. */

import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const database = loadAwsServiceSpecSync();

const lookUp = (type: string) => database.lookup('resource', 'cloudFormationType', 'equals', type)[0];

/** What the specification says of a type of resources. */
export type TypeSpecification = NonNullable<ReturnType<typeof lookUp>>;
/** A property, or field of one: its type, whether it must be there, what it may refer to. */
export type PropertySpecification = TypeSpecification['properties'][string];
/** Type of a property. */
export type PropertyType = PropertySpecification['type'];

const known = new Map<string, TypeSpecification | undefined>();

/** What the specification says of a type of resources, such as `AWS::SNS::Topic`; `undefined` for none that it knows. */
export const specificationOf = (type: string): TypeSpecification | undefined => {
  if (!known.has(type)) known.set(type, lookUp(type));
  return known.get(type);
};

/** Fields of a type that properties refer to, and its name. */
export const definitionOf = (
  type: Extract<PropertyType, { type: 'ref' }>,
): { readonly name: string; readonly properties: Readonly<Record<string, PropertySpecification>> } =>
  database.get('typeDefinition', type.reference.$ref);
