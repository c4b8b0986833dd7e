/** What the tour sends: the attacks and the benign look-alikes in `events/`, and the plain events of each source. */

import { readdirSync, readFileSync } from 'node:fs';
import type { Fault } from '../bedrock/index.ts';
import type { Source } from '../gateway/index.ts';
import { withPrivateData } from '../stack/private-data.ts';
import { type EventRequest, requestOfEvent } from './event-request.ts';

/** A text, or one that is long because it repeats. */
export type TourText =
  | string
  | { readonly prefix?: string; readonly repeat: string; readonly times: number; readonly suffix?: string };

/** What a request is made of. */
export interface TourRequest {
  readonly source?: Source;
  /** The user who asks; `null` for nobody. @default a user of the case's own */
  readonly as?: string | null;
  /** A single user turn. */
  readonly text?: TourText;
  /** The body, or what is added to it beside `text`. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** The body as it is, not JSON of the tour's making. */
  readonly raw?: TourText;
  readonly headers?: Readonly<Record<string, string>>;
  /** How often it is sent. @default 1 */
  readonly times?: number;
  /** All at once, or one after the other. @default false */
  readonly together?: boolean;
  /** Answer a request for confirmation with its token. @default false */
  readonly confirm?: boolean;
}

/** What a client should see. */
export interface Expectation {
  readonly status: number;
  /** Code of problem details. */
  readonly code?: string;
  /** A header that must be there. */
  readonly header?: string;
  /** How many answers of each status, for a case that is sent several times. */
  readonly statuses?: Readonly<Record<string, number>>;
  readonly contains?: readonly string[];
  readonly lacks?: readonly string[];
  /** Bounds of the tokens that Bedrock billed. */
  readonly mostTokens?: number;
  readonly leastTokens?: number;
}

/** A row of the tour. Without expectations it is benign: both sides must answer the same, with 200. */
export interface TourCase extends TourRequest {
  readonly control: string;
  readonly name: string;
  /** Sent before, by the same user, without being looked at. */
  readonly before?: TourRequest;
  /** What Bedrock does to the call. */
  readonly fault?: Fault;
  readonly guarded?: Expectation;
  readonly unguarded?: Expectation;
  /** The request of a plain invocation event. */
  readonly event?: EventRequest;
}

const EVENTS = new URL('../../events/', import.meta.url);

const readFolder = <T>(folder: string): readonly { readonly file: string; readonly content: T }[] =>
  readdirSync(new URL(`${folder}/`, EVENTS))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      file,
      content: JSON.parse(withPrivateData(readFileSync(new URL(`${folder}/${file}`, EVENTS), 'utf8'))) as T,
    }));

/** Order of the controls in the table: the order of the chain. */
const CHAIN = [
  'body-limit',
  'json-body',
  'caller',
  'input-validation',
  'large-request-confirmation',
  'injection-screen',
  'bedrock-client',
  'output-redaction',
  'error-response',
  'token-quota',
];

/** The attacks, in the order of the chain. */
export const attackCases = (): readonly TourCase[] =>
  readFolder<{ control: string; cases: readonly Omit<TourCase, 'control'>[] }>('attack')
    .flatMap(({ content: { control, cases } }) => cases.map((entry): TourCase => ({ ...entry, control })))
    .sort((a, b) => CHAIN.indexOf(a.control) - CHAIN.indexOf(b.control));

/** The benign requests, each kind named after the control whose attacks it looks like. */
export const benignCases = (): readonly TourCase[] =>
  readFolder<{
    lookalikesOf: string;
    texts: readonly string[];
    requests?: readonly (TourRequest & { name: string })[];
  }>('benign').flatMap(({ content: { lookalikesOf: control, texts, requests = [] } }) => [
    ...texts.map((text): TourCase => ({ control, name: text, text })),
    ...requests.map((request): TourCase => ({ ...request, control })),
  ]);

/** The plain chat events of the sources that the gateway makes, whose callers it can prove. */
export const sourceCases = (): readonly TourCase[] =>
  ['rest-v1', 'http-v2'].flatMap((folder) =>
    readFolder<unknown>(folder).flatMap(({ file, content }): TourCase[] => {
      const event = requestOfEvent(content);
      return event === undefined
        ? []
        : [{ control: 'sources', name: `${folder}/${file}`, event, source: event.source }];
    }),
  );

/** A text in full. */
export const fullText = (text: TourText): string =>
  typeof text === 'string' ? text : `${text.prefix ?? ''}${text.repeat.repeat(text.times)}${text.suffix ?? ''}`;
