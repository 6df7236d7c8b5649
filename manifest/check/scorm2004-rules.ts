/** What SCORM 2004 alone asks of a manifest (CAM 3.4.1, CAM 5; IMS Simple Sequencing), as far as schemas do not. */
import { at, type CheckedPackage } from './checked-package.ts';
import { editions, namespaces } from './editions.ts';
import { type Finding, finding, listed, quote } from './finding.ts';
import { title } from './identify.ts';
import { attribute, childrenNamed, type ManifestElement, trimmed, withDescendants } from './manifest-tree.ts';
import { isDecimal } from './numbers.ts';

/** Checks measures, objectives, sequencing, and that nothing of the 4th Edition stands in an older one. */
export function* checkScorm2004(checked: CheckedPackage): Generator<Finding> {
  const all = [...withDescendants(checked.root)];
  const named = (name: string, namespace: string): ManifestElement[] =>
    all.filter((element) => element.name === name && element.namespace === namespace);
  const { adlcp } = editions[checked.edition];

  for (const element of named('minNormalizedMeasure', namespaces.imsss)) {
    const measure = trimmed(element);
    if (isDecimal(measure, -1, 1)) continue;
    yield finding('min-normalized-measure', at(checked, element), {
      message: 'the pass mark is no measure',
      expected: 'a decimal from -1 to 1, such as "0.8" for 80 %',
      found: quote(measure),
      hint: 'divide per cent by 100; LMSs hand it to the course as cmi.scaled_passing_score',
    });
  }
  for (const element of named('completionThreshold', adlcp)) yield* checkThreshold(checked, element);

  const sequencings = named('sequencing', namespaces.imsss);
  const shared = new Map(
    named('sequencingCollection', namespaces.imsss)
      .flatMap((collection) => childrenNamed(collection, 'sequencing'))
      .map((sequencing) => [attribute(sequencing, 'ID') ?? '', sequencing]),
  );
  const idsOf = new Map([...shared].map(([id, sequencing]) => [id, objectiveIdsOf(sequencing)]));
  for (const sequencing of sequencings) yield* checkSequencing(checked, sequencing, idsOf);
  if (checked.edition !== 'scorm2004-4th') yield* checkVocabulary(checked, all, adlcp);
  for (const [name, instead] of Object.entries(olderWords)) {
    const older = named(name, adlcp).find((element) => trimmed(element) !== '');
    if (older) yield olderWord(checked, older, instead);
  }
}

/** Words of SCORM 1.2, and what stands for them in every edition of SCORM 2004. Schemas let them pass, and LMSs pass them over. */
const olderWords: Readonly<Record<string, string>> = {
  masteryscore: '<imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure> in <imsss:primaryObjective>',
  maxtimeallowed: '<imsss:limitConditions attemptAbsoluteDurationLimit="PT30M"/> in <imsss:sequencing>',
  timelimitaction: '<adlcp:timeLimitAction>',
  datafromlms: '<adlcp:dataFromLMS>',
  prerequisites: '<imsss:preConditionRule> in <imsss:sequencingRules>',
};

const olderWord = (checked: CheckedPackage, element: ManifestElement, instead: string): Finding =>
  finding('version-vocabulary', at(checked, element), {
    message: `the manifest uses what ${title(checked.edition)} does not know any more`,
    expected: instead,
    found: `<adlcp:${element.name}> of SCORM 1.2`,
    hint: 'LMSs pass it over without a word; write it as SCORM 2004 does',
  });

function* checkThreshold(checked: CheckedPackage, element: ManifestElement): Generator<Finding> {
  const text = trimmed(element);
  const newer = checked.edition === 'scorm2004-4th';
  const measures = [
    // The older editions have it as text; without, and without attributes, nothing is said.
    ...(text === '' && (newer || element.attributes.length > 0) ? [] : [text]),
    ...['minProgressMeasure', 'progressWeight'].flatMap((name) => attribute(element, name) ?? []),
  ];
  for (const measure of measures) {
    if (isDecimal(measure.trim(), 0, 1)) continue;
    yield finding('completion-threshold', at(checked, element), {
      message: 'the completion threshold is no measure',
      expected: 'a decimal from 0 to 1, such as "0.9" for 90 %',
      found: quote(measure),
      hint: 'divide per cent by 100; LMSs compare it with cmi.progress_measure',
    });
  }
  if (newer ? text !== '' : element.attributes.length > 0) {
    yield finding('completion-threshold-form', at(checked, element), {
      message: 'the completion threshold is written as in another edition',
      expected: newer
        ? `<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure=${quote(text)}/>`
        : '<adlcp:completionThreshold>0.9</adlcp:completionThreshold>',
      found: newer ? `the text ${quote(text)}` : listed(element.attributes.map(({ name }) => name)),
      hint: `write it as ${title(checked.edition)} has it, or an LMS takes no notice`,
    });
  }
}

const objectivesOf = (sequencing: ManifestElement): ManifestElement[] =>
  childrenNamed(sequencing, 'objectives').flatMap(({ children }) =>
    children.filter(({ name }) => name === 'primaryObjective' || name === 'objective'),
  );

