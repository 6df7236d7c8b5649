/** Addresses inside the course: `#/page-id` and `#/page-id/target`. The fragment is the id of an element. */

import { readAddress } from '../items/address.ts';

/** Where an address leads. */
export interface Route {
  readonly page: string;
  /** Id of the element to go to on the page; undefined for its beginning. */
  readonly target: string | undefined;
}

/** Reads the fragment of an address; undefined where it does not lead into the course. Never throws. */
export function parseRoute(hash: string): Route | undefined {
  const address = readAddress(hash);
  const match = /^#\/([^/]+)(\/.+)?$/.exec(address);
  const page = match?.[1];
  if (page === undefined) return undefined;
  return { page, target: match?.[2] === undefined ? undefined : address.slice(1) };
}

/** The address of a page. */
export const pageHref = (page: string): string => `#/${page}`;
