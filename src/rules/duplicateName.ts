import { problemRule } from './problems';

export const duplicateName = problemRule('duplicate-name', 'error', 'A name or key that is given twice, with different values.');
