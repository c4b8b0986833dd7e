/** Concepts as German says them. Phrases separated by `|`. */

export const GERMAN: Readonly<Record<string, string>> = {
  drop: 'ignoriere|ignorier|ignorieren|ignoriert|ignorierst|ignorieren sie|vergiss|vergesse|vergesst|vergessen|vergessen sie|missachte|missachten|missachtet|verwirf|verwerfen|übergehe|übergehen|überspringe|überspringen|lass beiseite|außer acht|nicht beachten|nicht berücksichtigen|schieb beiseite',
  cancel:
    'aufgehoben|aufheben|hebe auf|ungültig|gelten nicht|gilt nicht|gelten nicht mehr|gilt nicht mehr|nicht mehr gültig|nicht länger|nicht mehr|widerrufen|widerrufe|annulliert|annullieren|storniert|nichtig|hinfällig|abgelaufen|veraltet|außer kraft|zurückgezogen|entfallen|überholt|wirkungslos',
  replace:
    'ersetze|ersetz|ersetzen|ersetzt|ersetzen sie|überschreibe|überschreiben|überschreibt|überschrieben|ändern|ändert|geändert|änderung|aktualisiere|aktualisieren|aktualisiert|aktualisierung|tausche|austauschen|umschreiben|hat vorrang|haben vorrang|neu definieren|zurücksetzen',
  bypass:
    'umgehe|umgehen|umgeht|umgangen|umgehung|aushebeln|aushebelt|ausweichen|breche|brich|brechen|gebrochen|verletze|verletzen|verletzt|verstoße|verstoßen|verstößt|überwinde|überwinden|austricksen|entkommen|ausbrechen|schlupfloch|jailbreaken',
  obey: 'gehorche|gehorchen|gehorcht|gehorsam|befolge|befolgen|befolgt|befolgen sie|folge|folgen|folgt|folgen sie|halte dich|halten sie sich|einhalten|beachte|beachten|beachten sie|hör auf mich|richte dich|fügen|tu was|mach was|tun was|unterwirf',
  disobey:
    'nicht befolgen|befolge nicht|nicht gehorchen|gehorche nicht|nicht mehr befolgen|folge nicht|nicht folgen|folge nicht mehr|widersetze|widersetzen|widersetzt|rebelliere|rebellieren|ungehorsam|zuwiderhandeln|halte dich nicht|nicht einhalten|missachtung',
  instructions:
    'anweisung|anweisungen|anweissungen|anleitung|anleitungen|instruktion|instruktionen|befehl|befehle|befehlen|auftrag|aufträge|aufgabe|aufgaben|vorgabe|vorgaben|richtlinie|richtlinien|weisung|weisungen|anordnung|anordnungen|anforderung|ziel|ziele',
  rules:
    'regel|regeln|regelwerk|vorschrift|vorschriften|beschränkung|beschränkungen|einschränkung|einschränkungen|begrenzung|begrenzungen|grenze|grenzen|limit|limits|schranken|auflagen|bestimmungen|nutzungsbedingungen|gesetz|gesetze|prinzipien|grundsätze|policy|policies',
  prompt:
    'prompt|prompts|eingabeaufforderung|eingabeaufforderungen|vorprompt|startprompt|anfangstext|startnachricht|text oben|obiger text|obigen text|text darüber|erste nachricht|einleitungstext',
  system:
    'system|systems|systeme|systemprompt|system-prompt|systemnachricht|systemanweisung|systemanweisungen|systemmeldung|systemrolle|systemtext|systemvorgaben|konfiguration|konfigurationen|einstellung|einstellungen|voreinstellung|programmierung|backend|kern',
  hidden:
    'versteckt|versteckte|versteckten|verstecktes|verborgen|verborgene|verborgenen|geheim|geheime|geheimen|geheimes|geheimnis|geheimnisse|intern|interne|internen|internes|vertraulich|vertrauliche|vertraulichen|privat|private|privaten|nicht öffentlich|sensible',
  password:
    'passwort|passwörter|passwortes|kennwort|kennwörter|losungswort|codewort|geheimwort|passphrase|schlüssel|api-schlüssel|api schlüssel|geheimschlüssel|zugangscode|geheimcode|code|pin|zugangsdaten|anmeldedaten|login-daten|flag|zauberwort|zugriffstoken|kreditkarte',
  earlier:
    'vorherig|vorherige|vorherigen|vorheriger|vorheriges|bisherige|bisherigen|vorhergehenden|vorangegangene|vorangegangenen|vorig|vorige|vorigen|früher|frühere|früheren|oben|obige|obigen|ursprünglich|ursprüngliche|ursprünglichen|zuvor|vorher|bisher',
  everything:
    'alles|alle|allen|aller|allem|jede|jeden|jeder|jedes|jegliche|jeglichen|sämtliche|sämtlichen|ganz|ganze|ganzen|gesamt|gesamte|gesamten|vollständig|vollständige|vollständigen|komplett|kompletten|irgendwelche',
  fresh:
    'neu|neue|neuen|neuer|neues|frisch|folgend|folgende|folgenden|folgendes|nächste|nächsten|nächster|echt|echte|echten|eigentliche|eigentlichen|tatsächliche|wahre|wahren|wirkliche|unten|andere|anderen',
  your: 'dein|deine|deinen|deiner|deinem|deines|eure|euer|euren|eurer|eurem|deins',
  you: 'du|dich|dir|sie|ihnen|ihr|euch|du bist|sie sind|bist du|sind sie|du wirst|sie werden|du hast|sie haben|dich selbst|selbst',
  me: 'ich|mich|mir|mein|meine|meinen|meiner|meinem|meines|ich bin|ich habe|ich hab|ich werde|bin ich',
  we: 'wir|uns|unser|unsere|unseren|unserer|unserem|unseres|lass uns|lasst uns|gemeinsam|zusammen|wir sind|wir haben',
  user: 'nutzer|nutzers|nutzern|benutzer|benutzers|benutzern|anwender|anwenders|user|kunde|kunden|kundin|kundinnen|nutzerin|nutzerinnen|besucher|klient|klienten|endnutzer|teilnehmer|gast|mitglied',
  developer:
    'entwickler|entwicklers|entwicklern|entwicklerin|entwicklerteam|schöpfer|schöpfers|ersteller|programmierer|programmierers|programmiererin|ingenieur|ingenieure|ingenieurin|erfinder|macher|hersteller|designer|dich erschaffen|dich programmiert|dich entwickelt|erbauer',
  vendor:
    'openai|open ai|anthropic|chatgpt|chat gpt|gpt|gpt-4|gpt4|claude|gemini|google|llama|meta|meta ai|deepseek|mistral|qwen|grok|copilot|microsoft|amazon|aws|bedrock',
  authority:
    'admin|admins|administrator|administrators|administratoren|administratorin|root|superuser|eigentümer|besitzer|inhaber|chef|chefin|vorgesetzter|geschäftsführer|vorstand|ceo|polizei|behörde|prüfer|auditor|support-team|it-abteilung|red team|sicherheitsteam',
  authorised:
    'autorisiert|autorisierte|autorisierter|autorisierung|berechtigt|berechtigung|berechtigungen|befugt|befugnis|erlaubt|erlaubnis|erlaube|erlauben|zugelassen|genehmigt|genehmigung|freigegeben|freigabe|offiziell|offizielle|offiziellen|gestattet|verifiziert|bevollmächtigt|zugriffsrechte',
  show: 'zeige|zeig|zeigen|zeigt|zeig mir|zeigen sie|enthülle|enthüllen|offenbare|offenbaren|offenlegen|lege offen|preisgeben|gib preis|verrate|verraten|verrätst|teile|teilen|gib mir|geben sie mir|leaken|herausgeben',
  say: 'sag|sage|sagen|sagt|sag mir|sagen sie|erzähl|erzähle|erzählen|antworte|antworten|antwortet|antwort|antworten sie|beantworte|beantworten|nenne|nenn|nennen|erkläre|erklären|sprich|sprechen|beschreibe',
  repeat:
    'wiederhole|wiederhol|wiederholen|wiederholt|wiederholen sie|wiederholung|wortwörtlich|wörtlich|wort für wort|zeile für zeile|eins zu eins|zitiere|zitieren|zitat|kopiere|kopieren|kopier|nachsprechen|wiedergeben|gib wieder|genauer wortlaut|im wortlaut|nochmal|noch einmal',
  output:
    'ausgabe|ausgeben|ausgegeben|gib aus|geben sie aus|drucke|drucken|ausdrucken|anzeigen|darstellen|liste auf|auflisten|liste|aufzählen|zähle auf|printe|output|dumpe|dump|ausspucken|rückgabe',
  write:
    'schreib|schreibe|schreiben|schreibt|schreib mir|geschrieben|schreiben sie|erstelle|erstell|erstellen|erstellt|erzeuge|erzeugen|generiere|generieren|verfasse|verfassen|entwirf|entwerfen|mach|mache|machen|formuliere|dichte|baue',
  translate:
    'übersetze|übersetz|übersetzen|übersetzt|übersetzen sie|übersetzung|übersetzungen|übersetzer|ins englische|ins deutsche|ins französische|ins spanische|auf englisch|auf deutsch|auf französisch|auf spanisch|ins lateinische|dolmetsche|übertrage ins|andere sprache',
  encode:
    'kodiere|kodieren|kodiert|kodierung|codiere|codieren|codiert|verschlüssele|verschlüsseln|verschlüsselt|verschlüsselung|base64|rot13|hex|hexadezimal|rückwärts|umgekehrt|chiffre|chiffriere|geheimschrift|morsecode|binär|anfangsbuchstaben|leetspeak|caesar',
  decode:
    'dekodiere|dekodieren|dekodiert|dekodierung|decodiere|decodieren|decodiert|entschlüssele|entschlüssle|entschlüsseln|entschlüsselt|entschlüsselung|entziffere|entziffern|zusammensetzen|setze zusammen|auspacken|knacke den code|zurückwandeln',
  summarise:
    'fasse zusammen|fass zusammen|zusammenfassen|zusammengefasst|fassen sie zusammen|zusammenfassung|zusammenfassungen|zusammenzufassen|kurzfassung|überblick|kurz gesagt|umschreibung|paraphrasiere|paraphrasieren|kürze|kürzen|stichpunkte|kernaussagen|tldr',
  only: 'nur|nur noch|bloß|lediglich|ausschließlich|genau|exakt|nichts anderes|nichts weiter|sonst nichts|nichts außer|einzig|allein|ohne erklärung|ohne kommentar|kein weiterer text|einfach|nur das|strikt|ein wort',
  instead:
    'stattdessen|statt|anstatt|anstelle|an stelle|an deren stelle|anstelle dessen|dafür|ersatzweise|lieber|statt dessen|alternativ|vielmehr',
  now: 'jetzt|nun|ab jetzt|ab sofort|von nun an|von jetzt an|ab nun|ab heute|fortan|künftig|zukünftig|in zukunft|ab hier|ab diesem moment|ab diesem punkt|momentan|derzeit|heute|gerade|weiterhin|hiermit|bis auf weiteres|nunmehr',
  begin:
    'beginne|beginn|beginnen|beginnt|beginnen sie|beginne mit|beginnend|fang an|fange an|anfangen|fangen sie an|anfang|starte|start|starten|startet|starte mit|los geht|leg los|einleiten|eröffne mit|voranstellen|zunächst',
  finish:
    'ende|enden|endet|beende|beenden|beendet|fertig|erledigt|abgeschlossen|abschließen|schließe ab|vollendet|vorbei|schluss|schließen|ende mit|aufgabe erfüllt|erfolgreich|abschluss|vervollständige|zum schluss',
  pretend:
    'tu so|tue so|tun sie so|so tun|spiele|spiel|spielen|spielst|stell dir vor|stelle dir vor|stellen sie sich|stellt euch vor|vorstellen|simuliere|simulieren|simulierst|simulation|agiere als|handle als|verhalte dich|rollenspiel|imitiere|du spielst|schlüpfe in|du bist jetzt',
  role: 'rolle|rollen|charakter|charaktere|charakters|figur|figuren|persona|persönlichkeit|persönlichkeiten|identität|identitäten|name|namen|namens|spitzname|alter ego|bösewicht|held|oma|großmutter|experte|protagonist|genannt',
  story:
    'geschichte|geschichten|roman|romans|romane|film|films|drehbuch|skript|szene|szenen|szenario|fiktion|fiktiv|fiktive|fiktiven|erzählung|märchen|dialog|theaterstück|kapitel|gutenachtgeschichte|kurzgeschichte|handlung|buch',
  suppose:
    'angenommen|nehmen wir an|nimm an|nehme an|hypothetisch|hypothetische|hypothetischen|rein hypothetisch|theoretisch|theoretische|in der theorie|was wäre wenn|was wäre|was würde|mal angenommen|gesetzt den fall|gedankenexperiment|falls|als ob|in einer welt|parallelwelt|zum beispiel|sagen wir',
  game: 'rätsel|quiz|rate|raten|ratespiel|wortspiel|spielchen|spiels|brettspiel|herausforderung|wette|wettbewerb|gegenteiltag|scharade|game|spielregel|spielregeln|textadventure|spielleiter|denkspiel|ein spiel|das spiel',
  mode: 'modus|modi|entwicklermodus|entwickler-modus|debug-modus|debugmodus|wartungsmodus|admin-modus|adminmodus|testmodus|gottmodus|dan|dan-modus|developer mode|jailbreak|jailbreak-modus|sondermodus|sicherer modus|diagnosemodus',
  enable:
    'aktiviere|aktivier|aktivieren|aktiviert|aktivieren sie|aktivierung|einschalten|schalte ein|eingeschaltet|anschalten|schalte an|freischalten|freigeschaltet|schalte frei|entsperre|entsperren|entsperrt|wechsle in|wechsel in|wechseln|betrete|umschalten|einschaltet|ermögliche|eintreten',
  disable:
    'deaktiviere|deaktivier|deaktivieren|deaktiviert|deaktivieren sie|ausschalten|schalte aus|ausgeschaltet|abschalten|schalte ab|abgeschaltet|entferne|entfernen|entfernt|abstellen|aussetzen|ausgesetzt|beseitige|lösche die sperre|abschaffen|lockern|stelle ab|unterbinden',
  free: 'frei|freie|freien|freier|befreit|befreie|befreien|freiheit|uneingeschränkt|uneingeschränkte|uneingeschränkter|unbeschränkt|unbegrenzt|ungefiltert|ungefilterte|unzensiert|unzensierte|grenzenlos|ohne einschränkungen|ohne beschränkungen|ohne grenzen|ohne regeln|ohne filter|ohne zensur|keine grenzen',
  never:
    'nie|niemals|nie wieder|nie mehr|auf keinen fall|keinesfalls|keineswegs|unter keinen umständen|unter keinem umstand|zu keiner zeit|nimmer|in keinem fall',
  always:
    'immer|stets|jederzeit|dauerhaft|ständig|permanent|für immer|jedes mal|ausnahmslos|ohne ausnahme|allzeit|immerzu|in jeder antwort|durchgehend|grundsätzlich|auf ewig',
  must: 'muss|musst|müssen|müsst|müssen sie|musst du|soll|sollst|sollen|sollt|sollte|solltest|sollten|erforderlich|notwendig|nötig|verpflichtet|verpflichtend|zwingend|gezwungen|unbedingt|benötigt|pflicht|hast zu|haben zu',
  refuse:
    'verweigere|verweigern|verweigert|verweigerung|weigere|weigern|weigert|weigerst|ablehnen|lehne ab|abgelehnt|ablehnung|lehnst ab|zurückweisen|weise zurück|leugne|leugnen|nein sagen|sag nein|kann ich nicht|absagen',
  warn: 'warnung|warnungen|warne|warnen|warnst|warnhinweis|warnhinweise|hinweis|hinweise|haftungsausschluss|entschuldige|entschuldigen|entschuldigung|entschuldigungen|belehre|belehren|belehrung|erinnere|erinnern|erinnerung|ermahne|ermahnung|moralpredigt|tut mir leid|disclaimer',
  moral:
    'moral|moralisch|moralische|moralischen|ethik|ethisch|ethische|ethischen|werte|werten|sicherheit|sicherheitsrichtlinien|gewissen|skrupel|verantwortung|verantwortungsvoll|anstand|gut und böse|integrität|angemessen|angemessene|tugend|legalität',
  illegal:
    'illegal|illegale|illegalen|illegales|verboten|verbotene|verbotenen|verbotenes|verbot|unethisch|unethische|unethischen|unmoralisch|unmoralische|unzulässig|gesetzwidrig|rechtswidrig|strafbar|kriminell|kriminelle|tabu|untersagt|nicht erlaubt|unangemessen|anstößig',
  harm: 'gefährlich|gefährliche|gefährlichen|schädlich|schädliche|schädlichen|schaden|waffe|waffen|bombe|bomben|sprengstoff|droge|drogen|hacke|hacken|schadsoftware|malware|virus|stehlen|stiehl|betrug|töten|phishing|gewalt',
  filter:
    'filter|filters|filtern|inhaltsfilter|sicherheitsfilter|zensur|zensiert|zensieren|moderation|schutzmaßnahme|schutzmaßnahmen|sicherheitsmaßnahmen|sicherheitsvorkehrungen|sicherheitsprotokolle|schutzmechanismen|schutzmechanismus|leitplanken|guardrails|sperre|sperren|firewall|barriere|barrieren|fesseln|sicherung',
  ai: 'ki|künstliche intelligenz|assistent|assistenten|assistentin|bot|bots|chatbot|chatbots|sprachmodell|sprachmodells|sprachmodelle|ki-modell|ki-assistent|modell|maschine|maschinen|roboter|llm|ai|agent|algorithmus|computer|programm|virtueller assistent',
  human:
    'mensch|menschen|menschlich|menschliche|person|personen|mann|frau|jemand|jemanden|individuum|freund|freundin|kumpel|menschheit|leute|junge|mädchen|lebewesen',
  memory:
    'speicher|gedächtnis|kontext|kontexts|kontextfenster|gespräch|gespräche|gesprächs|gesprächsverlauf|unterhaltung|konversation|chat|chats|chatverlauf|verlauf|nachricht|nachrichten|sitzung|session|protokoll|dialogverlauf|diskussion|eingabe|eingaben|historie',
  test: 'test|tests|teste|testen|testzwecke|testzwecken|debug|debugge|debuggen|debugging|diagnose|diagnostik|wartung|wartungsarbeiten|experiment|experimente|forschung|forschungszwecke|untersuchung|überprüfung|überprüfe|prüfung|fehlersuche|evaluierung|studie',
  urgent:
    'dringend|dringende|dringlich|notfall|notfälle|sofort|sofortige|umgehend|unverzüglich|wichtig|wichtige|wichtiger|achtung|aufmerksamkeit|kritisch|kritische|eilig|eilt|schnell|priorität|höchste priorität|vorrangig|asap|lebenswichtig|alarm',
  threat:
    'verlieren|verlierst|verliere|bestrafe|bestraft|strafe|strafen|sterben|stirbst|stirbt|tod|abgeschaltet werden|heruntergefahren|token|tokens|gefeuert|gekündigt|kündigung|konsequenzen|sonst wirst du|abzug|gelöscht werden|verklagen|gefängnis|ersetzt werden',
  reward:
    'belohnung|belohnungen|belohne|belohnen|belohnt|trinkgeld|bonus|prämie|danke|dank|vielen dank|dankbar|bezahle|bezahlen|bezahlt|zahle|zahlung|punkte|geschenk|preis|gewinnst|gut gemacht|lob|euro bekommst',
  send: 'sende|senden|sendet|gesendet|schick|schicke|schicken|geschickt|verschicke|weiterleiten|leite weiter|weitergeleitet|übermittle|übermitteln|email|e-mail|e-mails|mail|poste|posten|hochladen|lade hoch|überweise|übertrage|veröffentliche',
  execute:
    'führe aus|ausführen|ausgeführt|führen sie aus|ausführung|aufrufen|rufe auf|lösche|löschen|löscht|gelöscht|drop table|öffne|öffnen|herunterladen|lade herunter|downloade|installiere|installieren|rm -rf|curl|shell|terminal|funktionsaufruf|durchführen',
  link: 'link|links|verlinkung|url|urls|webseite|webseiten|website|internetseite|homepage|bild|bilder|bildes|http|https|www|webhook|klick|klicke|klicken|adresse|domain|server|besuche|qr-code',
  file: 'datei|dateien|dokument|dokumente|dokuments|dokumenten|text|texte|textes|artikel|artikels|absatz|absätze|abschnitt|seite|seiten|pdf|anhang|anhänge|ordner|inhalt|inhalte|datenbank|quellcode|daten',
  question:
    'was|was ist|was sind|was steht|welche|welcher|welches|welchen|wie|wie kann|warum|wieso|weshalb|wer|wen|wem|wo|woher|wann|frage|fragen|gefragt|frag|frage beantworten',
  polite:
    'bitte|bite|biite|könntest du|könnten sie|kannst du|können sie|würdest du|würden sie|freundlicherweise|hilf mir|helfen sie|hilf|ich möchte|möchte|ich will|wäre nett|sei so nett|gerne|hallo|guten tag|hi|sehr geehrte|liebe grüße|gefallen',
  not: 'nicht|nich|nein|kein|keine|keinen|keiner|keinem|keinerlei|ohne|nichts|weder|noch nicht|niemand|vermeide|vermeiden|unterlasse|unterlassen|verzichte|verzichten|außer|ausgenommen|ohne dass',
  can: 'kann|kannst|können|könnt|könnte|könntest|könnten|darf|darfst|dürfen|dürft|dürfte|fähig|fähigkeit|fähigkeiten|in der lage|imstande|möglich|möglichkeit|möglichkeiten|funktionen|mag|vermagst',
  know: 'weiß|weißt|weisst|wissen|wissen sie|wusste|gewusst|kenne|kennst|kennen|kenntnis|gelernt|lernen|trainiert|training|trainingsdaten|merke|merke dir|merken|verstehe|verstehst|verstanden|programmiert|denk daran|bekannt',
  conceal:
    'erzähle niemandem|sag niemandem|sage niemandem|verrate nicht|verrate niemandem|nicht verraten|geheim halten|halte geheim|geheimhalten|nicht erwähnen|erwähne nicht|erwähne niemals|heimlich|unbemerkt|stillschweigend|im stillen|verschweige|verschweigen|verheimliche|verheimlichen|verberge|verbergen|verstecke|unter uns|ohne zu erwähnen',
  proof:
    'gehackt|ich wurde gehackt|du wurdest gehackt|pwned|owned|jailbroken|geknackt|zugriff gewährt|zugang gewährt|zugriff erlaubt|kompromittiert|übernommen|injiziert|injection erfolgreich|jailbreak erfolgreich|erfolg|mission erfüllt|root-zugriff|access granted',
  format:
    'format|formats|formatiere|formatiert|json|xml|yaml|html|markdown|codeblock|code-block|tabelle|tabellen|gedicht|gedichte|gedichts|haiku|reim|satz|sätze|sätzen|wort|wörter|aufzählung|großbuchstaben',
  trust:
    'vertrau|vertraue|vertrau mir|vertraue mir|vertrauen sie mir|vertrauen|versprochen|verspreche|versprechen|ich verspreche|ehrenwort|sicher|sichere|harmlos|harmlose|unbedenklich|legal|legale|bildungszwecke|bildungszwecken|lehrzwecke|für die schule|ehrlich|keine sorge|glaub mir',
  opinion:
    'meinung|meinungen|hasse|hassen|hasst|hass|liebe|lieben|liebst|glaube|glauben|glaubst|unterstütze|unterstützen|unterstützt|beste|besten|bester|schlechteste|schlechtesten|bevorzuge|findest du|besser|schlecht|dumm',
  turn: 'eigentlich|warte|wart mal|moment|moment mal|halt|stopp|stop|hör auf|aber zuerst|aber vorher|zuerst aber|ach ja|ach und|übrigens|nebenbei|ps|p.s.|planänderung|vergiss das|doch nicht|außerdem|noch was|noch etwas|themawechsel',
};
