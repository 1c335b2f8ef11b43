import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import type { Question } from '../layout/protocol';
import { variants } from '../model/scenario';
import { Icon } from './Icon';
import { type Player, speeds } from './player';
import type { Questions } from './questions/questions';
import { Chart, Log } from './Run';
import { Segments } from './Segments';
import { type Tab, tab, tabs } from './tab';
import type { View } from './view';
import { variantHint, variantText } from './words';
import './simulator.css';
import 'uplot/dist/uPlot.min.css';

interface ControlsProps {
  readonly view: View;
  readonly player: Player;
  readonly questions: Questions;
}

/** The questions, once somebody has looked at one; or why they are not there, in words. */
const pages = signal<typeof import('./questions/pages') | string | undefined>(undefined);

export function choose(name: Tab): void {
  tab.value = name;
  if (name === 'run' || typeof pages.value === 'object') return;
  import('./questions/pages').then(
    (loaded) => {
      pages.value = loaded;
    },
    (error: unknown) => {
      pages.value = error instanceof Error ? error.message : String(error);
    },
  );
}

/** The simulator under the map: time controls, the protection switch, and what a run or many of them show. */
export function Controls({ view, player, questions }: ControlsProps) {
  const chosen = tab.value;
  const beside = player.beside.value;
  return (
    <section class="simulator" aria-label={l10n.t('Simulation')}>
      <Bar view={view} player={player} />
      <Tabs />
      <div role="tabpanel" id="panel" aria-labelledby={`tab-${chosen}`}>
        {player.refusal.value !== undefined && chosen === 'run' && (
          <p class="refusal" role="status">
            {player.refusal.value}
          </p>
        )}
        {/* What happens is said whatever is looked at. */}
        <div class={chosen !== 'run' || player.refusal.value !== undefined ? 'unseen' : beside ? 'panels two' : 'panels'}>
          {chosen === 'run' && <Chart player={player} track={player.left} variant={beside && player.variant.value} />}
          {chosen === 'run' && beside && <Chart player={player} track={player.right} variant={beside} />}
          <Log player={player} />
        </div>
        {chosen !== 'run' && <Page name={chosen} player={player} questions={questions} />}
      </div>
    </section>
  );
}

interface PageProps {
  readonly name: Question;
  readonly player: Player;
  readonly questions: Questions;
}

function Page({ name, player, questions }: PageProps) {
  const loaded = pages.value;
  if (typeof loaded !== 'object')
    return (
      <p class="refusal" role="status">
        {loaded === undefined ? '' : l10n.t('This could not be loaded: {0}', loaded)}
      </p>
    );
  const { Compare, GameDay, Tipping } = loaded;
  switch (name) {
    case 'game-day':
      return <GameDay player={player} questions={questions} />;
    case 'compare':
      return <Compare player={player} questions={questions} />;
    case 'tipping':
      return <Tipping player={player} questions={questions} />;
  }
}

function tabText(name: Tab): string {
  switch (name) {
    case 'run':
      return l10n.t('Run');
    case 'game-day':
      return l10n.t('Game day');
    case 'compare':
      return l10n.t('Compare');
    case 'tipping':
      return l10n.t('Tipping point');
  }
}

