/** `npm run check`: examines packages. */
import { checkFile } from '../check/check-file.ts';
import { formatReport, hasErrors } from '../check/report.ts';
import type { RunCommand } from './command.ts';

export const check: RunCommand = async ({ operands }) => {
  if (operands.length === 0) return '"check" takes one zip file or more, found none';
  let failed = false;
  for (const file of operands) {
    const report = await checkFile(file);
    console.log(formatReport(report));
    failed ||= hasErrors(report);
  }
  return failed ? 1 : 0;
};
