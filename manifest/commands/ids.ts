/** `npm run ids`: numbers what is new in a course, or keeps the number of what is renamed. */
import { ledgerName } from '../../src/content/course-files.ts';
import { readCourse } from '../../src/content/read-course.ts';
import { type ListPath, nameInLedger, plainLists } from '../../src/model/ledger.ts';
import { numberIds, renameId } from '../number-ids.ts';
import { courseOf, type RunCommand, reportProblems } from './command.ts';

/** What `--rename LIST OLD NEW` names; undefined where it names nothing. An option is written `question-id/option-id`. */
function readRename([list, from, to, ...more]: readonly string[]):
  | { readonly path: ListPath; readonly from: string; readonly to: string }
  | undefined {
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  const plain = plainLists.find((name) => name === list);
  if (plain) return { path: [plain], from, to };
  const [question = '', old, ...rest] = from.split('/');
  const [sameQuestion, option, ...restOfNew] = to.split('/');
  if (list !== 'options' || old === undefined || option === undefined) return undefined;
  if (question !== sameQuestion || rest.length + restOfNew.length > 0) return undefined;
  return { path: ['options', question], from: old, to: option };
}

async function rename(courseDir: string, operands: readonly string[]): Promise<number | string> {
  const asked = readRename(operands);
  if (!asked) return `"--rename" cannot be followed by "${operands.join(' ')}"`;
  const { path, from, to } = asked;
  const result = await renameId(courseDir, path, from, to);
  if (!result.ok) {
    if ('problems' in result) return reportProblems(courseDir, result.problems, []);
    console.error(result.complaint);
    return 1;
  }
  console.log(`${nameInLedger(path, from)} is \`${to}\` now and keeps its number`);
  return 0;
}

export const ids: RunCommand = async (given) => {
  const courseDir = courseOf(given);
  if (given.options.rename) return rename(courseDir, given.operands);
  if (given.operands.length > 0) return `"ids" takes nothing else, found "${given.operands.join(' ')}"`;
  const result = await numberIds(courseDir);
  if (!result.ok) return reportProblems(courseDir, result.problems, []);
  for (const { path, id, number } of result.given)
    console.log(`${nameInLedger(path, id)} is number ${number}`);
  console.log(
    result.given.length === 0 ? 'nothing new' : `${courseDir}/${ledgerName}: commit it with the course`,
  );
  const { ok } = await readCourse(courseDir);
  if (!ok) console.log(`${courseDir}/ has problems: npm run build lists them`);
  return 0;
};
