/** The manifest of a SCORM 2004 4th Edition package. */
import type { Element } from 'xast';
import { x } from 'xastscript';
import type { Course } from '../src/model/course.ts';
import {
  fileElements,
  manifestIdentifiers,
  manifestText,
  titleLimit,
  versionLimit,
  writeManifest,
} from './manifest-xml.ts';
import { packagePaths } from './package-paths.ts';

/**
 * Writes `imsmanifest.xml` for SCORM 2004 4th Edition (CAM 3): one organization with one SCO.
 *
 * There is no `adlcp:completionThreshold` on purpose: Moodle would set completion at Terminate from the progress
 * measure alone, against the course's own rule. There are no objectives with `mapInfo` either: Moodle fails on them.
 *
 * @param course - what the package holds
 * @param files - path of every file of the package but the manifest, in any order
 * @returns the whole XML file
 */
export function scorm2004Manifest(course: Course, files: readonly string[]): string {
  const ids = manifestIdentifiers(course, 'scorm2004');
  const title = manifestText(course.title, titleLimit);
  return writeManifest(
    x(
      'manifest',
      {
        identifier: ids.manifest,
        version: manifestText(course.version, versionLimit),
        xmlns: 'http://www.imsglobal.org/xsd/imscp_v1p1',
        'xmlns:adlcp': 'http://www.adlnet.org/xsd/adlcp_v1p3',
        'xmlns:adlnav': 'http://www.adlnet.org/xsd/adlnav_v1p3',
        'xmlns:imsss': 'http://www.imsglobal.org/xsd/imsss',
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:schemaLocation': [
          'http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd',
          'http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd',
          'http://www.adlnet.org/xsd/adlnav_v1p3 adlnav_v1p3.xsd',
          'http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd',
        ].join(' '),
      },
      x('metadata', [x('schema', 'ADL SCORM'), x('schemaversion', '2004 4th Edition')]),
      x(
        'organizations',
        { default: ids.organization },
        x(
          'organization',
          { identifier: ids.organization },
          x('title', title),
          x(
            'item',
            { identifier: ids.activity, identifierref: ids.resource },
            x('title', title),
            activitySequencing(course),
            presentation,
          ),
          // Without flow an LMS that takes sequencing at its word has nothing to deliver at the start (SN 3.2.3).
          x('imsss:sequencing', [x('imsss:controlMode', { choice: 'true', flow: 'true' })]),
        ),
      ),
      x('resources', [
        x(
          'resource',
          {
            identifier: ids.resource,
            type: 'webcontent',
            'adlcp:scormType': 'sco',
            href: packagePaths.document,
          },
          fileElements(files),
        ),
      ]),
    ),
  );
}

/**
 * The pass mark as `cmi.scaled_passing_score` (SN 3.10, RTE 4.2.19), where there is a quiz to pass; and the statement
 * that completion and success are the content's to set, so that an LMS does not invent them (SN 3.13.2, 3.13.3).
 */
function activitySequencing(course: Course): Element {
  const passable = course.items.length > 0;
  return x('imsss:sequencing', [
    passable ? x('imsss:objectives', [primaryObjective(course.rules.passing.scaled)]) : null,
    x('imsss:deliveryControls', { completionSetByContent: 'true', objectiveSetByContent: 'true' }),
  ]);
}

function primaryObjective(passMark: number): Element {
  return x(
    'imsss:primaryObjective',
    // SCORM would do without the id; Moodle's table of objectives does not.
    { objectiveID: 'primary', satisfiedByMeasure: 'true' },
    x('imsss:minNormalizedMeasure', measure(passMark)),
  );
}

/**
 * A plain decimal with four digits (measureType of imsss_v1p0util.xsd). Cut, as the player cuts the scores that it
 * reports: rounded up, it would let an LMS fail a learner who has just reached the pass mark. The small addition
 * undoes binary representation only: 0.57 * 10000 is 5699.999999999999.
 */
function measure(scaled: number): string {
  return (Math.floor(scaled * 10_000 + 1e-7) / 10_000).toFixed(4);
}

// Nothing lies before or after the only activity, so an LMS need not offer it (CAM 5.2).
const presentation = x('adlnav:presentation', [
  x('adlnav:navigationInterface', [x('adlnav:hideLMSUI', 'previous'), x('adlnav:hideLMSUI', 'continue')]),
]);
