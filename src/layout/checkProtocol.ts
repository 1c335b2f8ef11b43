/** One of the answers to a question, with what is said to whoever gives it: why it is wrong, or why it is right. */
export interface CheckAnswer {
  readonly text: string;
  readonly says: string;
  readonly right: boolean;
}

export interface CheckQuestion {
  readonly id: string;
  readonly text: string;
  readonly answers: readonly CheckAnswer[];
  /** Where to read on or to try it; the shell knows what is behind each by its place in this list. */
  readonly links: readonly string[];
}

export interface CheckTopic {
  readonly id: string;
  readonly title: string;
  /** What the topic says, in two or three sentences. */
  readonly about: string;
  readonly questions: readonly CheckQuestion[];
}

/** Which answer, by its place in the question's list, was given last to each question that was answered. */
export type Given = readonly (readonly [question: string, answer: number])[];

/** From the shell to the page of questions. */
export type ToCheck =
  | { readonly type: 'lesson'; readonly topics: readonly CheckTopic[]; readonly given: Given; readonly topic: string }
  /** Somebody asked for this topic while the page was open. */
  | { readonly type: 'topic'; readonly topic: string };

/** From the page of questions to the shell. */
export type FromCheck =
  | { readonly type: 'ready' }
  | { readonly type: 'topic'; readonly topic: string }
  | { readonly type: 'answer'; readonly question: string; readonly answer: number }
  | { readonly type: 'open'; readonly question: string; readonly link: number }
  /** Forget the answers to a topic's questions. */
  | { readonly type: 'restart'; readonly topic: string }
  | { readonly type: 'failed'; readonly message: string };
