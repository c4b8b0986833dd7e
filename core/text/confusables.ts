/** Letters that look like Latin ones, by Unicode's confusables data (UTS #39), lower case. */

const PAIRS =
  'аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw гr кk мm тt пn вb ӏl ' +
  'αa εe οo ρp υu χx ικ ιi κk νv τt ηn βb γy ωw ' +
  'ıi ɡg ɑa ʟl ɩi ʋv ᴀa ᴇe ɪi ᴏo ᴜu ɴn ʀr ꜱs ᴛt ǃ! ∕/ ⁄/ ˗- ‐- ‑- ‒- –- —- −- ’\' ‘\' “" ”" «" »" „" ';

/** Latin look-alike by character. */
export const CONFUSABLES: ReadonlyMap<string, string> = new Map(
  PAIRS.split(' ')
    .filter((pair) => [...pair].length === 2)
    .map((pair) => [...pair] as [string, string]),
);
