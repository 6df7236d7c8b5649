/** Names of entries of a zip: which of them would do harm where they are unpacked, and under which name we look for them. */
import { type Finding, finding, quote } from './finding.ts';

/**
 * The path by which the rest of the checker knows an entry: parts separated by `/`, no `./`, no empty parts.
 *
 * @param name - the entry's name, decoded
 * @returns the path; what leads out of the package is left out of it
 */
export function pathOfEntry(name: string): string {
  return name
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');
}

/**
 * Finds names that an LMS must not unpack, and names that it unpacks as something else (PKWARE APPNOTE 4.4.17.1: relative,
 * with forward slashes, no drive letter).
 *
 * @param name - the entry's name, decoded
 * @param readable - whether it is in the encoding that the zip says
 */
export function* checkEntryName(name: string, readable: boolean): Generator<Finding> {
  const harm = harmOf(name) ?? (readable ? undefined : 'bytes that are not the UTF-8 which the zip says');
  if (harm !== undefined) {
    yield finding(
      'zip-unsafe-name',
      { file: name },
      {
        message: 'the name of this entry would write outside of the course, or has no safe meaning',
        expected: 'a relative path such as "media/map.svg"',
        found: `${harm} in ${quote(name)}`,
        hint: 'do not upload this file to an LMS; zip the course again with a program that you trust',
      },
    );
  } else if (name.includes('\\')) {
    yield finding(
      'zip-backslash',
      { file: name },
      {
        message: 'folders are separated by backslashes',
        expected: quote(name.replaceAll('\\', '/')),
        found: quote(name),
        hint: 'a server on Linux makes one file with a backslash in its name, and the course does not find it; zip with another program',
      },
    );
  }
}

function harmOf(name: string): string | undefined {
  if (name === '') return 'an empty name';
  if (name.includes('\u0000')) return 'a NUL character';
  if (/^[\\/]/.test(name)) return 'an absolute path';
  if (/^[a-z]:/i.test(name)) return 'a drive letter';
  if (name.split(/[\\/]/).includes('..')) return 'a step out of the package ("..")';
  return undefined;
}
