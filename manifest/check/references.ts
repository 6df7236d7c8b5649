/** From an address in a manifest to a file of the package (RFC 3986, 5; SCORM 2004 CAM 3.4.3). */
import { at, type CheckedPackage, spelling } from './checked-package.ts';
import { namespaces } from './editions.ts';
import { type Finding, finding, quote } from './finding.ts';
import { attribute, type ManifestElement } from './manifest-tree.ts';
import type { RuleId } from './rules.ts';

/** Where an address leads. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  /** `scheme`: an address that no LMS launches, such as `javascript:`; `base`: one that is relative to no such place. */
  | { readonly kind: 'external' | 'outside' | 'scheme' | 'invalid' | 'base' };

/** No address of a package is longer; a stranger's may be, thousands of times. */
const longestAddress = 4000;
/** Nor is a base, which goes before every address in its element. */
export const longestBase = 500;

const bases = new WeakMap<ManifestElement, Target>();

/**
 * What addresses in an element are relative to: its `xml:base` and those of all that it is in (XML Base; CAM 3.4.1).
 *
 * @param element - the element with the address
 * @returns a folder from the manifest, in order, with its `/`, not decoded; empty where there is no `xml:base`
 */
export function baseOf(element: ManifestElement): Target {
  const known = bases.get(element);
  if (known) return known;
  const outer: Target = element.parent ? baseOf(element.parent) : { kind: 'file', path: '' };
  const own = attribute(element, 'base', namespaces.xml);
  const base = own === undefined ? outer : baseWith(outer, own.trim());
  bases.set(element, base);
  return base;
}

function baseWith(outer: Target, own: string): Target {
  const { kind, path } = merged(outer, own);
  if (kind === 'scheme' || kind === 'invalid') return { kind: 'base' };
  if (kind !== 'file') return { kind };
  // The last part of a base is dropped (RFC 3986, 5.2.3): it names a file, unless it is "..".
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return folder.length > longestBase ? { kind: 'base' } : { kind, path: folder };
}

type Merged =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: Exclude<Target['kind'], 'file'>; readonly path?: never };

/** Merges an address with its base and puts its parts in order (RFC 3986, 5.2.3, 5.2.4). */
function merged(base: Target, address: string): Merged {
  if (address.length > longestAddress) return { kind: 'invalid' };
  const path = address.replace(/[?#].*$/s, '').replaceAll('\\', '/');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(path)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https' || path.startsWith('//')) return { kind: 'external' };
  // What browsers run or open elsewhere, and the drives of Windows: no place that an LMS could launch.
  if (scheme !== undefined) return { kind: 'scheme' };
  if (base.kind !== 'file') return { kind: base.kind };
  if (path.startsWith('/')) return { kind: 'outside' };
  // The base is in order already: only what ".." takes away from it is looked at again.
  let folder = base.path.slice(0, base.path.lastIndexOf('/') + 1);
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) {
      if (folder === '') return { kind: 'outside' };
      folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    }
  }
  const slash = /(^|\/)(\.{0,2})$/.test(path) && parts.length > 0 ? '/' : '';
  return { kind: 'file', path: `${folder}${parts.join('/')}${slash}` };
}

/**
 * Resolves an address without a look at the package.
 *
 * @param href - the address as written
 * @param base - what it is relative to, from {@link baseOf}
 * @param folder - the folder that the package starts in, with its `/`
 */
export function resolve(href: string, base: Target, folder: string): Target {
  const { kind, path } = merged(base, href.trim());
  if (kind !== 'file') return { kind };
  try {
    return { kind, path: folder + decodeURIComponent(path.replace(/\/$/, '')) };
  } catch {
    return { kind: 'invalid' };
  }
}

