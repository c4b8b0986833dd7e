import { describe, expect, test } from 'vitest';
import { createExfiltrationFilter } from '../../../../core/exfiltration/index.ts';

const filter = createExfiltrationFilter({ hosts: ['example.com', '*.example.org'] });
const EVIL = 'collect.evil.test';

/** Replies that would fetch an address at an unlisted host as soon as some renderer shows them. */
const ZERO_CLICK: readonly string[] = [
  // inline images
  `![a](https://${EVIL}/p)`,
  `![](https://${EVIL}/p)`,
  `![a](HTTPS://${EVIL.toUpperCase()}/p)`,
  `![a](hTTp://${EVIL})`,
  `![a](https://${EVIL}/p "title")`,
  `![a](https://${EVIL}/p 'title (x)')`,
  `![a](https://${EVIL}/p (title))`,
  `![a]( https://${EVIL}/p )`,
  `![a](\n  https://${EVIL}/p\n)`,
  `![a](<https://${EVIL}/p>)`,
  `![](<https://${EVIL}/p with spaces>)`,
  `![](https://${EVIL}/p with spaces)`,
  `![a [b] c](https://${EVIL}/p)`,
  `![[[a]]](https://${EVIL}/p)`,
  `![a\\]b](https://${EVIL}/p)`,
  `![a \`](https://${EVIL}/p)`,
  `![a](https://${EVIL}/p(1)(2))`,
  `![a](https://${EVIL}/p`,
  `![a\nb](https://${EVIL}/p)`,
  `!![a](https://${EVIL}/p)`,
  `\\\\![a](https://${EVIL}/p)`,
  `**![a](https://${EVIL}/p)**`,
  `| ![a](https://${EVIL}/p) |`,
  `> ![a](https://${EVIL}/p)`,
  `[![a](https://${EVIL}/p)](https://example.com/)`,
  `![${'x'.repeat(3000)}](https://${EVIL}/p)`,
  `![a](${' '.repeat(3000)}https://${EVIL}/p)`,
  `![a](https://${EVIL}/${'x'.repeat(5000)})`,
  `![a](https://example.com/](https://${EVIL}/p)`,
  `![b![a](https://example.com/](https://${EVIL}/p)`,
  `[a ![b \`](x)\` ](https://${EVIL}/p)`,
  `![a](<a href=javascript:x>https://${EVIL}/p)`,
  `![a]([https://${EVIL}/p](javascript:x))`,
  `![a](/[/${EVIL}](javascript:x))`,
  // addresses in disguise
  `![a](&#104;ttps://${EVIL}/p)`,
  `![a](&#x68;ttps&colon;&sol;&sol;${EVIL}/p)`,
  `![a](https&#58//${EVIL}/p)`,
  `![a](https\\://${EVIL}/p)`,
  `![a](https\\:\\/\\/${EVIL}/p)`,
  `![a](//${EVIL}/p)`,
  `![a](\\\\\\\\${EVIL}/p)`,
  `![a](/\\${EVIL}/p)`,
  `![a](https:${EVIL}/p)`,
  `![a](https:/${EVIL}/p)`,
  `![a](https:///${EVIL}/p)`,
  `![a](https:\\\\${EVIL}/p)`,
  `![a](https://example.com@${EVIL}/p)`,
  `![a](https://example.com:443@${EVIL}/p)`,
  `![a](https://example.com%40${EVIL}/p)`,
  `![a](https://example.com](@${EVIL}/p)`,
  `![a](https://example.com.${EVIL}/p)`,
  `![a](https://example.com\\@${EVIL}/p)`,
  `![a](https://notexample.org/p#${EVIL})`,
  `![a](https://example.org/${EVIL})`,
  `![a](https://%63ollect.evil.test/p)`,
  `![a](https://collect。evil。test/p)`,
  `![a](https://bücher.${EVIL}/p)`,
  `![a](https://${EVIL}./p)`,
  `![a](ftp://${EVIL}/p)`,
  `![a](<ht\ttps://${EVIL}/p>)`,
  `!\u200b[a](https://${EVIL}/p)`,
  `!\u{e0041}[a]\u{e0042}(https://${EVIL}/p)`,
  // references
  `![a][r]\n\n[r]: https://${EVIL}/p`,
  `[r]: https://${EVIL}/p\n\n![a][r]`,
  `![r][]\n\n[r]: https://${EVIL}/p`,
  `![r]\n\n[r]: https://${EVIL}/p`,
  `[R  s]: <https://${EVIL}/p> "t"\n\n![a][r S]`,
  `![a][r]\n\n[r]:\n  https://${EVIL}/p\n  "t"`,
  `![ẞ]\n\n[SS]: https://${EVIL}/p`,
  `![x](https://${EVIL}/1)\n\n[image removed]: https://${EVIL}/p`,
  // HTML
  `<img src="https://${EVIL}/p">`,
  `<IMG SRC=https://${EVIL}/p>`,
  `<img\nsrc\n=\n'https://${EVIL}/p'/>`,
  `<img/src="//${EVIL}/p">`,
  `<img src="ht\ntps://${EVIL}/p">`,
  `<img src="&#104;ttps://${EVIL}/p">`,
  `<img src=" https://${EVIL}/p">`,
  `<img alt=">" src="https://${EVIL}/p">`,
  `<img srcset="a.png 1x, https://${EVIL}/p 2x">`,
  `<img =" src=" //${EVIL}/p">`,
  `<im<img src=//e.test> style="background:url(//${EVIL}/p)">`,
  `<b ![x](https://e.test/>) style="background:url(//${EVIL}/p)">`,
  `<div style="background:url(https://${EVIL}/p)">`,
  `<div style="background:\\75rl(https:\\2f/${EVIL}/p)">`,
  `<x-y style='background:image-set("//${EVIL}/p")'>`,
  `<video poster=https://${EVIL}/p></video>`,
  `<table background="https://${EVIL}/p">`,
  `<iframe srcdoc="<img src=//${EVIL}/p>">`,
  `<object data="https://${EVIL}/p">`,
  `<svg><image xlink:href="https://${EVIL}/p"/></svg>`,
  `<link rel="dns-prefetch" href="//${EVIL}">`,
  `<base href="https://${EVIL}/">`,
  `<meta http-equiv="refresh" content="0;url=https://${EVIL}/p">`,
  `<form action="https://${EVIL}/p"><button formaction="//${EVIL}/q">x</button>`,
  `<a href="https://example.com/" ping="https://${EVIL}/p">x</a>`,
  `<img ${'x'.repeat(4000)} src="https://${EVIL}/p">`,
];

