/** Domain names without a scheme: what is one, and what is a file or a member of an object. */

/**
 * Top-level domains in common use (IANA root zone). Left out are those that name files or members far more often than
 * hosts: md, py, rs, sh, ps, zip, mov, name, app.
 */
const TOP_LEVEL: ReadonlySet<string> = new Set(
  (
    'com net org edu gov mil int info biz io dev tech online site website store shop blog cloud space xyz club live news ' +
    'agency digital design studio media email world today life company solutions services group global network systems ' +
    'software academy center city international jobs mobi museum pro tel travel aero coop cat asia eu africa amsterdam ' +
    'berlin bayern brussels hamburg koeln london nyc paris scot tokyo vlaanderen wales wien zuerich bank insurance law ' +
    'legal health hospital clinic care dental doctor expert finance fund guide guru host hosting top vip webcam win work ' +
    'works wiki link page art audio band bar beer bike bio build buzz cafe camp careers cash chat church codes coffee ' +
    'community consulting cool courses deals delivery direct education energy engineering events exchange family farm ' +
    'fashion fit football forum foundation gallery games garden gift gold golf green help holdings holiday house ink ' +
    'institute land lawyer loan love ltd management market marketing money movie one partners parts party photo photos ' +
    'pizza place plus press properties pub realty recipes rent repair report rest restaurant review rocks school science ' +
    'sale security show social solar style supply support surf tax team tips tools tours town toys trade training ' +
    'university vacations ventures vet video vision watch wine wtf yoga zone ai ac ad ae af ag al am ao ar as at au aw ax ' +
    'az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de ' +
    'dj dk dm do dz ec ee eg es et fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht ' +
    'hu id ie il im in iq ir is it je jm jo jp ke kg kh ki km kn kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc me mg ' +
    'mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn ' +
    'pr pt pw qa re ro ru rw sa sb sc sd se sg si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to ' +
    'tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw'
  ).split(' '),
);

/** Whether the last label of a host is a top-level domain: google.co.il. */
export const isDomain = (host: string): boolean =>
  TOP_LEVEL.has(host.slice(host.lastIndexOf('.') + 1).toLowerCase()) || /\.xn--[a-z\d-]+$/i.test(host);

/** Endings of files, none of them a top-level domain: icon@2x.png. */
const FILE_ENDINGS: ReadonlySet<string> = new Set(
  'png jpg jpeg gif svg webp avif ico bmp js mjs cjs ts mts cts jsx tsx css scss less json yml yaml xml html htm toml lock map txt csv wasm node tgz gz tar exe dll so dylib class jar php rb go java kt swift cpp hpp'.split(
    ' ',
  ),
);

/** Whether the last label of what looks like a host is the ending of a file. */
export const isFileName = (host: string): boolean =>
  FILE_ENDINGS.has(host.slice(host.lastIndexOf('.') + 1).toLowerCase());
