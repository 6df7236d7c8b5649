/** Validates a manifest, without a network, against the official schemas: the very files that the package carries. */
import { XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } from 'libxml2-wasm';
import { readControlDocuments } from '../../manifest/control-documents.ts';
import { type FormatName, formats } from '../../manifest/formats.ts';

/**
 * What a driver schema imports. The wildcards of SCORM 1.2 are strict: an element of a namespace that the validator has
 * not seen is refused, and `imscp` itself imports none of them. `imsmd_rootv1p2p1.xsd` is left out, for libxml2
 * does not accept it as a schema.
 */
const namespaces = {
  scorm12: {
    'http://www.imsproject.org/xsd/imscp_rootv1p1p2': 'imscp_rootv1p1p2.xsd',
    'http://www.adlnet.org/xsd/adlcp_rootv1p2': 'adlcp_rootv1p2.xsd',
  },
  scorm2004: {
    'http://www.imsglobal.org/xsd/imscp_v1p1': 'imscp_v1p1.xsd',
    'http://www.adlnet.org/xsd/adlcp_v1p3': 'adlcp_v1p3.xsd',
    'http://www.adlnet.org/xsd/adlseq_v1p3': 'adlseq_v1p3.xsd',
    'http://www.adlnet.org/xsd/adlnav_v1p3': 'adlnav_v1p3.xsd',
    'http://www.imsglobal.org/xsd/imsss': 'imsss_v1p0.xsd',
  },
} as const satisfies Record<FormatName, Record<string, string>>;

/**
 * Loads the schemas of a format.
 *
 * @returns a function that throws an error with libxml2's message if the manifest is not valid
 */
export async function manifestValidator(format: FormatName): Promise<(manifest: string) => void> {
  const documents = await readControlDocuments(formats[format]);
  xmlRegisterInputProvider(
    new XmlBufferInputProvider(
      Object.fromEntries(documents.map(({ path, bytes }) => [`${format}/${path}`, bytes])),
    ),
  );
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

/** Reads the text of every `<title>` of a manifest; throws if it is not well-formed. */
export function manifestTitles(manifest: string): string[] {
  const document = XmlDocument.fromString(manifest);
  try {
    return document.find('//*[local-name()="title"]').map(({ content }) => content);
  } finally {
    document.dispose();
  }
}
