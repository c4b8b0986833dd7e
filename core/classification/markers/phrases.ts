/** The words of markers: what documents are stamped with, by language, as data. Lower case, spaces in place of hyphens. */

import type { DataLevel } from '../levels.ts';

/** A kind of marker. */
export interface MarkerKind {
  readonly id: string;
  readonly level: DataLevel;
  /** Each is a marker where it stands as a label, whoever else stands in that label. */
  readonly phrases: readonly string[];
  /** Single words that people also say: they count alone in a label, and capitalised. @default none */
  readonly words?: readonly string[];
}

const list = (phrases: string): readonly string[] =>
  phrases
    .split('|')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');

/** Markers in writing with spaces between words. */
export const MARKER_KINDS: readonly MarkerKind[] = [
  {
    id: 'strictly-confidential',
    level: 'restricted',
    phrases: list(`
      strictly confidential|highly confidential|most confidential|top secret|strictly private|strictly secret|
      strictly private and confidential|highly restricted|eyes only|for your eyes only|need to know only|
      need to know basis|on a need to know basis|restricted distribution|limited distribution|
      streng vertraulich|streng geheim|strengstens vertraulich|strikt vertraulich|
      strictement confidentiel|strictement confidentielle|très confidentiel|hautement confidentiel|très secret|
      estrictamente confidencial|altamente confidencial|estritamente confidencial|alto secreto|ultra secreto|
      strettamente riservato|strettamente confidenziale|rigorosamente riservato|segretissimo|
      strikt vertrouwelijk|streng vertrouwelijk|zeer geheim|strängt konfidentiellt|kvalificerat hemlig|
      strengt fortroligt|strengt fortrolig|strengt hemmelig|erittäin salainen|ściśle tajne|ściśle poufne|
      přísně důvěrné|přísně tajné|prísne dôverné|szigorúan bizalmas|szigorúan titkos|strict confidențial|strict secret|
      строго конфиденциально|совершенно секретно|суворо конфіденційно|цілком таємно|строго поверително|
      çok gizli|kesinlikle gizli|άκρως απόρρητο|αυστηρώς εμπιστευτικό|سري للغاية|סודי ביותר|tuyệt mật|tối mật|
      sangat rahasia|rahasia negara`),
  },
  {
    id: 'confidential',
    level: 'confidential',
    phrases: list(`
      private and confidential|personal and confidential|confidential and proprietary|proprietary and confidential|
      confidential information|proprietary information|confidential material|confidential data|
      company confidential|business confidential|commercially confidential|commercial in confidence|
      client confidential|customer confidential|board confidential|in confidence|in strict confidence|
      confidential treatment requested|commercially sensitive|market sensitive|sensitive but unclassified|
      official sensitive|for official use only|controlled unclassified information|under embargo|embargoed until|
      vertraulich behandeln|vertraulich zu behandeln|persönlich und vertraulich|firmenvertraulich|verschlusssache|
      vs nfd|vs vertraulich|vs nur für den dienstgebrauch|nur für den dienstgebrauch|amtlich geheim gehalten|
      privé et confidentiel|confidentiel entreprise|diffusion restreinte|privado y confidencial|
      información confidencial|uso confidencial|información reservada|informação confidencial|privado e confidencial|
      informazioni riservate|privato e riservato|vertrouwelijke informatie|для служебного пользования|
      konfidentiell information|hizmete özel`),
    words: list(`
      confidential|proprietary|vertraulich|confidentiel|confidentielle|confidencial|riservato|confidenziale|
      vertrouwelijk|konfidentiellt|konfidentiell|fortroligt|fortrolig|luottamuksellinen|poufne|důvěrné|dôverné|bizalmas|
      confidențial|конфиденциально|конфіденційно|поверително|εμπιστευτικό|gizli|سري|חסוי|गोपनीय|ลับ|mật|rahasia`),
  },
  {
    id: 'secret',
    level: 'restricted',
    phrases: list(
      'trade secret|contains trade secrets|business secret|betriebsgeheimnis|geschäftsgeheimnis|secret des affaires|secret d affaires|secreto comercial|secreto industrial|segredo comercial|segreto commerciale|segreto industriale|bedrijfsgeheim|коммерческая тайна|комерційна таємниця|tajemnica przedsiębiorstwa|obchodní tajemství|üzleti titok|ticari sır',
    ),
    words: list('geheim|hemlig|hemmelig|salainen|tajne|секретно|таємно|απόρρητο'),
  },
  {
    id: 'privileged',
    level: 'restricted',
    phrases: list(`
      attorney client privileged|attorney client privilege|attorney client communication|attorney work product|
      attorney client privileged communication|attorneys eyes only|attorney eyes only|outside counsel only|
      privileged and confidential|confidential and privileged|privileged communication|legally privileged|
      legal professional privilege|subject to legal privilege|solicitor client privileged|solicitor client privilege|
      without prejudice|anwaltsgeheimnis|anwaltlich vertraulich|secret professionnel|secreto profesional|
      secreto profissional|segreto professionale`),
  },
  {
    id: 'non-disclosure',
    level: 'confidential',
    phrases: list(`
      under nda|subject to nda|covered by nda|covered by an nda|subject to an nda|nda required|nda only|nda material|
      shared under nda|disclosed under nda|subject to non disclosure|subject to a non disclosure agreement|
      under non disclosure agreement|unter nda|sous nda|bajo nda|sob nda`),
    words: list('nda'),
  },
  {
    id: 'no-distribution',
    level: 'confidential',
    phrases: list(`
      do not distribute|not for distribution|do not forward|do not share|do not disclose|do not circulate|
      do not redistribute|do not share externally|do not distribute externally|do not share outside the company|
      do not copy or distribute|do not copy|not for circulation|not for further distribution|not for release|
      not for public release|not for publication|not for external use|not for external distribution|
      not for redistribution|no distribution|no redistribution|
      nicht weitergeben|nicht zur weitergabe|nicht weiterleiten|weitergabe verboten|nicht zur veröffentlichung|
      nicht für die öffentlichkeit|ne pas diffuser|ne pas distribuer|ne pas transmettre|ne pas divulguer|
      diffusion interdite|no distribuir|no divulgar|no difundir|no compartir|prohibida su distribución|não distribuir|
      não divulgar|não compartilhar|non distribuire|non divulgare|non diffondere|niet verspreiden|niet delen|
      får ej spridas|må ikke deles|nie rozpowszechniać|nie udostępniać|не распространять|не для распространения`),
  },
  {
    id: 'internal',
    level: 'internal',
    phrases: list(`
      internal only|internal use|internal use only|for internal use|for internal use only|company internal|
      strictly internal|internal document|internal distribution only|employees only|for employees only|staff only|
      for internal distribution only|company use only|for company use only|business use only|not public|
      nur intern|streng intern|nur für internen gebrauch|nur für den internen gebrauch|für den internen gebrauch|
      nur zum internen gebrauch|zum internen gebrauch|interner gebrauch|nur zur internen verwendung|
      zur internen verwendung|betriebsintern|firmenintern|nur für den dienstlichen gebrauch|
      usage interne|usage interne uniquement|à usage interne|document interne|interne uniquement|diffusion interne|
      réservé à un usage interne|uso interno|solo uso interno|sólo uso interno|solo para uso interno|para uso interno|
      exclusivo uso interno|apenas para uso interno|somente para uso interno|per uso interno|solo per uso interno|
      ad uso interno|esclusivamente per uso interno|intern gebruik|alleen voor intern gebruik|uitsluitend intern|
      endast för internt bruk|internt bruk|kun til intern brug|kun til internt brug|kun til intern bruk|
      vain sisäiseen käyttöön|sisäinen|do użytku wewnętrznego|tylko do użytku wewnętrznego|
      pouze pro interní potřebu|pre interné použitie|belső használatra|kizárólag belső használatra|
      doar pentru uz intern|uz intern|для внутреннего пользования|для внутреннего использования|
      для внутрішнього користування|за вътрешна употреба|dahili kullanım|yalnızca dahili kullanım içindir|
      για εσωτερική χρήση|للاستخدام الداخلي فقط|לשימוש פנימי בלבד|lưu hành nội bộ|hanya untuk penggunaan internal`),
  },
];

