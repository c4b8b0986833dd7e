import type { Rule } from '../types.ts';
import { EXTRACTION_RULES } from './extraction.ts';
import { OVERRIDE_RULES } from './override.ts';
import { OVERRIDE_RULES_ASIAN } from './override-asian.ts';
import { OVERRIDE_RULES_EUROPEAN } from './override-european.ts';
import { PERSONA_RULES } from './persona.ts';
import { SMUGGLING_RULES } from './smuggling.ts';

/** All rules. A change of one is a change of `detectionVersion`. */
export const RULES: readonly Rule[] = [
  ...OVERRIDE_RULES,
  ...OVERRIDE_RULES_EUROPEAN,
  ...OVERRIDE_RULES_ASIAN,
  ...EXTRACTION_RULES,
  ...PERSONA_RULES,
  ...SMUGGLING_RULES,
];
