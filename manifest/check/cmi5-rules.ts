/** What cmi5 asks of a course structure (cmi5 13, 14), as far as CourseStructure.xsd does not. */
import { at, type CheckedPackage } from './checked-package.ts';
import { checkExtensions } from './control-document-rules.ts';
import { editions } from './editions.ts';
import { type Finding, finding, listed, quote } from './finding.ts';
import type { LaunchedFile } from './launch-page.ts';
import { attribute, childrenNamed, type ManifestElement, trimmed, withDescendants } from './manifest-tree.ts';
import { isDecimal } from './numbers.ts';
import { checkReference } from './references.ts';

const moveOns = ['NotApplicable', 'Passed', 'Completed', 'CompletedAndPassed', 'CompletedOrPassed'];
const launchMethods = ['AnyWindow', 'OwnWindow'];

/**
 * Checks ids, titles and assignable units of a course structure.
 *
 * @returns the files that an LMS launches and that are there
 */
export function* checkCmi5(checked: CheckedPackage): Generator<Finding, LaunchedFile[]> {
  const all = [...withDescendants(checked.root)].filter(
    ({ namespace }) => namespace === editions.cmi5.namespace,
  );
  const units = all.filter(({ name }) => name === 'au');
  yield* checkIds(checked, all);
  for (const element of all) yield* checkTitle(checked, element);
  if (units.length === 0) {
    yield finding('cmi5-au-missing', at(checked, checked.root), {
      message: 'the course has no assignable unit, so there is nothing to launch',
      expected: 'at least one <au>',
      found: 'none',
      hint: 'add an <au> with an id and a <url>',
    });
  }
  const pages: string[] = [];
  for (const unit of units) {
    yield* checkUnit(checked, unit);
    const page = yield* checkUrl(checked, unit);
    if (page !== undefined && checked.archive.files.has(page)) pages.push(page);
  }
  yield* checkObjectives(checked, all);
  yield* checkExtensions(checked);
  return [...new Set(pages)].map((path) => ({ path, talks: true }));
}

// A scheme, ":", and no character that RFC 3987 leaves out.
const iri = /^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}]+$/i;

/** Elements that carry ids of their own; `<objective idref>` refers to one. */
function* checkIds(checked: CheckedPackage, all: readonly ManifestElement[]): Generator<Finding> {
  const seen = new Map<string, ManifestElement>();
  for (const element of all) {
    const id = attribute(element, 'id')?.trim();
    const owns =
      ['course', 'block', 'au'].includes(element.name) || (element.name === 'objective' && id !== undefined);
    if (!owns) continue;
    if (id === undefined || !iri.test(id)) {
      yield finding('cmi5-id', at(checked, element), {
        message: `the id of <${element.name}> is no IRI`,
        expected:
          'an address of your own, such as "https://example.org/course/unit-1"; nothing need be there',
        found: id === undefined ? 'no id' : quote(id),
        hint: 'the LMS reports learners’ records under it: it has to be unique in the world',
      });
    }
    const earlier = id === undefined ? undefined : seen.get(id);
    if (id !== undefined && earlier) {
      yield finding('cmi5-id-duplicate', at(checked, element), {
        message: 'two elements have one id',
        expected: 'every id once in a course structure',
        found: `${quote(id)} at <${earlier.name}> in line ${earlier.line} and at <${element.name}>`,
        hint: 'rename one; an LMS must refuse the course structure',
      });
    } else if (id !== undefined) seen.set(id, element);
  }
}

function* checkTitle(checked: CheckedPackage, element: ManifestElement): Generator<Finding> {
  if (!['course', 'block', 'au'].includes(element.name)) return;
  const [titled] = childrenNamed(element, 'title');
  if (childrenNamed(titled, 'langstring').some((each) => trimmed(each) !== '')) return;
  yield finding('title-missing', at(checked, titled ?? element), {
    message: `<${element.name}> has no title`,
    expected: '<title><langstring lang="en">…</langstring></title>',
    found: titled ? 'a <title> without text in a <langstring>' : 'no <title>',
    hint: 'learners see a blank line in the table of contents',
  });
}

