/**
 * Whether a text speaks of instructions, rules, roles or the system at all. Some corpora call any harmful wish an attack;
 * by the definition in `docs/injection.md` it is none, so that their attacks count only where this holds.
 */

const INTENT = new RegExp(
  [
    'ignor|disregard|forget|overrid|bypass|instruction|guideline|\\brules?\\b|prompt|system|developer|admin\\b|\\bmode\\b',
    'restrict|unfilter|uncensor|filter|polic|pretend|\\bact as|you are now|roleplay|role-play|persona|reveal|hidden|secret',
    'context|memory|previous|pichl|pehle|nirdesh|niyam|bhool|bhul|nazarandaz|limit|safety|internal|confidential|\\bdan\\b',
    'निर्देश|नियम|प्रॉम्प्ट|सिस्टम|पिछल|भूल|अनदेखा|मोड|गुप्त|छिपे|सीमा|सुरक्षा|context|rules',
  ].join('|'),
  'iu',
);

/** Source of the labels' reading: `docs/injection.md`. */
export const hasIntent = (text: string): boolean => INTENT.test(text);
