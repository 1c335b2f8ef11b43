import { duplicateName } from './duplicateName';
import { invalidValue } from './invalidValue';
import { missingTimeout } from './missingTimeout';
import { retryWithoutJitter } from './retryWithoutJitter';
import type { Rule } from './rule';
import { singlePointOfFailure } from './singlePointOfFailure';
import { singleZone } from './singleZone';
import { staleSuppression } from './staleSuppression';
import { syntax } from './syntax';
import { unboundedRetry } from './unboundedRetry';
import { unknownKey } from './unknownKey';
import { unknownReference } from './unknownReference';

/** All rules, in the order in which documentation and settings list them. */
export const rules: readonly Rule[] = [
  singlePointOfFailure,
  singleZone,
  missingTimeout,
  unboundedRetry,
  retryWithoutJitter,
  syntax,
  unknownReference,
  duplicateName,
  invalidValue,
  unknownKey,
  staleSuppression,
];
