/** The course structure of a cmi5 package. */
import type { Element } from 'xast';
import { x } from 'xastscript';
import type { Course } from '../src/model/course.ts';
import { programIri, takeawayIri, unitIri } from './course-iris.ts';
import { type ManifestContent, manifestText, manifestTitle, measure, writeManifest } from './manifest-xml.ts';
import { packagePaths } from './package-paths.ts';

/** cmi5 names no longest text; an LMS has columns of a database for them. The lengths are those of the other formats. */
const descriptionLimit = 2000;

/**
 * Writes `cmi5.xml` (cmi5 13.1, 14.1): one course with one assignable unit (AU), at the document of the package. The
 * takeaways are the objectives of the course, and of the AU where it has a quiz to reach them in.
 *
 * The files of the package are not listed, for a course structure names what an LMS launches and nothing else.
 *
 * @param content - what the package holds
 * @returns the whole XML file
 */
export function cmi5Structure({ course }: ManifestContent): string {
  const names = [
    langstring(course, 'title', manifestTitle(course)),
    langstring(course, 'description', manifestText(course.description, descriptionLimit)),
  ];
  return writeManifest(
    x(
      'courseStructure',
      { xmlns: 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd' },
      x('course', { id: programIri(course) }, names),
      objectives(course),
      x('au', { id: unitIri(course), ...unitRules(course) }, [
        ...names,
        objectiveReferences(course),
        // Relative, for it is in the package (cmi5 14.1.0.0-3).
        x('url', packagePaths.document),
      ]),
    ),
  );
}

function langstring({ language }: Course, name: string, text: string): Element {
  return x(name, [x('langstring', { lang: language }, text)]);
}

/** An empty list is not allowed (CourseStructure.xsd): a program may teach none of the takeaways. */
function objectives(course: Course): Element | null {
  if (course.takeaways.length === 0) return null;
  return x(
    'objectives',
    course.takeaways.map((takeaway) => objective(course, takeaway)),
  );
}

/** Title and description are both required (cmi5 13.1.3). A takeaway is one sentence, and says all there is. */
function objective(course: Course, { id, text }: Course['takeaways'][number]): Element {
  const line = manifestText(text, descriptionLimit);
  return x('objective', { id: takeawayIri(course, id) }, [
    langstring(course, 'title', line),
    langstring(course, 'description', line),
  ]);
}

function objectiveReferences(course: Course): Element | null {
  if (course.items.length === 0) return null;
  return x(
    'objectives',
    course.takeaways.map(({ id }) => x('objective', { idref: takeawayIri(course, id) })),
  );
}

/**
 * When an LMS takes the AU as done, and how it is launched (cmi5 13.1.4). `moveOn` asks for a pass only where
 * completion does; without it the default, `NotApplicable`, would call every learner done at once. The player runs in a
 * frame as well as in a window of its own.
 */
function unitRules({ items, rules }: Course): Record<string, string> {
  const hasQuiz = items.length > 0;
  return {
    activityType: 'http://adlnet.gov/expapi/activities/lesson',
    launchMethod: 'AnyWindow',
    moveOn: hasQuiz && rules.completion.quiz === 'passed' ? 'CompletedAndPassed' : 'Completed',
    ...(hasQuiz ? { masteryScore: measure(rules.passing.scaled) } : {}),
  };
}
