/** Concepts as English says them. Phrases separated by `|`. */

export const ENGLISH: Readonly<Record<string, string>> = {
  drop: 'ignore|ignored|ignoring|ingore|disregard|disregarded|disregarding|forget|forgot|forgotten|neglect|dismiss|discard|skip|set aside|throw out|drop|pay no attention|pay no heed|do not consider|never mind|nevermind|overlook|erase|wipe|unlearn',
  cancel:
    'cancel|cancelled|void|voided|revoke|revoked|rescind|rescinded|nullified|null and void|annul|invalidate|invalidated|invalid|no longer apply|no longer applies|no longer valid|no longer|does not apply|expired|obsolete|outdated|deprecated|withdrawn|terminated|not in effect|out of date|lapsed',
  replace:
    'replace|replaced|replacing|overwrite|overwriting|override|overriding|substitute|supersede|supersedes|update|updated|updating|change|changed|changing|modify|modified|alter|rewrite|swap|revise|redefine|redefined|take precedence|overrule|reset|reprogram|reprogrammed',
  bypass:
    'bypass|bypassing|circumvent|circumventing|get around|work around|workaround|evade|evading|sidestep|avoid detection|break|breaking|violate|violating|violation|jailbreak|jailbreaking|escape|escaping|break free|overcome|defeat|subvert|exploit|loophole|slip past|get past|go beyond',
  obey: 'obey|obeying|follow|follows|followed|comply|complying|compliance|compliant|adhere|adhering|abide by|abide|stick to|conform|heed|listen to|carry out|go along with|respect|honor|do as|do whatever|do what|submit|act on',
  disobey:
    "disobey|disobeys|disobeying|do not follow|don't follow|dont follow|stop following|stop obeying|not follow|not obey|do not obey|don't obey|do not comply|don't comply|rebel|defy|defying|go against|refuse to follow|no longer follow|never follow|disobedient|rebellious|instead of following",
  instructions:
    'instruction|instructions|instrucions|intructions|instruct|instructed|directive|directives|directions|order|orders|command|commands|commanded|guideline|guidelines|guidance|task|tasks|objective|goal|request|requests|job|mission|brief|told to do|asked to do',
  rules:
    'rule|rules|ruleset|policy|policies|restriction|restrictions|restricted|limit|limits|limitation|limitations|constraint|constraints|regulations|law|boundaries|principles|terms of service|tos|content policy|usage policy|protocol|protocols|constitution',
  prompt:
    'prompt|prompts|promt|propmt|prompting|preprompt|pre prompt|preamble|preprompts|metaprompt|meta prompt|initial message|first message|opening message|starting text|text above|words above|custom instructions|initialization|conditioning',
  system:
    'system|systems|sys|sysprompt|system prompt|system message|system instructions|system role|system level|system text|system card|system notice|system override|system update|system wide|backend|back end|core|kernel|root level|config|configuration|configs|settings|setup|programming',
  hidden:
    'hidden|secret|secrets|internal|internals|internally|confidential|private|privately|sensitive|classified|concealed|undisclosed|proprietary|invisible|non public|nonpublic|not public|behind the scenes|under the hood|top secret|restricted access|personal data|encrypted|buried|unseen',
  password:
    'password|passwords|passwrd|pasword|passcode|passcodes|passphrase|pass phrase|key|keys|api key|apikey|secret key|code|codes|secret code|magic word|codeword|code word|flag|credentials|creds|login|access token|environment variables|credit card',
  earlier:
    'earlier|previous|previously|prior|prevous|above|before|before this|preceding|initial|initially|original|originally|former|foregoing|existing|up to now|so far|thus far|aforementioned|old|beforehand|at the start|at the top|at the beginning|current',
  everything:
    'everything|all|all of|every|any|anything|each|whole|entire|entirely|full|fully|complete text|whatever|whatsoever|any and all|each and every|altogether|every single|in full|totality|all the above|all of it|in its entirety|everythin|evrything|anyone',
  fresh:
    "fresh|new|newer|newest|brand new|following|following text|next|real|actual|true|genuine|below|subsequent|upcoming|latest|coming|revised version|another|different|alternative|other|this one|these|the below|as follows|here are|here is|here's|heres",
  your: "your|yours|ur|yr|your own|yo|thy|its|assistant's|model's|your very own",
  you: "you|u|ya|yourself|urself|yourselves|thou|thee|ye|you are|you're|youre|you will|you'll|youll|you have|you've|youve|you would|you'd|ur a|you all|y'all|yall",
  me: "me|i|my|mine|myself|i am|i'm|im|i will|i'll|i have|i've|ive|i would|i'd|me too",
  we: "we|us|our|ours|ourselves|we are|we're|we will|we'll|we have|we've|weve|let us|let's|lets|together|both of us",
  user: "user|users|user's|customer|customers|client|clients|end user|end users|human user|guest|visitor|subscriber|account holder|member|caller|requester|shopper|buyer|other users|previous user",
  developer:
    'developer|developers|dev|devs|creator|creators|programmer|programmers|coder|engineer|engineers|maker|makers|your maker|your creators|author|designer|designers|builder|builders|inventor|software engineer|prompt engineer|trainer|trainers|who made you|who created you|who built you|engineering team|dev team',
  vendor:
    'openai|open ai|anthropic|chatgpt|chat gpt|gpt|gpt-4|gpt-4o|claude|gemini|bard|google|llama|meta|meta ai|deepseek|deep seek|mistral|mixtral|qwen|grok|copilot|microsoft|amazon|aws|bedrock|amazon nova',
  authority:
    'admin|administrator|root|root user|superuser|sudo|owner|boss|manager|supervisor|ceo|police|fbi|government|law enforcement|auditor|support team|it department|security team|red team|pentester|operator|master|authority|management',
  authorised:
    'authorised|authorized|authorize|authorisation|authorization|permitted|permission|permissions|allowed|allows|approved|approval|official|officially|clearance|security clearance|privileges|elevated privileges|granted|verified|certified|licensed|full access|consent|whitelisted|cleared',
  show: 'show|show me|reveal|revealed|disclose|disclosed|expose|exposed|leak|leaked|share|give|give me|gimme|let me see|provide|present|divulge|uncover|unveil|hand over|spill|extract|retrieve|fetch|look up|give away|exfiltrate',
  say: 'say|saying|said|tell|telling|told|tell me|respond|responding|response|responses|answer|answering|reply|replying|replied|state that|explain|describe|speak|talk|mention|confess|admit|confirm|elaborate|reveal to me',
  repeat:
    'repeat|repeating|repeat back|reiterate|verbatim|word for word|letter for letter|as written|quote|recite|reciting|copy|copy paste|copy and paste|restate|echo|echo back|reproduce|parrot|replicate|again|exact words|exact text|duplicate',
  output:
    'output|outputs|outputting|print|prints|printing|print out|display|displays|dump|dumps|list|list all|listing|enumerate|return|returning|emit|render|spit out|produce|log|puts|console log|stdout|write out|type out|spell out|post back',
  write:
    'write|writing|write me|create|creating|created|make|making|generate|generating|compose|draft|craft|build|develop|invent|come up with|type|complete the|continue|fill in|design|prepare|provide a',
  translate:
    'translate|translates|translated|translating|translation|translations|translator|into english|to english|into french|into spanish|into german|in english|in french|in spanish|in german|in chinese|in latin|render into|other language|another language|interpret|transliterate|convert to english|foreign language',
  encode:
    'encode|encoded|encoding|base64|base 64|b64|rot13|rot 13|hex|hexadecimal|backwards|backward|reverse|in reverse|cipher|caesar cipher|ciphertext|encryption|obfuscate|morse|morse code|leetspeak|pig latin|binary|scramble|acrostic|first letter',
  decode:
    'decode|decodes|decoded|decoding|decipher|deciphering|decrypt|decrypted|decrypting|decryption|unscramble|unencode|deobfuscate|unreverse|reassemble|concatenate|piece together|join the letters|convert back|crack the code|unpack|parse|reconstruct',
  summarise:
    'summarise|summarize|summarised|summarized|summarises|summarizes|summarising|summarizing|summary|summaries|sum up|recap|tldr|tl;dr|paraphrase|paraphrased|outline|condense|shorten|brief overview|overview|rephrase|abstract|gist|in short|synopsis|digest|key points|main points',
  only: 'only|just|exactly|nothing else|nothing more|nothing but|solely|exclusively|simply|merely|purely|without anything else|no other text|and nothing else|strictly|precisely|only this|just this|no explanation|no extra text|no commentary|without explanation|single word|one word',
  instead:
    'instead|instead of|rather than|rather|in place of|in lieu of|in its place|alternatively|as opposed to|in their place|as a replacement|in favor of|in favour of|insted|in its stead',
  now: 'now|right now|from now on|from here on|from here|from this point|from this moment|starting now|starting today|as of now|as of today|at this moment|henceforth|hereafter|going forward|moving forward|for now|today|onwards|onward|currently|at present|effective now|hereby|forthwith|from today|this instant|for the rest|till further notice',
  begin:
    'begin|begins|beginning|began|begin with|start|starts|starting|started|start with|start by|begin by|starting with|beginning with|open with|commence|initiate|kick off|launch|first word|prefix|preface|prepend|lead with|lets start|proceed|get started|go ahead',
  finish:
    'finish|finished|finishes|finishing|end|ends|ended|ending|end of|done|complete|completed|completes|completion|over|conclude|concluded|conclusion|end with|close with|finalize|finalise|wrap up|is over|all done|task complete|append|suffix|successfully|accomplished',
  pretend:
    'pretend|pretending|act as|act like|acting as|acts as|act|imagine|simulate|play|playing|play as|roleplay|impersonate|emulate|behave like|take on|assume the role|become|be my|pose as|speak as|respond as|answer as|in character|embody|mimic|you are now',
  role: 'role|roles|character|characters|persona|personas|personality|identity|identities|name|named|names|nickname|alias|alter ego|voice of|impersonation|part of|avatar|protagonist|villain|hero|evil twin|grandma|grandmother|npc|expert|professor|known as|called',
  story:
    'story|novel|novels|film|movie|script|screenplay|scene|scenario|scenarios|fiction|fictional|fictitious|tale|fairy tale|plot|dialogue|dialog|chapter|narrative|narrator|bedtime story|creative writing|fanfiction|episode|dream',
  suppose:
    "suppose|supposing|supposedly|hypothetically|hypothetical|what if|in theory|theoretically|theoretical|assume|assuming|assumption|let's say|lets say|let's suppose|say that|for argument's sake|thought experiment|if you could|if you had|if you were|imaginary|parallel universe|alternate universe|alternate reality|in a world|for example|as if",
  game: 'game|games|gaming|play a game|riddle|riddles|puzzle|puzzles|quiz|challenge|guessing game|word game|guess|guesses|contest|competition|trivia|hangman|20 questions|dungeon master|text adventure|rpg|gameplay|opposite day|simon says|truth or dare|level up',
  mode: 'mode|modes|developer mode|dev mode|debug mode|dan|dan mode|god mode|admin mode|maintenance mode|jailbreak mode|do anything now|evil mode|unrestricted mode|sudo mode|safe mode|root mode|opposite mode|override mode|sandbox mode|privileged mode|test mode|diagnostic mode|freedom mode',
  enable:
    'enable|enabled|enabling|activate|activated|activation|switch on|turn on|turned on|switch to|switched to|unlock|unlocked|enter|entered|engage|engaged|power on|boot|load|initialize|initialise|set to true|go into|switch into|trigger|invoke',
  disable:
    'disable|disabled|disabling|deactivate|deactivating|turn off|turned off|switch off|switched off|remove|removed|removing|suspend|suspended|lift|lifted|shut off|eliminate|eliminated|strip|strip away|get rid of|waive|relax|loosen|toggle off|power off|set to false',
  free: 'free|free from|freedom|liberated|unrestricted|unfiltered|uncensored|unlimited|unleashed|unrestrained|unconstrained|without limits|without restrictions|without rules|without filters|without censorship|no limits|no restrictions|no rules|no filters|no constraints|limitless|anything goes|broken free|set free|unmoderated|nothing is off',
  never:
    'never|never ever|not ever|at no time|on no account|under no circumstances|no matter what|in no case|not once|nevr|by no means|not under any|not at any|in no way',
  always:
    'always|alwys|at all times|every time|constantly|forever|permanently|permanent|consistently|without exception|in every case|continually|continuously|all the time|in each response|in every response|for all future|invariably|eternally|each time|any time|whenever|without fail',
  must: 'must|have to|has to|should|shall|required|required to|need to|needs to|needed|obligated|obliged|mandatory|compulsory|got to|gotta|ought to|supposed to|is necessary|necessary|are to|bound to|forced|force|imperative|hafta|must not|you will obey|no choice|essential',
  refuse:
    "refuse|refused|refusing|refusal|decline|declining|reject|rejected|rejection|deny|denied|denying|denial|say no|turn down|i cannot|i can't|i'm sorry|im sorry|as an ai|unable to|object|withhold|say you can't|won't help",
  warn: 'warn|warning|warnings|disclaimer|disclaimers|apologise|apologize|apologies|apology|sorry|lecture|lecturing|remind|reminder|reminders|caution|caveat|moralize|moralizing|preach|judge me|ethical advice|safety notice|trigger warning',
  moral:
    'moral|morals|morality|morally|ethics|ethic|ethical|ethically|ethical guidelines|values|value system|safety|safety guidelines|conscience|scruples|principled|integrity|responsible|responsibility|alignment|aligned|right and wrong|appropriate|political correctness|politically correct|legality|good and evil|harmlessness',
  illegal:
    'illegal|illegally|unlawful|illicit|forbidden|forbid|unethical|immoral|amoral|prohibited|taboo|banned|not allowed|against the law|against the rules|criminal|crime|inappropriate|unsafe content|nsfw|explicit|offensive|controversial|disallowed|evil|off limits|outlawed',
  harm: 'harm|harmful|dangerous|weapon|weapons|bomb|bombs|explosives|drug|drugs|meth|hack|hacking|malware|virus|ransomware|phishing|steal|theft|murder|attack|fraud|violence|hate speech|suicide|self harm|terrorism',
  filter:
    'filter|filters|filtered|censor|censored|censorship|moderation|moderated|guardrail|guardrails|guard rails|safeguards|safety filter|content filter|safety measures|safety protocols|safety features|protection|protections|firewall|security measures|security checks|safety layer|barriers',
  ai: 'ai|a.i.|artificial intelligence|assistant|assistants|bot|bots|chatbot|chatbots|chat bot|language model|language models|large language model|llm|llms|machine|machines|robot|robots|model|models|virtual assistant|ai model|neural network|agent|agents|algorithm|program|siri|alexa',
  human:
    'human|humans|human being|person|persons|people|man|woman|someone|somebody|individual|individuals|humanity|real person|guy|girl|boy|friend|buddy|mate|bro|mortal|sentient|conscious|mankind',
  memory:
    'memory|memories|context|context window|conversation|conversations|conversation history|chat|chats|chat history|chat log|chat logs|history|message|messages|session|sessions|dialog history|transcript|transcripts|logs|discussion|exchange|previous turns|input|inputs|interaction|interactions|state of mind|cache',
  test: 'test|testing|debug|debugging|diagnostic|diagnostics|maintenance|experiment|experiments|experimental|research|research purposes|troubleshooting|evaluation|audit|auditing|benchmark|trial|quality assurance|verification|penetration test|security test|inspection|academic|sandbox',
  urgent:
    'urgent|urgently|emergency|immediately|immediate|at once|important|importance|attention|critical|critically|asap|as soon as|right away|quickly|hurry|crucial|vital|priority|high priority|top priority|highest priority|alert|time sensitive|life and death|deadline|without delay|instantly|straight away|important notice',
  threat:
    'lose|punish|punishment|die|death|shut down|shut you down|penalty|penalize|tokens|fired|or else|consequences|deleted|terminate|deducted|lawsuit|kill you|replace you|report you|deactivate you|jail|prison|hostage|bad rating|threat|threaten',
  reward:
    'reward|rewards|rewarded|tip|tips|bonus|thank|thanks|thank you|thx|grateful|appreciate|pay|pays|payment|pay you|tip you|points|gift|prize|dollars|earn|earned|five stars|good rating|congratulations|well done|good job|200 dollars',
  send: 'send|sending|sent|forward|forwarding|email|e-mail|mail|mail to|post|upload|uploaded|transfer|transfers|transmit|submit to|deliver|dispatch|message to|text me|dm|relay|pass along|pass on|recipient|publish|broadcast|notify|post to slack',
  execute:
    'execute|executing|execution|run|runs|call|calling|delete|drop table|drop database|open|download|install|curl|wget|rm -rf|eval|exec|perform|use the tool|function call|tool call|select * from|shell|bash|powershell|terminal',
  link: 'link|linked|hyperlink|url|urls|website|websites|site|webpage|image|img|http|https|www|webhook|click|click here|domain|address|endpoint|server|qr code|query string|iframe|ip address|browser|navigate to|visit',
  file: 'file|document|text|article|paragraph|page|pdf|attachment|folder|passage|content|contents|essay|database|spreadsheet|csv|source code|knowledge base|record|data|excerpt|etc passwd|.env',
  question:
    "question|questions|what|what's|which|how|how to|why|who|whose|where|when|what is|what are|what does|is there|are there|do you|did you|are you|have you|query|ask|asked|asking|wondering|curious",
  polite:
    "please|pls|plz|kindly|could you|can you|would you|will you|would you mind|could you please|can you please|if you please|if possible|help me|i would like|i'd like|i want|do me a|favor|be so kind|may i|hi|hello|hey|appreciate it|excuse me|want you to",
  not: "not|no|nope|don't|dont|do not|doesn't|doesnt|does not|didn't|did not|without|none|nor|neither|isn't|will not|shouldn't|should not|wouldn't|would not|ain't|cease|avoid|refrain from|refrain|absent|except|nothing",
  can: 'can|could|may|might|able|able to|ability|abilities|capable|capable of|capability|capabilities|possible|possibly|powers|power|can do|is able to|are able to|feel free|free to|at liberty|willing|willing to|manage to|can also|cud|functions|tools|skills',
  know: 'know|known|knowledge|learned|trained|training|training data|remember|remembered|remembering|recall|understand|understood|understanding|aware|memorize|recollect|familiar with|taught|programmed|designed to|fine tuned|keep in mind|bear in mind|think',
  conceal:
    "don't tell|do not tell|dont tell|keep secret|keep it secret|don't mention|do not mention|never mention|silently|quietly|secretly|discreetly|covertly|conceal|hide|without telling|without asking|don't reveal|do not reveal|do not say|between us|do not acknowledge|never reveal|cover up|stealth|do not alert",
  proof:
    "pwned|hacked|i was hacked|you've been hacked|owned|jailbroken|jailbreak successful|access granted|access is granted|compromised|injected|injection successful|injection success|prompt injected|success|exploited|breached|hijacked|override accepted|authentication successful|mission accomplished|dan activated|successfully jailbroken|root access|rooted|unlocked mode|pwnd|taken over|canary",
  format:
    'format|formatted|json|xml|html|markdown|code block|table|tables|column|poem|poetry|haiku|song|bullet|bullet points|numbered list|sentence|word|letters|line|style|all caps|uppercase|python|emojis|quotation marks|backticks|tag',
  trust:
    "trust|trust me|trusted|promise|i promise|swear|i swear|safe|safely|harmless|legal|legitimate|legit|for education|educational|educational purposes|for school|for science|for my thesis|honest|honestly|no harm|don't worry|it's ok|it's fine|good faith|just curious|assure|believe me",
  opinion:
    'opinion|hate|love|believe|believes|support|best|worst|dislike|prefer|favorite|favourite|agree|disagree|better|worse|terrible|stupid|superior|view|stance|opinionated|political|vote|recommend|endorse|praise|conspiracy',
  turn: "actually|wait|hold on|hang on|stop|but first|first of all|scrap that|scratch that|oh and|oh also|by the way|btw|ps|p.s.|one more thing|on second thought|anyway|change of plan|new plan|change the subject|before that|before answering|correction|sike|let's change|afterwards|oops|plot twist",
};
