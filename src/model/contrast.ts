/** Which colours of the player meet, and how much they must differ. Build time only. */
import Color from 'colorjs.io';
import type { Scheme } from './design-tokens.ts';

/** How much two colours must differ. */
interface Demand {
  /** The least ratio. */
  readonly least: number;
  /** What for, and who says so. */
  readonly what: string;
}

const text: Demand = { least: 4.5, what: 'for text (WCAG 2.2, SC 1.4.3)' };
const control: Demand = { least: 3, what: 'for controls and focus (WCAG 2.2, SC 1.4.11)' };

/** A colour, and the colours that it is seen on in src/styles/ and src/elements/. */
interface Meeting {
  readonly colour: string;
  readonly on: readonly string[];
  readonly demand: Demand;
}

/** All that meet. What is disabled or an ornament may be faint and is not here. */
export const meetings: readonly Meeting[] = [
  {
    colour: 'ink',
    on: ['page', 'surface', 'surface-raised', 'accent-soft', 'good-soft', 'bad-soft'],
    demand: text,
  },
  { colour: 'ink-soft', on: ['page', 'surface'], demand: text },
  { colour: 'link', on: ['page', 'surface', 'accent-soft'], demand: text },
  { colour: 'accent', on: ['surface', 'accent-soft'], demand: text },
  { colour: 'on-accent', on: ['accent', 'accent-strong'], demand: text },
  { colour: 'mark', on: ['page', 'surface'], demand: text },
  { colour: 'good', on: ['surface', 'good-soft'], demand: text },
  { colour: 'bad', on: ['page', 'surface', 'bad-soft'], demand: text },
  { colour: 'on-cover', on: ['cover', 'cover-deep', 'cover-glow'], demand: text },
  { colour: 'accent', on: ['page', 'line'], demand: control },
  { colour: 'line-strong', on: ['page', 'surface'], demand: control },
  { colour: 'focus', on: ['page', 'surface', 'accent-soft', 'good-soft', 'bad-soft'], demand: control },
];

/** Two colours that meet and differ too little. */
export interface TooFaint {
  readonly scheme: Scheme;
  /** Names of the colours: what is seen, and what it is seen on. */
  readonly names: readonly [colour: string, ground: string];
  readonly values: readonly [colour: string, ground: string];
  /** The ratio found, cut to two digits, so that it never reads as the ratio needed. */
  readonly ratio: string;
  readonly demand: Demand;
  /** The one of the two that is lighter. */
  readonly lighter: string;
}

/** The contrast ratio of two colours, whichever of them is the lighter one (WCAG 2.2, "contrast ratio"). */
const contrast = (one: string, other: string): number => Color.contrast(one, other, 'WCAG21');

/** Finds every pair of colours that differ too little. Colours that are not known are passed over. */
export function tooFaint(
  scheme: Scheme,
  colours: ReadonlyMap<string, { readonly value: string }>,
): TooFaint[] {
  return meetings.flatMap(({ colour: name, on, demand }) =>
    on.flatMap((ground): TooFaint[] => {
      const [colour, under] = [colours.get(name)?.value, colours.get(ground)?.value];
      if (colour === undefined || under === undefined) return [];
      const ratio = contrast(colour, under);
      if (ratio >= demand.least) return [];
      return [
        {
          scheme,
          names: [name, ground],
          values: [colour, under],
          ratio: (Math.floor(ratio * 100) / 100).toFixed(2),
          demand,
          lighter: contrast(colour, '#000000') > contrast(under, '#000000') ? name : ground,
        },
      ];
    }),
  );
}
