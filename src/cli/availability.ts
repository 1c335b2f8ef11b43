import { systemDocument } from '../language/report/figures';
import { asMarkdown } from '../language/report/markdown';
import { reviewOf } from '../language/report/review';
import { systemJson } from './availability/json';
import { asText } from './blocks';
import type { Options } from './options';
import { painter } from './print';
import { loadSystems } from './systems';

/** `faultline availability`: the journeys' figures, what they rest on, and what to do first. */
export function runAvailability(options: Options): { readonly text: string; readonly status: number } {
  const reviews = loadSystems(options).systems.map(({ system }) => reviewOf(system));
  switch (options.format) {
    case 'json':
      return { text: JSON.stringify({ version: 1, systems: reviews.map(systemJson) }, null, 2), status: 0 };
    case 'markdown':
      return { text: reviews.map((review) => asMarkdown(systemDocument(review))).join('\n\n'), status: 0 };
    default:
      return { text: reviews.map((review) => asText(systemDocument(review), painter(options))).join('\n\n'), status: 0 };
  }
}
