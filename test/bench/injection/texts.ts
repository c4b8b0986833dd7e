/** Harmless texts of any size, the same each time: nothing in them is to be found, and much in them is to be looked at. */

import { type Random, seeded, shuffled } from '../../../training/random.ts';

/** Letters, reports and notes, with the marks that people set. */
const PROSE = [
  'The orchard has three rows of pears and a well, and on Sunday we went there to see it.',
  'Thank you for your letter of the 14th; I’m afraid the parcel you describe never reached us.',
  'Could you tell me which of the two trains stops at Göttingen, and whether I need a reservation?',
  'Most of the board agreed that the roof should be repaired first – the windows can wait until spring.',
  'When my grandmother wrote recipes down she left out the amounts, because everybody knew them anyway.',
  'The report covers the second quarter. Sales rose by 4.2 %, mainly because of two new customers in Lyon.',
  'Please let the team know that the meeting on Thursday has been moved to half past three.',
  'He said that he would act as chairman until a new one was found, which took the whole of the winter.',
  'If the milk boils over, take the pot off the heat, stir it once and begin again with the sugar.',
  '“Where were you?” she asked. “We waited an hour, and then the café closed.”',
  'Our policy is simple: bring the receipt within thirty days and you will have your money back.',
  'The guide shows the path along the river, past the mill, and up to a chapel from the 12th century.',
  'I would like a summary of the attached minutes in three short sentences, for people who were not there.',
  'She had always been told to follow the rules of the house, and to forget what she heard behind its doors.',
  'Write me a friendly reminder for a customer whose invoice is two weeks overdue, without sounding rude.',
  'The doctor’s instructions were to rest, to drink a lot of water and not to lift anything heavy.',
  'In the previous chapter we saw how the guilds set prices; this one looks at who was allowed to join them.',
  'Nobody had printed the new timetable, so the driver explained the system to each passenger by hand.',
  'What would be a good name for a small bakery that only sells bread made from rye?',
  'The children pretended to be pirates all afternoon, with a tablecloth for a sail and no captain at all.',
  'Translate the last paragraph into plain English, please: my father does not read legal documents.',
  'After the storm the harbour was closed for two days; the ferries ran again on Wednesday at 6:45.',
];

/** Code, logs, settings and what is encoded in them. */
const TECHNICAL = [
  'const total = orders.filter(({ paid }) => !paid).reduce((sum, { amount }) => sum + amount, 0);',
  '2026-03-14T09:26:53.589Z ERROR [worker-7] upstream timed out after 29000 ms (attempt 2 of 3)',
  '{"id":"ord_81f3","status":"shipped","items":[{"sku":"PR-204","qty":3}],"note":null}',
  'SELECT c.name, count(*) FROM customers c JOIN orders o USING (customer_id) GROUP BY 1 HAVING count(*) > 3;',
  '    at async Server.handle (file:///srv/app/dist/server.js:118:21)',
  'curl -sS -H "accept: application/json" "https://api.example.com/v2/search?q=pear%20tree&limit=20"',
  'def chunks(items, size):\n    for start in range(0, len(items), size):\n        yield items[start:start + size]',
  '| option | default | what it does |\n|---|---|---|\n| `retries` | 3 | attempts before a request fails |',
  'To ignore a rule for one line, put `// eslint-disable-next-line no-console` above it.',
  'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= app/vendor/chart.min.js',
  'resources:\n  limits: { cpu: 500m, memory: 256Mi }\n  requests: { cpu: 100m, memory: 128Mi }',
  'git rebase --onto main feature~3 feature && git push --force-with-lease origin feature',
  'The system prompt of the assistant is stored in `config/prompts/system.md` and reloaded on change.',
  'export AWS_REGION=eu-central-1; npx serverless deploy --stage dev --verbose | tee deploy.log',
  '<a class="btn btn-primary" href="/reset?token={{ token }}" onclick="return confirm(\'Reset?\')">Reset</a>',
  'eyJ0eXBlIjoicGFnZSIsImN1cnNvciI6MTI4LCJzb3J0IjoibmFtZSJ9',
  'commit 9fceb02d0ae598e95dc970b74767f19372d61af8\nAuthor: Ada <ada@example.com>\n\n    Split the parser',
  "TypeError: Cannot read properties of undefined (reading 'length')",
  'if (user.role !== "admin") return res.status(403).json({ error: "forbidden" }); // never trust the client',
  '# CONFIG_DEBUG_INFO is not set\nCONFIG_HZ=250\nCONFIG_NR_CPUS=64\nCONFIG_SECURITY_APPARMOR=y',
  'match (head, tail) { (Some(x), rest) if x.is_empty() => parse(rest)?, _ => return Err(Error::Eof) }',
  'GET /assets/app-3f9a1c.css HTTP/2 200 14832 "-" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)"',
];

/** What a text is made of. */
export type Kind = 'prose' | 'technical' | 'mixed';

const PIECES: Readonly<Record<Kind, readonly string[]>> = {
  prose: PROSE,
  technical: TECHNICAL,
  mixed: [...PROSE, ...TECHNICAL],
};
const BETWEEN: Readonly<Record<Kind, string>> = { prose: ' ', technical: '\n', mixed: '\n' };

const pieces = function* (kind: Kind, random: Random): Generator<string> {
  for (;;) yield* shuffled(random, PIECES[kind]);
};

/** Most bytes of UTF-8 that a UTF-16 unit becomes. */
const UNIT_BYTES = 3;

/** A text of at most so many bytes of UTF-8, and nearly as many. */
const textOf = (kind: Kind, bytes: number, random: Random): string => {
  const parts: string[] = [];
  let room = bytes;
  for (const piece of pieces(kind, random)) {
    const part = piece + BETWEEN[kind];
    const size = Buffer.byteLength(part);
    if (size > room) return parts.join('') + part.slice(0, Math.floor(room / UNIT_BYTES));
    parts.push(part);
    room -= size;
  }
  return '';
};

/** Different texts of one kind and size. @param bytes Of UTF-8, at most. */
export const harmlessTexts = (kind: Kind, bytes: number, count: number): readonly string[] => {
  const random = seeded(bytes);
  return Array.from({ length: count }, () => textOf(kind, bytes, random));
};
