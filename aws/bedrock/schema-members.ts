/** What the SDK's own schemas say of the members of a structure. */

import type { NormalizedSchema } from '@smithy/core/schema';

/** Schemas of members, by name. */
export type Members = Readonly<Record<string, NormalizedSchema>>;

/** Members by schema: the SDK makes them anew each time it is asked, and a request may ask once a byte. */
const known = new WeakMap<object, Members>();

/** The members of a structure, or of a union. */
export const membersOf = (schema: NormalizedSchema): Members => {
  const key = schema.getSchema() as object;
  const members = known.get(key) ?? schema.getMemberSchemas();
  known.set(key, members);
  return members;
};