const objectiveIdsOf = (sequencing: ManifestElement): ReadonlySet<string> =>
  new Set(objectivesOf(sequencing).map((objective) => attribute(objective, 'objectiveID') ?? ''));

function* checkSequencing(
  checked: CheckedPackage,
  sequencing: ManifestElement,
  shared: ReadonlyMap<string, ReadonlySet<string>>,
): Generator<Finding> {
  const reference = attribute(sequencing, 'IDRef');
  if (reference !== undefined && !shared.has(reference)) {
    yield finding('sequencing-reference-dangling', at(checked, sequencing), {
      message: 'sequencing refers to rules that are not there',
      expected: 'the ID of a <sequencing> in <imsss:sequencingCollection>',
      found: quote(reference),
      hint: 'correct IDRef, or add the rules',
    });
  }
  const ids = new Set<string>();
  for (const objective of objectivesOf(sequencing)) {
    const id = attribute(objective, 'objectiveID');
    const mapped = childrenNamed(objective, 'mapInfo').length > 0;
    if (id === undefined && objective.name === 'primaryObjective' && mapped) {
      yield finding('objective-id-missing', at(checked, objective), {
        message: 'a primary objective is shared, but has no id',
        expected: 'objectiveID at a <primaryObjective> with <mapInfo>',
        found: 'no objectiveID',
        hint: 'give it an id',
      });
    }
    if (id !== undefined && ids.has(id)) {
      yield finding('objective-id-duplicate', at(checked, objective), {
        message: 'two objectives of an activity have one id',
        expected: 'every objectiveID once in an activity',
        found: quote(id),
        hint: 'rename one; an LMS makes one objective of them or refuses the package',
      });
    }
    if (id !== undefined) ids.add(id);
  }
  yield* checkConditions(checked, sequencing, ids, shared.get(reference ?? '') ?? new Set());
  yield* checkControl(checked, sequencing, reference);
}

function* checkConditions(
  checked: CheckedPackage,
  sequencing: ManifestElement,
  ids: ReadonlySet<string>,
  sharedIds: ReadonlySet<string>,
): Generator<Finding> {
  // In a collection, rules may speak of objectives that the activities bring.
  if (sequencing.parent?.name === 'sequencingCollection') return;
  for (const condition of withDescendants(sequencing)) {
    const objective =
      condition.name === 'ruleCondition' ? attribute(condition, 'referencedObjective') : undefined;
    if (objective === undefined || objective === '') continue;
    if (ids.has(objective) || sharedIds.has(objective)) continue;
    yield finding('objective-reference-dangling', at(checked, condition), {
      message: 'a rule asks for an objective that its activity does not have',
      expected: someOf(ids, sharedIds),
      found: quote(objective),
      hint: 'correct referencedObjective, or add the objective; the rule never applies otherwise',
    });
  }
}

const mostNamed = 5;

/** Names the first few objectives; there may be 100,000, and as many rules that ask for another. */
function someOf(...sets: readonly ReadonlySet<string>[]): string {
  const named: string[] = [];
  for (const ids of sets) {
    for (const id of ids) {
      if (named.length === mostNamed) break;
      named.push(id);
    }
  }
  const amount = sets.reduce((sum, { size }) => sum + size, 0);
  if (amount === 0) return 'an objective of the activity; it has none';
  return `one of ${listed(named)}${amount > mostNamed ? ' or others' : ''}`;
}

function* checkControl(
  checked: CheckedPackage,
  sequencing: ManifestElement,
  reference: string | undefined,
): Generator<Finding> {
  const activity = sequencing.parent;
  const [mode] = childrenNamed(sequencing, 'controlMode');
  if (!mode || reference !== undefined || childrenNamed(activity, 'item').length === 0) return;
  const is = (name: string, otherwise: boolean): boolean =>
    ['true', '1'].includes(attribute(mode, name)?.trim() ?? String(otherwise));
  if (is('choice', true) || is('flow', false)) return;
  yield finding('sequencing-dead-end', at(checked, mode), {
    message: 'learners can neither choose what is in here nor get there by going on',
    expected: 'choice="true" or flow="true"',
    found: 'choice="false", and flow is false unless it is set',
    hint: 'an LMS that takes sequencing at its word has nothing to deliver; add flow="true"',
  });
}

/** Words that came with the 4th Edition. */
function* checkVocabulary(
  checked: CheckedPackage,
  all: readonly ManifestElement[],
  adlcp: string,
): Generator<Finding> {
  const newer = all.find(
    ({ name, namespace, attributes }) =>
      (namespace === adlcp && name === 'data') ||
      (namespace === namespaces.adlseq && name === 'objectives') ||
      attributes.some((each) => each.namespace === adlcp && each.name === 'sharedDataGlobalToSystem'),
  );
  if (!newer) return;
  yield finding('version-vocabulary', at(checked, newer), {
    message: `the manifest uses what ${title(checked.edition)} does not know`,
    expected: 'words of its own edition',
    found: `<${newer.prefix === '' ? '' : `${newer.prefix}:`}${newer.name}> of the 4th Edition`,
    hint: `LMSs pass it over; publish the course as ${title('scorm2004-4th')}, or do without`,
  });
}
