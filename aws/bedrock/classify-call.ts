/** Classification of what a call sends, before it is sent: it passes, goes out masked, or is refused. */

import { mapCallTexts } from '../../core/classification/call-texts.ts';
import {
  actionFor,
  type Classification,
  createDataGate,
  type DataAction,
  type DataGate,
  type DataGateOptions,
  type DataLevel,
  isAbove,
  mergeClassifications,
  type TextClassification,
  withValues,
} from '../../core/classification/index.ts';
import { opaqueBoundsOf } from '../../core/converse/media.ts';
import type { ConverseInput } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import { createStandInTable, type StandInTable } from '../../core/pseudonyms/index.ts';
import { createRedactor, type Redactor } from '../../core/redaction/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import type { CallSetting } from './call-engines.ts';
import { classifyTexts, keyOf, type TextMemory } from './classify-texts.ts';
import type { ClientRules } from './client-rules.ts';
import { modelKeys, namedModel } from './model-id.ts';
import { pseudonymsOver, standInsOf } from './pseudonyms.ts';

const CONTROL = 'data-classification';

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

/** What was classified in an invocation, by gate: the next call of a loop brings it again. */
const memories = byKey((_: InvocationScope) => byKey((_gate: DataGate): TextMemory => new Map()));

const ownSessions = byKey((_: InvocationScope) => ownRedactor().session());

/** `text` with the values above `allow` replaced. */
const masked = (
  text: string,
  { values }: Pick<TextClassification, 'values'>,
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

/** A call, and what it is. */
interface Judged {
  readonly call: ConverseInput;
  readonly texts: ReadonlyMap<string, TextClassification>;
  readonly whole: Classification;
}

/** What nobody reads has the level that the policy gives it. */
const mediaIn = (call: ConverseInput, media: ClientRules['media']): readonly Classification[] =>
  opaqueBoundsOf(call, media).map(({ level = 'restricted' }) => ({
    level,
    unmaskable: level,
    reasons: [{ id: 'media', level, score: 1 }],
  }));

const judge = (call: ConverseInput, gate: DataGate, memory: TextMemory, media: ClientRules['media']): Judged => {
  const { texts, names } = classifyTexts(call, gate, memory);
  return { call, texts, whole: mergeClassifications([...texts.values(), ...names, ...mediaIn(call, media)]) };
};

/** A gate to which stand-ins are no values: what they stand for stays here. */
const sparing = ({ classifier, ...gate }: DataGate, { has }: StandInTable): DataGate => ({
  ...gate,
  classifier: {
    ...classifier,
    classifyEach: (texts) =>
      classifier.classifyEach(texts).map((found, index) => {
        const { text = '' } = texts[index] ?? {};
        const values = found.values.filter(({ start, end }) => !has(text.slice(start, end)));
        return values.length === found.values.length ? found : withValues(found, values);
      }),
  },
});

const reasonsOf = ({ reasons }: Classification, allow: DataLevel) =>
  reasons
    .filter(({ level }) => isAbove(level, allow))
    .slice(0, 10)
    .map(({ id, score }) => ({ rule: id, score }));

/**
 * Classifies what a call sends, by its destination, and records the level. Where values go to the model as stand-ins, it
 * is what is left that must be allowed.
 *
 * @returns The call as it may go out: its values above the level that passes replaced, by stand-ins, or by placeholders
 * where the policy masks them; the call itself where nothing is, and in monitor mode.
 * @throws BulwarkError `data_not_allowed`.
 */
export const classifyCall = <Input>(setting: CallSetting, input: Input): Input => {
  const { scope, rules, engines, region } = setting;
  const { classification } = rules;
  if (classification === undefined || classification === false) return input;
  const gate = gatesOf(classification)(rules.redactor || ownRedactor());
  const { modelId = '' } = input as ConverseInput;
  const { profiles } = rules;
  const limits = gate.limitsFor(modelId, modelKeys(modelId, profiles), region, namedModel(modelId, profiles));
  const actionOf = ({ whole }: Judged): DataAction => actionFor(whole.level, whole.unmaskable, limits);
  const own = judge(input as ConverseInput, gate, memories(scope)(gate), rules.media);
  const { level } = own.whole;
  if (actionOf(own) === 'pass') {
    scope.record.classified(level, 'pass');
    return input;
  }
  // Monitor mode gives nobody a stand-in.
  const table = scope.monitor ? createStandInTable() : standInsOf(scope);
  const pseudonyms = pseudonymsOver(setting, table);
  const leftGate = sparing(gate, table);
  const left = pseudonyms ? judge(pseudonyms.replace(own.call), leftGate, new Map(), rules.media) : own;
  const action = actionOf(left) === 'refuse' ? 'refuse' : 'mask';
  scope.record.classified(level, action);
  const rulesAbove = reasonsOf(action === 'refuse' ? left.whole : own.whole, limits.allow);
  if (action === 'refuse') {
    const refusal = new BulwarkError('data_not_allowed', { reason: left.whole.level });
    scope.record.refuse(refusal, CONTROL, { rules: rulesAbove });
    throw refusal;
  }
  scope.record.decide({ control: CONTROL, verdict: 'redact', reason: level, rules: rulesAbove });
  if (scope.monitor) return input;
  const redactor = engines.redactor(scope, rules) ?? ownSessions(scope);
  return mapCallTexts(left.call, {
    text(text, field) {
      // JSON within a text is another text once something in it is masked.
      const found = left.texts.get(keyOf(text, field)) ?? leftGate.classifier.classifyEach([{ text, field }])[0];
      return found === undefined ? text : masked(text, found, limits.allow, redactor);
    },
    name: () => {},
  }) as Input;
};
