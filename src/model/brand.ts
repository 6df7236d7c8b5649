/** How a program looks: its colours, checked to be readable, and its size of text. Build time only. */
import { reportTo } from './check-questions.ts';
import { type TooFaint, tooFaint } from './contrast.ts';
import type { CourseProblem } from './course-problem.ts';
import { type DataFile, valueAt } from './data-file.ts';
import { type Colour, colourPattern, type DesignTokens, type Scheme, schemes } from './design-tokens.ts';
import { show, suggest } from './issue-problems.ts';
import type { Program } from './program.ts';

const shadowedBy = (value: unknown): string =>
  value === null || value === undefined
    ? 'put it in quotes: YAML takes what follows "#" for a comment'
    : 'write six digits, 0–9 or a–f, after "#"';

/**
 * Words a pair of colours that differ too little.
 *
 * @param own names of the colours that its author can change
 */
function fault({ scheme, names, values, ratio, demand, lighter }: TooFaint, own: ReadonlySet<string>) {
  const remedies = names
    .filter((name) => own.has(name))
    .map((name) => `"${name}" ${name === lighter ? 'lighter' : 'darker'}`);
  return {
    message: `too little contrast in the ${scheme} look: "${names[0]}" on "${names[1]}"`,
    expected: `at least ${demand.least}:1 ${demand.what}`,
    found: `${ratio}:1, ${values[0]} on ${values[1]}`,
    hint: `make ${remedies.join(' or ')}`,
  };
}

/** Finds what of the player's own look cannot be read well. */
export const checkTokens = (tokens: DesignTokens): CourseProblem[] =>
  schemes.flatMap((scheme) =>
    tooFaint(scheme, tokens.colours[scheme]).map((found) => {
      const { line = 1, column = 1 } = tokens.colours[scheme].get(found.names[0]) ?? {};
      return { file: tokens.file, line, column, ...fault(found, new Set(found.names)) };
    }),
  );

/**
 * Checks the colours of a program: that each is a token of the player and a colour, and that what it is seen with can be
 * told from it.
 *
 * @param problems gets what is found
 */
export function checkColours(program: DataFile, tokens: DesignTokens, problems: CourseProblem[]): void {
  const report = reportTo(problems);
  for (const scheme of schemes) {
    const own = valueAt(program.data, ['brand', scheme]);
    if (typeof own !== 'object' || own === null) continue;
    const colours = new Map<string, Pick<Colour, 'value'>>(tokens.colours[scheme]);
    const changed = new Set<string>();
    for (const [name, value] of Object.entries(own)) {
      const path = ['brand', scheme, name];
      if (!tokens.colours[scheme].has(name)) {
        const known = [...tokens.colours[scheme].keys()];
        const text = {
          message: `unknown colour "${name}"`,
          expected: `a colour of ${tokens.file}`,
          found: `"${name}"`,
          hint: suggest(name, known),
        };
        report(program, path, text, 'key');
      } else if (typeof value !== 'string' || !colourPattern.test(value)) {
        report(program, path, {
          message: `the value of "${name}" cannot be used`,
          expected: 'a colour such as "#0b5563"',
          found: show(value),
          hint: shadowedBy(value),
        });
      } else {
        colours.set(name, { value });
        changed.add(name);
      }
    }
    for (const found of tooFaint(scheme, colours)) {
      const name = found.names.find((each) => changed.has(each));
      if (name !== undefined) report(program, ['brand', scheme, name], fault(found, changed));
    }
  }
}

const rule = (media: string, declarations: readonly string[]): string =>
  declarations.length === 0 ? '' : `@media ${media}{:root{${declarations.join(';')}}}\n`;

/**
 * The style sheet of a program, to stand after that of the player. For the screen alone: on paper everything is black on
 * white. Empty where the program looks as the player does.
 */
export function brandStyle({ brand }: Program, tokens: DesignTokens): string {
  const colours = (scheme: Scheme) =>
    Object.entries(brand[scheme] ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' && colourPattern.test(value) && tokens.colours[scheme].has(name)
        ? [`--${name}:${value}`]
        : [],
    );
  const scale = brand['type-scale'] ?? 1;
  // All sizes are in rem, so headings and the frame keep their proportion to the text.
  const size = scale === 1 ? [] : [`font-size:${Number((scale * 100).toFixed(2))}%`];
  return [
    ...schemes.map((scheme) => rule(`screen and (prefers-color-scheme:${scheme})`, colours(scheme))),
    rule('screen', size),
  ].join('');
}
