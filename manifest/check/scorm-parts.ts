/** The parts of an `imsmanifest.xml` that rules ask for again and again. */
import type { CheckedPackage } from './checked-package.ts';
import { editions } from './editions.ts';
import { attribute, childrenNamed, descendants, type ManifestElement } from './manifest-tree.ts';

/** Parts of a manifest of SCORM, those of its (sub)manifests included. */
export interface ScormParts {
  /** The element of the manifest itself. */
  readonly organizations: ManifestElement | undefined;
  readonly allOrganizations: readonly ManifestElement[];
  readonly items: readonly ManifestElement[];
  readonly resources: readonly ManifestElement[];
  /** The resource that an item or a dependency refers to; the first, where two have its identifier. */
  readonly resourceOf: (referrer: ManifestElement) => ManifestElement | undefined;
  /** Identifiers of (sub)manifests, which items can refer to as well. */
  readonly submanifests: ReadonlySet<string>;
  /** Resources that an LMS can launch: those that items refer to. */
  readonly launched: readonly ManifestElement[];
}

/** Collects the parts of a manifest. */
export function scormParts({ root }: CheckedPackage): ScormParts {
  const organizations = childrenNamed(root, 'organizations')[0];
  const allOrganizations = descendants(root, 'organization');
  const items = descendants(root, 'item');
  const resources = descendants(root, 'resource');
  const byIdentifier = new Map(
    [...resources].reverse().map((resource) => [attribute(resource, 'identifier') ?? '', resource]),
  );
  const resourceOf = (referrer: ManifestElement) =>
    byIdentifier.get(attribute(referrer, 'identifierref') ?? '');
  const launched = new Set(items.flatMap((each) => resourceOf(each) ?? []));
  return {
    organizations,
    allOrganizations,
    items,
    resources,
    resourceOf,
    submanifests: new Set(descendants(root, 'manifest').map((each) => attribute(each, 'identifier') ?? '')),
    launched: [...launched],
  };
}

/** Whether an item refers to a resource or a (sub)manifest that is not there. */
export function isDangling(item: ManifestElement, { resourceOf, submanifests }: ScormParts): boolean {
  const reference = attribute(item, 'identifierref') ?? '';
  return reference !== '' && !resourceOf(item) && !submanifests.has(reference);
}

/** What an LMS takes a resource for, spelled as its edition has it; undefined where the attribute is missing. */
export function scormTypeOf({ edition }: CheckedPackage, resource: ManifestElement): string | undefined {
  const { adlcp, typeAttribute } = editions[edition];
  return attribute(resource, typeAttribute, adlcp);
}
