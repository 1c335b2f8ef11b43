import { problemRule } from './problems';

export const unknownReference = problemRule('unknown-reference', 'error', 'A name that nothing declares.');
