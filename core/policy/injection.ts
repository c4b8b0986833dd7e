/** The section `injection`. */

import { DEEP_CHECKS, type DeepOptions } from '../injection/deep-options.ts';
import type { InjectionScreenOptions } from '../injection/index.ts';
import { callable, listOf, object } from '../options.ts';
import type { CallerPolicy } from './caller.ts';
import type { PolicySection } from './section.ts';

/** What is screened for attacks, and what becomes of what is found. See the middleware `injection-screen`. */
export interface InjectionPolicy extends InjectionScreenOptions, DeepOptions {}

/** How the section is checked. */
export const INJECTION: PolicySection<InjectionPolicy, { readonly caller?: CallerPolicy }> = {
  // Names and kinds; what stands in them is checked where the screen is made, which knows its rules.
  checks: {
    ...DEEP_CHECKS,
    modes: object,
    ruleModes: object,
    cutPoints: object,
    tenants: object,
    rules: listOf(object),
    scorers: listOf(object),
    allow: listOf((entry) => (typeof entry === 'string' ? undefined : object(entry))),
    digest: callable,
    models: object,
  },
  canBeOff: true,
  check({ tenants }, { caller }) {
    // Settings of tenants where no caller has one would be there for show.
    if (tenants !== undefined && caller?.tenantClaim === undefined)
      throw new TypeError('policy.injection: tenants needs policy.caller.tenantClaim, which names the tenant');
  },
};
