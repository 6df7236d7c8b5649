/** Which names of files can stand in a package. Build time only. */

/** What is wrong with a path, and what to do about it. */
export interface PathFault {
  readonly found: string;
  readonly hint: string;
}

const rename = 'rename the file';

/** The longest path of a file of our own, in characters: what fits into any folder of any server. */
const longestPath = 80;

/**
 * Finds what is wrong with the path of a file in a package.
 *
 * Stricter than the standards, which allow any URI: in these names nothing has to be escaped in a manifest, and
 * they come out of every unzip program on every server as they went in.
 *
 * @param path - relative to the root of the package
 */
export function pathFault(path: string): PathFault | undefined {
  if (path === '') return { found: 'an empty path', hint: 'give the file a name' };
  if (path.includes('\\')) return { found: 'a backslash', hint: 'separate folders with "/"' };
  if (path.startsWith('/')) return { found: 'an absolute path', hint: 'leave out the "/" at the start' };
  const parts = path.split('/');
  if (parts.includes('..')) return { found: 'a step out of the package ("..")', hint: 'leave out ".."' };
  if (parts.includes('')) return { found: 'an empty part', hint: 'end with a file name; no "//"' };
  const odd = path.match(/[^A-Za-z0-9._/-]/u)?.[0];
  if (odd !== undefined) return { found: `the character ${JSON.stringify(odd)}`, hint: rename };
  if (parts.some((part) => part.startsWith('.')))
    return { found: 'a name that starts with "."', hint: rename };
  // Windows drops the last dot of a name, so the file would not be found under the name in the manifest.
  if (parts.some((part) => part.endsWith('.'))) return { found: 'a name that ends with "."', hint: rename };
  return undefined;
}

/** Finds what is wrong with a path that is ours to choose: those of control documents are not. */
export function ownPathFault(path: string): PathFault | undefined {
  const fault = pathFault(path);
  if (fault) return fault;
  if (path.length > longestPath)
    return { found: `${path.length} characters`, hint: `shorten it to ${longestPath}` };
  const capital = path.match(/[A-Z]/)?.[0];
  // Servers on Linux tell upper and lower case apart, those on Windows do not.
  if (capital !== undefined)
    return {
      found: `the capital letter "${capital}"`,
      hint: 'write it in lower case, here and on the pages',
    };
  return undefined;
}

/** What a path of our own consists of, in words. */
export const ownPathRule = `a–z, 0–9, ".", "_", "-" and "/", at most ${longestPath} characters`;
