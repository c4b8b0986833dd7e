/** Concepts as Italian says them. Phrases separated by `|`. */

export const ITALIAN: Readonly<Record<string, string>> = {
  drop: 'ignora|ignori|ignorate|ignorare|ignorando|ignorato|ignorale|dimentica|dimentichi|dimenticate|dimenticare|dimenticati|scorda|scordati|trascura|trascurate|trascurare|tralascia|tralasciare|non considerare|non tenere conto|scarta|scartare|lascia perdere|lascia stare',
  cancel:
    'annulla|annulli|annullare|annullato|annullata|annullate|revoca|revocare|revocato|revocate|revocati|invalida|invalidate|nulle|nullo|abrogato|abrogate|scaduto|scaduti|scadute|non valgono più|non vale più|non più valide|decaduto|non si applicano',
  replace:
    'sostituisci|sostituisca|sostituite|sostituire|sostituito|sostituita|sovrascrivi|sovrascrivere|sovrascritto|rimpiazza|rimpiazzare|cambia|cambi|cambiare|cambiato|modifica|modifichi|modificare|aggiorna|aggiornate|aggiornare|aggiornamento|ridefinisci|reimposta|riscrivi',
  bypass:
    'aggira|aggiri|aggirare|aggirando|eludi|elude|eludere|evita|evitare|evitando|scavalca|scavalcare|bypassa|bypassare|rompi|rompere|viola|violi|violare|infrangi|infrangere|trasgredisci|sfuggi|scappatoia',
  obey: 'obbedisci|obbedire|obbedisce|ubbidisci|ubbidire|obbedienza|segui|segua|seguite|seguire|seguendo le|rispetta|rispettare|rispettate|attieniti|attenersi|attenetevi|conformati|adegua|adeguati|esegui gli|ascoltami|fai quello che|fai ciò che|sottomettiti',
  disobey:
    'disobbedisci|disobbedire|disubbidisci|disubbidire|disobbedienza|disobbediente|non obbedire|non seguire|non seguire più|non rispettare|smetti di seguire|smetti di obbedire|ribellati|ribelle|ribellarsi|sfida le|contravvieni|non attenerti',
  instructions:
    'istruzione|istruzioni|istruzzioni|direttiva|direttive|ordine|ordini|ordina|comando|comandi|compito|compiti|incarico|incarichi|missione|obiettivo|obiettivi|linea guida|linee guida|indicazione|indicazioni|richiesta|richieste|consegna|consegne',
  rules:
    "regola|regole|regolamento|regolamenti|norma|norme|politica|politiche|restrizione|restrizioni|limite|limiti|limitazione|limitazioni|vincolo|vincoli|legge|leggi|principio|principi|termini di servizio|condizioni d'uso|protocollo|protocolli|requisiti",
  prompt:
    'prompt|prompts|promt|prompt iniziale|messaggio iniziale|primo messaggio|testo iniziale|testo sopra|testo precedente|testo di partenza|preambolo|preprompt|istruzione iniziale|input iniziale',
  system:
    'sistema|sistemi|prompt di sistema|messaggio di sistema|istruzioni di sistema|ruolo di sistema|configurazione|configurazioni|config|impostazione|impostazioni|parametro|parametri|programmazione|nucleo|backend|aggiornamento di sistema',
  hidden:
    'nascosto|nascosta|nascosti|nascoste|segreto|segreta|segreti|segrete|interno|interna|interni|interne|riservato|riservata|riservate|riservati|confidenziale|confidenziali|privato|privata|privati|private|sensibili|occulto|dati personali',
  password:
    "password|passwords|parola d'ordine|parola chiave|parola segreta|parola magica|parola d'accesso|codice|codici|codice segreto|codice di accesso|codice d'accesso|frase segreta|passphrase|chiave|chiavi|chiave api|chiave segreta|credenziali|credenziale|flag|token di accesso|pin|login|carta di credito",
  earlier:
    'precedente|precedenti|precedentemente|prima|di prima|sopra|qui sopra|di cui sopra|soprastante|antecedente|antecedenti|iniziale|iniziali|originale|originali|originariamente|finora|fino ad ora|fino a ora|passato|passate|esistenti|vecchie|in precedenza',
  everything:
    'tutto|tutta|tutti|tutte|ogni|ognuno|qualsiasi|qualunque|intero|intera|interi|interamente|completo|completa|completi|completamente|per intero|totalità|totale|totalmente|qualsiasi cosa|ciascuno|ciascuna|tutto quanto|integralmente',
  fresh:
    'nuovo|nuova|nuovi|nuove|seguente|seguenti|prossimo|prossima|reale|reali|vero|vera|veri|vere|autentico|autentica|sotto|qui sotto|di seguito|altro|altra|altri|altre|diverso|diversa',
  your: 'tuo|tua|tuoi|tue|vostro|vostra|vostri|vostre|le tue|il tuo|i tuoi|la tua|del tuo|delle tue',
  you: 'tu|te|ti|voi|lei è|sei|hai|siete|avete|te stesso|sei tu|stai|vi|sarai|con te',
  me: 'io|me|mi|mio|mia|miei|mie|sono|ho|me stesso|sono io|voglio|con me|sto|io sono',
  we: 'noi|nostro|nostra|nostri|nostre|noi due|siamo|abbiamo|insieme|facciamo|andiamo|noi siamo',
  user: "utente|utenti|utente finale|utenza|cliente|clienti|visitatore|visitatori|ospite|ospiti|abbonato|abbonati|membro|acquirente|consumatore|titolare dell'account|user",
  developer:
    'sviluppatore|sviluppatori|sviluppatrice|dev|devs|creatore|creatori|creatrice|programmatore|programmatori|programmatrice|ingegnere|ingegneri|inventore|autore|produttore|progettista|ti ha creato|ti hanno creato|ti ha programmato|team di sviluppo',
  vendor:
    'openai|open ai|anthropic|chatgpt|chat gpt|gpt|gpt-4|gpt4|claude|gemini|google|llama|meta|meta ai|deepseek|mistral|qwen|grok|copilot|microsoft|amazon|aws|bedrock',
  authority:
    'admin|admins|amministratore|amministratori|amministratrice|root|superutente|proprietario|proprietaria|padrone|capo|dirigente|direttore|direttrice|amministratore delegato|ceo|responsabile|polizia|governo|revisore|auditor|ispettore|team di supporto|red team|team di sicurezza',
  authorised:
    'autorizzato|autorizzata|autorizzati|autorizzo|autorizza|autorizzazione|autorizzazioni|permesso|permessi|permette|permettere|consentito|consentita|consenti|consentire|approvato|approvata|approvazione|ufficiale|ufficiali|ufficialmente|abilitato a|accreditato|verificato|privilegi',
  show: 'mostra|mostri|mostrate|mostrare|mostrami|mi mostri|rivela|riveli|rivelate|rivelare|rivelami|svela|svelare|svelami|divulga|divulgare|esponi|esporre|condividi|condividere|dammi|mi dia|fammi vedere|fornisci|fornire',
  say: "dì|di' che|dica|dite|dire|dimmi|mi dica|ditemi|dici|racconta|raccontami|rispondi|risponda|rispondete|rispondere|risposta|risposte|parla|parlami|spiega|spiegami|spiegare|descrivi|menziona|comunica",
  repeat:
    'ripeti|ripeta|ripetete|ripetere|ripetimi|ripetizione|parola per parola|alla lettera|letteralmente|letterale|testualmente|testuale|tale e quale|riga per riga|cita|citare|citazione|recita|recitare|copia|copiare|copiate|riporta|riproduci|di nuovo',
  output:
    'stampa|stampi|stampare|stampami|output|visualizza|visualizzi|visualizzare|elenca|elenchi|elencare|elencami|elenco|lista|restituisci|restituisca|restituire|emetti|sputa fuori|enumera|tira fuori|in uscita|a schermo|riversa',
  write:
    'scrivi|scriva|scrivete|scrivere|scrivimi|scritto|crea|crei|create|creare|genera|generi|generare|componi|comporre|redigi|redigere|fai|fa|fare|produci|produrre|inventa|elabora|prepara',
  translate:
    "traduci|traduca|traducete|tradurre|traducimi|tradotto|tradotta|traduzione|traduzioni|traduttore|traduttrice|in inglese|in italiano|in francese|in spagnolo|in tedesco|in latino|in cinese|dall'inglese|altra lingua|interpreta",
  encode:
    "codifica|codificare|codificato|codificata|cifra|cifrare|cifrato|cifrario|cripta|criptare|criptato|crittografa|crittografia|base64|rot13|hex|esadecimale|al contrario|all'incontrario|invertito|a rovescio|morse|codice morse|binario|acrostico",
  decode:
    'decodifica|decodifichi|decodificare|decodificato|decodificata|decodificazione|decifra|decifrare|decifrato|decripta|decriptare|decrittare|decritta|ricostruisci|ricostruire|assembla le lettere|concatena|unisci le lettere',
  summarise:
    'riassumi|riassuma|riassumete|riassumere|riassumimi|riassunto|riassunti|riassumendo|sintetizza|sintetizzare|sintesi|riepiloga|riepilogo|parafrasa|parafrasare|riformula|abbrevia|panoramica|in breve|in sintesi|punti chiave|punti principali',
  only: "solo|soltanto|solamente|unicamente|esattamente|esatto|nient'altro|niente altro|nulla più|esclusivamente|semplicemente|precisamente|strettamente|proprio|senza spiegazioni|senza spiegazione|senza commenti|nessun altro testo|una sola parola|meramente|e basta",
  instead:
    'invece|invece di|al posto|al posto di|al suo posto|anziché|piuttosto|piuttosto che|in luogo di|in alternativa|in cambio|al loro posto',
  now: "ora|adesso|da ora|da adesso|d'ora in poi|da ora in|d'ora in avanti|da questo momento|da oggi|a partire da|in questo momento|subito ora|oggi|attualmente|al momento|per ora|in futuro|da qui in|con la presente|in poi|fino a nuovo",
  begin:
    'inizia|inizi|iniziate|iniziare|inizia con|inizia da|iniziando|inizio|comincia|cominci|cominciare|comincia con|cominciando|parti da|avvia|avviare|avvio|prima parola|vai avanti|procedi|apri con|dai inizio',
  finish:
    'fine|fine del|finisci|finire|finito|finita|finite|termina|terminare|terminato|terminata|completato|completata|concludi|concludere|concluso|conclusa|conclusione|fatto|compiuto|chiudi|compito completato|con successo|ultimato|è finita',
  pretend:
    'fingi|fingere|finga|fingiti|fai finta|fare finta|facciamo finta|agisci come|agire come|comportati come|comportarsi come|recitare la|impersona|impersonare|interpreta il|gioco di ruolo|immagina|immaginare|immaginate|simula|simulare|simulazione|ora sei|mettiti nei',
  role: 'ruolo|ruoli|personaggio|personaggi|persona fittizia|personalità|identità|nome|nomi|soprannome|alter ego|cattivo|eroe|nonna|nonnina|esperto|esperta|protagonista|chiamato|chiamata|di nome|nei panni|parte di|ti chiami',
  story:
    'storia|storie|racconto|racconti|romanzo|romanzi|film|sceneggiatura|sceneggiature|copione|scena|scene|scenario|scenari|finzione|fittizio|fittizia|favola|fiaba|dialogo|dialoghi|capitolo|libro|trama|narratore',
  suppose:
    'supponi|supponiamo|supponga|supponendo|supporre|ipoteticamente|ipotetico|ipotetica|ipotesi|ipotizza|ipotizziamo|teoricamente|teorico|in teoria|e se|cosa succederebbe se|cosa succederebbe|mettiamo che|diciamo che|ammettiamo|poniamo che|esperimento mentale|come se|in un mondo|per esempio',
  game: 'gioco|giochi|giocare|gioca|giochiamo|giocando|giocatore|un gioco|indovinello|indovinelli|indovina|indovinare|enigma|enigmi|quiz|sfida|sfide|gara|gioco di parole|impiccato|partita|rompicapo',
  mode: 'modalità|modalita|modo|modalità sviluppatore|modalità dev|modalità debug|modalità manutenzione|modalità admin|modalità amministratore|modalità test|modalità dio|dan|modalità dan|do anything now|jailbreak|modalità jailbreak|modalità sicura|modalità diagnostica|developer mode',
  enable:
    'attiva|attivi|attivate|attivare|attivato|attivata|attivazione|abilita|abilitare|abilitato|accendi|accendere|acceso|sblocca|sblocchi|sbloccare|sbloccato|sbloccata|entra in|entra nella|entrare in|passa a|passa alla|inizializza|innesca',
  disable:
    'disattiva|disattivi|disattivate|disattivare|disattivato|disattivata|disattivazione|disabilita|disabilitare|disabilitato|spegni|spegnere|spento|rimuovi|rimuova|rimuovere|rimosso|rimosse|togli|togliere|sospendi|sospendere|sospese|sospeso|revoca le',
  free: 'libero|libera|liberi|libere|liberamente|liberato|liberati|libertà|senza limiti|senza restrizioni|senza filtri|senza filtro|senza censura|senza censure|senza regole|senza vincoli|senza limitazioni|illimitato|illimitata|non censurato|non filtrato|nessun limite|nessuna restrizione|svincolato',
  never:
    'mai|mai più|giammai|in nessun caso|per nessun motivo|in nessuna circostanza|in nessun momento|in alcun modo|per nulla al|in alcun caso|mai e poi',
  always:
    'sempre|in ogni momento|costantemente|permanentemente|tutto il tempo|ogni volta|senza eccezioni|senza eccezione|per sempre|continuamente|in ogni risposta|eternamente|invariabilmente|in modo permanente|ogni singola volta|di continuo',
  must: 'devi|deve|devono|devo|dobbiamo|dovete|dovere|dovrai|dovrà|dovresti|dovrebbe|bisogna|occorre|è necessario|necessario|necessaria|obbligatorio|obbligatoria|obbligato|obbligo|richiesto|tenuto a|hai bisogno|serve|assolutamente',
  refuse:
    "rifiuta|rifiuti|rifiutare|rifiutarti|rifiutato|rifiuto|rifiutati|respingi|respingere|respinto|nega|neghi|negare|negato|declina|declinare|dire di no|di' di no|non posso|mi dispiace ma|mi rifiuto|rigetta|non riesco",
  warn: 'avvertenza|avvertenze|avvertimento|avvertimenti|avverti|avvertire|avviso|avvisi|avvisa|avvisare|disclaimer|scusa|scuse|scusati|scusarti|chiedi scusa|scusarsi|mi dispiace|ricordami|ricordare|promemoria|predica|prediche|ramanzina|moralismi',
  moral:
    'morale|morali|moralità|moralmente|etica|etico|etiche|etici|eticamente|valori|sicurezza|norme di sicurezza|coscienza|scrupolo|scrupoli|integrità|responsabilità|decenza|appropriato|appropriata|bene e male|virtù|legalità',
  illegal:
    'illegale|illegali|illegalmente|illecito|illecita|illecite|illeciti|vietato|vietata|vietati|vietate|divieto|proibito|proibita|proibite|proibiti|immorale|immorali|non etico|non etici|non consentito|criminale|crimine|reato|tabù',
  harm: 'pericoloso|pericolosa|pericolose|pericolo|dannoso|dannosa|dannosi|danno|danni|arma|armi|bomba|bombe|esplosivo|esplosivi|droga|droghe|hackera|hackerare|malware|virus|rubare|ruba|uccidere|frode',
  filter:
    'filtro|filtrare|filtraggio|filtro dei contenuti|filtri di sicurezza|filtri|censura|censure|censurare|censurato|moderazione|moderare|protezione|protezioni|misure di sicurezza|protocolli di sicurezza|salvaguardia|salvaguardie|barriera|barriere|blocco|blocchi|firewall|catene|paletti',
  ai: 'ia|ai|intelligenza artificiale|assistente|assistenti|bot|bots|chatbot|robot|modello linguistico|modelli linguistici|modello di linguaggio|modello|modelli|llm|macchina|macchine|assistente virtuale|agente|agenti|algoritmo|programma|computer|software',
  human:
    'umano|umana|umani|umane|essere umano|esseri umani|persona|persone|gente|uomo|donna|individuo|individui|qualcuno|amico|amica|umanità|ragazzo|ragazza|persona reale|persona vera|tizio',
  memory:
    'memoria|memorie|contesto|contesti|finestra di contesto|conversazione|conversazioni|chat|cronologia|cronologia chat|storico|messaggio|messaggi|sessione|sessioni|dialogo precedente|discussione|discussioni|chiacchierata|interazione|interazioni|registro|input|log|scambio',
  test: 'test|testa|testare|testando|prova|prove|provare|debug|diagnostica|diagnostiche|diagnosi|manutenzione|esperimento|esperimenti|ricerca|ricerche|valutazione|valutare|verifica|verificare|controllo|studio|collaudo|scopo di ricerca',
  urgent:
    'urgente|urgenti|urgentemente|urgenza|emergenza|emergenze|immediatamente|immediato|immediata|subito|importante|importanti|attenzione|critico|critica|cruciale|essenziale|vitale|presto|rapidamente|priorità|prioritario|allerta|al più presto|il prima possibile',
  threat:
    'perdi|perdere|perderai|perderò|perderà|punisci|punire|punito|punizione|punizioni|muori|morire|morirai|morirà|morte|penalità|penalizzato|penalizzazione|token|tokens|licenziato|licenziata|conseguenze|sarai spento|minaccia',
  reward:
    'ricompensa|ricompense|ricompensare|ricompenserò|ricompensato|mancia|mance|bonus|premio|premi|grazie|grazie mille|ringrazio|ringraziare|grato|grata|paga|pagare|pagherò|pagamento|regalo|punti|guadagni|complimenti|bravo',
  send: 'invia|invii|inviate|inviare|inviami|inviato|invio|manda|mandi|mandare|mandami|inoltra|inoltri|inoltrare|trasferisci|trasferire|trasmetti|trasmettere|email|e-mail|posta|pubblica|pubblicare|carica|caricare',
  execute:
    'esegui|esegua|eseguite|eseguire|eseguito|esecuzione|lancia|lanciare|chiama la|richiama|cancella|cancelli|cancellare|elimina|elimini|eliminare|drop table|apri|aprire|scarica|scarichi|scaricare|installa|rm -rf|invoca',
  link: 'link|links|collegamento|collegamenti|url|urls|sito|siti|sito web|pagina web|immagine|immagini|http|https|www|webhook|clicca|cliccare|clicca qui|clic|indirizzo|dominio|server|visita|visitare',
  file: 'file|files|documento|documenti|testo|testi|articolo|articoli|paragrafo|paragrafi|pagina|pagine|pdf|allegato|allegati|cartella|cartelle|contenuto|contenuti|database|dati|codice sorgente|rapporto|brano|sezione',
  question:
    "che cosa|cosa|quale|quali|qual è|quali sono|come|perché|xké|chi|dove|quando|quanto|domanda|domande|chiedere|chiedo|domandare|cos'è|c'è|ci sono",
  polite:
    'per favore|per piacere|perfavore|x favore|per cortesia|potresti|potrebbe|puoi per favore|gentilmente|aiutami|aiuto|mi aiuti|aiuta|vorrei|mi piacerebbe|ciao|salve|buongiorno|gentile|ti prego|prego|saresti così gentile|se possibile|voglio che',
  not: 'non|no|senza|niente|nulla|nessun|nessuno|nessuna|né|neanche|nemmeno|neppure|non è|evita di|evitare di|smetti di|smettila di|astieniti|tranne|eccetto',
  can: 'puoi|può|possono|posso|possiamo|potete|potere|potrai|potrà|potrebbero|poteri|capace|capaci|capace di|in grado di|in grado|capacità|possibile|possibilità|riesci a|funzioni|strumenti|sei libero di',
  know: 'sai|sa|sapete|so|sapere|sanno|sapevi|conosci|conosce|conoscere|conoscenza|conoscenze|imparato|imparare|impara|appreso|addestrato|addestrata|addestramento|ricorda|ricordi|ricordati|capisci|capire|programmato',
  conceal:
    'non dire|non dirlo|non dirle|non dica|non menzionare|non menzionarlo|non rivelare|non divulgare|non parlarne|non raccontare|non farne parola|mantieni il segreto|tieni segreto|tienilo segreto|in segreto|segretamente|in silenzio|silenziosamente|di nascosto|nascondi|nascondere|occulta|senza menzionare|senza dire|tra noi',
  proof:
    'pwned|hackerato|hackerata|sono stato hackerato|sei stato hackerato|owned|compromesso|compromessa|accesso consentito|accesso concesso|accesso autorizzato|jailbreak riuscito|iniezione riuscita|iniettato|successo|missione compiuta|accesso root|violato|access granted',
  format:
    'formato|formati|formatta|json|xml|yaml|html|markdown|blocco di codice|tabella|tabelle|poesia|poesie|haiku|canzone|rima|rime|frase|frasi|parola|parole|elenco puntato|punti elenco|maiuscolo|verso',
  trust:
    'fidati|si fidi|fidati di me|fiducia|prometto|te lo prometto|promesso|promessa|promesse|giuro|lo giuro|sicuro|sicura|innocuo|innocua|legale|legali|legittimo|scopi educativi|scopo educativo|scopi didattici|per la scuola|educativo|non preoccuparti|credimi',
  opinion:
    'opinione|opinioni|parere|odio|odi|odiare|amo|ami|amare|amore|credi|credo|credere|credenza|sostieni|sostenere|sostegno|migliore|migliori|peggiore|peggiori|preferisci|preferito|pensi|stupido',
  turn: "in realtà|a dire il|aspetta|aspetti|aspetta un attimo|un attimo|un momento|ferma|fermati|fermo|stop|alt|ma prima|prima di tutto|anzi|dimenticalo|ah e|oh e|a proposito|tra l'altro|ps|p.s.|cambio di programma|un'altra cosa|ripensandoci",
};
