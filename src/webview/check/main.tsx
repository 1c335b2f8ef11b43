import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import type { FromCheck, ToCheck } from '../../layout/checkProtocol';
import { Check, type Lesson } from './Check';
import './check.css';

declare function acquireVsCodeApi(): { postMessage(message: FromCheck): void };

/** Puts the page of questions together. What cannot be shown is said on the page and to the shell. */
function start(root: HTMLElement): void {
  const editor = acquireVsCodeApi();
  const post = (message: FromCheck) => editor.postMessage(message);
  try {
    // Before anything is drawn. Without words of its own a language is English.
    const words = root.dataset['words'];
    if (words !== undefined && words !== '') l10n.config({ contents: words });
    const lesson = signal<Lesson | undefined>(undefined);
    addEventListener('message', ({ data }: MessageEvent<ToCheck>) => {
      if (data.type === 'lesson') lesson.value = { topics: data.topics, given: new Map(data.given), topic: data.topic };
      else if (data.type === 'topic' && lesson.value) lesson.value = { ...lesson.value, topic: data.topic };
    });
    render(<Check lesson={lesson} post={post} />, root);
    post({ type: 'ready' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    root.textContent = l10n.t('The questions could not be shown: {0}. Close the page and open it again.', reason);
    post({ type: 'failed', message: reason });
  }
}

const root = document.getElementById('root');
if (root) start(root);
