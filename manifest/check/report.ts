/** What the checker tells of a package, and how it reads in a terminal. */
import { counted, type Finding } from './finding.ts';

/** What a package is. */
export interface PackageIdentity {
  readonly standard: 'SCORM 1.2' | 'SCORM 2004' | 'cmi5';
  /** `4th Edition`; undefined where a standard has one edition only. */
  readonly edition: string | undefined;
  /** Title of the course, as learners see it; undefined where it has none. */
  readonly title: string | undefined;
  /** Path of the manifest in the zip. */
  readonly manifest: string;
  /** Number of files in the zip. */
  readonly files: number;
}

/** Everything that was found out about one zip file. */
export interface CheckReport {
  /** Name of the zip file, as it was given. */
  readonly file: string;
  /** Undefined where no manifest could be read. */
  readonly package: PackageIdentity | undefined;
  /** Sorted: errors, then warnings, then notes; file by file. */
  readonly findings: readonly Finding[];
}

/** Whether a package breaks a standard, or would harm an LMS. */
export const hasErrors = ({ findings }: CheckReport): boolean =>
  findings.some(({ severity }) => severity === 'error');

/** Formats a finding as five lines; the first says how bad it is, and where: `file:line`. */
export function formatFinding(found: Finding): string {
  const { severity, file, line, message, expected, hint, source, rule } = found;
  return [
    `${severity}  ${file}${line === undefined ? '' : `:${line}`}  ${message}`,
    `  expected  ${expected}`,
    `  found     ${found.found}`,
    `  hint      ${hint}`,
    `  rule      ${rule} (${source})`,
  ].join('\n');
}

/** Formats a report: what the package is, every finding, and how many there are of each kind. */
export function formatReport(report: CheckReport): string {
  const { findings, package: identity } = report;
  const count = (severity: Finding['severity']): string =>
    counted(findings.filter((found) => found.severity === severity).length, severity);
  const heading = [
    report.file,
    identity
      ? `${[identity.standard, identity.edition].filter((part) => part !== undefined).join(' ')}, ${identity.title === undefined ? 'no title' : `"${identity.title}"`}, ${counted(identity.files, 'file')}`
      : 'no package that could be read',
  ].join(': ');
  const summary =
    findings.length === 0
      ? 'nothing found'
      : ['error', 'warning', 'note'].map((each) => count(each as Finding['severity'])).join(', ');
  return [heading, ...findings.map(formatFinding), summary].join('\n\n');
}
