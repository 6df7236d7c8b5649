import { describe, expect, it } from 'vitest';
import { findApi } from '../../src/tracking/find-api.ts';

/** As much of a window as the search looks at. */
interface FakeWindow {
  parent: FakeWindow;
  top: FakeWindow;
  opener: FakeWindow | null | undefined;
  API?: unknown;
}

const lms = (where = 'LMS') => ({ where, LMSInitialize: () => 'true' });

/** Windows from the course's own outward; `change` gives each what is special about it. */
function frames(count: number, change: (window: FakeWindow, depth: number) => void = () => {}): FakeWindow {
  let inner: FakeWindow | undefined;
  const windows = Array.from({ length: count }, () => {
    const window: Partial<FakeWindow> = { opener: null };
    window.parent = window as FakeWindow;
    return window as FakeWindow;
  });
  for (const [depth, window] of windows.entries()) {
    window.parent = windows[depth + 1] ?? window;
    window.top = windows.at(-1) ?? window;
    change(window, depth);
    inner ??= window;
  }
  return inner ?? frames(1);
}

/** What the browser gives of a window of another origin: its place among the windows, and nothing else. */
const ofAnotherOrigin = (window: FakeWindow): FakeWindow =>
  new Proxy(window, {
    get(target, name) {
      if (name === 'parent' || name === 'top' || name === 'opener') return Reflect.get(target, name);
      throw new DOMException(`Blocked access to "${String(name)}"`, 'SecurityError');
    },
  });

const find = (window: object) => findApi(window, 'API', 'LMSInitialize');

describe('The API of the LMS is found', () => {
  it.each([0, 1, 7, 19])('%i windows above the course', (depth) => {
    const api = lms();
    const window = frames(depth + 1, (frame, at) => {
      if (at === depth) frame.API = api;
    });
    expect(find(window)).toBe(api);
  });

  it('in the nearest window that has one', () => {
    const near = lms('near');
    const window = frames(3, (frame, depth) => {
      frame.API = depth === 1 ? near : depth === 2 ? lms('far') : undefined;
    });
    expect(find(window)).toBe(near);
  });

  it('in the window that opened the course', () => {
    const api = lms();
    const window = frames(1, (frame) => {
      frame.opener = frames(1, (opener) => {
        opener.API = api;
      });
    });
    expect(find(window)).toBe(api);
  });

  it('in a parent of the window that opened the course', () => {
    const api = lms();
    const window = frames(1, (frame) => {
      frame.opener = frames(4, (opener, depth) => {
        if (depth === 3) opener.API = api;
      });
    });
    expect(find(window)).toBe(api);
  });

  it('in the opener of the topmost window, where the course stands in a frame of a pop-up', () => {
    const api = lms();
    const window = frames(3, (frame, depth) => {
      if (depth === 2)
        frame.opener = frames(2, (opener, at) => {
          if (at === 1) opener.API = api;
        });
    });
    expect(find(window)).toBe(api);
  });

  it('among the parents before the openers', () => {
    const above = lms('above');
    const window = frames(2, (frame, depth) => {
      if (depth === 1) frame.API = above;
      frame.opener = frames(1, (opener) => {
        opener.API = lms('opener');
      });
    });
    expect(find(window)).toBe(above);
  });

  it('behind windows of other origins, which throw when they are looked into', () => {
    const api = lms();
    const top = frames(1, (frame) => {
      frame.API = api;
    });
    const between = ofAnotherOrigin({ parent: top, top, opener: null });
    expect(find({ parent: between, top, opener: null })).toBe(api);
  });

  it('behind a frame or an element that happens to have its name', () => {
    const api = lms();
    const window = frames(3, (frame, depth) => {
      frame.API = [{ localName: 'section' }, ofAnotherOrigin(frames(1)), api][depth];
    });
    expect(find(window)).toBe(api);
  });

  it('where the API object is a function, as old plug-ins made it', () => {
    const api = Object.assign(() => undefined, lms());
    expect(find(frames(1, (frame) => (frame.API = api)))).toBe(api);
  });
});

describe('The API of the LMS is not found, and nothing breaks', () => {
  it.each<[string, () => object]>([
    ['where there is none', () => frames(3)],
    ['where it is null', () => frames(2, (frame) => (frame.API = null))],
    ['where it is text', () => frames(2, (frame) => (frame.API = 'API'))],
    ['where it lacks the function that starts a session', () => frames(1, (frame) => (frame.API = {}))],
    ['where the windows have no parents at all', () => ({})],
    ['where the opener has gone', () => frames(1, (frame) => (frame.opener = undefined))],
    [
      'where every window throws at everything',
      () =>
        new Proxy(frames(1), {
          get() {
            throw new DOMException('Blocked', 'SecurityError');
          },
        }),
    ],
    [
      'where windows are each other’s parents',
      () => {
        const window = frames(2);
        window.parent.parent = window;
        return window;
      },
    ],
    [
      'where a window is its own opener',
      () => {
        const window = frames(1);
        window.opener = window;
        return window;
      },
    ],
    [
      'where it is further up than any LMS puts it',
      () => frames(30, (frame, depth) => (frame.API = depth === 25 ? lms() : undefined)),
    ],
  ])('%s', (_, window) => {
    expect(find(window())).toBeUndefined();
  });
});