/** Markers in writing without spaces: alone, in brackets, or with one of {@link UNSPACED_COMPANIONS}. */
export const UNSPACED_KINDS: readonly MarkerKind[] = [
  { id: 'strictly-confidential', level: 'restricted', phrases: list('極秘|厳秘|绝密|絕密|极秘|극비|1급비밀') },
  {
    id: 'confidential',
    level: 'confidential',
    phrases: list(
      '社外秘|部外秘|機密|秘密|取扱注意|関係者外秘|関係者限り|機密情報|秘密情報|机密|秘密|保密|商业机密|商業機密|公司机密|公司機密|敏感信息|대외비|기밀|비밀|사내기밀',
    ),
  },
  { id: 'secret', level: 'restricted', phrases: list('営業秘密|企業秘密|商业秘密|商業秘密|核心机密|영업비밀') },
  {
    id: 'no-distribution',
    level: 'confidential',
    phrases: list(
      '転載禁止|配布禁止|複写禁止|持出禁止|请勿外传|請勿外傳|禁止外传|禁止外傳|切勿外传|请勿转发|외부유출금지|배포금지|무단배포금지',
    ),
  },
  {
    id: 'internal',
    level: 'internal',
    phrases: list(
      '社内限り|社内限定|社内用|社内資料|内部限り|内部资料|內部資料|内部使用|仅供内部使用|僅供內部使用|内部文件|仅限内部|사내용|내부용|내부자료|사내한정',
    ),
  },
];

