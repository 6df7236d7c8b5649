/** Holds a manifest against the control documents of its edition: those of this repository, never those of the package. */
import { readdir, readFile } from 'node:fs/promises';
import {
  type ErrorDetail,
  XmlAttribute,
  XmlBufferInputProvider,
  XmlDocument,
  XmlElement,
  XmlLibError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
import { type EditionName, editions, namespaces } from './editions.ts';
import { counted, type Finding, type FoundAt, finding } from './finding.ts';
import { type ManifestElement, parseOptions, withDescendants } from './manifest-tree.ts';
import { type Complaint, complaintOf } from './schema-words.ts';

const controlDocuments = new URL('../control-documents/', import.meta.url);

/** Where the schemas of an edition are. */
interface SchemaFiles {
  /** Folders of `control-documents/`; of two files with one name, that of the later folder counts. */
  readonly folders: readonly string[];
  /** The schema of each namespace. */
  readonly files: Readonly<Record<string, string>>;
}

/** Metadata of IMS, which SCORM 1.2 uses. That of the IEEE is not checked: the schema at hand knows a part of it only. */
const imsMetadata = 'http://www.imsglobal.org/xsd/imsmd_rootv1p2p1';

const schemas: Readonly<Record<EditionName, SchemaFiles>> = {
  scorm12: {
    folders: ['scorm12'],
    files: {
      [editions.scorm12.namespace]: 'imscp_rootv1p1p2.xsd',
      [editions.scorm12.adlcp]: 'adlcp_rootv1p2.xsd',
      [imsMetadata]: 'imsmd_rootv1p2p1.xsd',
    },
  },
  'scorm2004-2nd': scorm2004(['scorm2004', 'scorm2004-3rd']),
  'scorm2004-3rd': scorm2004(['scorm2004', 'scorm2004-3rd']),
  'scorm2004-4th': scorm2004(['scorm2004']),
  cmi5: { folders: ['cmi5'], files: { [editions.cmi5.namespace]: 'CourseStructure.xsd' } },
};

function scorm2004(folders: readonly string[]): SchemaFiles {
  return {
    folders,
    files: {
      [editions['scorm2004-4th'].namespace]: 'imscp_v1p1.xsd',
      [editions['scorm2004-4th'].adlcp]: 'adlcp_v1p3.xsd',
      [namespaces.imsss]: 'imsss_v1p0.xsd',
      [namespaces.adlseq]: 'adlseq_v1p3.xsd',
      [namespaces.adlnav]: 'adlnav_v1p3.xsd',
    },
  };
}

/**
 * In `imsmd_rootv1p2p1.xsd` optional elements are followed by a wildcard that takes any namespace, its own among them,
 * which XML Schema 1.0 does not allow (3.8.6, Unique Particle Attribution). libxml2 refuses the whole schema for it.
 * Here the wildcard takes the other namespaces.
 */
const repaired = (schema: Buffer): Buffer =>
  Buffer.from(
    schema
      .toString('latin1')
      .replaceAll(
        '<xsd:any namespace="##any" processContents="strict"',
        '<xsd:any namespace="##other" processContents="strict"',
      ),
    'latin1',
  );

/** A schema set that is ready to validate; namespaces that it does not know are left to their owners. */
interface SchemaSet {
  readonly known: readonly string[];
  readonly validator: XsdValidator;
}

/**
 * For every complaint, libxml2 counts the siblings before the element: 60,000 bad ones take it half a minute. This is
 * some 15,000 elements with one attribute each.
 */
const mostSteps = 5e8;

const notChecked = (file: string, elements: number): Finding =>
  finding(
    'schema-not-checked',
    { file },
    {
      message: 'the manifest is too long to be held against the schemas of its edition',
      expected: 'some 15,000 elements at most',
      found: counted(elements, 'element'),
      hint: 'all other rules have been checked; list fewer files, or validate it with another program',
    },
  );

const loaded = new Map<EditionName, Promise<SchemaSet>>();

/**
 * Validates a manifest against the schemas of its edition.
 *
 * Elements and attributes of other namespaces are taken out before: the schemas of SCORM 1.2 are strict and would refuse
 * every vendor's extension, although the standard allows them.
 *
 * @param text - the manifest, parsed before without a finding
 * @param root - its root element
 * @param file - its path in the zip
 * @param name - the edition it follows
 */
export async function checkSchemas(
  text: string,
  root: ManifestElement,
  file: string,
  name: EditionName,
): Promise<Finding[]> {
  const { known, validator } = await schemaSet(name);
  const elements = [...withDescendants(root)];
  const parts = elements.reduce((sum, { attributes }) => sum + 1 + attributes.length, 0);
  if (elements.length * parts > mostSteps) return [notChecked(file, elements.length)];
  // Another namespace has been told, and nothing of such a manifest would be valid.
  if (!known.includes(root.namespace)) return [];
  const document = XmlDocument.fromString(text, { option: parseOptions });
  try {
    removeForeign(document, known);
    validator.validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlLibError) {
      const begins = new Map(elements.map((each) => [`${each.lastLine} ${each.name}`, each.line]));
      return findingsOf(error.details, file, name, begins);
    }
    throw error;
  } finally {
    document.dispose();
  }
}

