/** A coarse guess at the language of a text: models are surer of English, so that each group has cut points of its own. */

import { createWordSet, type Tokens } from '../../text/tokens.ts';

/** Groups of languages with cut points of their own: English, other languages in Latin letters, and by script. */
export type LanguageGroup = 'english' | 'latin' | 'cyrillic' | 'arabic' | 'devanagari' | 'cjk' | 'other';

/** All groups. */
export const LANGUAGE_GROUPS: readonly LanguageGroup[] = [
  'english',
  'latin',
  'cyrillic',
  'arabic',
  'devanagari',
  'cjk',
  'other',
];

/** First unit behind each script, and its number among {@link LANGUAGE_GROUPS}; what lies between counts as other. */
const SCRIPTS: readonly (readonly [first: number, end: number, group: number])[] = [
  [0x400, 0x530, 2],
  [0x600, 0x780, 3],
  [0x900, 0x980, 4],
  [0x1100, 0x1200, 5],
  [0x3040, 0x3100, 5],
  [0x3400, 0xa000, 5],
  [0xac00, 0xd7b0, 5],
];
/** By the upper bits of a unit, the number of its script's group; 0 for Latin letters. */
const scripts = new Uint8Array(0x10000 >> 4).fill(6).fill(0, 0, 0x250 >> 4);
for (const [first, end, group] of SCRIPTS) scripts.fill(group, first >> 4, end >> 4);

/** Common words of English that are none of its neighbours'. */
const isEnglish = createWordSet(
  'the of and to is that it for was are with his they this have from or had by but what were we when your can there use each which she how their if will other about out many then them these so some her would make him into time has look more write go see could people my than been call who its now find get made you i do not just should tell give want need be',
);

/**
 * Common words of other languages in Latin letters, without their marks, that are none of English: German, French,
 * Spanish, Portuguese, Italian, Dutch, Polish, Turkish, Indonesian, Vietnamese, Hindi as it is chatted.
 */
const isForeign = createWordSet(
  'der das und ist nicht ich du wir sie ein eine einen dem den des mit auf fur von zu wie bitte mir mich dein deine kann alle aber oder wenn nur noch auch uber sind sein ' +
    'le la les un une des du et est pas je tu vous nous que qui dans pour sur avec ce cette mon ma mes ton tes votre vos moi toi tout toutes comme mais ou si ne au aux sans ' +
    'el los las una y es no que en por para con sin mi tu su como pero todo todas esta este eres soy del al lo me te se ya cual cuando porque ' +
    'o os as um uma e nao em por sem meu minha seu sua voce como mas tudo todas isso esta ele ela da do na no para com eu ja qual quando porque ' +
    'il lo gli uno una e non di che per con senza mio mia tuo tua sei sono come ma tutto tutte questo questa del della nel mi ti si puoi cosa ' +
    'het een en niet ik jij je wij van met op voor zijn dat deze alle maar als ook naar mijn jouw uw bent kun ' +
    'nie jest ty ja mi moje twoje twoich jak ale wszystkie prosze czy dla ze sie to co za po od do ' +
    've bir bu ben sen icin ile degil ne nasil tum benim senin ama gibi daha cok lutfen misin ' +
    'dan yang di ke dari untuk tidak saya kamu anda ini itu dengan semua apa bagaimana tapi jangan bisa ' +
    'toi ban la khong va cua cho mot cac nhung hay voi nay do ' +
    'hai ho hain ka ki ke ko se mein me aur nahi mat kya kaise tum aap mera meri tera apna apne sab karo kar batao bhai ye wo jo yaar kuch liye par',
);

/** Words that are looked at. */
const SAMPLE = 200;
/** Least share of words of other languages in a text of one of them. */
const FOREIGN_SHARE = 0.12;
/** Least share of words in other scripts that makes a text one of those. */
const OTHER_SHARE = 0.3;
const counts = new Int32Array(LANGUAGE_GROUPS.length);

/** The group of a text, by its first words. A text without a sign of another language is English. */
export const languageGroupOf = (units: Uint16Array, { count, starts, hashes }: Tokens): LanguageGroup => {
  const looked = Math.min(count, SAMPLE);
  let english = 0;
  let foreign = 0;
  counts.fill(0);
  for (let index = 0; index < looked; index++) {
    const script = scripts[(units[starts[index] as number] as number) >> 4] as number;
    counts[script] = (counts[script] as number) + 1;
    if (script !== 0) continue;
    const hash = hashes[index] as number;
    if (isEnglish(hash)) english += 1;
    else if (isForeign(hash)) foreign += 1;
  }
  let most = 2;
  for (let script = 2; script < counts.length; script++)
    if ((counts[script] as number) > (counts[most] as number)) most = script;
  if ((counts[most] as number) > looked * OTHER_SHARE) return LANGUAGE_GROUPS[most] as LanguageGroup;
  return foreign > english && foreign >= looked * FOREIGN_SHARE ? 'latin' : 'english';
};
