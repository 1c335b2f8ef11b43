import { backupSharesFate } from './backupSharesFate';
import { breakerNeverOpens } from './breakerNeverOpens';
import { coldCache } from './coldCache';
import { connectionLimit } from './connectionLimit';
import { dependencyCycle } from './dependencyCycle';
import { duplicateName } from './duplicateName';
import { excessiveRetry } from './excessiveRetry';
import { fallbackNeverFires } from './fallbackNeverFires';
import { invalidValue } from './invalidValue';
import { manualFailover } from './manualFailover';
import { missingBackup } from './missingBackup';
import { missingCircuitBreaker } from './missingCircuitBreaker';
import { missingFallback } from './missingFallback';
import { missingHealthCheck } from './missingHealthCheck';
import { missingRetry } from './missingRetry';
import { missingTimeout } from './missingTimeout';
import { noHeadroom } from './noHeadroom';
import { noLeaderElection } from './noLeaderElection';
import { objectiveUnreachable } from './objectiveUnreachable';
import { poolExhaustion } from './poolExhaustion';
import { quotaExceeded } from './quotaExceeded';
import { releaseSpendsBudget } from './releaseSpendsBudget';
import { retryAmplification } from './retryAmplification';
import { retryExceedsDeadline } from './retryExceedsDeadline';
import { retryNotIdempotent } from './retryNotIdempotent';
import { retryWithoutBackoff } from './retryWithoutBackoff';
import { retryWithoutJitter } from './retryWithoutJitter';
import { rpoUnmet } from './rpoUnmet';
import { rtoUnmet } from './rtoUnmet';
import type { Rule } from './rule';
import { sharedFate } from './sharedFate';
import { singlePointOfFailure } from './singlePointOfFailure';
import { singleRegion } from './singleRegion';
import { singleZone } from './singleZone';
import { slowDetection } from './slowDetection';
import { staleSuppression } from './staleSuppression';
import { syntax } from './syntax';
import { timeoutExceedsObjective } from './timeoutExceedsObjective';
import { timeoutInversion } from './timeoutInversion';
import { timeoutTooTight } from './timeoutTooTight';
import { unboundedRetry } from './unboundedRetry';
import { unknownKey } from './unknownKey';
import { unknownReference } from './unknownReference';
import { untestedRestore } from './untestedRestore';
import { unusedDeclaration } from './unusedDeclaration';

/** All rules, in the order in which documentation and settings list them. */
export const rules: readonly Rule[] = [
  singlePointOfFailure,
  singleZone,
  singleRegion,
  noHeadroom,
  noLeaderElection,
  sharedFate,
  missingTimeout,
  timeoutExceedsObjective,
  timeoutTooTight,
  timeoutInversion,
  poolExhaustion,
  unboundedRetry,
  excessiveRetry,
  retryWithoutBackoff,
  retryWithoutJitter,
  retryNotIdempotent,
  retryExceedsDeadline,
  retryAmplification,
  missingRetry,
  missingCircuitBreaker,
  breakerNeverOpens,
  missingFallback,
  fallbackNeverFires,
  connectionLimit,
  quotaExceeded,
  coldCache,
  objectiveUnreachable,
  releaseSpendsBudget,
  missingHealthCheck,
  slowDetection,
  manualFailover,
  missingBackup,
  backupSharesFate,
  rtoUnmet,
  rpoUnmet,
  untestedRestore,
  dependencyCycle,
  syntax,
  unknownReference,
  duplicateName,
  unusedDeclaration,
  invalidValue,
  unknownKey,
  staleSuppression,
];