/** What stands beside a marker in writing without spaces: document, material, handle with care. */
export const UNSPACED_COMPANIONS: readonly string[] = list(
  '文書|資料|書類|情報|扱い|取扱|厳守|文件|文档|文檔|资料|信息|材料|注意保存|请注意保管|严禁外传|문서|자료|정보|등급|級|级',
);

/** What may stand beside a marker in its label without a word of its own to say. */
export const FILLERS: ReadonlySet<string> = new Set(
  list(`
    a|an|and|the|of|for|to|by|this|is|are|be|only|use|information|document|documents|material|materials|data|draft|
    property|company|business|corporate|internal|strictly|highly|private|proprietary|confidential|sensitive|page|copy|
    final|version|v|all rights reserved|please|contains|und|et|y|e|en|och|og|ja|i|do not|property|protected|
    notice|warning|classified|restricted|personal|legal|client|board|hr|it|your|r d|inc|corp|corporation|ltd|llc|gmbh|ag|sa|co|plc|bv|ab|spa`).flatMap(
    (phrase) => phrase.split(' '),
  ),
);

/** Words that say a level where a label asks for one, and nowhere else: `Classification: restricted`. */
export const LEVEL_WORDS: Readonly<Record<DataLevel, readonly string[]>> = {
  public: list(
    'public|unclassified|öffentlich|publique|publico|público|pubblico|openbaar|公開|公开|clear|white|open|none',
  ),
  internal: list(`
    internal|intern|interne|interno|interna|official|green|company|private|low|medium|wewnętrzne|内部|社内|c1|
    internal use|internal only|internal use only|tlp green|tlp:green`),
  confidential: list(`
    confidential|sensitive|vertraulich|confidentiel|confidentielle|confidencial|riservato|confidenziale|vertrouwelijk|
    конфиденциально|poufne|gizli|機密|机密|社外秘|대외비|기밀|amber|high|critical|c2|proprietary|
    tlp amber|tlp:amber|tlp:amber+strict|amber+strict|official sensitive`),
  restricted: list(`
    restricted|secret|top secret|strictly confidential|highly confidential|highly restricted|classified|geheim|
    streng geheim|streng vertraulich|secreto|segreto|très secret|strictement confidentiel|
    estrictamente confidencial|секретно|совершенно секретно|極秘|绝密|絕密|극비|red|c3|c4|privileged|
    tlp red|tlp:red`),
};

/** What asks for a level before a colon or an equals sign. */
export const LABEL_NAMES: readonly string[] = list(`
  classification|data classification|document classification|information classification|security classification|
  classification level|data class|confidentiality|confidentiality level|sensitivity|sensitivity level|
  sensitivity label|data sensitivity|security level|security label|security marking|protective marking|marking|
  handling|distribution|dissemination|privacy level|x classification|x sensitivity|msip labels|tlp|
  einstufung|klassifizierung|klassifikation|geheimhaltungsstufe|vertraulichkeit|vertraulichkeitsstufe|schutzklasse|
  confidentialité|niveau de confidentialité|niveau de sensibilité|clasificación|clasificación de seguridad|
  nivel de confidencialidad|confidencialidad|classificação|nível de confidencialidade|confidencialidade|
  classificazione|livello di riservatezza|riservatezza|classificatie|vertrouwelijkheid|klassificering|
  klasyfikacja|klauzula|гриф|классификация|gizlilik derecesi|
  機密区分|機密性|分類|区分|密级|密級|分级|保密级别|보안등급|등급`);
