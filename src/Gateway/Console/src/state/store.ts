import { useEffect, useState } from 'preact/hooks';

/** A value that components follow. Small on purpose: replace the value, and whoever selects a changed part renders. */
export class Store<T extends object> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  get(): T {
    return this.#value;
  }

  set(patch: Partial<T>): void {
    this.#value = { ...this.#value, ...patch };
    for (const listener of [...this.#listeners]) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The selected part of a store; the selector must return the same reference while its part is unchanged. */
export function useStore<T extends object, R>(store: Store<T>, select: (value: T) => R): R {
  const [selected, setSelected] = useState(() => select(store.get()));
  useEffect(() => {
    const follow = (): void => setSelected(() => select(store.get()));
    follow();
    return store.subscribe(follow);
  }, [store]);
  return selected;
}
