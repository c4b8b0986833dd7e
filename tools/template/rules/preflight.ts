/** Answers to browsers that ask what a page of another origin may send. */

import { type Fields, isFields, listOf } from '../template.ts';
import { isOneOf, lacking, type Rule, type Seen, targetsOf, type View } from './rule.ts';

const METHOD = 'AWS::ApiGateway::Method';

const originOf = (view: View): string => {
  const [seen] = view.of('AWS::Lambda::Function');
  const { Variables } = (seen?.properties['Environment'] ?? {}) as { Variables?: Fields };
  return String(Variables?.['BULWARK_CORS_ORIGIN'] ?? 'none');
};

const firstOf = (value: unknown): Fields => listOf(value).filter(isFields)[0] ?? {};
const headersIn = (value: unknown): Fields => (isFields(value) ? value : {});

const HEADER = 'method.response.header.Access-Control-';
/** Headers of the answer, and what they have to be. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  'Allow-Headers': /^'(?!.*\*)[\w, -]*Authorization[\w, -]*'$/i,
  'Allow-Methods': /^'(?:OPTIONS|GET|POST)(?:, ?(?:OPTIONS|GET|POST))*'$/,
  'Max-Age': /^'\d{2,5}'$/,
};

const preflightProblems = (view: View, { id, properties }: Seen): readonly string[] => {
  const integration = headersIn(properties['Integration']);
  const made = firstOf(integration['IntegrationResponses']);
  const declared = firstOf(properties['MethodResponses']);
  const headers = headersIn(made['ResponseParameters']);
  const names = [...Object.keys(HEADERS), 'Allow-Origin'];
  return [
    ...(headers[`${HEADER}Allow-Origin`] === `'${originOf(view)}'`
      ? []
      : [`${id}: answers pages of another origin than the functions`]),
    ...Object.entries(HEADERS)
      .filter(([name, form]) => !form.test(String(headers[`${HEADER}${name}`] ?? '')))
      .map(([name]) => `${id}: says nothing sound of ${name}`),
    ...(names.every((name) => String(headersIn(declared['ResponseParameters'])[`${HEADER}${name}`] ?? '') !== '')
      ? []
      : [`${id}: does not declare what it answers`]),
    ...(headers[`${HEADER}Allow-Credentials`] === undefined ? [] : [`${id}: lets pages send cookies`]),
    ...(declared['StatusCode'] !== undefined && String(made['StatusCode']) === String(declared['StatusCode'])
      ? []
      : [`${id}: answers no status that it declares`]),
    ...(/^\s*(?:#set.*)?\{\s*"?statusCode"?:\s*200\s*\}\s*$/i.test(
      String(headersIn(integration['RequestTemplates'])['application/json'] ?? ''),
    )
      ? []
      : [`${id}: has no template that answers`]),
  ];
};

/** The rule about preflight requests: where a web page is named, every route answers it, and no other. */
export const PREFLIGHT_RULE: Rule = {
  name: 'preflight',
  why: 'a page of anybody’s reads what a user’s browser is told; or the page that was meant cannot ask at all',
  types: [METHOD],
  check: (view) => {
    const all = view.of(METHOD);
    const own = all.filter(({ properties }) => properties['HttpMethod'] === 'OPTIONS');
    const placesOf = (methods: readonly Seen[]): readonly string[] =>
      methods.map(({ raw }) => targetsOf(raw['ResourceId'])[0] ?? '').toSorted();
    const routes = all.filter((each) => !own.includes(each));
    const isWanted = originOf(view) !== 'none' && originOf(view) !== '';
    return [
      ...lacking(view, own, [
        ['AuthorizationType', isOneOf('NONE'), 'wants a token, which browsers do not send yet'],
        ['Integration.Type', isOneOf('MOCK'), 'calls something for nobody'],
      ]),
      ...own.flatMap((each) => preflightProblems(view, each)),
      ...(own.length === 0 || placesOf(own).join() === placesOf(routes).join()
        ? []
        : own.map(({ id }) => `${id}: some routes have no preflight, or two (ResourceId)`)),
      ...(isWanted === own.length > 0 || routes.length === 0
        ? []
        : ['OPTIONS: pages are named and not answered, or answered and not named']),
    ];
  },
};
