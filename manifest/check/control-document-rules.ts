/** Schemas that a manifest names, and that a package is to carry (SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4.1). */
import { at, type CheckedPackage } from './checked-package.ts';
import { editions, namespaces } from './editions.ts';
import { type Finding, finding, listed } from './finding.ts';
import { attribute, type ManifestElement, withDescendants } from './manifest-tree.ts';
import { resolve } from './references.ts';

/** Namespaces and addresses of schemas, as one `xsi:schemaLocation` has them. */
function locationsOf(element: ManifestElement): string[] | undefined {
  return attribute(element, 'schemaLocation', namespaces.xsi)
    ?.trim()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Checks that every schema which a manifest of SCORM names is in the package, so that it can be validated offline. */
export function* checkControlDocuments(checked: CheckedPackage): Generator<Finding> {
  const { archive, place } = checked;
  const told = new Set<string>();
  let named = false;
  for (const element of withDescendants(checked.root)) {
    const words = locationsOf(element);
    if (!words) continue;
    named = true;
    if (words.length % 2 === 1) yield oddLocation(checked, element, words);
    const gone = words.filter((location, index) => {
      if (index % 2 === 0 || told.has(location)) return false;
      told.add(location);
      const target = resolve(location, { kind: 'file', path: '' }, place.folder);
      return target.kind !== 'file' || !archive.files.has(target.path);
    });
    if (gone.length === 0) continue;
    yield finding('schema-not-shipped', at(checked, element), {
      message: 'the manifest names schemas that are not in the zip',
      expected: 'every schema of schemaLocation in the zip, at the root',
      found: listed(gone),
      hint: 'add them, or do not name them; ADL’s conformance test fails the package, and an LMS without internet access cannot validate it',
    });
  }
  if (named) return;
  yield finding('schema-not-shipped', at(checked, checked.root), {
    message: 'the manifest names no schemas',
    expected: 'xsi:schemaLocation at <manifest>, and the schemas of the edition at the root of the zip',
    found: 'no schemaLocation',
    hint: 'most LMSs do not mind; ADL’s conformance test fails the package',
  });
}

const oddLocation = (checked: CheckedPackage, element: ManifestElement, words: readonly string[]): Finding =>
  finding('schema-location', at(checked, element), {
    message: 'schemaLocation is not made of pairs',
    expected: 'a namespace, a space, the address of its schema, and so on',
    found: `${words.length} words, the last ${listed(words.slice(-1))}`,
    hint: 'an address is missing, or has a space in it; a parser that validates stops here',
  });

/** Checks that cmi5.xml names a schema for every extension (cmi5 13.1.5.0-1). */
export function* checkExtensions(checked: CheckedPackage): Generator<Finding> {
  const own = new Set<string>(['', editions.cmi5.namespace, namespaces.xml, namespaces.xsi]);
  const described = new Set<string>();
  const used = new Map<string, ManifestElement>();
  for (const element of withDescendants(checked.root)) {
    const words = locationsOf(element) ?? [];
    if (words.length % 2 === 1) yield oddLocation(checked, element, words);
    for (const [index, word] of words.entries()) if (index % 2 === 0) described.add(word);
    for (const { namespace } of [element, ...element.attributes]) {
      if (!own.has(namespace) && !used.has(namespace)) used.set(namespace, element);
    }
  }
  for (const [namespace, element] of used) {
    if (described.has(namespace)) continue;
    yield finding('cmi5-extension-schema', at(checked, element), {
      message: 'an extension comes without its schema',
      expected: `xsi:schemaLocation="${namespace} …"`,
      found: `<${element.name}> without one`,
      hint: 'an LMS that follows cmi5 to the letter refuses the course structure; name a schema, or leave the extension out',
    });
  }
}
