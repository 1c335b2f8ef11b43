import { problemRule } from './problems';

export const invalidValue = problemRule('invalid-value', 'error', 'A value that its key cannot have.');
