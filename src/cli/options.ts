import { parseArgs } from 'node:util';

/** Thrown for a command line that cannot be carried out; its message is one line for the user, the exit status 2. */
export class UsageError extends Error {}

export const commands = ['check', 'availability', 'simulate', 'fix', 'graph', 'report', 'verify', 'rules'] as const;
export type Command = (typeof commands)[number];

/** What each command can print its result as; the first where nothing is said. */
const formats = {
  check: ['text', 'json', 'sarif', 'junit', 'github', 'markdown'],
  availability: ['text', 'json', 'markdown'],
  simulate: ['text', 'json', 'markdown'],
  fix: ['text', 'json'],
  graph: ['svg', 'json'],
  report: ['markdown', 'html', 'json'],
  verify: ['text', 'json', 'markdown'],
  rules: ['text', 'json'],
} as const satisfies Record<Command, readonly string[]>;
export type Format = (typeof formats)[Command][number];

export interface Options {
  readonly command: Command;
  readonly paths: readonly string[];
  readonly format: Format;
  readonly output?: string;
  readonly system?: string;
  /** The configuration to use instead of the nearest one. */
  readonly config?: string;
  readonly suppressions: boolean;
  readonly color: 'auto' | 'always' | 'never';
  readonly failOn: 'error' | 'warning' | 'info' | 'hint';
  /** Fix: only these; all where there are none. */
  readonly rules: readonly string[];
  readonly dryRun: boolean;
  readonly unsafe: boolean;
  readonly scenario?: string;
  readonly variant?: 'written' | 'bare' | 'protected';
  readonly seed?: number;
  readonly runs: number;
  /** As written: `30s`. */
  readonly duration?: string;
  /** As written: `NAME@10s..40s`. */
  readonly kill: readonly string[];
  readonly gameDay: boolean;
  /** What is out: `NAME`, `zone NAME` and so on. */
  readonly tippingPoint?: string;
  /** As written: `30s`. */
  readonly outage?: string;
  /** Graph: the colours. */
  readonly theme: 'light' | 'dark';
  /** Graph: a card a component, or one for its replicas in each zone. */
  readonly view: 'logical' | 'deployment';
  /** Report: run the scenarios too. */
  readonly simulate: boolean;
}

