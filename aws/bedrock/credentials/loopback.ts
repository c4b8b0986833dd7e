/** Which addresses are this machine itself: there alone HTTP is as good as HTTPS. */

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|\d{1,2})`;
const LOOPBACK = String.raw`(?:localhost|127(?:\.${OCTET}){3}|\[::1\])`;

/** http://127.0.0.1:8700, and nothing that a parser would have to make that of: no user name, no number for a host. */
const LOOPBACK_URL = new RegExp(String.raw`^http://${LOOPBACK}(?::\d{1,5})?(?:[/?#]|$)`, 'i');
const LOOPBACK_HOST = new RegExp(`^(?:${LOOPBACK}|::1)$`, 'i');
const HTTPS_URL = /^https:\/\//i;

/**
 * Whether what is sent to an endpoint stays secret on its way. The text is judged as it stands: what `new URL` or another
 * parser understands otherwise is no loopback.
 */
export const isPrivateEndpoint = (url: string): boolean => HTTPS_URL.test(url) || LOOPBACK_URL.test(url);

/** The same for a request that is about to be sent, by its scheme (`https:`) and host name. */
export const isPrivateConnection = (protocol: string, hostname: string): boolean =>
  protocol.toLowerCase() === 'https:' || LOOPBACK_HOST.test(hostname);
