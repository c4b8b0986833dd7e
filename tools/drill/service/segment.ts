/** What a service process is asked to live through, and what it tells. */

import type { AttackName } from '../attacks.ts';

/** A stretch of simulated time, lived by one process with accounts of its own. */
export interface Segment {
  readonly id: number;
  readonly from: number;
  /** At full five minutes, as `from` is. */
  readonly to: number;
  readonly seed: number;
  /** Requests a second that the deployment was made for. */
  readonly rate: number;
  /** An attack that is under way from `at` on. */
  readonly attack?: { readonly name: AttackName; readonly amplitude: number; readonly at: number };
  /** Format of the gateway's access log, as the template declares it. */
  readonly accessLog: string;
  /** USD micro-units of the account's weekly budget. */
  readonly weeklyBudget: number;
}

/** A metric of a service of AWS, counted where that service would count it. */
export interface PlatformCount {
  readonly metric:
    | 'AWS/ApiGateway Count'
    | 'AWS/ApiGateway 4XXError'
    | 'AWS/ApiGateway 5XXError'
    | 'AWS/Lambda Errors'
    | 'AWS/Lambda Invocations'
    | 'AWS/DynamoDB ConsumedWriteCapacityUnits'
    | 'AWS/DynamoDB ConsumedReadCapacityUnits';
  readonly at: number;
  readonly value: number;
}

/** What a process says beside what it prints. */
export type ServiceMessage =
  | { readonly kind: 'ready' }
  /** A simulated day of a segment has begun. */
  | { readonly kind: 'day'; readonly id: number }
  | { readonly kind: 'gateway'; readonly lines: readonly string[]; readonly counts: readonly PlatformCount[] }
  | { readonly kind: 'done'; readonly id: number; readonly requests: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** The line that a process prints when a segment is over: what was printed before belongs to it. */
export const endOf = (id: number): string => `{"drill":"segment over","id":${id}}`;
