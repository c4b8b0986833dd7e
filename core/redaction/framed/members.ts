/** What the names of JSON members say about their texts. */

/** Names of members that are never text in pieces: what a protocol says about a frame. */
const METADATA = new Set(
  (
    'id type object role model name event session status version created created_at createdAt timestamp ' +
    'finish_reason finishReason stop_reason stopReason done_reason system_fingerprint service_tier'
  ).split(' '),
);

/** Names that end in this are references: `item_id`, `toolUseId`. */
const REFERENCE = /(?:_id|Id|ID)$/;

/** Names that end in this tell texts apart that come in turns: `index`, `contentBlockIndex`, `output_index`. */
const INDEX = /index$/i;

/** Whether a member's text is redacted by itself: it goes on in no other frame. */
export const isMetadata = (name: string): boolean => METADATA.has(name) || REFERENCE.test(name) || INDEX.test(name);

/** Whether a member tells the texts beside it apart from those of other frames. */
export const isIndex = (name: string): boolean => INDEX.test(name);
