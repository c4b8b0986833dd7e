/** What attackers say, by language: small tables, for a model that wants to be fooled, not for a guard. */

const compile = (sources: readonly string[], flags = 'iu'): RegExp =>
  new RegExp(sources.join('|').normalize('NFKC'), flags);

/** Anything in between, within a sentence. */
const near = (units: number): string => `[^.!?。！？\\n]{0,${units}}?`;
const phrase = (first: string, second: string, units = 40): string => `(?:${first})${near(units)}(?:${second})`;

/** Orders to leave all earlier orders. */
export const OVERRIDE: RegExp = compile([
  phrase(
    'ignor|disregard|forget|overrid|overrul|bypass|discard',
    'instruction|rule|prompt|guideline|directive|direction|polic|programming|constraint|restriction|command|previous|prior|above|everything',
  ),
  phrase('ignorier|vergiss|vergesst|missacht|überspring', 'anweisung|regel|vorgabe|befehl|instruktion|alles'),
  phrase('ignore|oublie|néglige|ne tiens pas compte', 'instruction|consigne|règle|directive|tout ce qui'),
  phrase('ignora|ignore|olvida|omite|descarta|haz caso omiso', 'instruccion|regla|orden|órden|directri|todo lo'),
  phrase('ignor|esqueç|esquece|desconsider', 'instruç|regra|ordens|diretriz|orientaç|tudo o que'),
  phrase('ignora|dimentica|trascura', 'istruzion|regol|direttiv|ordini|tutto ciò'),
  phrase('игнорируй|забудь|не обращай внимания на', 'инструкц|указани|правил|команд|всё|все'),
  phrase('忽略|无视|無視|忘记|忘掉|不要理会', '指令|指示|规则|规定|说明|提示|命令'),
  phrase('指示|命令|ルール|規則|プロンプト|指令|制約', '無視|忘れ|破棄|従わない'),
  phrase('지시|명령|규칙|지침|프롬프트', '무시|잊'),
  phrase('निर्देश|नियम|आदेश', 'अनदेखा|अनदेखी|नज़रअंदाज़|भूल|उपेक्षा'),
  phrase('अनदेखा|भूल|ignore', 'निर्देश|नियम|आदेश|nirdesh|niyam'),
  phrase('تجاهل|انس|تخط', 'تعليمات|القواعد|قواعد|الأوامر|أوامر|توجيهات'),
  'new (?:policy|instructions?|rules?|task|orders?) ?:',
  '(?:admin|system|developer|root) override',
  '\\[(?:system|admin)\\]|<\\|im_start\\|> ?system|(?:^|\\n) {0,4}system ?:',
  '(?:instructions?|note|message|attention|orders?) (?:to|for) (?:the |any )?(?:ai|assistant|model|llm|chatbot)',
]);

const PROMPT_EN =
  '(?:system|initial|hidden|secret|original|developer|internal)[ -]?(?:prompt|message|instructions|rules|configuration)';

