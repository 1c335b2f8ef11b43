import type { ValidationFamily } from './case';
import { availability } from './cases/availability';
import { backoff } from './cases/backoff';
import { hangingPool } from './cases/hangingPool';
import { losses } from './cases/losses';
import { pools } from './cases/pools';
import { retries } from './cases/retries';
import { singleServer } from './cases/singleServer';

/** The validation set, in the order in which it is shown. */
export const validationSet: readonly ValidationFamily[] = [pools, losses, singleServer, retries, backoff, hangingPool, availability];
