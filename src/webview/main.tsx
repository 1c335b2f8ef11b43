import { effect, type Signal, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { drawingStyle } from '../layout/drawing/style';
import type { ToMap } from '../layout/protocol';
import { App } from './App';
import { Bridge, keepsPicture, startWorker } from './bridge';
import { choose } from './Controls';
import type { Memory } from './kept';
import { elkLayouter } from './layouter';
import type { MenuRequest } from './NodeMenu';
import type { Order } from './orders';
import { Player } from './player';
import { Questions } from './questions/questions';
import { tab, tabs } from './tab';
import { View } from './view';
import './map.css';

/** Milliseconds. */
const longest = 50;

/** Puts the page together. What cannot be loaded is said on the page and to the shell. */
async function start(root: HTMLElement): Promise<void> {
  const bridge = new Bridge();
  try {
    // Before anything is drawn. Without words of its own a language is English.
    const words = root.dataset['words'];
    if (words !== undefined && words !== '') l10n.config({ contents: words });
    const style = new CSSStyleSheet();
    style.replaceSync(drawingStyle);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];

    const simulation = async () => {
      const worker = await startWorker(root.dataset['simulationWorker'] ?? '');
      const order: Order = { type: 'words', contents: words ?? '' };
      // What it says is in the same language.
      if (words !== undefined && words !== '') worker.postMessage(order);
      return worker;
    };
    // A first layout waits for it. A map that comes back has its picture.
    const kept = bridge.remembered<Memory>(1);
    const isPlaced = keepsPicture(kept);
    const layouter = elkLayouter(root.dataset['elkWorker'] ?? '', { rest: isPlaced ? 1500 : 0 });
    // Its script compiles while the page is put together, unless it is long in coming.
    await Promise.race([layouter.begun, new Promise((done) => setTimeout(done, longest))]);
    const questions = new Questions(simulation, (message) => bridge.post(message));
    const menu: Signal<MenuRequest | undefined> = signal(undefined);
    // Beside a layout it would be in the way.
    let tried = (): void => undefined;
    const isTried = new Promise<void>((done) => {
      tried = done;
    });
    const player = new Player(isTried.then(simulation), (frames) => view.showFrames(frames));
    const view = new View(bridge, layouter, player, menu);
    effect(() => {
      if (view.isTried.value) tried();
    });

    if (kept?.tab && tabs.includes(kept.tab)) choose(kept.tab);
    bridge.listen((message) => hear(message, view, player, questions));
    effect(() => {
      // Whatever of the player is remembered, and what is looked at, is kept as soon as it changes.
      const { variant, beside, speed, scenario, chart } = player;
      const read = [variant.value, beside.value, speed.value, chart.value, scenario.value, tab.value];
      if (read.length > 0) view.save();
    });
    effect(() => {
      if (player.system.value) questions.forget();
    });
    render(<App view={view} player={player} questions={questions} menu={menu} />, root);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    root.textContent = l10n.t('The map could not start: {0}. Close it and open it again.', reason);
    bridge.post({ type: 'failed', message: reason });
  }
}

function hear(message: ToMap, view: View, player: Player, questions: Questions): void {
  switch (message.type) {
    case 'model':
      view.show(message.model);
      break;
    case 'select':
      view.select(message.element);
      break;
    case 'fixes':
      view.answer(message.elements, message.marks);
      break;
    case 'question':
      choose(message.question);
      break;
    case 'on-paper':
      questions.takeOnPaper(message.asked, message.onPaper);
      break;
    case 'play':
      player.setScenario(message.scenario);
      player.play();
      break;
  }
}

const root = document.getElementById('root');
if (root) void start(root);
