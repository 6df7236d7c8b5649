/** What the rules of a manifest look at. */
import type { EditionName } from './editions.ts';
import type { ManifestPlace } from './find-manifest.ts';
import type { FoundAt } from './finding.ts';
import type { ManifestElement } from './manifest-tree.ts';
import type { Archive } from './read-package.ts';

/** A package whose manifest could be read. */
export interface CheckedPackage {
  readonly archive: Archive;
  readonly place: ManifestPlace;
  readonly edition: EditionName;
  readonly root: ManifestElement;
  /** The manifest as text. */
  readonly text: string;
  /** Paths of all files, by their spelling without case and without differences of Unicode. */
  readonly spellings: ReadonlyMap<string, string>;
}

/** One spelling for names that are the same to a reader, or to a server that does not mind upper and lower case. */
export const spelling = (path: string): string => path.normalize('NFC').toLowerCase();

/** Where an element of the manifest stands. */
export const at = ({ place }: CheckedPackage, { line }: ManifestElement): FoundAt => ({
  file: place.path,
  line,
});
