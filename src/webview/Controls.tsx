import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Variant, variants } from '../model/scenario';
import { chartColours, SuccessChart } from './chart';
import { Icon } from './Icon';
import { type Player, speeds } from './player';
import './simulator.css';
import 'uplot/dist/uPlot.min.css';

const variantNames: Readonly<Record<Variant, string>> = { written: 'As written', bare: 'Bare', protected: 'Protected' };
const variantHints: Readonly<Record<Variant, string>> = {
  written: 'The policies that the files state',
  bare: 'Every timeout, retry, breaker, bulkhead and fallback taken away',
  protected: 'Timeout, retry and breaker on every call, as the quick fixes would write them',
};

/** The simulator under the map: time controls, the protection switch, success over time and what happens in words. */
export function Controls({ player }: { readonly player: Player }) {
  return (
    <section class="simulator" aria-label="Simulation">
      <Bar player={player} />
      {player.refusal.value !== undefined ? (
        <p class="refusal" role="status">
          {player.refusal.value}
        </p>
      ) : (
        <div class="panels">
          <Chart player={player} />
          <Log player={player} />
        </div>
      )}
    </section>
  );
}

function Bar({ player }: { readonly player: Player }) {
  const playing = player.playing.value;
  return (
    <div class="bar" role="toolbar" aria-label="Time and protection">
      <button
        type="button"
        class="primary"
        onClick={() => player.toggle()}
        title={playing ? 'Pause' : 'Play'}
        aria-label={playing ? 'Pause' : 'Play'}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <button type="button" onClick={() => player.restart()} title="Start again with the same traffic" aria-label="Restart">
        <Icon name="restart" />
      </button>
      <button type="button" onClick={() => player.seek(player.time.value - 10)} title="Ten seconds back" aria-label="Ten seconds back">
        −10 s
      </button>
      <Clock player={player} />
      <label class="field">
        <span>Speed</span>
        <select
          aria-label="Speed"
          value={String(player.speed.value)}
          onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}
        >
          {speeds.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed}×
            </option>
          ))}
        </select>
      </label>
      <div class="segments" role="radiogroup" aria-label="Protection">
        {variants.map((variant) => (
          <label key={variant} title={variantHints[variant]} class={player.variant.value === variant ? 'segment chosen' : 'segment'}>
            <input
              type="radio"
              name="variant"
              value={variant}
              checked={player.variant.value === variant}
              onChange={() => player.setVariant(variant)}
            />
            {variantNames[variant]}
          </label>
        ))}
      </div>
      <label class="field">
        <span>Play</span>
        <select
          aria-label="Scenario"
          value={player.scenario.value ?? ''}
          onChange={(event) => player.setScenario(event.currentTarget.value || undefined)}
        >
          <option value="">free play</option>
          {player.scenarios.value.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Clock({ player }: { readonly player: Player }) {
  const time = player.time.value;
  const minutes = Math.floor(time / 60);
  const text = `${minutes}:${(time - minutes * 60).toFixed(1).padStart(4, '0')}`;
  return (
    <output class="clock" aria-label="Simulated time">
      {text}
      {player.ended.value ? ' · end' : ''}
    </output>
  );
}

function Chart({ player }: { readonly player: Player }) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<SuccessChart | undefined>(undefined);
  useEffect(() => {
    if (!host.current) return undefined;
    const made = new SuccessChart(host.current);
    chart.current = made;
    made.show(player.journeys.peek(), player.spans.peek(), player.time.peek());
    const themes = new MutationObserver(() => made.recolour());
    themes.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind'] });
    const sizes = new ResizeObserver(() => made.show(player.journeys.peek(), player.spans.peek(), player.time.peek()));
    sizes.observe(host.current);
    return () => {
      themes.disconnect();
      sizes.disconnect();
      made.dispose();
    };
  }, [player]);
  useSignalEffect(() => {
    const { value: journeys } = player.journeys;
    const { value: spans } = player.spans;
    chart.current?.show(journeys, spans, player.time.value);
  });
  return (
    <figure class="chart" aria-label="Requests that succeed, by journey">
      <figcaption>
        <span>Success</span>
        <Legend player={player} />
      </figcaption>
      <div class="plot" ref={host} />
    </figure>
  );
}

function Legend({ player }: { readonly player: Player }) {
  const time = player.time.value;
  return (
    <>
      {[...player.journeys.value].slice(0, chartColours.length).map(([name, seconds], i) => {
        const last = seconds[Math.floor(time) - 1];
        const share = last && last.offered > 0 ? `${Math.round(((last.succeeded + last.degraded) / last.offered) * 100)}%` : '–';
        return (
          <span key={name} class={`key key-${i}`}>
            <i aria-hidden="true" />
            {name} <b>{share}</b>
          </span>
        );
      })}
    </>
  );
}

function Log({ player }: { readonly player: Player }) {
  const list = useRef<HTMLDivElement>(null);
  const lines = player.log.value;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines]);
  return (
    <div class="log" ref={list} aria-label="What happens" aria-live="polite" role="log">
      {lines.length === 0 ? (
        <p class="hint">Press play, then open a component's menu (right click, or Shift+F10) and kill it.</p>
      ) : (
        <ol>
          {lines.map(({ at, text }, i) => (
            <li key={`${at}:${i}`}>
              <time>{at.toFixed(1)} s</time> <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
