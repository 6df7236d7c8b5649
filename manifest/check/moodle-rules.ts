/**
 * What Moodle makes of a manifest that the standards allow. Moodle reads manifests without namespaces and without a
 * resolver of addresses (mod/scorm/datamodels/scormlib.php); what follows was read there and run with Moodle 4.5.
 */
import { at, type CheckedPackage } from './checked-package.ts';
import { editions, namespaces } from './editions.ts';
import { counted, type Finding, finding, quote } from './finding.ts';
import { attribute, childrenNamed, type ManifestElement, withDescendants } from './manifest-tree.ts';
import { isLonger } from './numbers.ts';

/** Checks a manifest of SCORM for what goes wrong in Moodle. */
export function* checkMoodle(checked: CheckedPackage): Generator<Finding> {
  const all = [...withDescendants(checked.root)];
  yield* checkPrefixes(checked, all);
  for (const element of all) {
    yield* checkLengths(checked, element);
    yield* checkMapInfo(checked, element);
    yield* checkBase(checked, element);
  }
  yield* checkCharacterReferences(checked);
  yield* checkThresholds(checked, all);
}

function* checkPrefixes(checked: CheckedPackage, all: readonly ManifestElement[]): Generator<Finding> {
  const { namespace, adlcp } = editions[checked.edition];
  const expected = new Map<string, string>([
    [namespace, ''],
    [adlcp, 'adlcp'],
    [namespaces.imsss, 'imsss'],
    [namespaces.adlseq, 'adlseq'],
    [namespaces.adlnav, 'adlnav'],
  ]);
  const told = new Set<string>();
  for (const element of all) {
    for (const { prefix, namespace: uri, name } of [element, ...element.attributes]) {
      const wanted = expected.get(uri);
      if (uri === '' || wanted === undefined || prefix === wanted || told.has(uri)) continue;
      told.add(uri);
      yield finding('moodle-prefix', at(checked, element), {
        message: 'Moodle knows elements by their prefix, and this one is not its own',
        expected: wanted === '' ? `<${name}> without a prefix` : `the prefix "${wanted}:"`,
        found: `"${prefix}${prefix === '' ? '' : ':'}${name}"`,
        hint: `declare xmlns${wanted === '' ? '' : `:${wanted}`}="${uri}" and use that prefix; Moodle passes the rest over without a word`,
      });
    }
  }
}

const column = 255;

function* checkLengths(checked: CheckedPackage, element: ManifestElement): Generator<Finding> {
  const inScorm12 = checked.edition === 'scorm12';
  const texts = [
    // SCORM 1.2 itself has a lower limit for titles.
    { what: 'a title', text: element.name === 'title' && !inScorm12 ? element.text.trim() : '' },
    { what: 'an identifier', text: attribute(element, 'identifier') ?? '' },
  ];
  for (const { what, text } of texts) {
    if (!isLonger(text, column)) continue;
    yield finding('moodle-length', at(checked, element), {
      message: `${what} does not fit into Moodle’s database`,
      expected: `at most ${counted(column, 'character')}`,
      found: `${counted([...text].length, 'character')}: ${quote(text)}`,
      hint: 'shorten it; the upload ends in a database error',
    });
  }
}

function* checkMapInfo(checked: CheckedPackage, element: ManifestElement): Generator<Finding> {
  if (element.namespace !== namespaces.imsss || element.name !== 'objective') return;
  if (childrenNamed(element, 'mapInfo').length === 0) return;
  yield finding('moodle-map-info', at(checked, element), {
    message: 'Moodle crashes at the upload: an objective that is not the primary one has <mapInfo>',
    expected: '<imsss:mapInfo> in <imsss:primaryObjective> only',
    found: quote(attribute(element, 'objectiveID') ?? ''),
    hint: 'legal in SCORM 2004; leave mapInfo out if the course is for Moodle, which does not share objectives anyway',
  });
}

function* checkBase(checked: CheckedPackage, element: ManifestElement): Generator<Finding> {
  const base = attribute(element, 'base', namespaces.xml);
  if (base === undefined || base.trim() === '' || !['manifest', 'resources'].includes(element.name)) return;
  yield finding('moodle-xml-base', at(checked, element), {
    message: `Moodle does not look at xml:base of <${element.name}>`,
    expected: 'xml:base at <resource>, or addresses from the manifest on',
    found: quote(base),
    hint: 'Moodle launches the address without it and shows "file not found"; write whole addresses',
  });
}

/** Moodle writes `&amp;` for every `&` that no name of two to six letters follows. */
function* checkCharacterReferences(checked: CheckedPackage): Generator<Finding> {
  let first: RegExpExecArray | undefined;
  let amount = 0;
  for (const reference of checked.text.matchAll(/&#(?:x[0-9a-f]+|[0-9]+);/gi)) {
    first ??= reference;
    amount += 1;
  }
  if (!first) return;
  yield finding(
    'moodle-character-reference',
    { file: checked.place.path, line: checked.text.slice(0, first.index).split('\n').length },
    {
      message: 'Moodle shows character references as they are written',
      expected: 'the characters themselves, in UTF-8',
      found: `${counted(amount, 'reference')}, the first ${quote(first[0])}`,
      hint: 'learners read "&#228;" where you mean "ä", and an address with one leads nowhere',
    },
  );
}

function* checkThresholds(checked: CheckedPackage, all: readonly ManifestElement[]): Generator<Finding> {
  const { adlcp } = editions[checked.edition];
  const first = (name: string): ManifestElement | undefined =>
    all.find((element) => element.namespace === adlcp && element.name === name);
  const mastery = all.find(
    ({ namespace, name, text }) => namespace === adlcp && name === 'masteryscore' && text.trim() !== '',
  );
  if (mastery && checked.edition === 'scorm12') {
    yield finding('moodle-mastery-score', at(checked, mastery), {
      message: 'Moodle sets passed or failed itself, from the score alone',
      expected: 'no masteryscore, where the course decides',
      found: quote(mastery.text.trim()),
      hint: 'a learner who has the score is passed though pages are missing, and the other way round; leave it out unless you want that',
    });
  }
  const threshold = first('completionThreshold');
  if (threshold && checked.edition !== 'scorm12') {
    yield finding('moodle-completion-threshold', at(checked, threshold), {
      message: 'Moodle sets completed or incomplete itself, from the progress measure alone',
      expected: 'no completionThreshold, where the course decides',
      found: `<${threshold.name}>`,
      hint: 'what the course says of completion is overwritten at the end of a session; leave it out unless you want that',
    });
  }
  const data = first('data');
  if (data && checked.edition === 'scorm2004-4th') {
    yield finding('moodle-shared-data', at(checked, data), {
      message: 'Moodle does not keep shared data',
      expected: 'nothing that depends on adl.data',
      found: `<${data.name}>`,
      hint: 'the course gets error 401 for adl.data; make sure that it works without',
    });
  }
}
