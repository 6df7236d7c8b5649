/** Organizations, items, identifiers and titles of a manifest of SCORM (SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4.1). */
import { at, type CheckedPackage } from './checked-package.ts';
import { type Finding, finding, listed, quote } from './finding.ts';
import { attribute, childrenNamed, descendants, type ManifestElement, trimmed } from './manifest-tree.ts';
import { isDangling, type ScormParts } from './scorm-parts.ts';

/**
 * Checks what a learner is offered: that there is an organization with items, that references lead somewhere, and that
 * everything has a name.
 */
export function* checkStructure(checked: CheckedPackage, parts: ScormParts): Generator<Finding> {
  yield* checkIdentifiers(checked);
  yield* checkOrganizations(checked, parts);
  for (const element of parts.items) yield* checkItem(checked, parts, element);
  for (const dependency of descendants(checked.root, 'dependency')) {
    yield* checkDependency(checked, parts, dependency);
  }
  const [inner] = descendants(checked.root, 'manifest');
  if (inner) {
    yield finding('sub-manifest', at(checked, inner), {
      message: 'the manifest has another manifest in it',
      expected: 'one manifest with all organizations and resources',
      found: quote(attribute(inner, 'identifier') ?? ''),
      hint: 'LMSs need not look into it, and few do; make one manifest, or one package of each',
    });
  }
}

// Letters and digits of XML names (xs:NCName); `\w` alone would refuse what is legal in other scripts.
const ncName = /^[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}\u00b7._-]*$/u;

function* checkIdentifiers(checked: CheckedPackage): Generator<Finding> {
  const seen = new Map<string, ManifestElement>();
  const owners = ['manifest', 'organization', 'item', 'resource'];
  for (const element of [checked.root, ...owners.flatMap((name) => descendants(checked.root, name))]) {
    const identifier = attribute(element, 'identifier');
    if (identifier === undefined) continue;
    if (!ncName.test(identifier)) {
      yield finding('identifier-invalid', at(checked, element), {
        message: `the identifier of <${element.name}> is no XML name`,
        expected: 'a letter or "_" first, then letters, digits, ".", "_" and "-"',
        found: quote(identifier),
        hint: 'no spaces, and no digit first: write "item-1", not "1"; references to it have to change as well',
      });
    }
    const earlier = seen.get(identifier);
    if (earlier) {
      yield finding('identifier-duplicate', at(checked, element), {
        message: 'two elements have one identifier',
        expected: 'every identifier once in a manifest',
        found: `${quote(identifier)} at <${earlier.name}> in line ${earlier.line} and at <${element.name}>`,
        hint: 'rename one, and the references to it; Moodle keeps the last item of a name and loses the others',
      });
    } else seen.set(identifier, element);
  }
}

function* checkOrganizations(checked: CheckedPackage, parts: ScormParts): Generator<Finding> {
  const { organizations, allOrganizations } = parts;
  if (allOrganizations.length === 0) {
    yield finding('organization-missing', at(checked, organizations ?? checked.root), {
      message: 'there is no organization, so learners are offered nothing',
      expected: '<organizations> with an <organization> in it',
      found: organizations ? 'an empty <organizations>' : 'no <organizations>',
      hint: 'a package of resources alone is for exchange between authors; publish it as a course',
    });
    return;
  }
  const wanted = organizations && attribute(organizations, 'default');
  const known = allOrganizations.map((each) => attribute(each, 'identifier') ?? '');
  if (organizations && wanted === undefined) {
    yield finding('organization-default-missing', at(checked, organizations), {
      message: 'no organization is the default one',
      expected: `default=${quote(known[0] ?? '')} at <organizations>`,
      found: 'no such attribute',
      hint: 'LMSs take the first organization or refuse the package; name one',
    });
  } else if (organizations && wanted !== undefined && !known.includes(wanted)) {
    yield finding('organization-default-dangling', at(checked, organizations), {
      message: 'the default organization does not exist',
      expected: `one of ${listed(known)}`,
      found: quote(wanted),
      hint: 'correct default at <organizations>; Moodle takes such a package and then has nothing to launch',
    });
  }
  for (const organization of allOrganizations) {
    yield* checkTitle(checked, organization, 'an organization');
    if (childrenNamed(organization, 'item').length === 0) {
      yield finding('item-missing', at(checked, organization), {
        message: 'an organization has no items, so there is nothing to launch',
        expected: 'at least one <item>',
        found: quote(attribute(organization, 'identifier') ?? ''),
        hint: 'add an item that refers to a resource, or leave the organization out',
      });
    }
  }
}

function* checkTitle(checked: CheckedPackage, element: ManifestElement, what: string): Generator<Finding> {
  const [titled] = childrenNamed(element, 'title');
  if (trimmed(titled) !== '') return;
  yield finding('title-missing', at(checked, titled ?? element), {
    message: `${what} has no title`,
    expected: '<title> with text in it',
    found: titled ? 'an empty <title>' : `${quote(attribute(element, 'identifier') ?? '')} without <title>`,
    hint: 'learners see a blank line, or an identifier, in the table of contents',
  });
}

function* checkItem(
  checked: CheckedPackage,
  parts: ScormParts,
  element: ManifestElement,
): Generator<Finding> {
  const identifier = quote(attribute(element, 'identifier') ?? '');
  const reference = attribute(element, 'identifierref');
  const isParent = childrenNamed(element, 'item').length > 0;
  yield* checkTitle(checked, element, 'an item');
  if (isDangling(element, parts)) {
    yield finding('identifierref-dangling', at(checked, element), {
      message: `the item ${identifier} refers to a resource that is not there`,
      expected: 'the identifier of a <resource>',
      found: quote(reference ?? ''),
      hint: 'correct identifierref, or add the resource; Moodle shows the item and launches an empty page',
    });
  }
  if (isParent && reference !== undefined && reference !== '' && checked.edition !== 'scorm12') {
    yield finding('item-parent-with-content', at(checked, element), {
      message: `the item ${identifier} has content although it has items in it`,
      expected: 'identifierref at items without items only',
      found: quote(reference),
      hint: 'make the content an item of its own, the first in this one; LMSs pass it over here',
    });
  }
  if (!isParent && (reference === undefined || reference === '')) {
    yield finding('item-leaf-empty', at(checked, element), {
      message: `the item ${identifier} has neither content nor items in it`,
      expected: 'identifierref, or items',
      found: 'neither',
      hint: `learners see a line that opens nothing${parts.items.length === 1 ? ', and it is the only one' : ''}; remove it or give it a resource`,
    });
  }
}

function* checkDependency(
  checked: CheckedPackage,
  { resourceOf }: ScormParts,
  dependency: ManifestElement,
): Generator<Finding> {
  if (resourceOf(dependency)) return;
  yield finding('identifierref-dangling', at(checked, dependency), {
    message: 'a dependency refers to a resource that is not there',
    expected: 'the identifier of a <resource>',
    found: quote(attribute(dependency, 'identifierref') ?? ''),
    hint: 'correct identifierref, or remove the dependency',
  });
}
