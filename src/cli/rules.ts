import { table } from '../language/textTable';
import { rules } from '../rules/registry';
import type { Options } from './options';
import { painter } from './print';

/** `faultline rules`: the rules with their severities and pages. */
export function runRules(options: Options): { readonly text: string; readonly status: number } {
  const rows = rules.map(({ id, category, severity, summary }) => ({ id, category, severity, summary, page: `docs/rules/${id}.md` }));
  const paint = painter(options);
  const text =
    options.format === 'json'
      ? JSON.stringify({ version: 1, rules: rows }, null, 2)
      : table(rows.map((row) => [paint('bold', row.id), row.severity, row.summary]));
  return { text, status: 0 };
}
