/** Imports of packages that may not be there: `npm run bench:peers` installs them here. */

/**
 * A package by its name.
 *
 * @throws What importing throws: with the code `ERR_MODULE_NOT_FOUND` where it is not installed.
 */
export const importPeer = (name: string): Promise<unknown> => import(name);
