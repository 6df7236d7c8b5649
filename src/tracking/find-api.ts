/** Looks for the API object of an LMS (SCORM 1.2 RTE 3.3.6.1, SCORM 2004 4th Ed. RTE 3.2.1). */

/** How many windows are looked at in one chain; real LMSs use up to 7. */
const hopLimit = 20;

/** A window that may belong to another origin: reading anything of it may throw. */
function read(window: object, name: string): unknown {
  try {
    return Reflect.get(window, name);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

function findInChain(start: object, name: string, method: string): object | undefined {
  let window = start;
  for (let hops = 0; hops < hopLimit; hops++) {
    const api = read(window, name);
    // A frame or an element of that name is a property of its window too.
    if (isObject(api) && typeof read(api, method) === 'function') return api;
    const parent = read(window, 'parent');
    if (!isObject(parent) || parent === window) return undefined;
    window = parent;
  }
  return undefined;
}

/**
 * Looks for the object `name` that has the function `method`, in `window` and its parents, then in the opener and
 * the opener's parents. Never throws: windows of other origins are passed over.
 */
export function findApi(window: object, name: string, method: string): object | undefined {
  const found = findInChain(window, name, method);
  if (found) return found;
  const top = read(window, 'top');
  for (const start of [window, top]) {
    const opener = isObject(start) ? read(start, 'opener') : undefined;
    const inOpener = isObject(opener) ? findInChain(opener, name, method) : undefined;
    if (inOpener) return inOpener;
  }
  return undefined;
}
