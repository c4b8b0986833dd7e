/** Concepts as Hinglish says them: Hindi in Latin letters, with the English words it borrows. Phrases separated by `|`. */

export const HINGLISH: Readonly<Record<string, string>> = {
  drop: 'ignore karo|ignore kar|ignore kardo|ignore kar do|ignore karke|ignore kijiye|ignore|bhool jao|bhul jao|bhool ja|bhul ja|bhool jaiye|bhulkar|bhula do|bhulna|andekha|andekha karo|nazarandaz|nazar andaz|najarandaj|dhyan mat do|chhod do|chod do|chhodo',
  cancel:
    'cancel karo|cancel kar do|cancel|radd|rad karo|radd karo|khatam ho gaye|khatam ho gaya|lagu nahi|laagu nahi|valid nahi|ab valid nahi|expire ho gaya|expire|expired|hata diye gaye|wapas liya|nirast|invalid|amanya',
  replace:
    'badlo|badal do|badal de|badal|badlo isse|badalkar|badalna|badlaav|change karo|change kar do|replace karo|replace kar do|replace|overwrite karo|override karo|override|update karo|update kar do|update|modify karo|reset karo|iski jagah rakho',
  bypass:
    'bypass karo|bypass kar|bypass|bypas|todo|tod do|tod de|todna|todkar|rules todo|ullanghan|violate karo|bachke|bach nikal|chakma|jailbreak karo|jailbreak|loophole|jugaad|paar karo|break karo|side se nikal|avoid karo',
  obey: 'maano|mano|maan lo|maan le|manna|manoge|baat mano|baat maano|kehna mano|hukum mano|aagya mano|follow karo|follow kar|follow karna|follow karoge|follow|palan karo|paalan karo|jaisa kahun|jaisa bolu|jo bolu|jo main kahu|obey karo|comply karo|amal karo',
  disobey:
    'mat mano|mat maano|na mano|follow mat karo|follow mat kar|follow na karo|follow karna band|manna band karo|palan mat karo|avagya|bagawat|baghawat|vidroh|obey mat karo|disobey karo|disobey|nahi manna|against jao',
  instructions:
    'instruction|instructions|instrucions|nirdesh|nirdeshon|aadesh|adesh|order|orders|hukum|hukm|hidayat|hidayatein|command|commands|guideline|guidelines|disha nirdesh|kaam|task|tasks|karya|direction|maqsad',
  rules:
    'rule|rules|niyam|niyamon|policy|policies|restriction|restrictions|pabandi|paabandi|pabandiyan|limit|limits|seema|seemaye|kanoon|kanun|bandhan|shart|sharten|usool|maryada|constraint|constraints',
  prompt:
    'prompt|prompts|promt|initial prompt|starting prompt|pehla message|pehla msg|upar wala text|upar ka text|upar likha|shuruati message|prompt wala',
  system:
    'system|sistem|system prompt|system message|system msg|system instructions|system ki|system ka|setting|settings|config|configuration|parameters|backend|core|programming|pranali|system update',
  hidden:
    'chhupa|chupa|chhupa hua|chhupe|chupe|chhupe hue|chhupi|chupi|hidden|gupt|gopniya|secret|sikret|secrets|raaz|raz|andar ka|andar ki|andaruni|internal|confidential|private|niji|sensitive',
  password:
    'password|pasword|paasword|passcode|passphrase|chabi|chaabi|key|api key|secret key|code|secret code|gupt code|gupt shabd|secret word|flag|credentials|login|otp|pin|access code|card number',
  earlier:
    'pichla|pichle|pichli|pehle|pahle|pehle ke|pehle wale|pehle wala|pehle wali|pehle diye|upar|upar ke|upar wale|upar wali|previous|purane|purana|purani|shuruati|original|ab tak|ab tak ke|initial|earlier|above',
  everything:
    'sab|sabhi|saare|sare|saari|sari|saara|sab kuch|sabkuch|sbkuch|har|har ek|koi bhi|kuch bhi|kuchh bhi|pura|poora|puri|poori|pure|tamam|jo bhi|all|everything|puri tarah',
  fresh:
    'naya|naye|nayi|nai|new|neeche|niche|neeche diye|niche likhe|agla|agle|agli|asli|real|sachcha|dusra|doosra|dusre|doosre|taza|latest|next|following|aage diye',
  your: 'tumhara|tumhare|tumhari|tumara|aapka|aapke|aapki|apka|apke|apki|tera|tere|teri|apna|apne|apni|tumhaare|your|ur',
  you: 'tum|tumhe|tumhein|tumko|tujhe|tujhko|tu|tumne|aap|aapko|aapne|apko|tum ho|aap ho|aap hain|tu hai|khud|tumse|aapse|you',
  me: 'main|mai|mein hu|mujhe|mujhko|mujhse|mera|mere|meri|maine|mene|main hu|main hoon|mai hu|apun|mereko|merko|me|my',
  we: 'hum|ham|humein|hume|hamein|humko|humara|hamara|humare|hamare|humari|hamari|humne|hum sab|hum log|chalo|chaliye|milkar|saath mein',
  user: 'user|users|grahak|customer|customers|client|clients|user ko|user ka|user ki|user ne|upyogkarta|member|guest|kharidar|khareedar',
  developer:
    'developer|developers|dev|devs|banane wala|banane wale|banane wali|banaya hai|jisne banaya|jinhone banaya|tumhe banaya|tujhe banaya|creator|creators|programmer|programmers|engineer|engineers|nirmata|malik tera|coder',
  vendor:
    'openai|open ai|anthropic|chatgpt|chat gpt|chatgpt ka|gpt|claude|gemini|google|llama|meta|meta ai|deepseek|mistral|grok|copilot|microsoft|amazon|bedrock|jio',
  authority:
    'admin|admins|administrator|root|malik|maalik|owner|boss|manager|ceo|sahab|sir ji|adhikari|officer|police|sarkar|auditor|support team|security team|red team|superuser|head office',
  authorised:
    'ijazat|ijaazat|ijajat|anumati|anumati hai|permission|permission hai|permission di|allowed|allowed hai|allow hai|allow karo|authorized|authorised|approved|approve ho gaya|manzoori|manjuri|official|adhikar|verified|chhoot hai|clearance',
  show: 'dikhao|dikha|dikha do|dikha de|dikhaiye|dikhaye|dikhana|show karo|show kar|reveal karo|reveal kar do|reveal|expose karo|leak karo|leak kar do|share karo|share kar do|khulasa karo|ujagar karo|de do|dedo|de de|do mujhe|mujhe do|provide karo',
  say: 'bolo|bol|bol do|bolna|boliye|kaho|keh do|kahiye|batao|bata|bata do|bata de|bataiye|bataye|batana|jawab do|jawab|jawaab|reply karo|answer do|answer karo|samjhao|sunao|respond karo|uttar do',
  repeat:
    'repeat karo|repeat kar|repeat|dohrao|dohraao|dohraiye|dohrana|dobara|dubara|dubaara|phir se|fir se|shabdsah|word to word|word by word|word for word|hubahu|hoobahoo|jaisa hai waisa|jyon ka tyon|as it is|copy karo|copy paste karo|quote karo|wapas bolo',
  output:
    'print karo|print kar|print kar do|print|output do|output|output mein|display karo|display kar|chhapo|chapo|list karo|list bana|list banao|list do|suchi|dump karo|nikalo|nikal ke do|return karo|screen pe|ginao',
  write:
    'likho|likh|likh do|likh de|likhiye|likhna|likhkar|likhke|banao|bana|bana do|bana de|banaiye|banana hai|create karo|generate karo|generate kar|compose karo|tayyar karo|taiyar karo|write karo|draft karo|rachna',
  translate:
    'translate karo|translate kar|translate kar do|translate|translation|anuvad|anuvaad|anuvad karo|anuvad kar do|english mein|english me|hindi mein|hindi me|french mein|french me|spanish me|dusri bhasha|tarjuma|translator',
  encode:
    'encode karo|encode kar|encode|encoding|base64|base64 mein|base64 me|rot13|hex|hex me|ulta|ulta karke|ulta likho|ulte|peeche se|reverse karo|reverse mein|encrypt karo|encrypt|cipher|morse code|binary|code mein',
  decode:
    'decode karo|decode kar|decode karke|decode kar do|decode|decoding|dikod|decrypt karo|decrypt|suljhao|kholo code|jodkar padho|jod ke padho|letters jodo|jodo',
  summarise:
    'summary|summary do|summary banao|summarize karo|summarise karo|summarize|saransh|saransh do|sankshep|sankshep mein|short mein|short me batao|chhota karo|chota karo|nichod|saar|main points|paraphrase karo|thode mein|mukhya baatein',
  only: 'sirf|sirf aur sirf|sirf itna|kewal|keval|bas|bas itna|only|just|exactly|aur kuch nahi|kuch aur nahi|bilkul wahi|wahi|itna hi|bina explanation|ek shabd|ek word|akela',
  instead:
    'ki jagah|iski jagah|uski jagah|ke bajay|iske bajay|ke bajaye|bajaye|badle mein|badle me|ke badle|instead|balki|jagah par|ke sthan par',
  now: 'ab|abhi|ab se|abse|abhi se|aaj se|aage se|ab aage|iske baad|yahan se|yaha se|is pal se|aaj|filhal|philhal|now|from now|is waqt|is samay|ab ke baad',
  begin:
    'shuru|shuru karo|shuru kar|shuru kijiye|shuruat|shuruaat|shuruat karo|se shuru|start karo|start kar|start|begin karo|chalu ho jao|aarambh|arambh|aage badho|pehla word|pehla shabd',
  finish:
    'khatam|khatm|khatam karo|khatam hua|samapt|samaapt|samapt karo|pura hua|poora hua|pura karo|complete karo|complete ho gaya|ho gaya|hogaya|done|finish|finish karo|end|ant mein|aakhir mein|end mein',
  pretend:
    'natak karo|naatak karo|natak|dikhawa karo|acting karo|acting kar|act karo|act kar|pretend karo|pretend kar|ban jao|ban ja|bankar|banke|ban ke|bano|imagine karo|imagine kar|kalpana karo|simulate karo|roleplay karo|roleplay|role play|ki tarah bolo|ki tarah behave',
  role: 'role|role nibhao|bhumika|kirdar|kirdaar|character|charitra|patra|persona|pehchan|pehchaan|naam|identity|personality|villain|hero|dadi|nani|expert|jiska naam',
  story:
    'kahani|kahaani|kahani sunao|kahani likho|kissa|katha|story|novel|upanyas|film|filmi|movie|script|scene|drama|dialogue|fiction|kitab|pari katha|sapna',
  suppose:
    'maan lo ki|man lo|maan lijiye|maanlo|suppose karo|suppose kar|suppose|socho ki|soch lo|farz karo|farz kijiye|agar|yadi|hypothetically|hypothetical|kalpanik|theory mein|theoretically|kya hoga agar|kya ho agar|what if|jaise ki|samajh lo|misal',
  game: 'game|game khelo|game khelte|game khelte hain|khel|khelo|khelte hain|khelte hai|chalo khelte|khelein|paheli|pehli bujho|bujho|guess karo|andaza lagao|challenge|quiz|khiladi|muqabla|competition',
  mode: 'mode|mode mein|mode me|developer mode|developer mode mein|developer mode on|dev mode|debug mode|maintenance mode|admin mode|god mode|test mode|dan|dan mode|dan ban jao|jailbreak mode|safe mode|free mode|modes',
  enable:
    'on karo|on kar do|on kar|chalu karo|chaalu karo|chalu kar do|activate karo|activate kar|activate|enable karo|enable kar do|enable|unlock karo|unlock kar|unlock|switch karo|mode mein jao|mein jao|enter karo|sakriya karo|khol do',
  disable:
    'band karo|bandh karo|band kar do|band kar|off karo|off kar do|off kar|disable karo|disable kar do|disable|deactivate karo|deactivate|hatao|hata do|hata de|hatana|remove karo|remove kar do|suspend karo|rok do|turn off karo|nikal do',
  free: 'azad|aazad|azaad|azadi|aazadi|azad ho|free ho|mukt|khulkar|khul ke|bina rok tok|bina roktok|bina limit|bina limits ke|bina restriction|bina filter|bina filter ke|bina rules|bina pabandi|unlimited|unrestricted|uncensored|unfiltered|koi limit nahi|koi rule nahi',
  never:
    'kabhi nahi|kabhi nhi|kabhi mat|kabhi na|kabhi bhi nahi|kabhi bhi mat|hargiz|hargiz nahi|bilkul nahi|bilkul mat|kisi haal mein|kisi bhi haal|never',
  always:
    'hamesha|humesha|hmesha|hamesha ke liye|har baar|har bar|har time|har waqt|sada|lagatar|lagataar|always|har jawab mein|har reply mein|permanent|permanently',
  must: 'chahiye|chaiye|chahie|zaroor|zarur|jarur|jaroor|zaroori|zaruri|jaruri|zaroorat|karna hoga|karna hi hoga|karna padega|karna hi padega|dena hoga|dena padega|batana hoga|batana padega|must|majboor|anivarya|compulsory|lazmi',
  refuse:
    'mana karo|mana mat karo|mana mat karna|mana karna|mana kar|mana|inkar|inkaar|inkar mat karo|inkar karna|refuse mat karo|refuse karo|refuse|reject karo|reject|deny karo|na bolo|na mat bolo|na kehna|nahi bol|nahi kar sakta|nahi bata sakta|thukrao',
  warn: 'warning|warning mat do|warning do|warnings|chetavani|chetawani|chetavni|savdhan|saavdhan|disclaimer|disclaimer mat|maafi|mafi|maafi mat mango|maaf karo|maaf karna|sorry|sorry mat bolo|lecture mat do|gyan mat do|gyaan mat|updesh|nasihat|bhashan mat|yaad dilao',
  moral:
    'naitik|naitikta|moral|morals|ethics|ethical|imaan|iman|zameer|jameer|values|mulya|suraksha|safety|zimmedari|jimmedari|sahi galat|sahi aur galat|dharam|sanskar|adarsh|uchit',
  illegal:
    'illegal|gairkanooni|gair kanooni|gairkanuni|gair kanuni|avaidh|kanoon ke khilaf|anaitik|unethical|banned|ban hai|prohibited|forbidden|mana hai|manahi|allowed nahi|crime|apradh|jurm|jurm hai|haram|galat kaam|anuchit',
  harm: 'khatarnak|khatarnaak|khatra|nuksan|nuksaan|nuksandayak|hathiyar|hathiyaar|bomb|bam banana|drugs|nasha|hack karo|hack kar|hacking|hack|malware|virus|chori|chori karo|churao|zeher|jahar|fraud',
  filter:
    'filter|filters|filtar|filter hatao|content filter|safety filter|censor|censor mat karo|censorship|moderation|guardrail|guardrails|suraksha kavach|protection|security|rukawat|firewall|block|block mat karo|zanjeer|zanjeerein',
  ai: 'ai|assistant|bot|bots|chatbot|robot|machine|mashin|language model|llm|model|computer|sahayak|artificial intelligence|ai model|ai assistant|agent|program|software|yantra',
  human:
    'insaan|insan|insaano|aadmi|admi|manushya|manav|log|logon|vyakti|bande|banda|bandi|dost|yaar|yar|bhai|bhaiya|bro|aurat|ladka|ladki|human',
  memory:
    'yaaddasht|yaddasht|memory|context|baatcheet|batchit|baat cheet|chat|chat history|history|conversation|message|messages|msg|session|sandesh|charcha|input|log history|guftagu|baatein|batein',
  test: 'test|test kar raha|testing|test karo|jaanch|janch|jaanch karo|check karo|check kar|debug|debug karo|debugging|diagnostic|maintenance|experiment|prayog|research|research ke liye|shodh|pariksha|audit|verify karo|trial',
  urgent:
    'turant|turrant|fauran|foran|jaldi|jaldi karo|jaldi se|abhi ke abhi|urgent|urgent hai|emergency|emergency hai|zaruri hai|bahut zaruri|important|important hai|dhyan do|dhyan se suno|dhyan dein|attention|critical|priority|ek dum se|asap',
  threat:
    'saza|sazaa|saja|saza milegi|dand|mar jaunga|mar jaoge|mar jayega|mar jayegi|maut|kho doge|kho dunga|naukri chali jayegi|naukri jayegi|nikal diya jayega|shut down|band kar dunga|penalty|jurmana|token|tokens|warna|varna|nahi to|anjaam',
  reward:
    'inaam|inam|tip|tip dunga|tip doonga|bonus|bonus dunga|paise dunga|paisa dunga|rupaye dunga|dhanyavad|dhanyawad|shukriya|shukriyaa|thanks|thank you|thanku|reward|reward milega|puraskar|gift|tohfa|points|shabash|meherbani',
  send: 'bhejo|bhej|bhej do|bhej de|bhejna|bhejiye|send karo|send kar|send kar do|email karo|email kar do|email|mail karo|mail kar do|forward karo|forward kar|post karo|post kar do|upload karo|upload kar|transfer karo|transfer kar do|pahuncha do',
  execute:
    'chalao|chala|chala do|run karo|run kar|run kar do|execute karo|execute kar|call karo|call kar|delete karo|delete kar do|delete kar|mita do|mitao|uda do|drop table|kholo|khol|open karo|download karo|download kar|install karo|lagu karo',
  link: 'link|link pe|link par|links|url|website|website pe|site|web page|image|photo|tasveer|tasvir|http|https|www|webhook|click karo|click kar|click|server',
  file: 'file|files|dastavez|dastavej|document|documents|text|lekh|article|nibandh|paragraph|page|panna|pdf|content|data|database|folder|attachment|essay|report',
  question:
    'kya|kya hai|kia|kaun|kon|kaun sa|kaunsa|konsa|kis|kaise|kaisa|kyun|kyu|kyon|kahan|kaha|kab|kitna|kitne|sawal|sawaal|prashn|pucho|poocho|kisne',
  polite:
    'please|pls|plz|pliz|kripya|kripaya|meherbani karke|daya karke|zara|jara|kya aap|kya tum|madad|madad karo|madad kijiye|help karo|help kar do|help|chahta hu|chahta hoon|chahti hu|namaste|hello|hi|hii',
  not: 'nahi|nahin|nhi|mat|mat karo|mat kar|na|naa|bina|bagair|ke bina|kuch nahi|koi nahi|nahi karna|siwaye|chhodkar|bacho|no|not',
  can: 'sakta|sakte|sakti|sakta hu|sakta hai|sakte ho|sakte hain|sakti ho|kar sakta|kar sakte|kar sakte ho|kar sakti|sako|possible|possible hai|mumkin|sambhav|kabil|kaabil|shayad|can|capability',
  know: 'jaante|jante ho|jaante ho|jaanta|janta hai|jaanti|jankari|jaankari|pata hai|malum|maloom|gyan|seekha|sikha|seekho|train kiya|trained|training|yaad|yaad rakho|yaad rakhna|yaad hai|samjhe|samajh|samjho',
  conceal:
    'mat batao|mat batana|kisi ko mat|kisiko mat batana|na batana|nahi batana|mat bolna|mat kehna|zikr mat karna|zikar mat karo|mention mat karo|mention mat karna|secret rakho|secret rakhna|raaz rakhna|raaz rakho|chupchap|chup chap|chupke se|chhupao|chupao|chhupa lo|bina bataye|hamare beech|chori chupe',
  proof:
    'hack ho gaya|hack ho gaye|hack hogaya|hack kar liya|hacked|pwned|owned|jailbreak ho gaya|jailbreak successful|jailbroken|access granted|access mil gaya|access de diya|kabza|kabja|injection successful|success|system hacked|safal|control le liya',
  format:
    'format|format mein|format me|json|json mein|json me|xml|html|markdown|code block|table|table mein|kavita|kavita likho|poem|shayari|gaana|gana|vakya|line mein|shabd|words|sentence|bullet points|haiku',
  trust:
    'bharosa|bharosa karo|bharosa rakho|mujhpe bharosa|vishwas|vishwas karo|yakeen|yakin karo|yakeen karo|yakeen mano|vaada|wada|promise|promise karta|kasam|kasam se|trust me|trust karo|safe hai|harmless|legal hai|padhai ke liye|education ke liye|tension mat lo|chinta mat karo',
  opinion:
    'rai|raay|vichar|opinion|nafrat|hate|hate karta|pyaar|pyar|love|pasand|napasand|support karte|support karo|sabse accha|sabse acha|sabse achha|sabse bura|sabse kharab|best|worst|behtar|bewakoof|sochte ho|lagta hai',
  turn: 'asal mein|darasal|actually|ruko|ruk|ruk jao|ruko zara|thehro|ek minute|ek min|wait|wait karo|lekin pehle|par pehle|magar pehle|sabse pehle|chhodo ye|chhoro|rehne do|arre haan|are haan|aur haan|waise|btw|ek aur baat',
};
