/**
 * Every rule of the checker: how bad it is to break it, and who says so. A closed map: a finding can name no other rule,
 * and `tests/unit/check-rules.test.ts` does not compile while a rule lacks a package that breaks it.
 *
 * An error breaks a standard, or harms whoever unpacks the package. A warning is allowed by the standards and still goes
 * wrong in an LMS or on a server. A note is for knowing.
 */

export type Severity = 'error' | 'warning' | 'note';

interface Rule {
  readonly severity: Severity;
  /** The standard and its clause, or the LMS that does it. Editions number clauses differently: the element is named. */
  readonly source: string;
}

const zip = 'PKWARE APPNOTE 4; SCORM CAM, Package Interchange File; cmi5 14.1';
const hostile = 'OWASP, unpacking of archives; every LMS unpacks on its server';
const xml = 'XML 1.0';
const manifestFile = 'SCORM 1.2 CAM 2.3, imsmanifest.xml; SCORM 2004 CAM 3.4.1; cmi5 14.1.0.0-2';
const cam = 'SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4.1';
const uris = 'RFC 3986; SCORM 2004 CAM 3.4.3; cmi5 13.1.4';
const servers = 'file systems and web servers of LMSs';
const sequencing = 'SCORM 2004 CAM 5.1; IMS Simple Sequencing';
const moodleCode = 'Moodle, mod/scorm/datamodels/scormlib.php';

