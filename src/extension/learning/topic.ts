import type { CheckAnswer, CheckQuestion, CheckTopic } from '../../layout/checkProtocol';

/** An example, and a text in it to select when it opens. */
export interface ExamplePlace {
  /** The name of a file of `examples/`, without `.faultline.yaml`. */
  readonly example: string;
  readonly at: string;
}

/** What a question leads to: the page of a rule, or a place in an example. */
export type Lead = { readonly rule: string } | ExamplePlace;

/** A question as it is written: what it leads to stands where the page has the texts of the links. */
export interface Question extends Omit<CheckQuestion, 'links'> {
  readonly leads: readonly Lead[];
}

export interface Topic extends Omit<CheckTopic, 'questions'> {
  readonly questions: readonly Question[];
}

/** An answer that is wrong, and why. */
export function wrong(text: string, says: string): CheckAnswer {
  return { text, says, right: false };
}

/** The answer that is right, and why. */
export function right(text: string, says: string): CheckAnswer {
  return { text, says, right: true };
}
