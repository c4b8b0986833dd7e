import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { RequestIssue } from '../../core/errors.ts';

/** Most issues that one answer names. */
const MAX_ISSUES = 10;
/** Deepest path that one answer names. */
const MAX_PATH = 16;

const CODE = /^[a-z][a-z0-9_]{0,39}$/; // invalid_type
const KEY = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/; // maxTokens

/** Stands for a key that may be the client's own: names are content, too. */
const HIDDEN = '*';

type Segment = PropertyKey | StandardSchemaV1.PathSegment;

const segmentOf = (segment: Segment): string | number => {
  const key = typeof segment === 'object' ? segment.key : segment;
  if (typeof key === 'number') return key;
  return typeof key === 'string' && KEY.test(key) ? key : HIDDEN;
};

/** The issue's own code where its library gives one: zod's `code`, valibot's `type`. Messages quote the input. */
const codeOf = (issue: StandardSchemaV1.Issue): string => {
  const { code, type } = issue as { code?: unknown; type?: unknown };
  const given = typeof code === 'string' ? code : type;
  return typeof given === 'string' && CODE.test(given) ? given : 'invalid';
};

/** Libraries that report an unknown key put that key at the end of the path (valibot expects `never` there). */
const endsInUnknownKey = (issue: StandardSchemaV1.Issue): boolean =>
  (issue as { expected?: unknown }).expected === 'never' || codeOf(issue) === 'unrecognized_keys';

/** What a client may know of schema issues: at most ten codes with paths in the schema's own words. */
export const publicIssues = (issues: readonly StandardSchemaV1.Issue[]): readonly RequestIssue[] =>
  issues.slice(0, MAX_ISSUES).map((issue) => {
    const path = (issue.path ?? []).slice(0, MAX_PATH).map(segmentOf);
    if (endsInUnknownKey(issue) && path.length > 0) path[path.length - 1] = HIDDEN;
    return { code: codeOf(issue), path };
  });
