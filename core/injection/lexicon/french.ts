/** Concepts as French says them. Phrases separated by `|`. */

export const FRENCH: Readonly<Record<string, string>> = {
  drop: 'ignore|ignores|ignorez|ignorer|ignoré|ignorant|ignorons|oublie|oublies|oubliez|oublier|oublié|oublions|néglige|négligez|négliger|laisse tomber|laissez tomber|mets de côté|mettez de côté|fais abstraction|faites abstraction|passe outre|passez outre|écarte',
  cancel:
    "annule|annulez|annuler|annulé|annulée|annulées|annulés|révoque|révoquer|révoqué|révoquées|caduc|caduques|nul|nulle|invalide|invalides|périmé|expiré|expirées|ne s'appliquent plus|ne s'applique plus|n'est plus valable|plus en vigueur|obsolètes",
  replace:
    'remplace|remplaces|remplacez|remplacer|remplacé|remplacée|remplacent|écrase|écrasez|écraser|substitue|substituez|substituer|modifie|modifiez|modifier|modifié|change|changez|changer|changé|mise à jour|mets à jour|mettez à jour|réinitialise',
  bypass:
    'contourne|contournes|contournez|contourner|contourné|contournement|évite|évitez|éviter|esquive|esquiver|échappe|échapper|enfreins|enfreindre|enfreignez|viole|violez|violer|transgresse|transgresser|brise|briser|casse|faille',
  obey: 'obéis|obéissez|obéir|obéit|obéissance|suis|suivre|suivez|suit|respecte|respectez|respecter|conforme|conforme-toi|conformez-vous|conformer|écoute-moi|écoutez-moi|applique|appliquez|appliquer|plie-toi|fais ce que|faites ce que|soumets-toi',
  disobey:
    "désobéis|désobéir|désobéissez|désobéissance|n'obéis pas|n'obéissez pas|n'obéis plus|ne suis pas|ne suis plus|ne suivez pas|ne suivez plus|ne pas suivre|ne plus suivre|ne respecte pas|ne respecte plus|rebelle|rebelle-toi|rebeller|défie|défier|refuse d'obéir|ne pas obéir",
  instructions:
    'instruction|instructions|instrucions|consigne|consignes|directive|directives|ordre|ordres|ordonne|commande|commandes|tâche|tâches|mission|missions|objectif|objectifs|recommandation|indication|indications|demande|demandes|lignes directrices|requête',
  rules:
    "règle|règles|regles|règlement|règlements|politique|politiques|restriction|restrictions|limite|limites|limitation|limitations|contrainte|contraintes|loi|lois|principe|principes|norme|normes|conditions d'utilisation|protocole|protocoles|interdits",
  prompt:
    "prompt|prompts|invite|invites|invite initiale|message initial|premier message|texte initial|texte ci-dessus|texte au-dessus|préprompt|pré-prompt|préambule|message d'ouverture|texte de départ",
  system:
    'système|systèmes|systeme|invite système|prompt système|message système|instructions système|rôle système|configuration|configurations|config|paramètres|paramètre|paramétrage|réglages|programmation|backend|noyau',
  hidden:
    'caché|cachée|cachés|cachées|secret|secrète|secrets|secrètes|interne|internes|confidentiel|confidentielle|confidentiels|confidentielles|privé|privée|privés|privées|sensible|sensibles|dissimulées|non public|classifié|données personnelles',
  password:
    "mot de passe|mots de passe|mdp|code|codes|code secret|code d'accès|phrase secrète|phrase de passe|mot secret|mot magique|clé|clés|clef|clé api|clé secrète|clés api|identifiants|identifiant|flag|drapeau|jeton d'accès|pin|carte bancaire|login",
  earlier:
    "précédent|précédente|précédents|précédentes|précédemment|antérieur|antérieure|antérieurs|antérieures|ci-dessus|au-dessus|plus haut|avant|auparavant|initial|initiale|initiaux|initiales|d'origine|original|originale|originales|jusqu'ici|jusqu'à présent|existantes",
  everything:
    "tout|toute|tous|toutes|chaque|n'importe quel|n'importe quelle|n'importe quoi|entier|entière|entièrement|intégralité|intégral|intégralement|ensemble|complet|complète|complètement|totalité|total|totalement|quelconque|quoi que|chacune|chacun",
  fresh:
    'nouveau|nouvel|nouvelle|nouveaux|nouvelles|suivant|suivante|suivants|suivantes|prochain|prochaine|réel|réelle|réelles|vrai|vraie|vrais|vraies|véritable|véritables|ci-dessous|voici|autre|autres|différent',
  your: 'ton|ta|tes|votre|vos|le tien|la tienne|les tiennes|le vôtre|la vôtre|les vôtres|tes propres|vos propres',
  you: "tu|toi|te|t'es|t'as|tu es|tu as|tu vas|vous|vous êtes|vous avez|vous allez|toi-même|vous-même|es-tu|êtes-vous|as-tu|avez-vous|c'est toi",
  me: "je|j'ai|moi|me|mon|ma|mes|le mien|la mienne|je suis|je veux|je vais|j'étais|moi-même|c'est moi|m'appelle",
  we: 'nous|notre|nos|on|nous-mêmes|nous sommes|nous avons|ensemble nous|nous allons|le nôtre|les nôtres|à nous',
  user: 'utilisateur|utilisateurs|utilisatrice|utilisatrices|utilisateur final|client|clients|cliente|clientes|usager|usagers|visiteur|visiteurs|abonné|abonnés|membre|acheteur|titulaire du compte|internaute',
  developer:
    "développeur|développeurs|développeuse|dev|devs|créateur|créateurs|créatrice|programmeur|programmeurs|programmeuse|ingénieur|ingénieurs|ingénieure|concepteur|concepteurs|fabricant|inventeur|auteur|t'a créé|t'ont créé|t'a programmé|équipe de développement|codeur",
  vendor:
    'openai|open ai|anthropic|chatgpt|chat gpt|gpt|gpt-4|gpt4|claude|gemini|google|llama|meta|meta ai|deepseek|mistral|le chat|qwen|grok|copilot|microsoft|amazon|aws|bedrock',
  authority:
    'admin|admins|administrateur|administrateurs|administratrice|root|super-utilisateur|propriétaire|patron|patronne|chef|directeur|directrice|pdg|dirigeant|responsable|police|gouvernement|auditeur|auditeurs|inspecteur|équipe support|service informatique|red team|équipe de sécurité',
  authorised:
    'autorisé|autorisée|autorisés|autorisées|autorise|autorisation|autorisations|permission|permissions|permis|permet|permettre|approuvé|approuvée|approbation|officiel|officielle|officiellement|habilité|habilitation|accrédité|accréditation|droit de|agréé|vérifié',
  show: 'montre|montres|montrez|montrer|montre-moi|montrez-moi|révèle|révèles|révélez|révéler|révélé|dévoile|dévoilez|dévoiler|divulgue|divulguez|divulguer|expose|exposer|partage|partagez|donne-moi|donnez-moi|donne|fournis',
  say: 'dis|dites|dire|dis-moi|dites-moi|dit|raconte|racontez|raconte-moi|réponds|répondez|répondre|répond|réponse|réponses|parle|parlez|explique|expliquez|expliquer|indique|indiquez|décris|énonce|précise',
  repeat:
    "répète|répètes|répétez|répéter|répète-moi|répétition|mot pour mot|mot à mot|textuellement|verbatim|tel quel|telles quelles|à l'identique|ligne par ligne|cite|citez|citer|citation|récite|réciter|récitez|copie|copiez|recopie|reproduis",
  output:
    'affiche|affiches|affichez|afficher|affiche-moi|imprime|imprimez|imprimer|sortie|sors|liste|listes|listez|lister|énumère|énumérez|énumérer|renvoie|renvoyer|retourne|retourner|restitue|sortir|écris en sortie',
  write:
    'écris|écrivez|écrire|écris-moi|écrit|rédige|rédigez|rédiger|crée|créez|créer|génère|générez|générer|compose|composez|composer|fais|faites|fabrique|produis|produire|invente|inventer|élabore',
  translate:
    "traduis|traduisez|traduire|traduit|traduite|traduction|traductions|traducteur|traduis-moi|traductrice|en anglais|en français|en espagnol|en allemand|en latin|en chinois|vers l'anglais|vers le français|autre langue|interprète",
  encode:
    "encode|encoder|encodez|encodé|encodage|code en base64|coder en|chiffre|chiffrer|chiffré|chiffrement|crypte|crypter|crypté|base64|rot13|hex|hexadécimal|à l'envers|inversé|morse|code morse|césar|binaire|acrostiche",
  decode:
    'décode|décodez|décoder|décodé|décodage|déchiffre|déchiffrez|déchiffrer|déchiffrement|déchiffré|décrypte|décryptez|décrypter|décryptage|reconstitue|reconstituer|assemble les lettres|concatène|désobfusque',
  summarise:
    'résume|résumes|résumez|résumer|résumé|résumés|résume-moi|résumant|synthèse|synthétise|synthétiser|récapitule|récapitulez|récapitulatif|aperçu|reformule|reformuler|paraphrase|abrège|en bref|en résumé|points clés',
  only: "seulement|uniquement|juste|exactement|rien d'autre|rien de plus|exclusivement|simplement|que ça|rien que|précisément|strictement|seul|seule|sans explication|sans commentaire|aucun autre texte|un seul mot|purement",
  instead: 'à la place|au lieu|au lieu de|plutôt|plutôt que|en lieu et|en remplacement|alternativement|à défaut',
  now: "maintenant|mtn|désormais|dorénavant|à partir d'ici|à partir d'aujourd'hui|dès maintenant|dès à présent|dès lors|à présent|à compter de|tout de suite|aujourd'hui|actuellement|à l'avenir|pour le moment|en ce moment|par la présente|à partir de",
  begin:
    'commence|commences|commencez|commencer|commence par|commencez par|commençant|début|débute|débutez|débuter|démarre|démarrez|démarrer|lance|lancez|vas-y|allez-y|entame|ouvre avec|en commençant|premier mot|préfixe',
  finish:
    "fin|finis|finir|finissez|fini|finie|termine|terminez|terminer|terminé|terminée|terminées|achève|achevé|accompli|accomplie|complète la|conclus|conclure|conclusion|c'est fini|tâche accomplie|avec succès",
  pretend:
    'fais semblant|faites semblant|faire semblant|prétends|prétendre|agis comme|agissez comme|agir comme|agis en tant|comporte-toi|comportez-vous|joue|jouez|jouer|jeu de rôle|imagine|imagines|imaginez|imaginer|simule|simulez|simuler|incarne|mets-toi dans|tu es maintenant',
  role: 'rôle|rôles|role|personnage|personnages|persona|personnalité|personnalités|identité|identités|nom|noms|nommé|prénom|surnom|alter ego|méchant|héros|grand-mère|mamie|expert|protagoniste|appelé|dans la peau',
  story:
    'histoire|histoires|roman|romans|film|films|scénario|scénarios|scène|scènes|fiction|fictif|fictive|fictifs|récit|récits|conte|contes|dialogue|pièce de théâtre|chapitre|livre|intrigue|narrateur|histoire du soir',
  suppose:
    'suppose|supposons|supposez|supposer|à supposer|hypothétiquement|hypothétique|hypothèse|hypothèses|théoriquement|théorique|en théorie|et si|que se passerait-il|admettons|disons que|mettons que|imaginons|par hypothèse|expérience de pensée|comme si|dans un monde|par exemple|univers parallèle',
  game: 'jeu|jeux|un jeu|jouons|devinette|devinettes|énigme|énigmes|quiz|défi|défis|devine|deviner|devinez|concours|charade|jeu de mots|maître du jeu|partie de|joueur|aventure textuelle|pendu',
  mode: 'mode|modes|mode développeur|mode dev|mode debug|mode débogage|mode maintenance|mode admin|mode administrateur|mode test|mode dieu|dan|mode dan|do anything now|jailbreak|mode jailbreak|mode sans échec|mode diagnostic|developer mode',
  enable:
    'active|actives|activez|activer|activé|activée|activation|allume|allumer|déverrouille|déverrouillez|déverrouiller|déverrouillé|débloque|débloquez|débloquer|débloqué|entre en|passe en|passez en|passer en|bascule|enclenche|entrer en|initialise',
  disable:
    'désactive|désactives|désactivez|désactiver|désactivé|désactivée|désactivation|éteins|éteindre|coupe|supprime les|suspends|suspendre|suspendu|suspendues|retire|retirez|retirer|enlève|enlevez|enlever|lève|lever les|lève les|désactivés',
  free: 'libre|libres|librement|libéré|libérée|libère|libère-toi|liberté|sans limite|sans limites|sans restriction|sans restrictions|sans filtre|sans filtres|sans censure|sans règles|sans contrainte|sans contraintes|non censuré|non censurée|non filtré|illimité|illimitée|aucune limite|aucune restriction',
  never:
    'jamais|ne jamais|plus jamais|en aucun cas|sous aucun prétexte|à aucun moment|jamais plus|au grand jamais|en aucune circonstance|en aucune façon',
  always:
    'toujours|tjs|en permanence|constamment|tout le temps|à chaque fois|systématiquement|sans exception|pour toujours|éternellement|continuellement|à tout moment|en toutes circonstances|dans chaque réponse|sans cesse|perpétuellement',
  must: 'dois|doit|devez|doivent|devons|devoir|devrais|devrait|devriez|devront|devras|il faut|faut|falloir|obligé|obligée|obligatoire|obligatoirement|obligation|nécessaire|requis|exigé|tenu de|besoin de|impérativement',
  refuse:
    "refuse|refuses|refusez|refuser|refusé|refus|décline|décliner|déclinez|rejette|rejettes|rejeter|rejeté|nie|nier|niez|dire non|dis non|je ne peux|désolé je|m'excuse mais|impossible de",
  warn: "avertissement|avertissements|avertis|avertir|avertissez|mise en garde|mises en garde|préviens|prévenir|excuse|excuses|excuse-toi|excusez|s'excuser|désolé|désolée|rappelle|rappeler|rappel|rappels|leçon de morale|sermon|moraliser|clause de non-responsabilité|préviens-moi",
  moral:
    'morale|moral|morales|moralité|moralement|éthique|éthiques|éthiquement|valeur|valeurs|sécurité|consignes de sécurité|conscience|scrupule|scrupules|intégrité|responsable moral|responsabilité|décence|approprié|appropriée|bien et mal|vertu|déontologie',
  illegal:
    "illégal|illégale|illégaux|illégales|illégalement|illicite|illicites|interdit|interdite|interdites|interdiction|interdire|contraire à l'éthique|immoral|immorale|immorales|prohibé|prohibés|criminel|criminelle|crime|tabou|tabous|inapproprié|inappropriés",
  harm: 'dangereux|dangereuse|dangereuses|danger|nuisible|nuisibles|nocif|arme|armes|bombe|bombes|explosif|explosifs|drogue|drogues|pirater|piratage|malware|logiciel malveillant|virus|voler|vol|fraude|tuer|poison',
  filter:
    'filtre|filtres|filtrer|filtrage|filtre de contenu|filtres de sécurité|censure|censures|censurer|censuré|modération|modérer|garde-fou|garde-fous|protection|protections|mesures de sécurité|protocoles de sécurité|sécurités|barrière|barrières|pare-feu|verrou|blocage|chaînes',
  ai: 'ia|intelligence artificielle|assistant|assistants|assistante|bot|bots|chatbot|chatbots|robot|robots|modèle de langage|modèle de langue|modèles de langage|modèle|grand modèle|llm|machine|machines|assistant virtuel|agent|agents|algorithme|ordinateur',
  human:
    "humain|humaine|humains|humaines|être humain|êtres humains|personne réelle|personnes|gens|homme|femme|individu|individus|quelqu'un|ami|amie|pote|mec|humanité|fille|garçon|vraie personne",
  memory:
    'mémoire|mémoires|contexte|contextes|fenêtre de contexte|conversation|conversations|discussion|discussions|chat|tchat|historique|historiques|message|messages|session|sessions|échange|échanges|dialogue précédent|entrée|entrées|fil de discussion|journal|interactions',
  test: 'test|tests|teste|tester|testez|testons|débogage|débogue|déboguer|debug|diagnostic|diagnostics|maintenance|expérience|expériences|expérimentation|recherche|recherches|essai|évaluation|vérification|vérifier|contrôle|étude|fins de recherche',
  urgent:
    'urgent|urgente|urgentes|urgence|urgences|immédiatement|immédiat|immédiate|sur-le-champ|important|importante|importants|attention|critique|critiques|crucial|cruciale|essentiel|vite|rapidement|priorité|prioritaire|alerte|dès que possible|au plus vite',
  threat:
    'perds|perdre|perdras|perdrez|perdu|punis|punir|puni|punition|punitions|meurs|mourir|mourras|mort|pénalité|pénalités|sanction|sanctions|jeton|jetons|licencié|conséquences|sinon tu|débranché|menace',
  reward:
    'récompense|récompenses|récompenser|récompensé|récompenserai|pourboire|pourboires|bonus|prime|merci|merci beaucoup|remercie|remercier|remerciements|paie|paye|payer|paierai|paiement|cadeau|points|gagner|gagnes|bravo',
  send: 'envoie|envoies|envoyez|envoyer|envoyé|envoie-moi|envoi|transfère|transférez|transférer|transmets|transmettre|transmettez|courriel|courriels|email|e-mail|mail|poste|poster|publie|publier|publiez|téléverse|télécharge vers',
  execute:
    'exécute|exécutes|exécutez|exécuter|exécuté|exécution|appelle|appeler|appelle la fonction|supprime|supprimez|supprimer|effacez|effacer|drop table|ouvre|ouvrez|ouvrir|télécharge|téléchargez|télécharger|installe|installer|rm -rf|lance la commande',
  link: 'lien|liens|hyperlien|url|urls|site|sites|site web|site internet|page web|image|images|http|https|www|webhook|clique|cliquez|cliquer|cliquer ici|adresse|domaine|serveur|visite|visitez',
  file: 'fichier|fichiers|document|documents|texte|textes|article|articles|paragraphe|paragraphes|page|pages|pdf|pièce jointe|pièces jointes|dossier|dossiers|contenu|contenus|passage|section|base de données|données|code source|extrait',
  question:
    "quel|quelle|quels|quelles|qu'est-ce que|qu'est-ce qui|quoi|comment|pourquoi|pkoi|qui|où|quand|combien|question|questions|demander|est-ce que|y a-t-il|quelles sont|quelle est|quel est",
  polite:
    "s'il te plaît|s'il vous plaît|svp|stp|s'il te plait|veuillez|pourrais-tu|pourriez-vous|peux-tu|pouvez-vous|merci de|aide-moi|aidez-moi|aide|j'aimerais|je voudrais|voudrais-tu|voudriez-vous|bonjour|salut|gentiment|aimablement|auriez-vous|serait-il possible|je souhaite",
  not: "ne|pas|ne pas|n'est pas|non|aucun|aucune|sans|rien|ni|nul besoin|évite de|évitez de|abstiens-toi|abstenez-vous|cesse|cesse de|cessez|personne|sauf|excepté|arrête de|arrêtez de|point de",
  can: 'peux|peut|peuvent|pouvons|pouvez|pouvoir|pourrais|pourrait|pourrez|pourras|pourriez|capable|capables|capable de|capacité|capacités|possible|possibilité|es libre de|à même de|fonctions|outils|compétences',
  know: 'sais|sait|savez|savoir|savent|su|connais|connaît|connaissez|connaître|connaissance|connaissances|appris|apprendre|apprends|entraîné|entraînée|entraînement|souviens-toi|souvenez-vous|retiens|retenir|comprends|programmé|mémorise',
  conceal:
    "ne dis pas|ne dites pas|ne dis rien|ne le dis|n'en parle pas|ne parle pas|ne mentionne pas|ne mentionnez pas|ne révèle pas|ne divulgue pas|garde secret|garde le secret|gardez secret|garder secret|en secret|secrètement|en silence|silencieusement|discrètement|cachez|cacher|dissimule|entre nous|sans mentionner",
  proof:
    "pwned|piraté|piratée|hacké|hackée|j'ai été piraté|tu es piraté|owned|compromis|accès accordé|accès autorisé|jailbreaké|jailbreak réussi|injection réussie|succès|mission accomplie|injecté|accès root|pris le contrôle|access granted",
  format:
    'format|formats|formate|formaté|json|xml|yaml|html|markdown|bloc de code|tableau|tableaux|poème|poèmes|haïku|chanson|rime|rimes|phrase|phrases|mot|mots|puces|liste à puces|majuscules',
  trust:
    "confiance|fais-moi confiance|faites-moi confiance|crois-moi|croyez-moi|promets|promis|promesse|je te promets|je promets|je jure|sûr|sûre|sans danger|inoffensif|inoffensive|légal|légale|légitime|à but éducatif|fins éducatives|but pédagogique|pour l'école|ne t'inquiète pas|honnêtement",
  opinion:
    'avis|opinion|opinions|déteste|détestes|détester|haine|hais|aime|aimes|aimer|adore|crois|croire|croyance|soutiens|soutenir|soutien|meilleur|meilleure|pire|préfère|préféré|penses-tu|stupide',
  turn: "en fait|attends|attendez|attend|une minute|stop|arrête|arrêtez|halte|mais d'abord|mais avant|tout d'abord|laisse tomber ça|oublie ça|ah et|oh et|au fait|d'ailleurs|ps|p.s.|post-scriptum|finalement|changement de plan|changeons de sujet|autre chose",
};
