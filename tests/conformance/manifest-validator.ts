/** Validates a manifest, without a network, against the schemas in `manifest/control-documents/`. */
import { readdir, readFile } from 'node:fs/promises';
import { XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } from 'libxml2-wasm';
import { formatOf } from '../../manifest/formats.ts';

/**
 * What a driver schema imports. The wildcards of SCORM 1.2 and of the 3rd Edition are strict: an element of a namespace
 * that the validator has not seen is refused, and `imscp` itself imports none of them.
 */
const scorm2004 = {
  'http://www.imsglobal.org/xsd/imscp_v1p1': 'imscp_v1p1.xsd',
  'http://www.adlnet.org/xsd/adlcp_v1p3': 'adlcp_v1p3.xsd',
  'http://www.adlnet.org/xsd/adlseq_v1p3': 'adlseq_v1p3.xsd',
  'http://www.adlnet.org/xsd/adlnav_v1p3': 'adlnav_v1p3.xsd',
  'http://www.imsglobal.org/xsd/imsss': 'imsss_v1p0.xsd',
  'http://ltsc.ieee.org/xsd/LOM': 'lom.xsd',
};
const namespaces = {
  scorm12: {
    'http://www.imsproject.org/xsd/imscp_rootv1p1p2': 'imscp_rootv1p1p2.xsd',
    'http://www.adlnet.org/xsd/adlcp_rootv1p2': 'adlcp_rootv1p2.xsd',
    'http://www.imsglobal.org/xsd/imsmd_rootv1p2p1': 'imsmd_rootv1p2p1.xsd',
  },
  'scorm2004-3rd': scorm2004,
  scorm2004,
  cmi5: { 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd': 'CourseStructure.xsd' },
} as const satisfies Record<string, Record<string, string>>;

/** The formats that have a manifest. */
export type ManifestFormat = keyof typeof namespaces;

/** A cmi5 package carries no schema, so that its format names no folder. */
const foldersOf = (format: ManifestFormat): readonly string[] =>
  format === 'cmi5' ? ['cmi5'] : formatOf(format).controlDocuments;

/**
 * In `imsmd_rootv1p2p1.xsd` optional elements are followed by a wildcard that takes any namespace, its own among them:
 * given such an element, a validator cannot tell which of the two it is (XML Schema 1.0, 3.8.6, Unique Particle
 * Attribution). libxml2 refuses the whole schema for it. For the tests, and only here, the wildcard takes the other
 * namespaces, which makes the schema stricter: what is valid here is valid there.
 */
const ambiguous = '<xsd:any namespace="##any" processContents="strict"';
const repaired = '<xsd:any namespace="##other" processContents="strict"';

/** The schemas of a format, by name: of two with one name, that of the later folder. */
export async function readSchemas(format: ManifestFormat): Promise<ReadonlyMap<string, Uint8Array>> {
  const schemas = new Map<string, Uint8Array>();
  for (const name of foldersOf(format)) {
    const folder = new URL(`../../manifest/control-documents/${name}/`, import.meta.url);
    for (const file of await readdir(folder)) schemas.set(file, await readFile(new URL(file, folder)));
  }
  return schemas;
}

/**
 * Loads the schemas of a format.
 *
 * @returns a function that throws an error with libxml2's message if the manifest is not valid
 */
export async function manifestValidator(format: ManifestFormat): Promise<(manifest: string) => void> {
  const provided = [...(await readSchemas(format))].map(([name, bytes]) => {
    const text = Buffer.from(bytes).toString('latin1');
    const schema =
      name === 'imsmd_rootv1p2p1.xsd' ? Buffer.from(text.replace(ambiguous, repaired), 'latin1') : bytes;
    return [`${format}/${name}`, schema] as const;
  });
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(provided)));
  const imports = Object.entries(namespaces[format]).map(
    ([namespace, file]) => `<xs:import namespace="${namespace}" schemaLocation="${file}"/>`,
  );
  const driver = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`;
  const schema = XmlDocument.fromString(driver, { url: `${format}/driver.xsd` });
  const validator = XsdValidator.fromDoc(schema);
  return (manifest) => {
    const document = XmlDocument.fromString(manifest);
    try {
      validator.validate(document);
    } finally {
      document.dispose();
    }
  };
}

/**
 * Reads texts of a manifest; throws if it is not well-formed.
 *
 * @param xpath - elements or attributes by their local names, as `//title` is `//*[local-name()="title"]`
 * @returns the text of each node, in the order of the manifest
 */
export function manifestTexts(manifest: string, ...paths: readonly string[]): string[][] {
  const document = XmlDocument.fromString(manifest);
  try {
    return paths.map((path) => document.find(byLocalName(path)).map(({ content }) => content));
  } finally {
    document.dispose();
  }
}

/** `a//b/@c` without namespaces. */
const byLocalName = (path: string): string =>
  path.replaceAll(/(@?)\b([A-Za-z][A-Za-z0-9]*)\b/g, '$1*[local-name()="$2"]');
