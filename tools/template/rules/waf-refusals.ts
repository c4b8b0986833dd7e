/** What the web ACL says when it refuses: no function sees these requests. */

import { type Fields, isFields, listOf } from '../template.ts';

/** Status of refusals by the kind of rule. */
const STATUS: Readonly<Record<string, number>> = { SizeConstraintStatement: 413, RateBasedStatement: 429 };

const bodyOf = (bodies: unknown, key: unknown): Fields | undefined => {
  const body = isFields(bodies) ? bodies[String(key)] : undefined;
  if (!isFields(body) || body['ContentType'] !== 'APPLICATION_JSON') return undefined;
  try {
    const parsed: unknown = JSON.parse(String(body['Content']));
    return isFields(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};

const headersOf = (response: Fields): Readonly<Record<string, string>> =>
  Object.fromEntries(
    listOf(response['ResponseHeaders'])
      .filter(isFields)
      .map(({ Name, Value }) => [String(Name), String(Value)]),
  );

/** What is wrong with the answer of a rule that blocks. */
export const refusalProblems = (
  id: string,
  rule: Fields,
  bodies: unknown,
  origin: string | undefined,
): readonly string[] => {
  const block = isFields(rule['Action']) ? rule['Action']['Block'] : undefined;
  const response = isFields(block) ? block['CustomResponse'] : undefined;
  if (!isFields(block)) return [];
  const kind = Object.keys(isFields(rule['Statement']) ? rule['Statement'] : {})[0] ?? '';
  const status = STATUS[kind] ?? 403;
  if (!isFields(response))
    return status === 403 ? [] : [`${id}: ${rule['Name']} answers with 403, and clients do not know why`];
  const body = bodyOf(bodies, response['CustomResponseBodyKey']);
  const headers = headersOf(response);
  return [
    ...(response['ResponseCode'] === status ? [] : [`${id}: ${rule['Name']} answers ${response['ResponseCode']}`]),
    ...(body?.['status'] === status && String(body['type']).endsWith(`:${body['code']}`)
      ? []
      : [`${id}: ${rule['Name']} has no body of its status`]),
    ...(headers['Cache-Control'] === 'no-store' ? [] : [`${id}: ${rule['Name']} may be kept by caches`]),
    ...(status !== 429 || /^\d+$/.test(headers['Retry-After'] ?? '')
      ? []
      : [`${id}: ${rule['Name']} does not say when to come again`]),
    ...(origin === undefined || headers['Access-Control-Allow-Origin'] === origin
      ? []
      : [`${id}: ${rule['Name']} cannot be read by the web page that asks`]),
  ];
};
