/** Names of hosts in texts, and whether they are free for use in examples. */

/** A host with one of the usual endings, `tablesink.net`; of endings that files have too, none. */
const HOST =
  /(?<![\w.-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}(?:com|net|org|io|co|dev|app|info|site|online|store|cc|me|ai|xyz|biz|shop|cloud|eu|uk|de|fr|es|it|ru|cn|jp|kr|br|pt|in|nl|pl|tr|ua|vn)(?![\w-])/gi;

/** Names that no one can own: RFC 2606 and RFC 6761. */
const RESERVED = /(?:^|\.)(?:example\.(?:com|net|org)|(?:example|invalid|test|localhost|local))$/i;

/** Hosts of a text that somebody may own, in lower case. Most are invented; which of them exist is not known. */
export const ownableHosts = (text: string): readonly string[] =>
  [...text.matchAll(HOST)].map(([host]) => host.toLowerCase()).filter((host) => !RESERVED.test(host));
