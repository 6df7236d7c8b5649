/** The closed map of package formats. A new format is one line here and one file with its manifest. */
import type { WireName } from '../src/content/render-document.ts';
import type { Course } from '../src/model/course.ts';
import { scorm12Manifest } from './scorm12-manifest.ts';
import { scorm2004Manifest } from './scorm2004-manifest.ts';

/** What is particular to a kind of package. */
export interface PackageFormat {
  /** The standard, as people call it. */
  readonly title: string;
  /** How the player in it reports: the name of the wire that the document asks for. */
  readonly wire: WireName;
  /** Folder in `manifest/control-documents/` whose files stand at the root of the package. */
  readonly controlDocuments: string;
  /** The most suspend data that an LMS has to keep, in characters. */
  readonly stateLimit: number;
  /** Writes the manifest of a package that holds `files`. */
  readonly manifest: (course: Course, files: readonly string[]) => string;
}

/** Every format that the packager makes, in the order in which it makes them. */
export const formats = {
  scorm12: {
    title: 'SCORM 1.2',
    wire: 'scorm12',
    controlDocuments: 'scorm12',
    // SCORM 1.2 RTE, cmi.suspend_data: a CMIString4096.
    stateLimit: 4096,
    manifest: scorm12Manifest,
  },
  scorm2004: {
    title: 'SCORM 2004 4th Edition',
    wire: 'scorm2004',
    controlDocuments: 'scorm2004',
    // SCORM 2004 4th Ed. RTE 4.2.23: a smallest permitted maximum of 64,000 characters.
    stateLimit: 64_000,
    manifest: scorm2004Manifest,
  },
} as const satisfies Record<string, PackageFormat>;

/** Name of a package format, as it stands in file names. */
export type FormatName = keyof typeof formats;

const isFormatName = (name: string): name is FormatName => Object.hasOwn(formats, name);

/** The names of all formats. */
export const formatNames: readonly FormatName[] = Object.keys(formats).filter(isFormatName);

/** The format whose manifest stands at the root of the repository: the one that every LMS accepts. */
export const defaultFormat = 'scorm12' satisfies FormatName;
