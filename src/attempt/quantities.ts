/** The fineness to which an attempt keeps what it measures, so that saved state gives back exactly what was there. */

/** Last moment of the year 9999, in milliseconds since 1970: no date of a report has more than four digits for its year. */
export const lastMoment = 253_402_300_799_000;

/** NaN (the share of nothing, a clock that cannot be read) counts as 0. */
const within = (value: number, most: number): number => (value > 0 ? Math.min(value, most) : 0);

/** A time in milliseconds since 1970, to the second it lies in; within 1970 and 9999. */
export const wholeSecond = (milliseconds: number): number =>
  Math.floor(within(milliseconds, lastMoment) / 1000) * 1000;

/** A duration in milliseconds, to the nearest tenth of a second. */
export const tenthOfSecond = (milliseconds: number): number =>
  Math.round(within(milliseconds, lastMoment) / 100) * 100;

/** A share, 0 to 1, to the nearest thousandth. */
export const thousandth = (share: number): number => Math.round(within(share, 1) * 1000) / 1000;

/** A share, 0 to 1, cut to ten-thousandths as reports have it; the addition undoes binary representation only. */
export const tenThousandth = (share: number): number => Math.floor(within(share, 1) * 1e4 + 1e-7) / 1e4;