function schemaSet(name: EditionName): Promise<SchemaSet> {
  const set = loaded.get(name) ?? loadSchemas(name);
  loaded.set(name, set);
  return set;
}

async function loadSchemas(name: EditionName): Promise<SchemaSet> {
  const { folders, files } = schemas[name];
  const contents = new Map<string, Buffer>();
  for (const folder of folders) {
    for (const file of await readdir(new URL(`${folder}/`, controlDocuments))) {
      const schema = await readFile(new URL(`${folder}/${file}`, controlDocuments));
      contents.set(`${mount}/${name}/${file}`, file === files[imsMetadata] ? repaired(schema) : schema);
    }
  }
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(contents)));
  const imports = Object.entries(files).map(
    ([uri, file]) => `<xs:import namespace="${uri}" schemaLocation="${file}"/>`,
  );
  const driver = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`;
  const schema = XmlDocument.fromString(driver, { url: `${mount}/${name}/driver.xsd` });
  try {
    return { known: Object.keys(files), validator: XsdValidator.fromDoc(schema) };
  } finally {
    schema.dispose();
  }
}

/** Where libxml2 finds the control documents; no path of any disk. */
const mount = 'check-package';

function removeForeign(document: XmlDocument, known: readonly string[]): void {
  const foreign = `namespace-uri() != '' and ${known.map((uri) => `namespace-uri() != '${uri}'`).join(' and ')}`;
  // The outermost only: what is in them is freed with them.
  for (const node of document.find(`//*[${foreign}][not(ancestor::*[${foreign}])]`)) {
    if (node instanceof XmlElement) node.remove();
  }
  // `schemaLocation` as well: a validator must not go and look for what a stranger names.
  for (const node of document.find(`//@*[${foreign} and namespace-uri() != '${namespaces.xml}']`)) {
    if (node instanceof XmlAttribute) node.remove();
  }
}

/** Attributes whose values own rules look at, by the elements that they look at; an empty name is the text. */
const valuesToldElsewhere: Readonly<Record<string, readonly string[]>> = {
  manifest: ['identifier'],
  organizations: ['default'],
  organization: ['identifier'],
  item: ['identifier'],
  resource: ['identifier', 'href'],
  file: ['href'],
  sequencing: ['IDRef'],
  masteryscore: [''],
  maxtimeallowed: [''],
  minNormalizedMeasure: [''],
  completionThreshold: ['', 'minProgressMeasure', 'progressWeight'],
  au: ['masteryScore', 'moveOn', 'launchMethod'],
};

/** Whether an own rule names the same fault, in better words. Of what stands in a wrong place, none does. */
function isToldElsewhere(
  { element, attribute, isValue, facet, expected }: Complaint,
  name: EditionName,
): boolean {
  // Of scormtype, everything is told; of a <file>, that it has no href.
  if (element === 'resource' && /^scormtype$/i.test(attribute ?? '')) return true;
  if (element === 'file' && attribute === undefined && expected.startsWith('href=')) return true;
  // An older edition has no attributes here, and is told so.
  if (element === 'completionThreshold' && attribute !== undefined && name !== 'scorm2004-4th') return true;
  if (!isValue) return false;
  // Every limit of the schemas of SCORM 1.2; no other edition has any.
  if (facet === 'maxLength' && name === 'scorm12') return true;
  return valuesToldElsewhere[element]?.includes(attribute ?? '') ?? false;
}

function findingsOf(
  details: readonly ErrorDetail[],
  file: string,
  name: EditionName,
  begins: ReadonlyMap<string, number>,
): Finding[] {
  // libxml2 tells a bad value twice: by the facet that it breaks, then by its type.
  const told = new Set<string>();
  return details.flatMap(({ message, line: lastLine, xpath }) => {
    const place = `${xpath ?? ''} ${/attribute '[^']*'/.exec(message)?.[0] ?? ''}`;
    if (told.has(place)) return [];
    told.add(place);
    const complaint = complaintOf(message);
    // libxml2 names the line in which a start tag ends.
    const line = begins.get(`${lastLine} ${complaint.element}`) ?? lastLine;
    const ofMetadata = message.includes(`'{${imsMetadata}}`) || message.includes(`{${imsMetadata}}lom `);
    if (ofMetadata) return [metadataFinding(complaint, { file, line })];
    return isToldElsewhere(complaint, name) ? [] : [schemaFinding(complaint, { file, line }, name)];
  });
}

const schemaFinding = (
  { element, attribute, expected, found }: Complaint,
  place: FoundAt,
  name: EditionName,
): Finding =>
  finding(name === 'cmi5' ? 'cmi5-structure' : 'schema-invalid', place, {
    message: `<${element}>${attribute === undefined ? '' : `, ${attribute},`} is not as the schema of the edition has it`,
    expected,
    found,
    hint: 'an LMS that validates refuses the package; mind the order of elements, and the spelling of names and values',
  });

const metadataFinding = ({ element, expected, found }: Complaint, place: FoundAt): Finding =>
  finding('metadata-invalid', place, {
    message: `<${element}> in the metadata is not as its schema has it`,
    expected,
    found,
    hint: 'hardly any LMS reads metadata, but ADL’s conformance test fails the package; mend it or leave the metadata out',
  });
