/**
 * Images, documents, video and sound in a call: opaque bytes, which nobody can screen, and whose tokens only a policy can
 * bound.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html
 */

import { DATA_LEVELS, type DataLevel } from '../classification/levels.ts';
import { checkOptions, integer, type OptionCheck, object, oneOf } from '../options.ts';
import { blockType, type ContentBlock, type ConverseInput, member, textOf } from './types.ts';

/** What blocks of one kind may be. */
export interface MediaBound {
  /** Most tokens that one block is read as: it has no other bound. */
  readonly maxTokens: number;
  /** Most bytes of one block. @default 5_000_000 */
  readonly maxBytes?: number;
  /** Most blocks of the kind in one call. @default 5 */
  readonly maxBlocks?: number;
  /** The level that data of such a block has, where data is classified. @default 'restricted' */
  readonly level?: DataLevel;
}

/** Kinds of blocks that hold bytes. */
export const MEDIA_KINDS = ['image', 'document', 'video', 'audio'] as const;

/** A kind of block that holds bytes. */
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** What a policy admits of them. @default nothing */
export type MediaPolicy = Readonly<Partial<Record<MediaKind, MediaBound>>>;

const MAX_BYTES = 5_000_000;
const MAX_BLOCKS = 5;

const BOUND_CHECKS: Readonly<Record<keyof MediaBound, OptionCheck>> = {
  maxTokens: integer(1),
  maxBytes: integer(1),
  maxBlocks: integer(1),
  level: oneOf(...DATA_LEVELS),
};

/**
 * Checks a policy of media.
 *
 * @throws TypeError for an unknown or invalid option, and for a kind without `maxTokens`.
 */
export const checkMediaPolicy = (owner: string, policy: MediaPolicy): void => {
  checkOptions(owner, policy, Object.fromEntries(MEDIA_KINDS.map((kind) => [kind, object])));
  for (const [kind, bound] of Object.entries(policy)) {
    checkOptions(`${owner}.${kind}`, bound, BOUND_CHECKS);
    if (bound.maxTokens === undefined) throw new TypeError(`${owner}.${kind}: maxTokens is needed, as a bound`);
  }
};

/** Fields of a block by its kind. What is not named is refused: citations change the reply, what is new nobody knows. */
const FIELDS: Readonly<Record<MediaKind, ReadonlySet<string>>> = {
  image: new Set(['format', 'source']),
  document: new Set(['format', 'name', 'source', 'context']),
  video: new Set(['format', 'source']),
  audio: new Set(['format', 'source']),
};

/** What a format is called: `png`, `three_gp`. Anything longer would be a text that nobody reads. */
const FORMAT = /^[a-z0-9_]{1,16}$/;

const isMediaKind = (type: string | undefined): type is MediaKind => MEDIA_KINDS.includes(type as MediaKind);

/** Length of bytes, or `undefined` for what is none: a reference to S3, for one. */
const sizeOf = (bytes: unknown): number | undefined =>
  ArrayBuffer.isView(bytes) || bytes instanceof ArrayBuffer ? bytes.byteLength : undefined;

const areTexts = (content: unknown): boolean =>
  Array.isArray(content) && content.every((item) => blockType(item) === 'text' && typeof item.text === 'string');

/** Whether a source is bytes within the bound, or, of a document, text. */
const isSource = (kind: MediaKind, source: ContentBlock | undefined, { maxBytes = MAX_BYTES }: MediaBound): boolean => {
  const type = blockType(source);
  if (type === 'bytes') return (sizeOf(source?.['bytes']) ?? Number.POSITIVE_INFINITY) <= maxBytes;
  if (kind !== 'document') return false;
  return (type === 'text' && typeof source?.['text'] === 'string') || (type === 'content' && areTexts(source?.[type]));
};

/** Whether a block is of a kind, and of a shape, that the policy admits. */
export const isMediaAdmitted = (block: unknown, policy: MediaPolicy = {}): boolean => {
  const kind = blockType(block);
  const bound = isMediaKind(kind) ? policy[kind] : undefined;
  if (!isMediaKind(kind) || bound === undefined) return false;
  const media = member(block, kind);
  if (media === undefined || !Object.keys(media).every((field) => FIELDS[kind].has(field))) return false;
  const { format, name, context } = media;
  if (format !== undefined && (typeof format !== 'string' || !FORMAT.test(format))) return false;
  if (![name, context].every((value) => value === undefined || typeof value === 'string')) return false;
  return isSource(kind, member(media, 'source'), bound);
};

/** Every block of a call's turns, those in results of tools among them. */
function* blocksOf({ messages = [] }: ConverseInput): Generator<ContentBlock> {
  for (const { content = [] } of messages)
    for (const block of content) {
      yield block;
      const result = member(block, 'toolResult')?.['content'];
      if (Array.isArray(result)) yield* result;
    }
}

const isMedia = (block: ContentBlock): boolean => MEDIA_KINDS.some((kind) => kind in block);

/** Whether a call has any block that may hold bytes. Most have none, and are looked through at every call. */
const hasMedia = ({ messages = [] }: ConverseInput): boolean =>
  messages.some(({ content = [] }) =>
    content.some((block) => {
      if (textOf(block) !== undefined) return false;
      const result = member(block, 'toolResult')?.['content'];
      return isMedia(block) || (Array.isArray(result) && result.some(isMedia));
    }),
  );

/** How many blocks of each kind a call has. */
const countsOf = (input: ConverseInput): ReadonlyMap<MediaKind, number> => {
  const counts = new Map<MediaKind, number>();
  for (const block of blocksOf(input)) {
    const kind = blockType(block);
    if (isMediaKind(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
};

/** Whether a call has no more blocks of any kind than the policy admits. */
export const isMediaCountAdmitted = (input: ConverseInput, policy: MediaPolicy = {}): boolean =>
  !hasMedia(input) || [...countsOf(input)].every(([kind, count]) => count <= (policy[kind]?.maxBlocks ?? MAX_BLOCKS));

/** Whether a block holds bytes that nobody reads. */
const isOpaque = (block: ContentBlock, kind: MediaKind): boolean =>
  member(member(block, kind), 'source')?.['bytes'] !== undefined;

/** Bounds of the opaque blocks of a call. */
export const opaqueBoundsOf = (input: ConverseInput, policy: MediaPolicy = {}): readonly MediaBound[] => {
  if (!hasMedia(input)) return [];
  return [...blocksOf(input)].flatMap((block) => {
    const kind = blockType(block);
    const bound = isMediaKind(kind) && isOpaque(block, kind) ? policy[kind] : undefined;
    return bound === undefined ? [] : [bound];
  });
};

/** A block less its bytes: what is left of it is text, or nothing. */
const withoutBytes = (block: ContentBlock): ContentBlock => {
  const kind = blockType(block);
  if (isMediaKind(kind))
    return isOpaque(block, kind) ? { [kind]: { ...member(block, kind), source: undefined } } : block;
  const result = member(block, 'toolResult');
  const content = result?.['content'];
  if (!Array.isArray(content)) return block;
  return { toolResult: { ...result, content: content.map(withoutBytes) } };
};

/** A call less the bytes in its turns, for whoever reads texts only. The call itself where there are none. */
export const withoutMedia = <Input extends ConverseInput>(input: Input): Input => {
  if (!hasMedia(input)) return input;
  const messages = input.messages?.map((message) => ({ ...message, content: message.content?.map(withoutBytes) }));
  return { ...input, messages };
};
