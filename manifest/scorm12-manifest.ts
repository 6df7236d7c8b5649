/** The manifest of a SCORM 1.2 package. */
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
 * Writes `imsmanifest.xml` for SCORM 1.2 (CAM 2.3): one organization with one SCO.
 *
 * There is no `adlcp:masteryscore` on purpose. An LMS that finds one sets the status itself at the end of a session
 * (CAM 2.3; Moodle: from the raw score alone) and would call a learner passed who has not seen all pages, against the
 * course's own rule. The course reports its status itself.
 *
 * @param course - what the package holds
 * @param files - path of every file of the package but the manifest, in any order
 * @returns the whole XML file
 */
export function scorm12Manifest(course: Course, files: readonly string[]): string {
  const ids = manifestIdentifiers(course, 'scorm12');
  const title = manifestText(course.title, titleLimit);
  return writeManifest(
    x(
      'manifest',
      {
        identifier: ids.manifest,
        version: manifestText(course.version, versionLimit),
        xmlns: 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
        'xmlns:adlcp': 'http://www.adlnet.org/xsd/adlcp_rootv1p2',
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:schemaLocation': [
          'http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd',
          'http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd',
        ].join(' '),
      },
      x('metadata', [x('schema', 'ADL SCORM'), x('schemaversion', '1.2')]),
      x(
        'organizations',
        { default: ids.organization },
        x(
          'organization',
          { identifier: ids.organization },
          x('title', title),
          x('item', { identifier: ids.activity, identifierref: ids.resource }, x('title', title)),
        ),
      ),
      x('resources', [
        x(
          'resource',
          {
            identifier: ids.resource,
            type: 'webcontent',
            'adlcp:scormtype': 'sco',
            href: packagePaths.document,
          },
          fileElements(files),
        ),
      ]),
    ),
  );
}
