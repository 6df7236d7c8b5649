/** The standards that the checker knows, and how a manifest says which one it follows. */

/** What tells a manifest of one edition from the others. */
export interface Edition {
  readonly standard: 'SCORM 1.2' | 'SCORM 2004' | 'cmi5';
  /** Undefined where a standard has one edition only. */
  readonly edition: string | undefined;
  /** What `<schemaversion>` says, to the letter. */
  readonly schemaVersion: string;
  /** Namespace of the root element. */
  readonly namespace: string;
  /** Namespace of ADL's extensions; empty for cmi5. */
  readonly adlcp: string;
  /** How `scormtype` is spelled. */
  readonly typeAttribute: 'scormtype' | 'scormType';
}

const scorm2004 = {
  standard: 'SCORM 2004',
  namespace: 'http://www.imsglobal.org/xsd/imscp_v1p1',
  adlcp: 'http://www.adlnet.org/xsd/adlcp_v1p3',
  typeAttribute: 'scormType',
} as const;

export const editions = {
  scorm12: {
    standard: 'SCORM 1.2',
    edition: undefined,
    schemaVersion: '1.2',
    namespace: 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
    adlcp: 'http://www.adlnet.org/xsd/adlcp_rootv1p2',
    typeAttribute: 'scormtype',
  },
  'scorm2004-2nd': { ...scorm2004, edition: '2nd Edition', schemaVersion: 'CAM 1.3' },
  'scorm2004-3rd': { ...scorm2004, edition: '3rd Edition', schemaVersion: '2004 3rd Edition' },
  'scorm2004-4th': { ...scorm2004, edition: '4th Edition', schemaVersion: '2004 4th Edition' },
  cmi5: {
    standard: 'cmi5',
    edition: undefined,
    schemaVersion: '',
    namespace: 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd',
    adlcp: '',
    typeAttribute: 'scormType',
  },
} as const satisfies Record<string, Edition>;

/** Name of an edition. */
export type EditionName = keyof typeof editions;

/** An edition of SCORM. */
export type ScormEdition = Exclude<EditionName, 'cmi5'>;

/** The editions of SCORM, oldest first. */
export const scormEditions: readonly ScormEdition[] = [
  'scorm12',
  'scorm2004-2nd',
  'scorm2004-3rd',
  'scorm2004-4th',
];

/** Names of manifests, by the standard they belong to. */
export const manifestNames = { scorm: 'imsmanifest.xml', cmi5: 'cmi5.xml' } as const;

/** Other namespaces of SCORM 2004. */
export const namespaces = {
  imsss: 'http://www.imsglobal.org/xsd/imsss',
  adlseq: 'http://www.adlnet.org/xsd/adlseq_v1p3',
  adlnav: 'http://www.adlnet.org/xsd/adlnav_v1p3',
  xml: 'http://www.w3.org/XML/1998/namespace',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;
