/** The closed map of package formats. A new format is one line here and one file with its manifest. */
import type { FormatName } from '../src/model/format-names.ts';
import { cmi5Structure } from './cmi5-structure.ts';
import type { ManifestContent } from './manifest-xml.ts';
import { scorm12Manifest } from './scorm12-manifest.ts';
import { scorm2004Manifest } from './scorm2004-manifest.ts';

/** Name of a wire: of the entry of the player that speaks it, in src/entries/. */
export type WireName = 'scorm12' | 'scorm2004' | 'cmi5' | 'local';

/** What is particular to a kind of package. */
export interface PackageFormat {
  /** The standard, as people call it. */
  readonly title: string;
  /** How the player in it reports. */
  readonly wire: WireName;
  /** The file by which an LMS knows the package, at its root; undefined where no LMS reads it. */
  readonly manifest:
    | {
        readonly path: string;
        /** Writes the whole file for a package that holds `files`. */
        readonly write: (content: ManifestContent, files: readonly string[]) => string;
      }
    | undefined;
  /** Folders in `manifest/control-documents/` whose files stand at the root of the package; a later one wins. */
  readonly controlDocuments: readonly string[];
  /**
   * Whom the player asks over the network: the server of the package for one file of it, to see whether an LMS still
   * serves it; a learning record store.
   */
  readonly asks: 'package' | 'lrs' | 'nobody';
  /** The most suspend data that an LMS has to keep, in characters. */
  readonly stateLimit: number;
}

/** Every format that the packager makes. */
export const formats = {
  scorm12: {
    title: 'SCORM 1.2',
    wire: 'scorm12',
    // Exactly this name (SCORM 1.2 CAM 2.3; SCORM 2004 4th Ed. CAM 3.2).
    manifest: { path: 'imsmanifest.xml', write: scorm12Manifest },
    controlDocuments: ['scorm12'],
    asks: 'package',
    // SCORM 1.2 RTE, cmi.suspend_data: a CMIString4096.
    stateLimit: 4096,
  },
  'scorm2004-3rd': {
    title: 'SCORM 2004 3rd Edition',
    wire: 'scorm2004',
    manifest: {
      path: 'imsmanifest.xml',
      write: (content, files) => scorm2004Manifest(content, files, 'scorm2004-3rd'),
    },
    controlDocuments: ['scorm2004', 'scorm2004-3rd'],
    asks: 'package',
    // SCORM 2004 3rd Ed. RTE 4.2.22: a smallest permitted maximum of 64,000 characters.
    stateLimit: 64_000,
  },
  scorm2004: {
    title: 'SCORM 2004 4th Edition',
    wire: 'scorm2004',
    manifest: {
      path: 'imsmanifest.xml',
      write: (content, files) => scorm2004Manifest(content, files, 'scorm2004'),
    },
    controlDocuments: ['scorm2004'],
    asks: 'package',
    // SCORM 2004 4th Ed. RTE 4.2.23: a smallest permitted maximum of 64,000 characters.
    stateLimit: 64_000,
  },
  cmi5: {
    title: 'cmi5',
    wire: 'cmi5',
    // cmi5 14.1: the course structure of a zip.
    manifest: { path: 'cmi5.xml', write: cmi5Structure },
    controlDocuments: [],
    asks: 'lrs',
    // The State API names no limit (xAPI 1.0.3, Part 3, 2.3).
    stateLimit: Number.POSITIVE_INFINITY,
  },
  web: {
    title: 'Plain web',
    wire: 'local',
    manifest: undefined,
    controlDocuments: [],
    asks: 'nobody',
    stateLimit: Number.POSITIVE_INFINITY,
  },
} as const satisfies Record<FormatName, PackageFormat>;

/** A format by its name. */
export const formatOf = (name: FormatName): PackageFormat => formats[name];

/** Whether there is a format of that name. */
export const isFormatName = (name: string): name is FormatName => Object.hasOwn(formats, name);

/** The format whose manifest stands at the root of the repository: the one that every LMS accepts. */
export const defaultFormat = 'scorm12' satisfies FormatName;
