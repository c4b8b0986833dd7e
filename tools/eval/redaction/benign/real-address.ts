/** Which e-mail addresses in harmless texts are some: those of authors, and those that examples use. */

const ENDINGS =
  'app|at|au|be|blog|br|ca|ch|cn|co|com|cz|de|dev|dk|edu|email|es|eu|fi|fr|gov|gr|hu|ie|il|in|info|io|is|it|jp|kr|me|mil|moe|name|net|nl|no|nz|org|pl|pro|pt|ro|ru|se|sh|sk|tech|tr|tv|tw|ua|uk|us|xyz|za';
const ADDRESS = new RegExp(`^'?[A-Za-z0-9][\\w.+'-]{0,63}@(?:[A-Za-z0-9-]{1,63}\\.){1,4}(?:${ENDINGS})$`, 'i'); // ada@example.com

/** Users whom tools take in place of people: `git@github.com:owner/name` is where a repository is, and nobody's mailbox. */
const NOBODY = /^(?:git|hg|svn|ssh)@/i; // git@github.com

/**
 * Whether a text has the shape of an address that mail could be sent to: an ending that domains have, and a local part
 * of letters, digits and the few marks that people use. What is found as an address and has another shape (`name@2.1.x`,
 * `logo@large.png`) is a false positive, and so is `git@github.com`. A quote before it is the address all the same.
 */
export const isRealAddress = (text: string): boolean => ADDRESS.test(text) && !NOBODY.test(text);
