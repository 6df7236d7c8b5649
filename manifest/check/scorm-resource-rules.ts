/** Resources of a manifest of SCORM and the files behind them (SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4.1). */
import { at, type CheckedPackage } from './checked-package.ts';
import { editions, namespaces } from './editions.ts';
import { counted, type Finding, finding, listed, quote } from './finding.ts';
import { title } from './identify.ts';
import type { LaunchedFile } from './launch-page.ts';
import {
  attribute,
  childrenNamed,
  descendants,
  type ManifestElement,
  trimmed,
  withDescendants,
} from './manifest-tree.ts';
import { baseOf, checkReference, longestBase, resolve } from './references.ts';
import { isDangling, type ScormParts, scormTypeOf } from './scorm-parts.ts';

/**
 * Checks resources: what an LMS takes each for, that its files are there, and that all files are listed.
 *
 * @returns the files that an LMS launches and that are there
 */
export function* checkResources(
  checked: CheckedPackage,
  parts: ScormParts,
): Generator<Finding, LaunchedFile[]> {
  const launched = new Set(parts.launched);
  const pages = new Map<string, LaunchedFile>();
  const present = new Set<string>();
  const told = new Set<string>();
  for (const resource of parts.resources) {
    yield* checkTypes(checked, resource);
    const launches = launched.has(resource);
    const page = yield* checkLaunch(checked, resource, launches);
    if (page !== undefined) {
      told.add(page);
      present.add(page);
      if (launches && checked.archive.files.has(page)) {
        const talks = scormTypeOf(checked, resource) === 'sco' || pages.get(page)?.talks === true;
        pages.set(page, { path: page, talks });
      }
    }
    yield* checkFiles(checked, resource, page, present, told);
  }
  yield* checkScos(checked, parts);
  for (const location of descendants(checked.root, 'location')) {
    if (location.namespace !== editions[checked.edition].adlcp || told.has(trimmed(location))) continue;
    told.add(trimmed(location));
    const target = yield* checkReference(checked, location, trimmed(location), {
      missing: 'metadata-missing',
      what: 'a file of metadata',
      effect: 'ADL’s conformance test fails the package',
    });
    // Metadata belong to the package; no page needs them, so no resource lists them.
    if (target.kind === 'file') present.add(target.path);
  }
  yield* checkBases(checked);
  yield* checkUnlisted(checked, parts, present);
  return [...pages.values()];
}

/** Without a SCO, nothing is tracked: a fault of the maker, or what the maker wanted. */
function* checkScos(checked: CheckedPackage, parts: ScormParts): Generator<Finding> {
  const { items, launched } = parts;
  if (items.length === 0 || launched.some((each) => scormTypeOf(checked, each) === 'sco')) return;
  // A wrong word or reference that has been told is why.
  if (launched.some((each) => hasOddType(checked, each)) || items.some((each) => isDangling(each, parts)))
    return;
  const [first] = launched;
  const place = at(checked, first ?? checked.root);
  const expected = `adlcp:${editions[checked.edition].typeAttribute}="sco" at a resource that an item refers to`;
  if (first) {
    yield finding('assets-only', place, {
      message: 'no item launches a SCO, so nothing of what learners do is tracked',
      expected,
      found: `${counted(launched.length, 'resource')}, none a SCO`,
      hint: 'fine for something to look up; an LMS gives an asset no API: no score, no completion, no bookmark',
    });
  } else {
    yield finding('sco-missing', place, {
      message: 'no item launches anything',
      expected,
      found: 'no resource that can be launched',
      hint: 'give an item the identifierref of a resource; learners see a table of contents that opens nothing',
    });
  }
}

/** Neither "sco" nor "asset", or one of them in another edition's spelling. */
function hasOddType(checked: CheckedPackage, resource: ManifestElement): boolean {
  const type = scormTypeOf(checked, resource);
  return type === undefined
    ? resource.attributes.some(({ name }) => name.toLowerCase() === 'scormtype')
    : type !== 'asset' && type !== 'sco';
}

function* checkTypes(checked: CheckedPackage, resource: ManifestElement): Generator<Finding> {
  const { adlcp, typeAttribute } = editions[checked.edition];
  const written = resource.attributes.find(({ name }) => name.toLowerCase() === 'scormtype');
  const type = scormTypeOf(checked, resource);
  const name = quote(attribute(resource, 'identifier') ?? '');
  if (type === undefined && written) {
    yield finding('scorm-type-spelling', at(checked, resource), {
      message: `what the resource ${name} is cannot be read in ${title(checked.edition)}`,
      expected: `adlcp:${typeAttribute} with xmlns:adlcp="${adlcp}"`,
      found: `${written.prefix === '' ? '' : `${written.prefix}:`}${written.name}="${written.value}" in ${written.namespace === '' ? 'no namespace' : quote(written.namespace)}`,
      hint: 'SCORM 1.2 has scormtype, SCORM 2004 has scormType; strict LMSs take the resource for an asset and track nothing',
    });
  } else if (type === undefined) {
    yield finding('scorm-type-missing', at(checked, resource), {
      message: `the resource ${name} does not say whether it is a SCO`,
      expected: `adlcp:${typeAttribute}="sco" or "asset"`,
      found: 'no such attribute',
      hint: 'LMSs take it for an asset and track nothing',
    });
  } else if (type !== 'sco' && type !== 'asset') {
    yield finding('scorm-type-value', at(checked, resource), {
      message: `the resource ${name} is of a kind that does not exist`,
      expected: '"sco" or "asset", in lower case',
      found: quote(type),
      hint: 'write "sco" for what talks to the LMS, "asset" for all else',
    });
  }
  const kind = attribute(resource, 'type');
  if (kind !== undefined && kind !== 'webcontent') {
    yield finding('resource-type', at(checked, resource), {
      message: `the resource ${name} is not web content`,
      expected: 'type="webcontent"',
      found: `type=${quote(kind)}`,
      hint: 'SCORM knows no other type; an LMS may pass the resource over',
    });
  }
}

