import { problemRule } from './problems';

export const unknownKey = problemRule('unknown-key', 'warning', 'A key that the language does not have.');
