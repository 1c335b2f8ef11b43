import { effect, type Signal, signal } from '@preact/signals';
import { render } from 'preact';
import { drawingStyle } from '../layout/drawing/style';
import type { ToMap } from '../layout/protocol';
import { App } from './App';
import { Bridge, startWorker } from './bridge';
import { elkLayouter } from './layouter';
import type { MenuRequest } from './NodeMenu';
import { Player } from './player';
import { View } from './view';
import './map.css';

/** Puts the page together. What cannot be loaded is said on the page and to the shell. */
async function start(root: HTMLElement): Promise<void> {
  const bridge = new Bridge();
  try {
    const style = new CSSStyleSheet();
    style.replaceSync(drawingStyle);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];

    const worker = await startWorker(root.dataset['simulationWorker'] ?? '');
    const menu: Signal<MenuRequest | undefined> = signal(undefined);
    const player = new Player(worker, (frame) => {
      view.live.show(frame);
      view.flow.show(frame);
    });
    const view = new View(bridge, elkLayouter(root.dataset['elkWorker'] ?? ''), player, menu);

    bridge.listen((message) => hear(message, view, player));
    effect(() => {
      // Whatever of the player is remembered, is kept as soon as it changes.
      const { variant, speed, scenario } = player;
      if (variant.value && speed.value && scenario.value !== '') view.save();
    });
    render(<App view={view} player={player} menu={menu} />, root);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    root.textContent = `The map could not start: ${reason}. Close it and open it again.`;
    bridge.post({ type: 'failed', message: reason });
  }
}

function hear(message: ToMap, view: View, player: Player): void {
  switch (message.type) {
    case 'model':
      view.show(message.model);
      break;
    case 'select':
      view.stage.select(message.element, true);
      break;
    case 'play':
      player.setScenario(message.scenario);
      player.play();
      break;
  }
}

const root = document.getElementById('root');
if (root) void start(root);