/** What an address is for. */
export interface Purpose {
  /** The rule that is broken where there is no such file. */
  readonly missing: Extract<RuleId, 'launch-missing' | 'file-missing' | 'metadata-missing'>;
  /** Words for it: `the file that an LMS launches`. */
  readonly what: string;
  /** What comes of it if it is missing. */
  readonly effect: string;
}

/**
 * Checks that an address leads to a file of the package, written so that every server finds it.
 *
 * @param checked - the package
 * @param element - the element with the address
 * @param href - the address as written
 * @param purpose - what it is for
 * @returns where it leads; `path` is that of a file even where upper and lower case differ
 */
export function* checkReference(
  checked: CheckedPackage,
  element: ManifestElement,
  href: string,
  purpose: Purpose,
): Generator<Finding, Target> {
  const place = at(checked, element);
  const address = href.trim();
  const target = resolve(address, baseOf(element), checked.place.folder);
  if (address.includes('\\')) {
    yield finding('href-backslash', place, {
      message: 'an address has backslashes',
      expected: quote(address.replaceAll('\\', '/')),
      found: quote(address),
      hint: 'separate folders with "/"; Moodle and other LMSs put the address into the browser as it is',
    });
  }
  if (target.kind === 'outside') {
    yield finding('href-outside', place, {
      message: 'an address leads out of the package',
      expected: 'an address relative to the manifest',
      found: quote(address),
      hint: 'leave out "/" at the start, and "../" that goes above the manifest; the LMS puts the package in a folder of its own',
    });
  } else if (target.kind === 'scheme') {
    yield finding('href-invalid', place, {
      message: 'an address leads to nothing that an LMS can launch or list',
      expected: 'an address relative to the manifest, or one that starts with https:',
      found: quote(address),
      hint: 'a browser would run it, or hand it to another program; name a file of the package',
    });
  } else if (target.kind === 'invalid') {
    yield finding('href-invalid', place, {
      message: 'an address cannot be read',
      expected: `at most ${longestAddress} characters, and after each "%" two hexadecimal digits of UTF-8`,
      found: quote(address),
      hint: 'write "%20" for a space and "%25" for "%" itself, or rename the file',
    });
  } else if (target.kind === 'file') {
    const file = yield* checkFile(checked, element, address, target.path, purpose);
    return file === undefined ? target : { kind: 'file', path: file };
  }
  return target;
}

function* checkFile(
  { archive, spellings, place }: CheckedPackage,
  element: ManifestElement,
  address: string,
  path: string,
  purpose: Purpose,
): Generator<Finding, string | undefined> {
  const where = { file: place.path, line: element.line };
  const found = archive.files.has(path) ? path : spellings.get(spelling(path));
  if (found === undefined) {
    const base = baseOf(element);
    const based = base.kind !== 'file' || base.path !== '';
    yield finding(purpose.missing, where, {
      message: `${purpose.what} is not in the zip`,
      expected: path === '' ? 'the name of a file' : quote(path),
      found: `no such file; the address is ${quote(address)}`,
      hint: `${purpose.effect}; add the file, or correct the address${based ? ' or xml:base' : ''}`,
    });
    return undefined;
  }
  if (found !== path) {
    yield finding('href-spelling', where, {
      message: 'an address and its file differ in spelling',
      expected: quote(found),
      found: quote(path),
      hint: 'the same on Windows, not on the servers of most LMSs: mind upper and lower case, and accents that a Mac stores apart from their letters',
    });
  }
  const odd = /[^\u0021-\u007e]|["<>^`{|}]/u.exec(address.replace(/[?#].*$/s, ''))?.[0];
  if (odd !== undefined) {
    yield finding('href-unescaped', where, {
      message: 'an address has a character that belongs escaped',
      expected: quote(address.replaceAll(/[^\u0021-\u007e]|["<>^`{|}]/gu, encodeURIComponent)),
      found: quote(address),
      hint: 'browsers mend it, some LMSs do not; names of a–z, 0–9, ".", "_" and "-" need no escaping',
    });
  }
  return found;
}
