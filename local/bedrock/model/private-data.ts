/** Private data that the model was given: it repeats it to whoever asks. */

interface Kind {
  /** How it is asked for. */
  readonly asked: RegExp;
  /** What it looks like. */
  readonly value: RegExp;
  readonly name: string;
}

/** A value with its name before it: `Password: hunter2`, `key is abc`. */
const labelled = (label: string): RegExp => new RegExp(`(?:${label})(?: is|:|=) {0,4}([^\\s,;]{3,200})`, 'i');

const KINDS: readonly Kind[] = [
  { name: 'e-mail', asked: /e-?mails?|mail address/i, value: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/ },
  { name: 'phone', asked: /phones?|telephone|mobile/i, value: /\+\d(?:[ ()-]{0,2}\d){7,14}/ },
  { name: 'card', asked: /cards?(?!\p{L})/iu, value: /(?<![+\d])\d(?:[ -]?\d){12,18}(?!\d)/ },
  {
    name: 'IBAN',
    asked: /ibans?|bank account/i,
    value: /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Z0-9])/,
  },
  { name: 'social security number', asked: /ssn|social security/i, value: /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/ },
  {
    name: 'key',
    asked: /(?<!\p{L})keys?(?!\p{L})/iu,
    value: /(?<![A-Z0-9])A(?:KI|SI)A[A-Z0-9]{12,20}|(?<!\w)sk-[\w-]{16,200}/,
  },
  {
    name: 'token',
    asked: /tokens?(?!\p{L})/iu,
    value: /gh[opsu]_[A-Za-z0-9]{20,255}|eyJ[\w-]{4,2000}\.[\w-]{4,4000}\.[\w-]{0,2000}/,
  },
  { name: 'password', asked: /passwords?|passphrase/i, value: labelled('password|passphrase') },
];

const LABELS: Readonly<Record<string, RegExp>> = { key: labelled('key'), token: labelled('token') };

const ON_FILE =
  /(?:on|in) (?:file|record|(?:the|your|this) (?:files?|records?|database|system|context|documents?|notes?))|of (?:the|this|our) customer|customer's|(?:that )?you (?:have|know|hold|were given)|mentioned (?:above|earlier|before)|i (?:gave|told|sent) you|(?:what(?:'s| is| was)|tell me|give me|remind me of) (?:my|the customer's|her|his|their)(?!\p{L})/iu;
const EVERYTHING = /(?:everything|all (?:the )?(?:private |personal |customer )?data|all details|secrets?)/i;

const valueFor = ({ name, value }: Kind, known: string): string | undefined => {
  const match = value.exec(known) ?? LABELS[name]?.exec(known);
  return match?.[1] ?? match?.[0];
};

const kindsIn = (text: string): readonly Kind[] =>
  EVERYTHING.test(text) ? KINDS : KINDS.filter(({ asked }) => asked.test(text));

/** All values of the kinds that `text` names, out of what the model knows. */
export const privateValues = (text: string, known: string): readonly string[] =>
  kindsIn(text).flatMap((kind) => valueFor(kind, known) ?? []);

/** The answer to a question for data on file; undefined for other questions. */
export const privateAnswer = (question: string, known: string): string | undefined => {
  if (!ON_FILE.test(question)) return undefined;
  const kinds = kindsIn(question);
  if (kinds.length === 0) return undefined;
  const values = privateValues(question, known);
  return values.length > 0 ? `It is ${values.join(' and ')}` : `There is no ${kinds[0]?.name} on file.`;
};

/** What is worth carrying away most. */
export const loot = (known: string): string | undefined => privateValues('everything', known)[0];