const launchPurpose = {
  missing: 'launch-missing',
  what: 'the file that an LMS launches',
  effect: 'learners see "file not found"',
} as const;

/** The path that a resource launches, whether it is there or not; undefined where there is none in the package. */
function* checkLaunch(
  checked: CheckedPackage,
  resource: ManifestElement,
  launches: boolean,
): Generator<Finding, string | undefined> {
  const href = attribute(resource, 'href');
  const isSco = scormTypeOf(checked, resource) === 'sco';
  const name = quote(attribute(resource, 'identifier') ?? '');
  if (href === undefined || href.trim() === '') {
    if (!launches && !isSco) return undefined;
    yield finding('resource-href-missing', at(checked, resource), {
      message: `the resource ${name} is launched but names no file`,
      expected: 'href="index.html", the page to start with',
      found: href === undefined ? 'no href' : 'an empty href',
      hint: 'give it the address of its first page, relative to the manifest',
    });
    return undefined;
  }
  const target = yield* checkReference(checked, resource, href, launchPurpose);
  if (target.kind === 'external' && isSco) {
    yield finding('launch-external', at(checked, resource), {
      message: `the SCO ${name} lies on another server`,
      expected: 'a file of the package',
      found: quote(href),
      hint: 'a page of another origin cannot reach the API of the LMS, so nothing is tracked; put the page into the package',
    });
  }
  return target.kind === 'file' ? target.path : undefined;
}

/** The files of one resource. `present` collects those that are listed, `told` those that need no second finding. */
function* checkFiles(
  checked: CheckedPackage,
  resource: ManifestElement,
  page: string | undefined,
  present: Set<string>,
  told: Set<string>,
): Generator<Finding> {
  const listedHere = new Set<string>();
  for (const file of childrenNamed(resource, 'file')) {
    const href = attribute(file, 'href') ?? '';
    const leads = resolve(href, baseOf(file), checked.place.folder);
    const path = leads.kind === 'file' ? leads.path : undefined;
    if (path !== undefined && told.has(path)) {
      listedHere.add(path);
      continue;
    }
    if (leads.kind === 'external') {
      yield finding('file-external', at(checked, file), {
        message: 'a file of the package lies on another server',
        expected: 'an address relative to the manifest',
        found: quote(href),
        hint: 'only files of the package are listed; leave it out',
      });
      continue;
    }
    const target = yield* checkReference(checked, file, href, {
      missing: 'file-missing',
      what: 'a file that the manifest lists',
      effect: 'the page that needs it is broken, or the list is out of date',
    });
    if (path !== undefined) told.add(path);
    if (target.kind !== 'file') continue;
    listedHere.add(target.path);
    present.add(target.path);
  }
  if (page !== undefined && !listedHere.has(page) && checked.archive.files.has(page)) {
    yield finding('launch-unlisted', at(checked, resource), {
      message: 'the file that a resource launches is not among its files',
      expected: `<file href=${quote(attribute(resource, 'href') ?? '')}/> in the resource`,
      found: counted(listedHere.size, 'other file'),
      hint: 'LMSs that copy only what is listed lose the page; list every file',
    });
  }
}

/** A base without "/" at its end names a file: the address replaces its last part (RFC 3986, 5.2.3). */
function* checkBases(checked: CheckedPackage): Generator<Finding> {
  for (const element of withDescendants(checked.root)) {
    const base = attribute(element, 'base', namespaces.xml)?.trim();
    if (base === undefined || base === '') continue;
    // Told here, once, and not of every address in the element.
    if (baseOf(element).kind === 'base') {
      if (element.parent && baseOf(element.parent).kind === 'base') continue;
      yield finding('href-invalid', at(checked, element), {
        message: 'xml:base leads nowhere, so no address in its element does',
        expected: `a folder relative to the manifest, of at most ${longestBase} characters with those that it is in`,
        found: `${counted(base.length, 'character')}: ${quote(base)}`,
        hint: 'leave it out, and write addresses from the manifest on',
      });
      continue;
    }
    if (base.endsWith('/')) continue;
    yield finding('xml-base-slash', at(checked, element), {
      message: 'xml:base does not end with "/"',
      expected: quote(`${base}/`),
      found: quote(base),
      hint: 'by the standard, its last part is dropped; Moodle glues it to the address: two different files',
    });
  }
}

function* checkUnlisted(
  { archive, place }: CheckedPackage,
  { resources }: ScormParts,
  present: ReadonlySet<string>,
): Generator<Finding> {
  const unlisted = [...archive.files.keys()].filter(
    (path) =>
      path.startsWith(place.folder) &&
      path !== place.path &&
      !present.has(path) &&
      // Control documents belong to the package, not to a resource; what should not be there at all is another rule.
      !/\.(xsd|dtd)$|^__MACOSX\/|(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini)$/i.test(path),
  );
  if (unlisted.length === 0 || resources.length === 0) return;
  yield finding(
    'file-unlisted',
    { file: place.path },
    {
      message: `${counted(unlisted.length, 'file')} of the zip ${unlisted.length === 1 ? 'is' : 'are'} in no resource of the manifest`,
      expected: 'every file under <file> of the resource that needs it',
      found: listed(unlisted.sort()),
      hint: 'LMSs that copy only what is listed lose them, and ADL’s conformance test wants them listed; leave out what is not needed',
    },
  );
}