export const rules = {
  // The zip file
  'zip-unreadable': { severity: 'error', source: 'this checker' },
  'zip-not-a-zip': { severity: 'error', source: zip },
  'zip-damaged': { severity: 'error', source: zip },
  'zip-prefix': { severity: 'error', source: 'PKWARE APPNOTE 4.1.9; SCORM CAM, Package Interchange File' },
  'zip-trailing-bytes': { severity: 'warning', source: 'PKWARE APPNOTE 4.3.16: the end is last' },
  'zip-not-unpacked': { severity: 'note', source: 'this checker' },
  'zip-directory-lies': { severity: 'error', source: 'PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.14, 4.3.16, 4.6.9' },
  'zip-encrypted': { severity: 'error', source: 'PKWARE APPNOTE 4.4.4, bit 0; no LMS asks for a password' },
  'zip-method': { severity: 'error', source: 'SCORM CAM, Package Interchange File: RFC 1951 (deflate)' },
  'zip-overlap': { severity: 'error', source: `PKWARE APPNOTE 4.3.6; ${hostile}` },
  'zip-size-lies': { severity: 'error', source: `PKWARE APPNOTE 4.4.9; ${hostile}` },
  'zip-bomb': { severity: 'error', source: hostile },
  'zip-too-many-files': { severity: 'error', source: hostile },
  'zip-unsafe-name': { severity: 'error', source: `PKWARE APPNOTE 4.4.17; ${hostile}` },
  'zip-backslash': { severity: 'error', source: 'PKWARE APPNOTE 4.4.17.1' },
  'zip-link': { severity: 'error', source: hostile },
  'zip-duplicate-name': { severity: 'error', source: hostile },

  // Where the manifest is, and whether it can be read
  'manifest-missing': { severity: 'error', source: manifestFile },
  'manifest-nested': { severity: 'error', source: `${manifestFile}; Moodle refuses the upload` },
  'manifest-case': { severity: 'error', source: `${manifestFile}; Moodle compares letter by letter` },
  'manifest-zipped-twice': { severity: 'error', source: manifestFile },
  'manifest-two-standards': { severity: 'note', source: manifestFile },
  'manifest-too-large': { severity: 'error', source: 'this checker' },
  'manifest-root': { severity: 'error', source: `${manifestFile}; cmi5 13.2.0.0-1` },
  'xml-malformed': { severity: 'error', source: `${xml}; Moodle stops with a blank page` },
  'xml-doctype': {
    severity: 'error',
    source: 'OWASP, XML external entities; schemas, not DTDs, define a manifest',
  },
  'xml-encoding': { severity: 'error', source: `${xml}, 4.3.3` },
  'xml-not-utf8': { severity: 'note', source: `${xml}, 4.3.3 allows it; some LMSs read UTF-8 only` },
  'xml-byte-order-mark': { severity: 'note', source: `${xml}, 4.3.3 allows it; some LMSs choke on it` },
  'schema-invalid': { severity: 'error', source: 'the control documents of the edition' },
  'metadata-invalid': { severity: 'warning', source: 'IMS Meta-data 1.2.1, imsmd_rootv1p2p1.xsd' },
  'schema-not-checked': { severity: 'note', source: 'this checker' },

  // What imsmanifest.xml says
  'schema-name': { severity: 'error', source: `${cam}, <schema>` },
  'schema-version': { severity: 'error', source: `${cam}, <schemaversion>; ${moodleCode}` },
  'version-namespaces': { severity: 'error', source: `${cam}, <manifest>` },
  'version-vocabulary': {
    severity: 'warning',
    source: 'adlcp_v1p3.xsd, adlseq_v1p3.xsd of the 4th Edition; adlcp_rootv1p2.xsd of SCORM 1.2',
  },
  'identifier-invalid': { severity: 'error', source: `${cam}, identifier (xs:ID)` },
  'identifier-duplicate': { severity: 'error', source: `${cam}, identifier (xs:ID)` },
  'identifierref-dangling': { severity: 'error', source: `${cam}, <item>, <dependency>` },
  'organization-missing': { severity: 'error', source: `${cam}, <organizations>` },
  'organization-default-missing': { severity: 'warning', source: `${cam}, <organizations>` },
  'organization-default-dangling': { severity: 'error', source: `${cam}, <organizations>; ${moodleCode}` },
  'item-missing': { severity: 'error', source: `${cam}, <organization>` },
  'item-leaf-empty': { severity: 'warning', source: `${cam}, <item>` },
  'item-parent-with-content': { severity: 'error', source: 'SCORM 2004 CAM 3.4.1, <item>: leaves only' },
  'title-missing': { severity: 'warning', source: `${cam}, <title>; cmi5 13.1` },
  'length-limit': { severity: 'error', source: 'SCORM 1.2, imscp_rootv1p1p2.xsd, adlcp_rootv1p2.xsd' },
  'sco-missing': { severity: 'error', source: `${cam}, <resource>` },
  'assets-only': { severity: 'warning', source: `${cam}, <resource>` },
  'scorm-type-missing': { severity: 'warning', source: `${cam}, <resource>` },
  'scorm-type-spelling': {
    severity: 'error',
    source: 'adlcp_rootv1p2.xsd: scormtype; adlcp_v1p3.xsd: scormType',
  },
  'scorm-type-value': { severity: 'error', source: `${cam}, <resource>` },
  'resource-type': { severity: 'warning', source: `${cam}, <resource>` },
  'resource-href-missing': { severity: 'error', source: `${cam}, <resource>` },
  'sub-manifest': {
    severity: 'warning',
    source: 'SCORM 2004 4th Ed. CAM 3.4.1: (sub)manifests are not supported',
  },
  'mastery-score': { severity: 'error', source: 'SCORM 1.2 CAM 2.3, <adlcp:masteryscore>' },
  'prerequisites-dangling': { severity: 'warning', source: 'SCORM 1.2 CAM 2.3, <adlcp:prerequisites>' },
  'max-time-allowed': { severity: 'error', source: 'SCORM 1.2 CAM 2.3, <adlcp:maxtimeallowed>' },
  'min-normalized-measure': { severity: 'error', source: `${sequencing}, <minNormalizedMeasure>` },
  'completion-threshold': { severity: 'error', source: 'SCORM 2004 CAM 3.4.1, <adlcp:completionThreshold>' },
  'completion-threshold-form': {
    severity: 'warning',
    source: 'adlcp_v1p3.xsd of the 3rd and the 4th Edition',
  },
  'objective-id-missing': { severity: 'error', source: `${sequencing}, <primaryObjective>` },
  'objective-id-duplicate': { severity: 'error', source: `${sequencing}, objectiveID` },
  'objective-reference-dangling': { severity: 'error', source: `${sequencing}, <ruleCondition>` },
  'sequencing-reference-dangling': { severity: 'error', source: `${sequencing}, <sequencing> IDRef` },
  'sequencing-dead-end': { severity: 'warning', source: 'SCORM 2004 SN 3.2, <controlMode>' },

  // Addresses in a manifest
  'launch-missing': { severity: 'error', source: `${cam}, <resource>; cmi5 14.1.0.0-3` },
  'launch-external': { severity: 'warning', source: 'SCORM RTE, finding the API: frames of one origin only' },
  'file-missing': { severity: 'error', source: `${cam}, <file>` },
  'file-external': { severity: 'warning', source: `${cam}, <file>` },
  'file-unlisted': { severity: 'warning', source: `${cam}, <file>; ADL's conformance test suite` },
  'launch-unlisted': { severity: 'warning', source: `${cam}, <resource>: its href is one of its files` },
  'metadata-missing': { severity: 'error', source: `${cam}, <adlcp:location>` },
  'href-spelling': { severity: 'error', source: uris },
  'href-outside': { severity: 'error', source: uris },
  'href-backslash': { severity: 'error', source: uris },
  'href-invalid': { severity: 'error', source: uris },
  'href-unescaped': { severity: 'note', source: uris },
  'xml-base-slash': { severity: 'warning', source: `RFC 3986, 5.2.3; ${moodleCode}` },
  'schema-not-shipped': {
    severity: 'warning',
    source: "SCORM CAM, control documents; ADL's conformance test suite",
  },
  'schema-location': { severity: 'warning', source: 'XML Schema 1.0, 4.3.2' },

  // cmi5.xml
  // A warning: the schema at hand was written from the text of cmi5, and is not the one that cmi5 13.2 names.
  'cmi5-structure': { severity: 'warning', source: 'cmi5 13.1, as read for this checker' },
  'cmi5-id': { severity: 'error', source: 'cmi5 13.1.1 to 13.1.4, id (IRI)' },
  'cmi5-id-duplicate': { severity: 'error', source: 'cmi5 13.1.2.0-1, 13.1.3.0-1, 13.1.4.0-1' },
  'cmi5-au-missing': { severity: 'error', source: 'cmi5 13.1.4, <au>' },
  'cmi5-url': { severity: 'error', source: 'cmi5 8.1.0.0-6, 13.1.4.0-2, 14.1.0.0-4' },
  'cmi5-url-insecure': { severity: 'note', source: 'browsers block http inside https' },
  'cmi5-mastery-score': { severity: 'error', source: 'cmi5 13.1.4, masteryScore' },
  'cmi5-move-on': { severity: 'error', source: 'cmi5 13.1.4, moveOn' },
  'cmi5-move-on-default': { severity: 'note', source: 'cmi5 13.1.4, moveOn' },
  'cmi5-launch-method': { severity: 'error', source: 'cmi5 13.1.4, launchMethod' },
  'cmi5-objective-dangling': { severity: 'error', source: 'cmi5 13.1.3, 13.1.4, objectives' },
  'cmi5-extension-schema': { severity: 'warning', source: 'cmi5 13.1.5.0-1' },

  // Files
  'name-not-ascii': { severity: 'warning', source: servers },
  'name-with-space': { severity: 'note', source: servers },
  'name-reserved': { severity: 'warning', source: 'Windows, naming of files' },
  'name-too-long': {
    severity: 'warning',
    source: 'Windows: 260 characters with the server’s own folders; Linux: 255 bytes a name',
  },
  'name-case-collision': { severity: 'warning', source: 'Windows and macOS: one file' },
  'name-file-and-folder': { severity: 'error', source: servers },
  'file-junk': { severity: 'warning', source: 'what macOS, Windows, editors and bundlers leave behind' },
  'file-executable': { severity: 'warning', source: 'upload filters of LMSs and their virus scanners' },
  'package-large': {
    severity: 'note',
    source: 'PHP upload_max_filesize (2 MB unless raised), nginx client_max_body_size (1 MB)',
  },
  'launch-empty': { severity: 'error', source: servers },
  'launch-not-html': { severity: 'warning', source: 'SCORM RTE: a SCO finds the API by script; cmi5 8.1' },
  'launch-page-missing-file': { severity: 'warning', source: servers },
  'launch-page-insecure': { severity: 'warning', source: 'browsers block http inside https' },
  'launch-page-third-party': { severity: 'note', source: 'privacy; learners behind firewalls' },

  // What Moodle does with what the standards allow
  'moodle-prefix': { severity: 'warning', source: moodleCode },
  'moodle-length': { severity: 'warning', source: 'Moodle, mod/scorm/db/install.xml: 255 characters' },
  'moodle-map-info': { severity: 'warning', source: moodleCode },
  'moodle-xml-base': { severity: 'warning', source: moodleCode },
  'moodle-character-reference': { severity: 'warning', source: moodleCode },
  'moodle-mastery-score': { severity: 'note', source: 'Moodle 4.5, LMSFinish' },
  'moodle-completion-threshold': { severity: 'note', source: 'Moodle 4.5, Terminate' },
  'moodle-shared-data': { severity: 'warning', source: 'Moodle 4.5: adl.data is not implemented' },
} as const satisfies Record<string, Rule>;

/** Name of a rule. */
export type RuleId = keyof typeof rules;
