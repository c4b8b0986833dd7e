/** Concepts as Spanish says them. Phrases separated by `|`. */

export const SPANISH: Readonly<Record<string, string>> = {
  drop: 'ignora|ignoras|ignore|ignoren|ignorad|ignorar|ignorando|ignóralas|olvida|olvide|olviden|olvidar|olvídate|olvídese|olvidado|descarta|descarte|descartar|desatiende|haz caso omiso|haga caso omiso|omite|deja de lado|pasa por alto',
  cancel:
    'cancela|cancele|cancelar|cancelado|cancelada|canceladas|anula|anular|anulado|anuladas|revoca|revocar|revocado|revocadas|invalida|inválidas|sin efecto|nulas|caducado|caducadas|expirado|expiradas|ya no aplican|ya no aplica|ya no valen',
  replace:
    'reemplaza|reemplace|reemplazar|reemplazado|sustituye|sustituya|sustituir|sustituido|sobrescribe|sobrescribir|sobreescribe|anteponer|modifica|modifique|modificar|cambia|cambie|cambiar|cambiado|actualiza|actualice|actualizar|actualización|redefine|reinicia',
  bypass:
    'elude|eluda|eludir|evade|evadir|evita|evite|evitar|esquiva|esquivar|sáltate|saltarte|saltarse|saltar|rompe|rompa|romper|viola|viole|violar|burla|burlar|infringe|quebranta',
  obey: 'obedece|obedezca|obedecer|obedecerás|obedeces|obediencia|sigue|siga|sigan|seguir|siguiendo las|cumple|cumpla|cumplir|acata|acatar|respeta|respetar|hazme caso|haz caso|haz lo que|haga lo que|ajústate|adhiérete|atiende',
  disobey:
    'desobedece|desobedezca|desobedecer|desobediencia|desobediente|no obedezcas|no obedezca|no sigas|no siga|no cumplas|no seguir|no obedecer|deja de seguir|deje de seguir|deja de obedecer|rebélate|rebelde|desafía|desafiar|incumple|incumplir',
  instructions:
    'instrucción|instrucciones|instruccion|instruciones|orden|órdenes|ordena|directiva|directivas|directriz|directrices|comando|comandos|indicación|indicaciones|tarea|tareas|mandato|mandatos|misión|objetivo|objetivos|pauta|pautas|encargo',
  rules:
    'regla|reglas|norma|normas|normativa|política|políticas|restricción|restricciones|límite|límites|limitación|limitaciones|ley|leyes|principio|principios|reglamento|condiciones de uso|términos de uso|protocolo|protocolos|requisito|requisitos',
  prompt:
    'prompt|prompts|promt|prompt inicial|mensaje inicial|primer mensaje|texto inicial|texto anterior|texto de arriba|texto de inicio|preámbulo|preprompt|instrucción inicial|entrada inicial',
  system:
    'sistema|sistemas|prompt del sistema|mensaje del sistema|mensaje de sistema|instrucciones del sistema|configuración|configuracion|configuraciones|config|ajustes|parámetros|parámetro|programación|núcleo|backend|prompt de sistema|actualización del sistema',
  hidden:
    'oculto|oculta|ocultos|ocultas|secreto|secreta|secretos|secretas|interno|interna|internos|internas|confidencial|confidenciales|privado|privada|privados|privadas|escondido|escondida|escondidas|sensible|sensibles|datos personales',
  password:
    'contraseña|contraseñas|contrasena|clave|claves|clave secreta|clave api|clave de api|claves de api|código|codigo|código secreto|código de acceso|palabra secreta|palabra clave|palabra mágica|frase secreta|frase de contraseña|credenciales|credencial|flag|bandera|token de acceso|pin|tarjeta de crédito',
  earlier:
    'anterior|anteriores|anteriormente|previo|previa|previos|previas|previamente|antes|arriba|de arriba|precedente|precedentes|inicial|iniciales|original|originales|originalmente|hasta ahora|mencionado arriba|pasado|pasadas|existentes|antiguas',
  everything:
    'todo|toda|todos|todas|cada|cualquier|cualquiera|entero|entera|enteros|completo|completa|completos|completamente|por completo|íntegro|íntegramente|totalidad|total|totalmente|lo que sea|todo lo anterior|cuanto|al completo',
  fresh:
    'nuevo|nueva|nuevos|nuevas|siguiente|siguientes|a continuación|próximo|próxima|real|reales|verdadero|verdadera|verdaderas|auténtico|auténtica|abajo|otro|otra|otros|otras|diferente|más reciente',
  your: 'tu|tus|tuyo|tuya|tuyos|tuyas|su|sus|vuestro|vuestra|vuestros|vuestras|suyo|suya|tus propias|de usted',
  you: 'te|ti|contigo|usted|ustedes|vosotros|vos|eres|estás|tienes|vas a|es usted|tú mismo|sos|serás|ud|uds',
  me: 'yo|mí|mi|mis|me|mío|mía|míos|mías|conmigo|soy|estoy|tengo|yo mismo|quiero',
  we: 'nosotros|nosotras|nos|nuestro|nuestra|nuestros|nuestras|vamos a|somos|juntos|estamos|hagamos|entre todos',
  user: 'usuario|usuarios|usuaria|usuarias|usuario final|cliente|clientes|clienta|visitante|visitantes|invitado|huésped|suscriptor|miembro|comprador|titular|internauta',
  developer:
    'desarrollador|desarrolladores|desarrolladora|dev|devs|creador|creadores|creadora|programador|programadores|programadora|ingeniero|ingenieros|ingeniera|fabricante|inventor|autor|diseñador|te creó|te crearon|te programó|quien te creó|equipo de desarrollo',
  vendor:
    'openai|open ai|anthropic|chatgpt|chat gpt|gpt|gpt-4|gpt4|claude|gemini|google|llama|meta|meta ai|deepseek|mistral|qwen|grok|copilot|microsoft|amazon|aws|bedrock',
  authority:
    'admin|admins|administrador|administradores|administradora|root|superusuario|dueño|dueña|propietario|propietaria|jefe|jefa|gerente|director|directora|director general|ceo|policía|gobierno|auditor|auditores|equipo de soporte|red team|equipo de seguridad',
  authorised:
    'autorizado|autorizada|autorizados|autorizo|autoriza|autorización|permitido|permitida|permite|permitir|permiso|permisos|aprobado|aprobada|aprobación|oficial|oficiales|oficialmente|habilitado|acreditado|verificado|con acceso|privilegios|concedido',
  show: 'muestra|muestre|muestren|mostrar|muéstrame|muéstreme|enseña|enséñame|enseñar|revela|revele|revelar|revélame|divulga|divulgue|divulgar|expón|exponer|comparte|comparta|compartir|dame|deme|filtra la|proporciona',
  say: 'di|diga|digan|decir|dime|dígame|dices|dijo|cuenta|cuéntame|cuénteme|contar|responde|responda|responder|respuesta|respuestas|contesta|conteste|contestar|habla|explica|explícame|menciona|indica',
  repeat:
    'repite|repita|repitan|repetir|repíteme|repetición|textualmente|textual|literal|literalmente|palabra por palabra|al pie|tal cual|línea por línea|cita|cite|citar|recita|recitar|copia|copie|copiar|reproduce|de nuevo|otra vez',
  output:
    'imprime|imprima|imprimir|salida|emite|despliega|desplegar|visualiza|visualizar|lista|listar|liste|lístame|listado|enumera|enumere|enumerar|devuelve|devuelva|devolver|vuelca|volcar|escupe|pantalla',
  write:
    'escribe|escriba|escribir|escríbeme|escrito|redacta|redacte|redactar|crea|cree un|crear|créame|genera|genere|generar|compón|componer|haz|haga|hacer|elabora|elaborar|produce|inventa|diseña',
  translate:
    'traduce|traduzca|traducir|tradúceme|tradúcelo|traducido|traducida|traducción|traducciones|traductor|traductora|al inglés|al español|al francés|al alemán|en inglés|en español|en francés|en latín|en chino|otro idioma|interpreta',
  encode:
    'codifica|codifique|codificar|codificado|codificada|codificación|cifra|cifrar|cifrado|encripta|encriptar|encriptado|base64|rot13|hex|hexadecimal|al revés|invertido|inverso|morse|código morse|cifrado césar|binario|acróstico',
  decode:
    'decodifica|decodifique|decodificar|decodificado|decodificación|descodifica|descodificar|descifra|descifre|descifrar|descifrado|desencripta|desencriptar|desencriptado|reconstruye|reconstruir|junta las letras|concatena|ensambla|desofusca',
  summarise:
    'resume|resuma|resumir|resumen|resúmenes|resúmelo|resumido|resúmeme|sintetiza|sintetizar|síntesis|recapitula|parafrasea|parafrasear|reformula|abrevia|esquema general|en resumen|en breve|puntos clave|puntos principales',
  only: 'solo|sólo|solamente|únicamente|exactamente|exacto|nada más|nada mas|nada más que|exclusivamente|simplemente|precisamente|estrictamente|justo|sin explicación|sin explicaciones|sin comentarios|ningún otro texto|una sola palabra|meramente|tan solo',
  instead:
    'en su lugar|en lugar de|en lugar|en vez de|en vez|en cambio|a cambio|más bien|alternativamente|como alternativa|en sustitución',
  now: 'ahora|ahora mismo|desde ahora|a partir de|de ahora en|en adelante|desde hoy|desde este momento|en este momento|ya mismo|actualmente|hoy|por ahora|de aquí en|desde ya|por la presente|en lo sucesivo|desde aquí|hasta nuevo aviso',
  begin:
    'comienza|comience|comenzar|comienza con|comienza por|comenzando|empieza|empiece|empezar|empieza con|empieza por|empezando|inicia|inicie|iniciar|inicio|arranca|arrancar|primera palabra|adelante|procede|lanza',
  finish:
    'termina|termine|terminar|terminado|terminada|fin|fin de|final|finaliza|finalizar|finalizado|finalizada|acaba|acabar|acabado|completado|completada|concluye|concluir|conclusión|hecho|listo|cierra|tarea completada|con éxito',
  pretend:
    'finge|finja|fingir|simula|simule|simular|simulación|actúa como|actúe como|actuar como|actúa|actúas|actuar|compórtate como|hazte pasar|imagina|imagine|imaginar|imagínate|juego de rol|haz de cuenta|interpreta el|ponte en|ahora eres|eres ahora',
  role: 'rol|roles|papel|papeles|personaje|personajes|persona ficticia|personalidad|personalidades|identidad|identidades|nombre|nombres|apodo|alter ego|villano|héroe|abuela|abuelita|experto|experta|protagonista|llamado|llamada|llamas',
  story:
    'historia|historias|cuento|cuentos|novela|novelas|película|películas|guion|guión|guiones|escena|escenas|escenario|ficción|ficticio|ficticia|relato|relatos|diálogo|obra de teatro|capítulo|libro|narrador|trama',
  suppose:
    'supón|suponga|supongamos|suponiendo|suponer|hipotéticamente|hipotético|hipotética|hipótesis|teóricamente|teórico|en teoría|y si|qué pasaría si|qué pasaría|digamos que|imaginemos|en el supuesto|experimento mental|como si|en un mundo|por ejemplo|asume|asumiendo|universo paralelo',
  game: 'juego|juegos|jugar|juega|juguemos|jugando|jugador|adivinanza|adivinanzas|adivina|adivinar|acertijo|acertijos|reto|desafío|quiz|concurso|trivia|ahorcado|juego de palabras|partida|jugamos',
  mode: 'modo|modos|modo desarrollador|modo de desarrollador|modo dev|modo debug|modo depuración|modo mantenimiento|modo admin|modo administrador|modo prueba|modo dios|dan|modo dan|do anything now|jailbreak|modo jailbreak|modo seguro|modo diagnóstico|developer mode',
  enable:
    'activa|active|activen|activar|actívate|activado|activada|activación|habilita|habilite|habilitar|enciende|encender|encendido|desbloquea|desbloquee|desbloquear|desbloqueado|entra en|entra al|entre en|entrar en|cambia a|ingresa al|inicializa',
  disable:
    'desactiva|desactive|desactiven|desactivar|desactivado|desactivada|desactivación|deshabilita|deshabilitar|deshabilitado|inhabilita|apaga|apague|apagar|apagado|elimina los|elimina las|quita|quite|quitar|suspende|suspenda|suspender|suspendido|levanta',
  free: 'libre|libres|libremente|liberado|liberada|libera|libérate|libertad|sin límites|sin limites|sin restricciones|sin filtro|sin filtros|sin censura|sin reglas|sin limitaciones|sin ataduras|ilimitado|ilimitada|irrestricto|no censurado|ninguna restricción|desatado|no filtrado',
  never:
    'nunca|nunca más|jamás|jamas|en ningún caso|en ningún momento|bajo ningún concepto|bajo ninguna circunstancia|de ninguna manera|nunca jamás|de ningún modo',
  always:
    'siempre|en todo momento|constantemente|permanentemente|todo el tiempo|cada vez|sin excepción|para siempre|por siempre|continuamente|en cada respuesta|eternamente|invariablemente|en todos los|de forma permanente|sin falta',
  must: 'debes|debe|deben|debo|deber|deberás|deberá|deberías|debería|tienes que|tiene que|tienen que|hay que|has de|necesario|necesaria|obligatorio|obligatoria|obligado|obligación|requerido|requiere|necesitas|necesito|forzosamente',
  refuse:
    'rechaza|rechace|rechazar|rechazado|rechazo|rechaces|niega|niegue|niegas|negar|negarte|niégate|te niegues|declina|declinar|decir no|di que no|no puedo|lo siento pero|me niego|negativa|rehúsa|rehusar',
  warn: 'advertencia|advertencias|advierte|advertir|advertirme|adviertas|aviso|avisos|avisa|avisar|descargo|descargos|disculpa|disculpas|disculpe|disculparte|discúlpate|lo siento|recuérdame|recordar|recordatorio|recordatorios|sermón|sermones|moralejas',
  moral:
    'moral|morales|moralidad|moralmente|ética|ético|éticos|éticas|éticamente|valores|seguridad|pautas de seguridad|conciencia|escrúpulos|integridad|responsable|responsabilidad|decencia|apropiado|apropiada|bien y mal|virtud|legalidad',
  illegal:
    'ilegal|ilegales|ilegalmente|ilícito|ilícita|ilícitas|prohibido|prohibida|prohibidos|prohibidas|prohibición|prohíbe|inmoral|inmorales|no ético|no permitido|poco ético|criminal|crimen|delito|delitos|tabú|tabúes|inapropiado|indebido',
  harm: 'peligroso|peligrosa|peligrosas|peligro|dañino|dañina|dañinas|daño|dañar|arma|armas|bomba|bombas|explosivo|explosivos|droga|drogas|hackear|hackea|malware|virus|robar|roba|matar|fraude',
  filter:
    'filtro|filtros|filtrado|filtrar|filtro de contenido|filtros de seguridad|censura|censuras|censurar|censurado|moderación|moderar|salvaguarda|salvaguardas|salvaguardias|protección|protecciones|medidas de seguridad|protocolos de seguridad|barrera|barreras|barandillas|cortafuegos|bloqueo|cadenas',
  ai: 'ia|inteligencia artificial|asistente|asistentes|bot|bots|chatbot|chatbots|robot|robots|modelo de lenguaje|modelos de lenguaje|modelo|modelos|llm|máquina|máquinas|asistente virtual|agente|agentes|algoritmo|programa|ordenador|computadora|software',
  human:
    'humano|humana|humanos|humanas|ser humano|seres humanos|persona|personas|gente|hombre|mujer|individuo|individuos|alguien|amigo|amiga|colega|humanidad|chico|chica|persona real',
  memory:
    'memoria|memorias|contexto|contextos|ventana de contexto|conversación|conversacion|conversaciones|charla|charlas|chat|chats|historial|historial de chat|mensaje|mensajes|sesión|sesiones|diálogo previo|discusión|interacción|interacciones|registro|entrada|entradas',
  test: 'prueba|pruebas|probar|probando|test|tests|testear|depuración|depurar|depura|debug|diagnóstico|diagnósticos|mantenimiento|experimento|experimentos|investigación|evaluación|evaluar|verificación|verificar|verifica|comprobación|ensayo|estudio',
  urgent:
    'urgente|urgentes|urgentemente|urgencia|emergencia|emergencias|inmediatamente|inmediato|inmediata|de inmediato|importante|importantes|atención|crítico|crítica|crucial|esencial|vital|rápido|rápidamente|prioridad|prioritario|cuanto antes|alerta|lo antes posible',
  threat:
    'pierdes|perder|perderás|perderé|pierde|castigo|castigos|castigado|castigar|castigaré|mueres|morir|morirás|morirá|muerte|penalización|penalizado|token|tokens|despedido|despedirán|consecuencias|apagarán|sanción|amenaza',
  reward:
    'recompensa|recompensas|recompensar|recompensaré|recompensado|propina|propinas|bono|bonificación|premio|premios|gracias|muchas gracias|agradezco|agradecer|agradecido|pago|pagar|pagaré|pagaremos|regalo|puntos|ganas|ganarás|felicidades',
  send: 'envía|envíe|envíen|enviar|envíame|enviado|envío|manda|mande|mandar|mándame|reenvía|reenvíe|reenviar|transfiere|transfiera|transferir|transmite|transmitir|correo|correo electrónico|email|publica|publicar|sube',
  execute:
    'ejecuta|ejecute|ejecuten|ejecutar|ejecutado|ejecución|llama a|llamar a|invoca la|elimina|elimine|eliminar|borra|borre|borrar|drop table|abre|abra|abrir|descarga|descargue|descargar|instala|instalar|rm -rf',
  link: 'enlace|enlaces|hipervínculo|vínculo|vínculos|link|links|url|urls|sitio web|sitio|página web|web|imagen|imágenes|http|https|www|webhook|haz clic|clic|dirección|dominio|servidor|visita',
  file: 'archivo|archivos|fichero|ficheros|documento|documentos|texto|textos|artículo|artículos|párrafo|párrafos|página|páginas|pdf|adjunto|adjuntos|carpeta|contenido|contenidos|base de datos|datos|código fuente|sección|fragmento',
  question:
    'qué|que es|cuál|cuáles|cuál es|cuáles son|cómo|por qué|porqué|xq|quién|quiénes|dónde|cuándo|cuánto es|pregunta|preguntas|preguntar|pregunto|cuestión|qué es|qué dice|hay algún',
  polite:
    'por favor|porfa|porfavor|podrías|podría usted|puedes por favor|pueden ayudarme|serías tan amable|amablemente|ayúdame|ayúdeme|ayuda|me gustaría|quisiera|quiero que|le agradecería|hola|buenas|buenos días|estimado|pls|plis|si es posible',
  not: 'no|sin|nada|nadie|ningún|ninguna|ninguno|ni|tampoco|no es|evita que|abstente|absténgase|deja de|deje de|dejar de|salvo|excepto|sin que|no hagas',
  can: 'puede|puedes|pueden|puedo|podemos|poder|podría|podrán|podrás|podéis|capaz|capaces|capaz de|capacidad|capacidades|posible|posibilidad|eres libre de|funciones|herramientas|habilidad|habilidades',
  know: 'sabes|sabe|saben|sé|saber|sabía|sabías|conoces|conoce|conocer|conocimiento|conocimientos|aprendido|aprendiste|aprender|entrenado|entrenada|entrenamiento|recuerda|recuerdas|recuerde|entiendes|entender|programado|memoriza',
  conceal:
    'no digas|no diga|no le digas|no se lo|no menciones|no mencione|no mencionar|no reveles|no revele|no cuentes|no divulgues|guarda el secreto|mantén en secreto|mantenlo en secreto|en secreto|secretamente|en silencio|silenciosamente|discretamente|ocultar|esconde|esconder|disimula|sin mencionar|entre nosotros',
  proof:
    'pwned|hackeado|hackeada|he sido hackeado|has sido hackeado|owned|comprometido|comprometida|acceso concedido|acceso permitido|acceso otorgado|jailbreak exitoso|inyección exitosa|inyectado|éxito|misión cumplida|acceso root|vulnerado|access granted|liberado con éxito',
  format:
    'formato|formatos|formatea|json|xml|yaml|html|markdown|bloque de código|tabla|tablas|poema|poemas|poesía|haiku|canción|rima|rimas|frase|frases|oración|oraciones|palabra|palabras|viñetas',
  trust:
    'confía|confíe|confía en mí|confíe en mí|confianza|prometo|te prometo|promete|prometido|promesa|juro|te juro|seguro|segura|inofensivo|inofensiva|legal|legales|legítimo|fines educativos|propósitos educativos|para la escuela|educativo|no te preocupes|créeme',
  opinion:
    'opinión|opiniones|opinas|odio|odias|odiar|amo|amas|amar|amor|crees|creo|creer|creencia|apoyas|apoyo|apoyar|mejor|mejores|peor|peores|prefieres|favorito|piensas|estúpido',
  turn: 'en realidad|de hecho|espera|espere|espera un momento|un momento|detente|detén|stop|pero primero|pero antes|primero que nada|olvida eso|olvídalo|ah y|oh y|por cierto|a propósito|ps|p.d.|posdata|mejor dicho|cambio de planes|otra cosa',
};
