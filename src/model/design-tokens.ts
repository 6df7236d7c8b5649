/** The design tokens of src/styles/tokens.css: what a program may change of the player's look. Build time only. */
import type { Place } from './course-problem.ts';

/** The two looks of the player: what the learner's system prefers. */
export const schemes = ['light', 'dark'] as const;

/** Name of a look. */
export type Scheme = (typeof schemes)[number];

/** A colour and where it is set. */
export interface Colour extends Place {
  /** `#rrggbb`. */
  readonly value: string;
}

/** The player's own tokens. */
export interface DesignTokens {
  /** Path of the style sheet as the author knows it. */
  readonly file: string;
  /** Every colour by name, in either look. */
  readonly colours: Readonly<Record<Scheme, ReadonlyMap<string, Colour>>>;
}

/** A colour as tokens and programs write it. No other way is allowed, so nothing else can get into a style sheet. */
export const colourPattern = /^#[0-9a-f]{6}$/i;

/** Reads the tokens from their style sheet: one `:root` for the light look, and what differs in the dark one. */
export function readTokens(file: string, css: string): DesignTokens {
  const darkFrom = css.indexOf('(prefers-color-scheme: dark)');
  const light = new Map<string, Colour>();
  const dark = new Map<string, Colour>();
  for (const { index, groups } of css.matchAll(/--(?<name>[a-z-]+):\s*(?<value>[^;]+);/g)) {
    const { name = '', value = '' } = groups ?? {};
    if (!colourPattern.test(value)) continue;
    const before = css.slice(0, index).split('\n');
    const colour = { value, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    if (darkFrom < 0 || index < darkFrom) light.set(name, colour);
    else dark.set(name, colour);
  }
  return { file, colours: { light, dark: new Map([...light, ...dark]) } };
}