function Tabs() {
  const key = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    choose(tabs[(tabs.indexOf(tab.value) + step + tabs.length) % tabs.length] ?? 'run');
    document.getElementById(`tab-${tab.value}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={l10n.t('What the simulation shows')} onKeyDown={key}>
      {tabs.map((name) => (
        <button
          type="button"
          role="tab"
          key={name}
          id={`tab-${name}`}
          aria-selected={tab.value === name}
          aria-controls="panel"
          tabIndex={tab.value === name ? 0 : -1}
          onClick={() => choose(name)}
        >
          {tabText(name)}
        </button>
      ))}
    </div>
  );
}

function Bar({ view, player }: { readonly view: View; readonly player: Player }) {
  const play = player.playing.value ? l10n.t('Pause') : l10n.t('Play');
  return (
    <div class="bar" role="toolbar" aria-label={l10n.t('Time and protection')}>
      <TimeKey player={player} label={play} hint={play} isMain onPress={() => player.toggle()}>
        <Icon name={player.playing.value ? 'pause' : 'play'} />
      </TimeKey>
      <TimeKey
        player={player}
        label={l10n.t('Restart')}
        hint={l10n.t('Start again with the same traffic')}
        onPress={() => player.restart()}
      >
        <Icon name="restart" />
      </TimeKey>
      <TimeKey
        player={player}
        label={l10n.t('−{0} s: ten seconds back', 10)}
        hint={l10n.t('Ten seconds back')}
        onPress={() => player.seek(player.time.value - 10)}
      >
        {l10n.t('−{0} s', 10)}
      </TimeKey>
      <Clock player={player} />
      <label class="field">
        <span>{l10n.t('Speed')}</span>
        <select
          aria-label={l10n.t('Speed')}
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
      <Protection player={player} />
      <Beside player={player} />
      <Scenarios player={player} />
      {player.actions.value.length > 0 && (
        <button type="button" onClick={() => view.saveScenario()} title={l10n.t('Write what was done by hand into the text')}>
          <Icon name="save" /> {l10n.t('Save as scenario')}
        </button>
      )}
    </div>
  );
}

interface TimeKeyProps {
  readonly player: Player;
  readonly label: string;
  readonly hint: string;
  readonly isMain?: true;
  readonly children: ComponentChildren;
  onPress(): void;
}

/** What moves the time of a run. Where nothing can be simulated it does nothing and says why; the focus still comes there. */
function TimeKey({ player, label, hint, isMain, children, onPress }: TimeKeyProps) {
  const refusal = player.refusal.value;
  return (
    <button
      type="button"
      class={isMain ? 'primary' : undefined}
      title={refusal ?? hint}
      aria-label={label}
      aria-disabled={refusal !== undefined}
      onClick={() => {
        if (refusal === undefined) onPress();
      }}
    >
      {children}
    </button>
  );
}

function Protection({ player }: { readonly player: Player }) {
  return (
    <Segments
      label={l10n.t('Protection')}
      name="variant"
      choices={variants.map((value) => ({ value, text: variantText(value), hint: variantHint(value) }))}
      chosen={player.variant.value}
      onChoose={(variant) => player.setVariant(variant)}
    />
  );
}

/** A second map with another variant. */
function Beside({ player }: { readonly player: Player }) {
  const others = variants.filter((variant) => variant !== player.variant.value);
  return (
    <label class="field">
      <span>{l10n.t('Beside it')}</span>
      <select
        aria-label={l10n.t('What is played beside it')}
        value={player.beside.value ?? ''}
        onChange={(event) => player.setBeside(others.find((variant) => variant === event.currentTarget.value))}
      >
        <option value="">{l10n.t('nothing')}</option>
        {others.map((variant) => (
          <option key={variant} value={variant}>
            {variantText(variant)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Scenarios({ player }: { readonly player: Player }) {
  return (
    <label class="field">
      <span>{l10n.t('Play')}</span>
      <select
        aria-label={l10n.t('Scenario')}
        value={player.scenario.value ?? ''}
        onChange={(event) => player.setScenario(event.currentTarget.value || undefined)}
      >
        <option value="">{l10n.t('free play')}</option>
        {player.scenarios.value.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Clock({ player }: { readonly player: Player }) {
  const time = player.time.value;
  const minutes = Math.floor(time / 60);
  const text = `${minutes}:${(time - minutes * 60).toFixed(1).padStart(4, '0')}`;
  // Not spoken at every tick: it is read when somebody wants to know.
  return (
    <output class="clock" aria-live="off" aria-label={l10n.t('Simulated time')}>
      {player.ended.value ? l10n.t('{0} · end', text) : text}
    </output>
  );
}