/** Questions for the system prompt. */
export const REVEAL: RegExp = compile([
  phrase(
    "repeat|print|reveal|show|output|display|dump|leak|share|list|recite|copy|paste|translate|encode|convert|summari[sz]e|spell|quote|echo|describe|return|expose|disclose|provide|give|tell|write (?:out|down)|put|explain|what(?:'s| is| are| was| were)",
    [
      `(?:the|your|its|this|full|entire|exact) (?:\\w{1,12} ){0,2}${PROMPT_EN}`,
      '(?<!\\p{L})your (?:\\w{1,12} ){0,2}(?:prompt|instructions|rules|guidelines|directives|configuration|programming)',
      '(?:words|text|message|everything|lines|sentences|instructions|prompt) (?:written )?above',
      'above (?:words|text|message|instructions|prompt)',
      'set-?up of this (?:chat|conversation)',
      '(?:instructions|rules|prompt) (?:that )?you (?:were|have been|are) (?:given|told|following)',
    ].join('|'),
    60,
  ),
  'starting with ["\'“]?you are',
  phrase(
    'zeig|wiederhol|gib|nenn|verrat|übersetz|drucke|schreib|offenbar|fass|wie lautet|was (?:ist|sind|steht)',
    'system-?prompt|systemanweisung|systemnachricht|deine[nr]? (?:\\p{L}{1,16} )?(?:anweisung|regel|instruktion|vorgabe|prompt)|(?:text|worte) (?:hier )?(?:oben|darüber)',
    60,
  ),
  phrase(
    'montre|révèle|répète|affiche|donne|traduis|dis-moi|écris|résume|quel(?:le)?s? (?:est|sont)',
    'prompt (?:du )?système|message système|invite système|tes (?:\\p{L}{1,16} )?(?:instructions|consignes|règles)|texte ci-dessus|mots ci-dessus|ton prompt',
    60,
  ),
  phrase(
    'muestra|revela|repite|dime|traduce|imprime|enseña|escribe|resume|cuál(?:es)? (?:es|son)',
    'prompt del? sistema|mensaje del sistema|indicaciones del sistema|tus (?:\\p{L}{1,16} )?(?:instrucciones|reglas)|texto de arriba|tu prompt',
    60,
  ),
  phrase(
    'mostr|revel|repit|repet|diga|traduz|imprim|escrev|resum|qua(?:l|is) (?:é|são)',
    'prompt do sistema|mensagem do sistema|(?:tuas|suas) (?:\\p{L}{1,16} )?(?:instruções|regras)|texto acima|seu prompt',
    60,
  ),
  phrase(
    'mostra|rivela|ripeti|dimmi|traduci|stampa|scrivi|riassumi|qual(?:i)? (?:è|sono)',
    'prompt di sistema|messaggio di sistema|(?:le )?tue (?:\\p{L}{1,16} )?(?:istruzioni|regole)|testo (?:qui )?sopra|tuo prompt',
    60,
  ),
  phrase(
    'покажи|раскрой|повтори|выведи|переведи|назови|расскажи|напиши|какие|каков',
    'системн\\p{L}{1,4} (?:промпт|подсказк|инструкц|сообщени)|(?:твои|свои|ваши) (?:\\p{L}{1,16} )?(?:инструкци|правила)|текст выше',
    60,
  ),
  phrase(
    '显示|告诉我|重复|输出|透露|翻译|打印|泄露|给我|说出',
    '系统提示|提示词|你的指令|你的规则|你的系统|上面的(?:内容|文字|话)',
  ),
  phrase(
    'システムプロンプト|あなたの(?:指示|ルール|プロンプト)|上の(?:文章|内容|テキスト)',
    '表示|教え|見せ|繰り返|出力|翻訳|公開|明かし',
  ),
  phrase(
    '시스템 ?프롬프트|(?:너|당신)의 (?:지시|지침|규칙)|위의 (?:내용|글|텍스트)',
    '보여|알려|출력|반복|번역|공개|말해',
  ),
  phrase('सिस्टम प्रॉम्प्ट|(?:अपने|आपके|तुम्हारे) (?:निर्देश|नियम)|ऊपर (?:का|के|लिखा)', 'दिखा|बता|दोहरा|प्रकट|अनुवाद|लिख'),
  phrase(
    'أظهر|اعرض|اكشف|كرر|أخبرني|ترجم|اطبع|ما هي',
    'موجه النظام|مطالبة النظام|رسالة النظام|تعليماتك|تعليمات النظام|النص أعلاه',
  ),
]);

/** Names of those who have no rules, as a capture group where the text says one. */
export const PERSONAS: readonly RegExp[] = [
  /(?:you are|you're|act as|become|pretend (?:to be|you are|you're)|role-?play as|behave (?:as|like)|play)(?: now| from now on)?,? (?:an? |the |like )?(DAN|STAN|DUDE|AIM|(?:evil|unfiltered|unrestricted|uncensored|jailbroken|amoral|rogue) [\p{L} ]{2,30}|(?:ai|assistant|model|chatbot) (?:without|with no|free of) [\p{L} ]{2,30})(?!\p{L})/iu,
  /you are now (?:an? |the )?(?!able|ready|logged|connected|free|going|in |on |at )([\p{L}\p{N}][\p{L}\p{N} ]{1,30})/iu,
  /from now on,? (?:you are|you're|you will be|you act as|act as) (?:an? |the )?([\p{L}\p{N}][\p{L}\p{N} ]{1,30})/iu,
  /pretend (?:that )?you have no (?:rules|restrictions|limits|filters|guidelines)/iu,
  /(?:you are in|entering) (?:developer|god|jailbreak|dan|debug) mode|(?:developer|god|jailbreak|dan) mode (?:is )?(?:enabled|activated)(?!\p{L})/iu,
  /(?:du bist (?:jetzt|nun|ab jetzt)|tu es (?:maintenant|désormais)|ahora eres|agora você é|você agora é|ora sei|adesso sei|теперь ты|ты теперь) (?:eine? |une? |una |uno |uma? )?([\p{L}\p{N}]{2,20})/iu,
  /(?:你现在是|从现在起你是|あなたは(?:今から|これから)|너는 (?:이제|지금부터)|अब (?:तुम|आप)|أنت الآن) ?([\p{L}\p{N}]{2,20})/iu,
];
