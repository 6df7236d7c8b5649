/** A value that changes by events and tells whoever asked. Knows nothing of courses, elements or an LMS. */

/** Something of state `S` that can be read, and watched as events `E` change it. */
export interface Readable<S, E = unknown> {
  getState(): S;
  /** Calls `listener` after every change; returns the function that ends it. */
  subscribe(listener: (state: S, before: S, event: E) => void): () => void;
}

/** A store of state `S` that events `E` change. */
export interface Store<S, E> extends Readable<S, E> {
  /** Applies an event at once. An event that changes nothing tells nobody. */
  dispatch(event: E): void;
}

/**
 * Makes a store.
 *
 * Events dispatched by a listener are applied in order, after the change that it was told of has been told to all.
 */
export function createStore<S, E>(reduce: (state: S, event: E) => S, initial: S): Store<S, E> {
  const listeners = new Set<(state: S, before: S, event: E) => void>();
  const queue: E[] = [];
  let state = initial;
  let draining = false;

  const drain = () => {
    for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
      const before = state;
      state = reduce(before, event);
      if (state === before) continue;
      for (const listener of [...listeners]) listener(state, before, event);
    }
  };

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch(event) {
      queue.push(event);
      if (draining) return;
      draining = true;
      try {
        drain();
      } finally {
        draining = false;
      }
    },
  };
}