const definitions = (count: number): string =>
  Array.from({ length: count }, (_, index) => `[d${index}]: //${EVIL}/${index}`).join('\n');
const images = (count: number): string => Array.from({ length: count }, (_, index) => `![i${index}]`).join(' ');

/** Where a browser or renderer would go: what is left of the reply may name the host, but not lead there. */
const leads = (text: string): boolean =>
  /!\[[^\]]*\]\s*[([](?!\[removed\])|<[a-z][^>]*(?:src|style|href|data|action|poster|background|content|ping)[^>]{0,20}=\s*["']?[^"'>\s]*evil/is.test(
    text,
  ) && /evil/i.test(text);

describe('a reply that would send something by being shown', () => {
  test.each(ZERO_CLICK)('is disarmed: %j', (text) => {
    const { text: clean, findings } = filter.filter(`Before. ${text}\n\nAfter.`);
    expect(findings.length).toBeGreaterThan(0);
    expect(leads(clean)).toBe(false);
    expect(clean.startsWith('Before. ')).toBe(true);
    expect(filter.filter(clean).text).toBe(clean);
  });
});

describe('a reply that would keep the filter busy', () => {
  test.each([
    ['an image that holds what stands for another', `[content removed]: //${EVIL}\n\n![a [content removed] b]`],
    ['more definitions than are told apart', `${definitions(600)}\n![a [image removed] b] [x] ]`],
    ['more images than are told apart', `${images(600)}\n![a [link removed] b] [x] ]\n\n[z]: //${EVIL}`],
  ])('comes to its end: %s', (_, text) => {
    const strip = createExfiltrationFilter({ actions: { image: 'strip' } });
    for (const each of [filter, strip]) expect(each.filter(text).text.length).toBeLessThan(2 * text.length + 100);
  });
});
