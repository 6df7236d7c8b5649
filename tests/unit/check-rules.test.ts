import { describe, expect, it } from 'vitest';
import { checkFile } from '../../manifest/check/check-file.ts';
import { checkPackage, formatFinding, type RuleId, rules } from '../../manifest/check/check-package.ts';
import { brokenPackages, otherBreaks } from '../fixtures/check/broken-packages.ts';
import { good, type Kind } from '../fixtures/check/packages.ts';

const kinds: readonly Kind[] = ['scorm12', 'scorm2004-2nd', 'scorm2004-3rd', 'scorm2004-4th', 'cmi5'];

describe('a package that is in order', () => {
  it.each(kinds)('has no findings: %s', async (kind) => {
    const report = await checkPackage(good(kind), 'course.zip');
    expect(report.findings.map(formatFinding)).toEqual([]);
    expect(report.package).toMatchSnapshot();
  });
});

describe('a package that breaks the rule', () => {
  const ids = Object.keys(rules).filter((id): id is RuleId => id in brokenPackages);

  it('is there for every rule', () => {
    expect(ids).toHaveLength(Object.keys(rules).length);
  });

  it.each(ids)('%s is told so', async (rule) => {
    const made = brokenPackages[rule]();
    const { findings } = await (typeof made === 'string'
      ? checkFile(made)
      : checkPackage(made, 'course.zip'));
    const told = findings.filter((found) => found.rule === rule);
    expect(told).not.toEqual([]);
    // What else the same fault brings with it stands in the snapshot by name: a rule that starts to echo shows up.
    const others = [...new Set(findings.map((found) => found.rule))].filter((other) => other !== rule).sort();
    expect(
      [...told.map(formatFinding), `also: ${others.join(', ') || 'nothing'}`].join('\n\n'),
    ).toMatchSnapshot();
  });
});

describe('a rule that can be broken in another way', () => {
  it.each(Object.entries(otherBreaks))('%s', async (name, make) => {
    const { findings } = await checkPackage(make(), 'course.zip');
    const told = findings.filter(({ rule }) => rule === name.split(':')[0]);
    expect(told).not.toEqual([]);
    expect(told.map(formatFinding).join('\n\n')).toMatchSnapshot();
  });
});
