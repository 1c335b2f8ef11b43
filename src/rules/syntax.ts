import { problemRule } from './problems';

export const syntax = problemRule('syntax', 'error', 'Text that is not YAML.');
