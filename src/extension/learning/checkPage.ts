import * as vscode from 'vscode';
import type { FromCheck, Given, ToCheck } from '../../layout/checkProtocol';
import type { Log } from '../log';
import { checkViewType } from '../names';
import { pageFolder } from '../page';
import { showRulePage } from '../rulePages';
import type { Examples } from './examples';
import { nextTopic, soundGiven, withAnswer, withoutTopic } from './given';
import { checkHtml } from './html';
import type { Lead, Topic } from './topic';
import { topics } from './topics';

/** Where the editor keeps the answers; they are the user's, whatever folder is open. */
const memory = 'faultline.answers';

/** The page of questions: at most one is open, and it goes on where it was left. */
export class CheckPage implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extension: vscode.ExtensionContext;
  readonly #examples: Examples;
  readonly #log: Log;
  readonly #topics: readonly Topic[] = topics();
  readonly #serializer: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #topic = '';
  #ready = false;

  constructor(extension: vscode.ExtensionContext, examples: Examples, log: Log) {
    this.#extension = extension;
    this.#examples = examples;
    this.#log = log;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(checkViewType, this);
  }

  /** Whether the page has said that it runs. */
  get isReady(): boolean {
    return this.#ready;
  }

  get topic(): string {
    return this.#topic;
  }

  get given(): Given {
    return soundGiven(this.#extension.globalState.get<unknown>(memory), this.#topics);
  }

  /** Opens the page at a topic; without one, at the first whose questions are not all answered. */
  show(topic: string | undefined): void {
    const known = this.#topics.find(({ id }) => id === topic)?.id;
    if (this.#panel) {
      this.#panel.reveal();
      if (known !== undefined) this.#goTo(known);
      return;
    }
    this.#topic = known ?? nextTopic(this.given, this.#topics);
    const title = vscode.l10n.t('Check Questions');
    this.#adopt(vscode.window.createWebviewPanel(checkViewType, title, besideLesson(), { enableScripts: true }));
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#topic = nextTopic(this.given, this.#topics);
    this.#log.guard('opening the questions again', () => this.#adopt(panel), undefined);
  }

  close(): void {
    this.#panel?.dispose();
  }

  dispose(): void {
    this.#serializer.dispose();
    this.close();
  }

  receive(message: FromCheck): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#send();
        return;
      case 'topic':
        if (this.#topics.some(({ id }) => id === message.topic)) this.#topic = message.topic;
        return;
      case 'answer':
        this.#keep(withAnswer(this.given, message.question, message.answer));
        return;
      case 'restart': {
        const topic = this.#topics.find(({ id }) => id === message.topic);
        if (topic) this.#keep(withoutTopic(this.given, topic));
        return;
      }
      case 'open': {
        const question = this.#topics.flatMap(({ questions }) => questions).find(({ id }) => id === message.question);
        const lead = question?.leads[message.link];
        if (lead) void this.#log.guardAsync('following a link of a question', () => this.#follow(lead), undefined);
        return;
      }
      case 'failed':
        this.#log.failed('asking questions', message.message);
        return;
    }
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    this.#ready = false;
    panel.iconPath = vscode.Uri.joinPath(this.#extension.extensionUri, 'media', 'faultline.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(this.#extension)] };
    const listening = panel.webview.onDidReceiveMessage((message: FromCheck) =>
      this.#log.guard('answering the page of questions', () => this.receive(message), undefined),
    );
    panel.onDidDispose(() => {
      listening.dispose();
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#ready = false;
    });
    panel.webview.html = checkHtml(panel.webview, this.#extension, panel.title);
  }

  #goTo(topic: string): void {
    this.#topic = topic;
    if (this.#ready) this.#post({ type: 'topic', topic });
  }

  #send(): void {
    const shown = this.#topics.map((topic) => ({
      ...topic,
      questions: topic.questions.map(({ leads, ...question }) => ({ ...question, links: leads.map(linkText) })),
    }));
    this.#post({ type: 'lesson', topics: shown, given: this.given, topic: this.#topic });
  }

  #post(message: ToCheck): void {
    void this.#panel?.webview.postMessage(message);
  }

  #keep(given: Given): void {
    void this.#log.guardAsync(
      'keeping an answer',
      () => this.#extension.globalState.update(memory, soundGiven(given, this.#topics)),
      undefined,
    );
  }

  /** Beside the questions, so that both can be seen. */
  async #follow(lead: Lead): Promise<void> {
    if ('rule' in lead) await showRulePage(lead.rule, vscode.ViewColumn.Beside);
    else await this.#examples.show(lead, vscode.ViewColumn.Beside);
  }
}

/** The lesson is a page of the editor's own, of which an extension sees no more than that. It forgets its place when it is covered. */
function besideLesson(): vscode.ViewColumn {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  return activeTab && activeTab.input === undefined ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}

function linkText(lead: Lead): string {
  return 'rule' in lead ? vscode.l10n.t('The rule {0}', lead.rule) : vscode.l10n.t('The example {0}', lead.example);
}
