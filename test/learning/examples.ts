// What the lesson says of the examples is looked up in them.
import { readFileSync } from 'node:fs';
import { figureDowntime, figureText } from '../../src/language/figureText';
import { type Review, review, reviewText } from '../rules/helpers';

export function textOf(example: string): string {
  return readFileSync(`examples/${example}.faultline.yaml`, 'utf8');
}

/** An example below its head of comments: what can be selected in it. */
export function codeOf(example: string): string {
  const text = textOf(example);
  return text.slice(text.search(/^faultline:/m));
}

export function exampleReview(example: string): Review {
  return review(new Map([[`/examples/${example}.faultline.yaml`, textOf(example)]]));
}

/** `99.5%` and `43.7 h/yr`, as they are shown everywhere. */
export interface Shown {
  readonly up: string;
  readonly down: string;
}

/** The figures of each journey. */
export function journeysOf({ figures }: Review): ReadonlyMap<string, Shown> {
  return new Map(figures.journeys.map(({ journey, up }) => [journey, { up: figureText(up), down: figureDowntime(up) }]));
}

/** The figures of a journey through something that is written here. */
export function figuresOf(text: string): Shown {
  const [shown] = journeysOf(reviewText(`faultline: 1\n${text}`)).values();
  if (!shown) throw new Error('There is no journey.');
  return shown;
}

/** The messages of a rule. */
export function saidBy(rule: string, { findings }: Review): string {
  return findings.flatMap((finding) => (finding.rule === rule ? [finding.message] : [])).join('\n');
}

/** `43.7 hours` in a text that is read, where `43.7 h/yr` is shown. */
export function spelled(down: string): string {
  return down.replace('/yr', '').replace(/ h$/, ' hours').replace(/ min$/, ' minutes').replace(/ s$/, ' seconds');
}
