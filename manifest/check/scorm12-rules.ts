/** What SCORM 1.2 alone asks of a manifest (CAM 2.3). */
import { at, type CheckedPackage } from './checked-package.ts';
import { editions } from './editions.ts';
import { counted, type Finding, finding, listed, quote } from './finding.ts';
import { attribute, descendants, type ManifestElement, trimmed, withDescendants } from './manifest-tree.ts';
import { isDecimal, isLonger } from './numbers.ts';

/** Limits of imscp_rootv1p1p2.xsd and adlcp_rootv1p2.xsd: text of elements, and values of attributes. */
const textLimits: ReadonlyMap<string, number> = new Map([
  ['title', 200],
  ['prerequisites', 200],
  ['masteryscore', 200],
  ['datafromlms', 255],
  ['location', 2000],
]);
const attributeLimits: ReadonlyMap<string, number> = new Map([
  ['version', 20],
  ['href', 2000],
  ['identifierref', 2000],
  ['parameters', 1000],
  ['type', 1000],
  ['structure', 200],
]);

/** Checks limits, and ADL's extensions of items. */
export function* checkScorm12(checked: CheckedPackage): Generator<Finding> {
  const { namespace, adlcp } = editions.scorm12;
  for (const element of withDescendants(checked.root)) {
    if (element.namespace === namespace || element.namespace === adlcp) {
      yield* checkLengths(checked, element);
    }
  }
  for (const element of descendants(checked.root, 'masteryscore')) {
    const score = trimmed(element);
    // Authoring programs leave it empty where there is none.
    if (score === '' || isDecimal(score, 0, 100)) continue;
    yield finding('mastery-score', at(checked, element), {
      message: 'the mastery score is no score of SCORM 1.2',
      expected: 'a number from 0 to 100, such as "80"',
      found: quote(score),
      hint: 'without "%", and not from 0 to 1 as in SCORM 2004; LMSs compare it with cmi.core.score.raw',
    });
  }
  for (const element of descendants(checked.root, 'maxtimeallowed')) {
    const time = trimmed(element);
    if (time === '' || /^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/.test(time)) continue;
    yield finding('max-time-allowed', at(checked, element), {
      message: 'the time allowed is no time of SCORM 1.2',
      expected: 'HHHH:MM:SS.SS, such as "00:30:00"',
      found: quote(time),
      hint: 'write hours, minutes and seconds with two digits each',
    });
  }
  yield* checkPrerequisites(checked);
}

/**
 * Checks that prerequisites name what is there. They are a script of AICC: identifiers with `&`, `|`, `~`, counts such as
 * `2*{a, b, c}`, and states such as `a="passed"`.
 */
function* checkPrerequisites(checked: CheckedPackage): Generator<Finding> {
  const known = new Set(
    [...withDescendants(checked.root)].flatMap((each) => attribute(each, 'identifier') ?? []),
  );
  for (const element of descendants(checked.root, 'prerequisites')) {
    const script = trimmed(element);
    if (element.namespace !== editions.scorm12.adlcp || known.has(script) || isLonger(script, 2000)) continue;
    const names = script
      .replaceAll(/(=|<>)\s*("[^"]*"|[\w ]*)/g, ' ')
      .replaceAll(/\d+\s*\*\s*\{/g, '{')
      .split(/[\s&|~{}(),"]+/)
      .filter((name) => name !== '');
    const gone = [...new Set(names)].filter((name) => !known.has(name));
    if (gone.length === 0) continue;
    yield finding('prerequisites-dangling', at(checked, element), {
      message: 'prerequisites name an item that is not there',
      expected: 'identifiers of items, with & | ~ between them',
      found: listed(gone),
      hint: 'an LMS that follows them never opens the item; correct the identifiers',
    });
  }
}

function* checkLengths(checked: CheckedPackage, element: ManifestElement): Generator<Finding> {
  const limit = textLimits.get(element.name);
  if (limit !== undefined && isLonger(element.text, limit)) {
    yield tooLong(checked, element, `the text of <${element.name}>`, limit, element.text);
  }
  for (const { name, namespace, value } of element.attributes) {
    const most = namespace === '' ? attributeLimits.get(name) : undefined;
    if (most !== undefined && isLonger(value, most)) {
      yield tooLong(checked, element, `${name} at <${element.name}>`, most, value);
    }
  }
}

const tooLong = (
  checked: CheckedPackage,
  element: ManifestElement,
  what: string,
  limit: number,
  text: string,
): Finding =>
  finding('length-limit', at(checked, element), {
    message: `${what} is too long`,
    expected: `at most ${counted(limit, 'character')}`,
    found: `${counted([...text].length, 'character')}: ${quote(text)}`,
    hint: 'shorten it; an LMS that validates refuses the package, others cut it off',
  });
