/** The kinds of package that a course can be made into. Programs choose among them; the packager makes them. */

/** Names of all formats, as they stand in file names, in the order in which they are made. */
export const formatNames = ['scorm12', 'scorm2004-3rd', 'scorm2004', 'cmi5', 'web'] as const;

/** Name of a format. */
export type FormatName = (typeof formatNames)[number];
