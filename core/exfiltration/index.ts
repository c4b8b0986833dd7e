/** Exfiltration: what would carry data out of a reply when it is shown or clicked. */

export { createExfiltrationFilter, type ExfiltrationOptions } from './filter.ts';
export {
  EXFILTRATION_HOLD,
  type ExfiltrationAction,
  type ExfiltrationFilter,
  type ExfiltrationFinding,
  type ExfiltrationKind,
  type ExfiltrationStream,
  LINK_HOLD,
  TEXT_HOLD,
} from './types.ts';