const options = {
  format: { type: 'string' },
  output: { type: 'string' },
  system: { type: 'string' },
  config: { type: 'string' },
  'no-suppressions': { type: 'boolean', default: false },
  color: { type: 'string', default: 'auto' },
  'fail-on': { type: 'string', default: 'error' },
  rule: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean', default: false },
  unsafe: { type: 'boolean', default: false },
  scenario: { type: 'string' },
  variant: { type: 'string' },
  seed: { type: 'string' },
  runs: { type: 'string', default: '1' },
  duration: { type: 'string' },
  kill: { type: 'string', multiple: true },
  'game-day': { type: 'boolean', default: false },
  'tipping-point': { type: 'string' },
  outage: { type: 'string' },
  theme: { type: 'string', default: 'light' },
  view: { type: 'string', default: 'logical' },
  simulate: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** Reads the arguments behind the program's name. `help` and `version` come back as themselves. */
export function readOptions(args: readonly string[]): Options | 'help' | 'version' {
  const { values, positionals } = parse(args);
  if (values.version) return 'version';
  const [command, ...paths] = positionals;
  if (values.help || command === undefined || command === 'help') return 'help';
  const asked = oneOf('command', command, commands);
  return {
    command: asked,
    paths: paths.length > 0 ? paths : ['.'],
    format: oneOf<Format>('--format', values.format ?? usualFormat(asked, values.output), formats[asked]),
    ...(values.output === undefined ? {} : { output: values.output }),
    ...(values.config === undefined ? {} : { config: values.config }),
    ...(values.system === undefined ? {} : { system: values.system }),
    suppressions: !values['no-suppressions'],
    color: oneOf('--color', values.color, ['auto', 'always', 'never']),
    failOn: oneOf('--fail-on', values['fail-on'], ['error', 'warning', 'info', 'hint']),
    rules: values.rule ?? [],
    dryRun: values['dry-run'],
    unsafe: values.unsafe,
    ...(values.scenario === undefined ? {} : { scenario: values.scenario }),
    ...(values.variant === undefined ? {} : { variant: oneOf('--variant', values.variant, ['written', 'bare', 'protected']) }),
    ...(values.seed === undefined ? {} : { seed: whole('--seed', values.seed, 0) }),
    runs: whole('--runs', values.runs, 1),
    ...(values.duration === undefined ? {} : { duration: values.duration }),
    kill: values.kill ?? [],
    gameDay: values['game-day'],
    ...(values['tipping-point'] === undefined ? {} : { tippingPoint: values['tipping-point'] }),
    ...(values.outage === undefined ? {} : { outage: values.outage }),
    theme: oneOf('--theme', values.theme, ['light', 'dark']),
    view: oneOf('--view', values.view, ['logical', 'deployment']),
    simulate: values.simulate,
  };
}

/** The first that a command has; a report's file says by its name what it is. */
function usualFormat(command: Command, output = ''): Format {
  const [, ending] = /\.(html?|json)$/i.exec(output) ?? [];
  if (command !== 'report' || ending === undefined) return formats[command][0];
  return ending.toLowerCase() === 'json' ? 'json' : 'html';
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((other) => other === value);
  if (found === undefined) throw new UsageError(`${name} ${value}: expected ${allowed.join(', ')}`);
  return found;
}

function whole(name: string, value: string, least: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > 2 ** 31) {
    throw new UsageError(`${name} ${value}: expected a whole number from ${least}`);
  }
  return number;
}

export const help = `faultline: reviews an architecture for reliability

  faultline check [paths…]          findings of all systems under the paths (default .)
  faultline availability [paths…]   the journeys' figures, what they rest on, and what to do first
  faultline simulate [paths…]       runs scenarios and their expect lines
  faultline fix [paths…]            applies safe fixes in place
  faultline graph [paths…]          the system as a picture
  faultline report [paths…]         all of it for a reviewer: pictures, figures, findings, what is assumed
  faultline verify                  the simulation against theory, on this machine
  faultline rules                   the rules and their severities
  faultline lsp                     the same for other editors: a language server on standard input and output

Options
  --format text|json     how to print (text); check: sarif, junit, github and markdown too;
                         availability, simulate, verify: markdown too; graph: svg or json;
                         report: markdown, html or json (by the name of --output, else markdown)
  --output FILE          print into a file
  --system NAME          only this system
  --config FILE          this configuration instead of the nearest faultline.config.yaml
  --no-suppressions      report what faultline-ignore comments silence, too
  --fail-on SEVERITY     check: exit status 1 from this severity on (error)
  --color auto|always|never
  --rule NAME            fix: only findings of this rule; may be given several times
  --dry-run              fix: print a unified diff and write nothing
  --unsafe               fix: the first fix of every finding, not only safe ones
  --scenario NAME        simulate: only this scenario
  --variant written|bare|protected
  --seed N, --runs N     simulate: the first seed, and how many; verify: how many times as many
  --duration 60s         simulate: how long
  --kill NAME@10s..40s   simulate: a scenario made up on the spot
  --game-day             simulate: kill everything once, and say what becomes of each journey
  --tipping-point NAME   simulate: up to which load an outage of NAME is survived
  --outage 30s           simulate: how long an outage of the two above lasts
  --theme light|dark     graph: the colours
  --view logical|deployment
                         graph: a card a component, or one for its replicas in each zone
  --simulate             report: run the scenarios too
  --version, --help

Exit status: 0 all well, 1 findings or failed expectations, 2 could not run.
`;
