/** The manifest of a SCORM 1.2 package. */
import type { Element } from 'xast';
import { x } from 'xastscript';
import type { Course } from '../src/model/course.ts';
import { imsMetadata, imsMetadataNamespace } from './lom-metadata.ts';
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

/**
 * Writes `imsmanifest.xml` for SCORM 1.2 (CAM 2.3): one organization with one SCO. There are no `adlcp:prerequisites`
 * (there is nothing before the only SCO), no `adlcp:maxtimeallowed` and no `adlcp:datafromlms` (the course asks for
 * neither).
 *
 * @param content - what the package holds
 * @param files - path of every file of the package but the manifest, in any order
 * @returns the whole XML file
 */
export function scorm12Manifest(content: ManifestContent, files: readonly string[]): string {
  const { course } = content;
  const ids = manifestIdentifiers(course, 'scorm12');
  const title = manifestTitle(course);
  return writeManifest(
    x(
      'manifest',
      {
        identifier: ids.manifest,
        version: manifestText(course.version, versionLimit),
        xmlns: 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
        'xmlns:adlcp': 'http://www.adlnet.org/xsd/adlcp_rootv1p2',
        'xmlns:imsmd': imsMetadataNamespace.uri,
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:schemaLocation': [
          'http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd',
          'http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd',
          `${imsMetadataNamespace.uri} ${imsMetadataNamespace.schema}`,
        ].join(' '),
      },
      x('metadata', [x('schema', 'ADL SCORM'), x('schemaversion', '1.2'), imsMetadata(content)]),
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
            masteryScore(course),
          ),
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

/**
 * The pass mark, 0 to 100, where an LMS may hold the score against it (CAM 2.3, `adlcp:masteryscore`).
 *
 * An LMS that finds one sets the status itself at the end of each session, both ways and from the raw score alone
 * (RTE 3.4.4, `cmi.core.lesson_status`; Moodle does). So it stands here only where the LMS comes to what the course's
 * rules come to: the pages do not count, the quiz has to be passed, and there is one try. With pages to view, a learner
 * would be called passed who has not viewed them; with a try left, one would be called failed whose attempt the LMS then
 * closes (ADR 2). The course reports its status itself in any case.
 */
function masteryScore({ items, rules }: Course): Element | null {
  const byQuizAlone = rules.completion.pages === 'none' && rules.completion.quiz === 'passed';
  if (items.length === 0 || !byQuizAlone || rules.passing.attempts !== 1) return null;
  // Two decimals, cut, as of the raw score that the player sends.
  return x('adlcp:masteryscore', (Number(measure(rules.passing.scaled)) * 100).toFixed(2));
}
