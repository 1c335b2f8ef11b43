// Stands in for `node:assert` in the web worker, where there is no Node: the strict assertions that the tests use.

class AssertionError extends Error {
  override name = 'AssertionError';
  constructor(
    message: string | Error | undefined,
    otherwise: string,
    readonly actual?: unknown,
    readonly expected?: unknown,
  ) {
    super(message instanceof Error ? message.message : (message ?? otherwise));
  }
}

type Message = string | Error;
type Expected = RegExp | ((error: unknown) => boolean) | object;

/** Whether two values are the same in kind and content. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof RegExp && b instanceof RegExp) return String(a) === String(b);
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((item) => [...b].some((other) => same(item, other)));
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && same(value, b.get(key)));
  const left = new Map(Object.entries(a));
  const right = new Map(Object.entries(b));
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

function fits(error: unknown, expected: Expected): boolean {
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') {
    return expected.prototype !== undefined && error instanceof expected
      ? true
      : expected.prototype === undefined && expected(error) === true;
  }
  const fields = new Map(Object.entries(Object(error)));
  if (error instanceof Error) fields.set('message', error.message).set('name', error.name);
  return Object.entries(expected).every(([key, value]) => {
    const found = fields.get(key);
    return value instanceof RegExp && typeof found === 'string' ? value.test(found) : same(found, value);
  });
}

function caught(error: unknown, expected: Expected | string | undefined, message: Message | undefined): void {
  if (expected !== undefined && typeof expected !== 'string' && !fits(error, expected)) {
    throw new AssertionError(message, `The error is not the expected one: ${String(error)}`, error, expected);
  }
}

function ok(value: unknown, message?: Message): asserts value {
  if (!value) throw new AssertionError(message, `Expected something true, got ${String(value)}`, value, true);
}

const assertions = {
  ok,
  fail(message?: Message): never {
    throw new AssertionError(message, 'Failed');
  },
  equal(actual: unknown, expected: unknown, message?: Message): void {
    if (!Object.is(actual, expected)) throw new AssertionError(message, 'Expected the same value', actual, expected);
  },
  notEqual(actual: unknown, expected: unknown, message?: Message): void {
    if (Object.is(actual, expected)) throw new AssertionError(message, 'Expected another value', actual, expected);
  },
  deepEqual(actual: unknown, expected: unknown, message?: Message): void {
    if (!same(actual, expected)) throw new AssertionError(message, 'Expected equal values', actual, expected);
  },
  notDeepEqual(actual: unknown, expected: unknown, message?: Message): void {
    if (same(actual, expected)) throw new AssertionError(message, 'Expected values that differ', actual, expected);
  },
  match(text: string, pattern: RegExp, message?: Message): void {
    if (!pattern.test(text)) throw new AssertionError(message, `Does not match ${pattern}: ${text}`, text, pattern);
  },
  doesNotMatch(text: string, pattern: RegExp, message?: Message): void {
    if (pattern.test(text)) throw new AssertionError(message, `Matches ${pattern}: ${text}`, text, pattern);
  },
  throws(work: () => unknown, expected?: Expected | string, message?: Message): void {
    try {
      work();
    } catch (error) {
      caught(error, expected, message);
      return;
    }
    throw new AssertionError(message, 'Expected an error, there was none');
  },
  doesNotThrow(work: () => unknown): void {
    work();
  },
  async rejects(work: Promise<unknown> | (() => Promise<unknown>), expected?: Expected | string, message?: Message): Promise<void> {
    try {
      await (typeof work === 'function' ? work() : work);
    } catch (error) {
      caught(error, expected, message);
      return;
    }
    throw new AssertionError(message, 'Expected a rejection, there was none');
  },
  async doesNotReject(work: Promise<unknown> | (() => Promise<unknown>)): Promise<void> {
    await (typeof work === 'function' ? work() : work);
  },
  AssertionError,
};

/** Callable, as Node's is: `assert(value)`. */
export const strict = Object.assign((value: unknown, message?: Message) => ok(value, message), assertions, {
  strictEqual: assertions.equal,
  notStrictEqual: assertions.notEqual,
  deepStrictEqual: assertions.deepEqual,
  notDeepStrictEqual: assertions.notDeepEqual,
});
export default strict;
