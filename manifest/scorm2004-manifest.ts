/** The manifest of a SCORM 2004 package, 3rd or 4th Edition. */
import type { Element } from 'xast';
import { x } from 'xastscript';
import type { Course } from '../src/model/course.ts';
import { lomMetadata, lomNamespace } from './lom-metadata.ts';
import {
  fileElements,
  type ManifestContent,
  manifestIdentifiers,
  manifestText,
  manifestTitle,
  measure,
  versionLimit,
  writeManifest,
} from './manifest-xml.ts';
import { packagePaths } from './package-paths.ts';

/** What `<schemaversion>` says (CAM 3.4.1), to the letter: Moodle takes anything else for SCORM 1.2. */
const schemaVersions = { 'scorm2004-3rd': '2004 3rd Edition', scorm2004: '2004 4th Edition' } as const;

/**
 * Writes `imsmanifest.xml` for SCORM 2004 (CAM 3): one organization with one SCO. The editions differ in their schemas
 * and in `schemaversion`; what is written here means the same in both.
 *
 * There is no `adlcp:completionThreshold` on purpose: Moodle would set completion at Terminate from the progress
 * measure alone, against the course's own rule; and the editions write it in two ways that the other's schema refuses.
 *
 * @param content - what the package holds
 * @param files - path of every file of the package but the manifest, in any order
 * @param format - which edition
 * @returns the whole XML file
 */
export function scorm2004Manifest(
  content: ManifestContent,
  files: readonly string[],
  format: keyof typeof schemaVersions,
): string {
  const { course } = content;
  const ids = manifestIdentifiers(course, format);
  const title = manifestTitle(course);
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
        'xmlns:lom': lomNamespace.uri,
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:schemaLocation': [
          'http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd',
          'http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd',
          'http://www.adlnet.org/xsd/adlnav_v1p3 adlnav_v1p3.xsd',
          'http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd',
          `${lomNamespace.uri} ${lomNamespace.schema}`,
        ].join(' '),
      },
      x('metadata', [
        x('schema', 'ADL SCORM'),
        x('schemaversion', schemaVersions[format]),
        lomMetadata(content),
      ]),
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
 * The objectives, where there is a quiz to reach them in; and the statement that completion and success are the
 * content's to set, so that an LMS does not invent them (SN 3.13.2, 3.13.3).
 */
function activitySequencing(course: Course): Element {
  return x('imsss:sequencing', [
    course.items.length > 0 ? objectives(course) : null,
    x('imsss:deliveryControls', { completionSetByContent: 'true', objectiveSetByContent: 'true' }),
  ]);
}

/**
 * The name of the primary objective. SCORM would do without one; Moodle's table of objectives does not. No takeaway can
 * have it, for their ids have no "_".
 */
const primaryObjective = 'primary_objective';

/**
 * The primary objective with the pass mark, which an LMS hands to the player as `cmi.scaled_passing_score` (SN 3.10, RTE
 * 4.2.19), and one objective for each takeaway. An LMS sets `cmi.objectives` up with them (RTE 4.2.17), and the player
 * finds each by its id, which is that of the takeaway. No `mapInfo`: there is no other activity to share them with, and
 * Moodle fails on one that is not of the primary objective.
 */
function objectives({ takeaways, rules }: Course): Element {
  return x('imsss:objectives', [
    x(
      'imsss:primaryObjective',
      { objectiveID: primaryObjective, satisfiedByMeasure: 'true' },
      x('imsss:minNormalizedMeasure', measure(rules.passing.scaled)),
    ),
    ...takeaways.map(({ id }) => x('imsss:objective', { objectiveID: id })),
  ]);
}

// Nothing lies before or after the only activity, so an LMS need not offer it (CAM 5.2). What leaves the course stays:
// learners leave by the LMS's own buttons, and not every LMS has more than one.
const presentation = x('adlnav:presentation', [
  x('adlnav:navigationInterface', [x('adlnav:hideLMSUI', 'previous'), x('adlnav:hideLMSUI', 'continue')]),
]);