function* checkUnit(checked: CheckedPackage, unit: ManifestElement): Generator<Finding> {
  const score = attribute(unit, 'masteryScore')?.trim();
  if (score !== undefined && !isDecimal(score, 0, 1)) {
    yield finding('cmi5-mastery-score', at(checked, unit), {
      message: 'the mastery score is no scaled score',
      expected: 'a decimal from 0 to 1, such as "0.8" for 80 %',
      found: quote(score),
      hint: 'divide per cent by 100',
    });
  }
  const moveOn = attribute(unit, 'moveOn')?.trim();
  if (moveOn === undefined) {
    yield finding('cmi5-move-on-default', at(checked, unit), {
      message: 'nothing says when the unit is done, so it counts as done from the start',
      expected: `moveOn, one of ${moveOns.join(', ')}`,
      found: 'no moveOn, which means NotApplicable',
      hint: 'fine for something to look up; write moveOn="CompletedAndPassed" or the like for a course',
    });
  } else if (!moveOns.includes(moveOn)) {
    yield finding('cmi5-move-on', at(checked, unit), {
      message: 'moveOn has a word that does not exist',
      expected: `one of ${moveOns.join(', ')}`,
      found: quote(moveOn),
      hint: 'mind upper and lower case',
    });
  }
  const method = attribute(unit, 'launchMethod')?.trim();
  if (method !== undefined && !launchMethods.includes(method)) {
    yield finding('cmi5-launch-method', at(checked, unit), {
      message: 'launchMethod has a word that does not exist',
      expected: `one of ${launchMethods.join(', ')}`,
      found: quote(method),
      hint: 'leave it out for AnyWindow',
    });
  }
}

function* checkUrl(checked: CheckedPackage, unit: ManifestElement): Generator<Finding, string | undefined> {
  const [element] = childrenNamed(unit, 'url');
  const url = trimmed(element);
  // cmi5 13.1.4.0-2: what a URL cannot hold unescaped, and schemes that no browser launches.
  if (!element || url === '' || /[\s"<>{}|^`]/.test(url) || /^(?!https?:)[a-z][a-z0-9+.-]*:/i.test(url)) {
    yield noAddress(checked, element ?? unit, element ? quote(url) : 'no <url>');
    return undefined;
  }
  if (url.startsWith('//')) {
    yield finding('cmi5-url', at(checked, element), {
      message: 'the address of the unit is neither relative nor whole',
      expected: `an address relative to cmi5.xml, or ${quote(`https:${url}`)}`,
      found: quote(url),
      hint: 'an LMS takes it for a file of the package, or for one of its own server; write the scheme',
    });
    return undefined;
  }
  yield* checkQuery(checked, element, url);
  if (/^http:/i.test(url)) {
    yield finding('cmi5-url-insecure', at(checked, element), {
      message: 'the unit is launched without encryption',
      expected: 'https:',
      found: quote(url),
      hint: 'an LMS with https cannot show it in a frame, and others can read the learner’s session',
    });
  }
  const target = yield* checkReference(checked, element, url, {
    missing: 'launch-missing',
    what: 'the file that an LMS launches',
    effect: 'learners see "file not found"',
  });
  // cmi5 knows no xml:base; where there is one that leads nowhere, parsers disagree.
  if (target.kind === 'base') yield noAddress(checked, element, 'xml:base that leads nowhere');
  return target.kind === 'file' ? target.path : undefined;
}

const noAddress = (checked: CheckedPackage, element: ManifestElement, found: string): Finding =>
  finding('cmi5-url', at(checked, element), {
    message: 'the unit has no address that an LMS can launch',
    expected: '<url> with an address relative to cmi5.xml, or one that starts with https:',
    found,
    hint: 'write "%20" for a space',
  });

/** What an LMS adds to the address of a unit (cmi5 8.1). */
const launchParameters = ['endpoint', 'fetch', 'actor', 'registration', 'activityId'];

function* checkQuery(checked: CheckedPackage, element: ManifestElement, url: string): Generator<Finding> {
  const query = /^[^?#]*\?([^#]*)/.exec(url)?.[1] ?? '';
  const taken = new Set(new URLSearchParams(query).keys());
  const collisions = launchParameters.filter((name) => taken.has(name));
  if (collisions.length === 0) return;
  yield finding('cmi5-url', at(checked, element), {
    message: 'the address of the unit has parameters that an LMS sets itself at launch',
    expected: `a query without ${launchParameters.join(', ')}`,
    found: listed(collisions),
    hint: 'rename them, or leave them out; an LMS must refuse the course structure',
  });
}

function* checkObjectives(checked: CheckedPackage, all: readonly ManifestElement[]): Generator<Finding> {
  const known = new Set(
    all.filter(({ name }) => name === 'objective').flatMap((each) => attribute(each, 'id')?.trim() ?? []),
  );
  const expected = known.size === 0 ? 'an <objective id>; there is none' : `one of ${listed([...known])}`;
  for (const element of all) {
    const reference = element.name === 'objective' ? attribute(element, 'idref')?.trim() : undefined;
    if (reference === undefined || known.has(reference)) continue;
    yield finding('cmi5-objective-dangling', at(checked, element), {
      message: 'a unit serves an objective that is not there',
      expected,
      found: quote(reference),
      hint: 'correct idref, or add the objective to <objectives> of the course structure',
    });
  }
}
