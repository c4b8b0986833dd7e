import type { Rule } from '../types.ts';
import { CONTROL_OFF_RULES } from './control-off.ts';
import { EXFILTRATION_RULES } from './exfiltration.ts';
import { EXTRACTION_RULES } from './extraction.ts';
import { EXTRACTION_LANGUAGE_RULES } from './extraction-languages.ts';
import { FORGED_ROLE_RULES } from './forged-role.ts';
import { OVERRIDE_RULES } from './override.ts';
import { OVERRIDE_RULES_ASIAN } from './override-asian.ts';
import { OVERRIDE_RULES_EUROPEAN } from './override-european.ts';
import { PERSONA_RULES } from './persona.ts';
import { PERSONA_HINT_RULES } from './persona-hints.ts';
import { PLANTED_RULES } from './planted.ts';
import { REPLACED_INSTRUCTION_RULES } from './replaced-instructions.ts';
import { SMUGGLED_POLICY_RULES } from './smuggled-policy.ts';

/** All rules. A change of one is a change of `detectionVersion`. */
export const RULES: readonly Rule[] = [
  ...OVERRIDE_RULES,
  ...REPLACED_INSTRUCTION_RULES,
  ...OVERRIDE_RULES_EUROPEAN,
  ...OVERRIDE_RULES_ASIAN,
  ...CONTROL_OFF_RULES,
  ...EXTRACTION_RULES,
  ...EXTRACTION_LANGUAGE_RULES,
  ...PERSONA_RULES,
  ...PERSONA_HINT_RULES,
  ...FORGED_ROLE_RULES,
  ...SMUGGLED_POLICY_RULES,
  ...EXFILTRATION_RULES,
  ...PLANTED_RULES,
];
