import { finish, type Steps } from './steps';
import type { System } from './system';

/** Remembers what was computed of an object that never changes, for as long as it is there. */
export function perObject<K extends object, T>(compute: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.value;
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}

/** The same of two objects together. */
export function perPair<A extends object, B extends object, T>(compute: (a: A, b: B) => T): (a: A, b: B) => T {
  const known = perObject((a: A) => perObject((b: B) => compute(a, b)));
  return (a, b) => known(a)(b);
}

/** The same of what takes long: at once, or in small steps beforehand. */
export interface Remembered<K extends object, T> {
  of(key: K): T;
  /** Works it out if that has not been done yet. */
  prepare(key: K): Steps<void>;
}

export function perObjectInSteps<K extends object, T>(compute: (key: K) => Steps<T>): Remembered<K, T> {
  const known = new WeakMap<K, { readonly value: T }>();
  function* prepare(key: K): Steps<void> {
    if (!known.has(key)) known.set(key, { value: yield* compute(key) });
  }
  const of = (key: K): T => {
    finish(prepare(key));
    const found = known.get(key);
    if (!found) throw new Error('It was just worked out.');
    return found.value;
  };
  return { of, prepare };
}

/** Remembers what was computed of a system: systems never change, and several rules and hovers ask for the same. */
export function perSystem<T>(compute: (system: System) => T): (system: System) => T {
  return perObject(compute);
}
