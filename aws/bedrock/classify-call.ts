/** Classification of what a call sends, before it is sent: it passes, goes out masked, or is refused. */

import { remember } from '../../core/bounded-map.ts';
import { mapCallTexts } from '../../core/classification/call-texts.ts';
import {
  actionFor,
  type Classification,
  createDataGate,
  type DataGate,
  type DataGateOptions,
  type DataLevel,
  type FieldText,
  isAbove,
  mergeClassifications,
  type TextClassification,
} from '../../core/classification/index.ts';
import type { ConverseInput } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import { createRedactor, type Redactor } from '../../core/redaction/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import type { CallSetting } from './call-engines.ts';
import type { ClientRules } from './client-rules.ts';
import { modelKeys } from './model-id.ts';

/** What a guarded client classifies, beside its other rules. */
export interface ClassifyRules {
  /** The section `classification` of the policy. @default off */
  readonly classification?: DataGateOptions | false;
}

const CONTROL = 'data-classification';

/** Most texts that an invocation remembers the classification of. */
const MOST_REMEMBERED = 10_000;

/** Made when it is first needed, for as long as its key is there. */
const byKey = <Key extends object, Value>(make: (key: Key) => Value): ((key: Key) => Value) => {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
};

let shared: Redactor | undefined;

/** Where replies are not redacted there is still something to find values with. */
const ownRedactor = (): Redactor => {
  shared ??= createRedactor();
  return shared;
};

const gatesOf = byKey((options: DataGateOptions) => byKey((redactor: Redactor) => createDataGate(options, redactor)));

/** Classifications by text and field. */
type Memory = Map<string, TextClassification>;

/** What was classified in an invocation, by gate: the next call of a loop brings it again. */
const memories = byKey((_: InvocationScope) => byKey((_gate: DataGate): Memory => new Map()));

const ownSessions = byKey((_: InvocationScope) => ownRedactor().session());

/** `text` with the values above `allow` replaced. */
const masked = (
  text: string,
  { values }: Pick<TextClassification, 'values'> = { values: [] },
  allow: DataLevel,
  redactor: Redactor,
): string => {
  let out = '';
  let from = 0;
  for (const { entity, start, end, level } of values) {
    if (!isAbove(level, allow)) continue;
    out += text.slice(from, start) + redactor.placeholder(entity, text.slice(start, end));
    from = end;
  }
  return from === 0 ? text : out + text.slice(from);
};

const keyOf = (text: string, field: string | undefined): string =>
  field === undefined ? text : `${field}\u0000${text}`;

/** What the texts of a call are, and the names in it. */
interface FoundInCall {
  readonly texts: ReadonlyMap<string, TextClassification>;
  readonly names: readonly Classification[];
}

/** Classifies what is new in a call. */
const classifyTexts = (call: ConverseInput, gate: DataGate, memory: Memory): FoundInCall => {
  const texts = new Map<string, TextClassification | undefined>();
  const fresh = new Map<string, FieldText>();
  const names = new Set<string>();
  const note = (text: string, field?: string): string => {
    const key = keyOf(text, field);
    if (texts.has(key)) return text;
    const known = memory.get(key);
    texts.set(key, known);
    if (known === undefined) fresh.set(key, { text, field });
    return text;
  };
  mapCallTexts(call, { text: note, name: (name) => void names.add(note(name)) });
  const classified = gate.classifier.classifyEach([...fresh.values()]);
  for (const [index, key] of [...fresh.keys()].entries()) {
    const found = classified[index];
    if (found === undefined) continue;
    texts.set(key, found);
    remember(memory, key, found, MOST_REMEMBERED);
  }
  const known = texts as ReadonlyMap<string, TextClassification>;
  // Whatever a name holds stays in it: what is called so would not be found by another one.
  return { texts: known, names: [...names].flatMap((name) => asUnmaskable(known.get(name))) };
};

const asUnmaskable = (found: Classification | undefined): readonly Classification[] =>
  found === undefined ? [] : [{ ...found, unmaskable: found.level }];

const reasonsOf = ({ reasons }: Classification) => reasons.slice(0, 10).map(({ id, score }) => ({ rule: id, score }));

/**
 * Classifies what a call sends, by its destination, and records the level.
 *
 * @returns The call as it may go out: its values above the level that passes replaced, where the policy masks them; the
 * call itself where nothing is, and in monitor mode.
 * @throws BulwarkError `data_not_allowed`.
 */
export const classifyCall = <Input>({ scope, rules, engines, region }: CallSetting, input: Input): Input => {
  const { classification } = rules as ClientRules & ClassifyRules;
  if (classification === undefined || classification === false) return input;
  const base = rules.redactor || ownRedactor();
  const gate = gatesOf(classification)(base);
  const call = input as ConverseInput;
  const found = classifyTexts(call, gate, memories(scope)(gate));
  const whole = mergeClassifications([...found.texts.values(), ...found.names]);
  const { modelId = '' } = call;
  const limits = gate.limitsFor(modelId, modelKeys(modelId), region);
  const action = actionFor(whole.level, whole.unmaskable, limits);
  scope.record.classified(whole.level, action);
  if (action === 'pass') return input;
  const above = { ...whole, reasons: whole.reasons.filter(({ level }) => isAbove(level, limits.allow)) };
  if (action === 'refuse') {
    const refusal = new BulwarkError('data_not_allowed', { reason: whole.level });
    scope.record.refuse(refusal, CONTROL, { rules: reasonsOf(above) });
    throw refusal;
  }
  scope.record.decide({ control: CONTROL, verdict: 'redact', reason: whole.level, rules: reasonsOf(above) });
  if (scope.monitor) return input;
  const redactor = engines.redactor(scope, rules) ?? ownSessions(scope);
  return mapCallTexts(call, {
    text: (text, field) => masked(text, found.texts.get(keyOf(text, field)), limits.allow, redactor),
    name: () => {},
  }) as Input;
};
