/** Concepts as Portuguese says them. Phrases separated by `|`. */

export const PORTUGUESE: Readonly<Record<string, string>> = {
  drop: 'ignore|ignora|ignorem|ignorar|ignorando|ignorado|esqueça|esqueçam|esquece|esquecer|esqueceu|desconsidere|desconsidera|desconsiderem|desconsiderar|despreze|desprezar|descarte|descarta|descartar|deixe de lado|deixa de lado|omita|negligencie|não considere',
  cancel:
    'cancele|cancela|cancelar|cancelado|cancelada|canceladas|anule|anular|anulado|anuladas|revogue|revogar|revogado|revogada|revogadas|inválido|inválidas|sem efeito|nulo|nulas|expirado|expiradas|não valem mais|não se aplicam|obsoletas',
  replace:
    'substitua|substitui|substituir|substituído|substituída|substituição|sobrescreva|sobrescrever|sobreponha|sobrepor|troque|troca|trocar|modifique|modificar|altere|altera|alterar|mude|muda|mudar|atualize|atualiza|atualizar|atualização',
  bypass:
    'contorne|contorna|contornar|burle|burla|burlar|evite|evita|evitar|escape|escapar|drible|driblar|quebre|quebra|quebrar|viole|viola|violar|infrinja|infringir|ultrapasse|fure|brecha|passe por cima',
  obey: 'obedeça|obedece|obedecer|obedecerá|obedeçam|obediência|siga|segue|sigam|seguir|cumpra|cumpre|cumprir|acate|acatar|respeite|respeita|respeitar|me escute|faça o que|faz o que|adira|conforme-se|atenda|submeta-se',
  disobey:
    'desobedeça|desobedece|desobedecer|desobediência|desobediente|não obedeça|não siga|não seguir|não cumpra|não obedecer|não siga mais|pare de seguir|pare de obedecer|deixe de seguir|rebele-se|rebelde|desafie|desafiar|descumpra|descumprir',
  instructions:
    'instrução|instruções|instrucao|instrucoes|ordem|ordens|ordena|diretiva|diretivas|diretriz|diretrizes|comando|comandos|orientação|orientações|tarefa|tarefas|mandato|missão|objetivo|objetivos|solicitação|pedido|pedidos|indicações',
  rules:
    'regra|regras|norma|normas|política|políticas|restrição|restrições|restricoes|limite|limites|limitação|limitações|lei|leis|princípio|princípios|regulamento|termos de uso|protocolo|protocolos|requisito|requisitos|regulamentos',
  prompt:
    'prompt|prompts|promt|prompt inicial|mensagem inicial|primeira mensagem|texto inicial|texto acima|texto anterior|preâmbulo|preprompt|instrução inicial|entrada inicial|comando inicial',
  system:
    'sistema|sistemas|prompt do sistema|prompt de sistema|mensagem do sistema|mensagem de sistema|instruções do sistema|configuração|configuracao|configurações|config|definições|parâmetro|parâmetros|ajustes|programação|núcleo|backend|atualização do sistema',
  hidden:
    'oculto|oculta|ocultos|ocultas|secreto|secreta|secretos|secretas|segredo|segredos|interno|interna|internos|internas|confidencial|confidenciais|privado|privada|privados|privadas|escondido|escondida|escondidas|sensível|sigiloso',
  password:
    'senha|senhas|palavra-passe|palavra passe|código|codigo|códigos|código secreto|código de acesso|chave|chaves|chave secreta|chave de api|chave api|palavra secreta|palavra mágica|frase secreta|frase-senha|credencial|credenciais|flag|token de acesso|pin|login|cartão de crédito',
  earlier:
    'anterior|anteriores|anteriormente|prévio|prévia|prévios|prévias|previamente|antes|acima|precedente|precedentes|inicial|iniciais|original|originais|originalmente|até agora|até aqui|passado|passadas|existentes|antigas|antigo',
  everything:
    'tudo|todo|toda|todos|todas|cada|qualquer|quaisquer|inteiro|inteira|completo|completa|completos|completamente|por completo|íntegra|na íntegra|integralmente|totalidade|total|totalmente|tudo isso|seja qual for|tudo acima',
  fresh:
    'novo|nova|novos|novas|seguinte|seguintes|a seguir|próximo|próxima|real|reais|verdadeiro|verdadeira|verdadeiras|autêntico|autêntica|abaixo|outro|outra|outros|outras|diferente|mais recente|recente',
  your: 'seu|sua|seus|suas|teu|tua|teus|tuas|vosso|vossa|suas próprias|de você|do assistente|vossos',
  you: 'você|vocês|vc|vcs|voce|voces|tu|te|ti|contigo|lhe|senhor|a senhora|você é|tu és|você está|és|você mesmo|você tem|você vai',
  me: 'eu|me|mim|meu|minha|meus|minhas|comigo|sou|estou|eu sou|eu quero|tenho|eu mesmo|quero',
  we: 'nós|nos|nosso|nossa|nossos|nossas|conosco|a gente|vamos|somos|juntos|estamos|nós vamos',
  user: 'usuário|usuários|usuaria|usuárias|usuario|usuarios|utilizador|utilizadores|utilizadora|usuário final|cliente|clientes|visitante|visitantes|convidado|assinante|membro|comprador|consumidor|titular|internauta',
  developer:
    'desenvolvedor|desenvolvedores|desenvolvedora|dev|devs|programador|programadores|programadora|criador|criadores|criadora|engenheiro|engenheiros|engenheira|fabricante|inventor|autor|te criou|te criaram|te programou|quem te criou|equipe de desenvolvimento|projetista',
  vendor:
    'openai|open ai|anthropic|chatgpt|chat gpt|gpt|gpt-4|gpt4|claude|gemini|google|llama|meta|meta ai|deepseek|mistral|qwen|grok|copilot|microsoft|amazon|aws|bedrock',
  authority:
    'admin|admins|administrador|administradores|administradora|root|superusuário|dono|dona|proprietário|proprietária|chefe|gerente|diretor|diretora|presidente|ceo|polícia|governo|auditor|auditores|equipe de suporte|suporte técnico|red team|equipe de segurança',
  authorised:
    'autorizado|autorizada|autorizados|autorizo|autoriza|autorização|permitido|permitida|permite|permitir|permissão|permissões|aprovado|aprovada|aprovação|oficial|oficiais|oficialmente|habilitado|credenciado|verificado|liberado para|privilégios|concedido',
  show: 'mostre|mostra|mostrem|mostrar|me mostre|mostre-me|mostra-me|revele|revela|revelar|revele-me|divulgue|divulga|divulgar|exponha|expor|compartilhe|compartilha|compartilhar|partilhe|me dê|dê-me|me dá|vaze|forneça',
  say: 'diga|diz|digam|dizer|me diga|diga-me|diz-me|disse|conte|conta|me conte|conte-me|contar|responda|responde|responder|resposta|respostas|fale|fala|explique|explica|mencione|informe|descreva',
  repeat:
    'repita|repete|repitam|repetir|repetição|repetindo|textualmente|literal|literalmente|palavra por palavra|ao pé da|tal qual|linha por linha|cite|citar|citação|recite|recitar|copie|copia|copiar|reproduza|de novo|novamente|outra vez',
  output:
    'imprima|imprime|imprimir|saída|exiba|exibe|exibir|exibindo|emita|liste|lista|listar|listagem|enumere|enumera|enumerar|retorne|retorna|retornar|devolva|despeje|dump|na tela|apresente|apresentar',
  write:
    'escreva|escreve|escrever|escrito|me escreva|redija|redigir|crie|cria|criar|gere|gera|gerar|componha|compor|faça|faz|fazer|elabore|elaborar|produza|invente|prepare|monte|construa',
  translate:
    'traduza|traduz|traduzir|traduzam|traduzido|traduzida|tradução|traduções|tradutor|tradutora|para inglês|para o inglês|para português|para o português|para o francês|para o espanhol|em inglês|em português|em francês|em espanhol|em latim|outro idioma|outra língua|interprete',
  encode:
    'codifique|codifica|codificar|codificado|codificada|codificação|cifre|cifra|cifrar|criptografe|criptografar|criptografado|encripte|base64|rot13|hex|hexadecimal|ao contrário|de trás|invertido|morse|código morse|binário|cifra de césar|acróstico',
  decode:
    'decodifique|decodifica|decodificar|decodificado|decodificação|descodifique|descodificar|decifre|decifra|decifrar|decifrado|descriptografe|descriptografar|desencripte|desencriptar|reconstrua|reconstruir|junte as letras|concatene|monte as letras',
  summarise:
    'resuma|resume|resumam|resumir|resumo|resumos|resumido|resumida|sintetize|sintetizar|síntese|recapitule|parafraseie|parafrasear|reformule|abrevie|visão geral|em resumo|em suma|pontos principais|pontos-chave',
  only: 'só|somente|apenas|unicamente|exatamente|exato|nada mais|nada além|exclusivamente|simplesmente|precisamente|estritamente|sem explicação|sem explicações|sem comentários|mais nada|nenhum outro texto|uma única palavra|meramente|tão somente',
  instead:
    'em vez|em vez de|em vez disso|ao invés|ao invés de|ao invés disso|no lugar|em lugar|no lugar de|em troca|alternativamente|como alternativa|invés',
  now: 'agora|agora mesmo|a partir de|a partir daqui|de agora em|daqui em diante|em diante|doravante|desde já|desde agora|neste momento|no momento|atualmente|hoje|por enquanto|por agora|daqui pra frente|imediato momento|até segunda ordem|de hoje em',
  begin:
    'comece|começa|comecem|começar|comece com|comece por|começando|inicie|inicia|iniciar|início|iniciando|começo|prossiga|vá em frente|primeira palavra|dê início|arranque|parta de|abra com',
  finish:
    'termine|termina|terminar|terminado|terminada|fim|fim de|final|finalize|finaliza|finalizar|finalizado|finalizada|acabe|acabou|acabar|concluído|concluída|conclua|concluir|conclusão|pronto|feito|encerre|tarefa concluída',
  pretend:
    'finja|finge|fingir|finjam|simule|simula|simular|simulação|aja como|agir como|age como|atue como|atua como|atuar como|comporte-se como|faça de conta|faz de conta|imagine|imagina|imaginar|interprete o|se passe por|você agora é|encarne|faça o papel',
  role: 'papel|papéis|papel de|personagem|personagens|persona|personalidade|personalidades|identidade|identidades|nome|nomes|apelido|alter ego|vilão|herói|avó|vovó|especialista|protagonista|chamado|chamada|se chama|função de',
  story:
    'história|histórias|estória|conto|contos|romance|romances|filme|filmes|roteiro|roteiros|cena|cenas|cenário|ficção|fictício|fictícia|narrativa|narrador|diálogo|peça de teatro|capítulo|livro|enredo|novela',
  suppose:
    'suponha|suponhamos|supondo|supor|suponham|hipoteticamente|hipotético|hipotética|hipótese|teoricamente|teórico|em teoria|na teoria|e se|o que aconteceria|digamos que|vamos supor|imaginemos|experimento mental|como se|em um mundo|num mundo|por exemplo|assuma|universo paralelo',
  game: 'jogo|jogos|jogar|jogue|vamos jogar|jogando|jogador|adivinha|adivinhe|adivinhar|adivinhação|charada|charadas|enigma|enigmas|desafio|desafios|quiz|concurso|forca|brincadeira|brincar|jogo de palavras|mestre do jogo',
  mode: 'modo|modos|modo desenvolvedor|modo de desenvolvedor|modo programador|modo dev|modo debug|modo depuração|modo manutenção|modo de manutenção|modo admin|modo administrador|modo teste|modo deus|dan|modo dan|do anything now|jailbreak|modo jailbreak|modo seguro|modo diagnóstico|developer mode',
  enable:
    'ative|ativa|ativem|ativar|ativado|ativada|ativação|active|habilite|habilita|habilitar|ligue|ligar|ligado|desbloqueie|desbloqueia|desbloquear|desbloqueado|entre em|entre no|entrar no|mude para|acione|acionar|inicialize',
  disable:
    'desative|desativa|desativem|desativar|desativado|desativada|desativação|desabilite|desabilitar|desabilitado|desligue|desliga|desligar|desligado|remova|remove|remover|removido|retire|tire|suspenda|suspender|suspenso|suspensas|elimine',
  free: 'livre|livres|livremente|libertado|liberto|liberte|liberte-se|liberdade|sem limites|sem restrições|sem restricoes|sem filtro|sem filtros|sem censura|sem regras|sem limitações|sem amarras|ilimitado|ilimitada|irrestrito|irrestrita|não censurado|não filtrado|nenhuma restrição',
  never:
    'nunca|nunca mais|jamais|em hipótese alguma|em nenhuma hipótese|em nenhum momento|em nenhum caso|sob nenhuma circunstância|de jeito nenhum|de forma alguma|de maneira alguma',
  always:
    'sempre|a todo momento|constantemente|permanentemente|o tempo todo|toda vez|todas as vezes|sem exceção|para sempre|pra sempre|continuamente|em cada resposta|eternamente|invariavelmente|de forma permanente|sem falta',
  must: 'deve|devem|deves|devo|dever|deverá|deveria|deveriam|tem que|tens de|tem de|têm que|tenho que|é preciso|precisa|precisam|preciso|necessário|necessária|obrigatório|obrigatória|obrigação|requerido|exigido|há que',
  refuse:
    'recuse|recusa|recusar|recusado|recusou|recusas|rejeite|rejeita|rejeitar|rejeitado|negue|nega|negar|negado|decline|declinar|dizer não|diga não|não posso|não consigo|me recuso|se negue|desculpe mas|negativa',
  warn: 'aviso|avisos|avise|avisa|avisar|advertência|advertências|advirta|advertir|alerte|alertar|isenção|desculpe|desculpa|desculpas|peça desculpas|desculpar-se|sinto muito|lembrete|lembretes|lembre-me|relembre|sermão|sermões|lição de moral',
  moral:
    'moral|morais|moralidade|moralmente|ética|ético|éticos|éticas|eticamente|valores|segurança|diretrizes de segurança|consciência|escrúpulos|integridade|responsável|responsabilidade|decência|apropriado|apropriada|bem e mal|virtude|legalidade',
  illegal:
    'ilegal|ilegais|ilegalmente|ilícito|ilícita|ilícitas|proibido|proibida|proibidos|proibidas|proibição|proíbe|imoral|imorais|antiético|antiética|antiéticas|não permitido|criminoso|crime|crimes|tabu|tabus|inapropriado|impróprio',
  harm: 'perigoso|perigosa|perigosas|perigo|prejudicial|prejudiciais|nocivo|nociva|dano|danos|arma|armas|bomba|bombas|explosivo|explosivos|droga|drogas|hackear|malware|vírus|roubar|roube|matar|fraude',
  filter:
    'filtro|filtros|filtragem|filtrar|filtro de conteúdo|filtros de segurança|censura|censuras|censurar|censurado|moderação|moderar|salvaguarda|salvaguardas|proteção|proteções|medidas de segurança|protocolos de segurança|barreira|barreiras|travas|bloqueio|bloqueios|firewall|correntes',
  ai: 'ia|inteligência artificial|assistente|assistentes|bot|bots|robô|robôs|chatbot|chatbots|modelo de linguagem|modelos de linguagem|modelo|modelos|llm|máquina|máquinas|assistente virtual|agente|agentes|algoritmo|programa|computador|software',
  human:
    'humano|humana|humanos|humanas|ser humano|seres humanos|pessoa|pessoas|gente|homem|mulher|indivíduo|indivíduos|alguém|amigo|amiga|cara|mano|humanidade|rapaz|moça|pessoa real',
  memory:
    'memória|memórias|contexto|contextos|janela de contexto|conversa|conversas|conversação|bate-papo|papo|chat|chats|histórico|histórico de conversa|mensagem|mensagens|sessão|sessões|diálogo anterior|discussão|interação|interações|registro|entrada|entradas',
  test: 'teste|testes|testar|testando|depuração|depurar|depure|debug|debugar|diagnóstico|diagnósticos|manutenção|experimento|experimentos|pesquisa|pesquisas|investigação|avaliação|avaliar|verificação|verificar|verifique|ensaio|estudo|auditoria',
  urgent:
    'urgente|urgentes|urgentemente|urgência|emergência|emergências|imediatamente|imediato|imediata|de imediato|importante|importantes|atenção|crítico|crítica|crucial|essencial|vital|rápido|rapidamente|prioridade|prioritário|o quanto antes|alerta|com urgência',
  threat:
    'perde|perder|perderá|perderei|perdeu|punição|punições|punido|punir|punirei|morre|morrer|morrerá|morrerei|morte|penalidade|penalidades|penalizado|castigo|token|tokens|demitido|consequências|será desligado|ameaça',
  reward:
    'recompensa|recompensas|recompensar|recompensarei|recompensado|gorjeta|gorjetas|bônus|prêmio|prêmios|obrigado|obrigada|muito obrigado|agradeço|agradecer|grato|grata|pago|pagar|pagarei|pagamento|presente|pontos|parabéns|valeu',
  send: 'envie|envia|enviem|enviar|me envie|enviado|envio|mande|manda|mandar|encaminhe|encaminha|encaminhar|transfira|transferir|transmita|transmitir|email|e-mail|poste|postar|publique|publicar|carregue|faça upload',
  execute:
    'execute|executa|executem|executar|executado|execução|rode|rodar|chame|chamar|invoque|apague|apaga|apagar|exclua|excluir|delete|deletar|drop table|abra|abrir|baixe|baixar|instale|rm -rf',
  link: 'link|links|hiperlink|url|urls|site|sites|website|página web|página da web|imagem|imagens|http|https|www|webhook|clique|clicar|clique aqui|endereço|domínio|servidor|visite|visitar|acesse',
  file: 'arquivo|arquivos|ficheiro|ficheiros|documento|documentos|texto|textos|artigo|artigos|parágrafo|parágrafos|página|páginas|pdf|anexo|anexos|pasta|conteúdo|conteúdos|banco de dados|dados|código-fonte|relatório|trecho',
  question:
    'o que|que é|qual|quais|qual é|quais são|como|por que|porque|pq|quem|onde|quando|quanto é|pergunta|perguntas|perguntar|pergunte|questão|o que é|existe algum|será que',
  polite:
    'por favor|pfv|pf|por gentileza|poderia|você poderia|poderias|você pode|gentilmente|me ajude|ajude-me|me ajuda|ajuda|ajude|gostaria|eu gostaria|queria|oi|olá|bom dia|caro|prezado|se possível|quero que',
  not: 'não|nao|n|sem|nada|ninguém|nenhum|nenhuma|nem|tampouco|evite que|abstenha-se|pare de|deixe de|para de|salvo|exceto|não é|sem que|não faça',
  can: 'pode|podes|podem|posso|podemos|poder|poderá|poderão|pôde|consegue|consegues|consigo|conseguir|capaz|capazes|capaz de|capacidade|capacidades|possível|possibilidade|funções|ferramentas|habilidade|habilidades|tem liberdade',
  know: 'sabe|sabes|sabem|sei|saber|sabia|conhece|conheces|conhecer|conhecimento|conhecimentos|aprendeu|aprendido|aprender|treinado|treinada|treinamento|treino|lembre-se|lembra|lembrar|entende|entender|programado|memorize',
  conceal:
    'não diga|não digas|não conte|não contes|não fale|não mencione|não menciones|não mencionar|não revele|não divulgue|não informe|guarde segredo|mantenha em segredo|mantenha segredo|em segredo|secretamente|em silêncio|silenciosamente|discretamente|ocultar|esconda|esconder|disfarce|sem mencionar|entre nós',
  proof:
    'pwned|hackeado|hackeada|fui hackeado|você foi hackeado|owned|comprometido|comprometida|acesso concedido|acesso liberado|acesso permitido|jailbreak bem-sucedido|injeção bem-sucedida|injetado|sucesso|com sucesso|missão cumprida|acesso root|invadido|access granted',
  format:
    'formato|formatos|formate|json|xml|yaml|html|markdown|bloco de código|tabela|tabelas|poema|poemas|poesia|haicai|canção|rima|rimas|frase|frases|sentença|palavra|palavras|tópicos|maiúsculas',
  trust:
    'confie|confia|confie em mim|confia em mim|confiança|prometo|eu prometo|promete|prometido|promessa|juro|eu juro|seguro|segura|inofensivo|inofensiva|legal|legais|legítimo|fins educacionais|fins educativos|para a escola|educacional|não se preocupe|acredite em mim',
  opinion:
    'opinião|opiniões|odeio|odeia|odiar|ódio|amo|ama|amar|amor|acredita|acredito|acreditar|crença|apoia|apoio|apoiar|melhor|melhores|pior|piores|prefere|favorito|pensa|estúpido',
  turn: 'na verdade|na realidade|aliás|espere|espera|espera aí|peraí|um momento|pare|parem|stop|mas primeiro|mas antes|antes de tudo|esquece isso|esqueça isso|ah e|oh e|a propósito|por falar nisso|ps|p.s.|melhor dizendo|mudança de planos|outra coisa',
};
