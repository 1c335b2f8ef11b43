import { basename, dirname, extname, join } from 'node:path';
import manifest from '../../package.json';
import type { Block } from '../language/report/blocks';
import { htmlPage } from '../language/report/html';
import { asMarkdown, titleMarkdown } from '../language/report/markdown';
import type { Outcomes } from '../language/report/outcomes';
import { aboutText, figureOf, pictureNames, reportDocument, reportSteps, reportTitle, type SystemReport } from '../language/report/report';
import { lightColours } from '../layout/drawing/colours';
import { svgDocument } from '../layout/drawing/svg';
import { finish } from '../model/steps';
import type { System } from '../model/system';
import { type ScenarioVerdict, scenarioTest } from '../simulation/scenarios';
import type { LinkedSystem } from '../workspace/linked';
import { shown } from './disk';
import type { Options } from './options';
import { drawn, viewOf } from './picture';
import { emit } from './print';
import { reportJson } from './report/json';
import { Progress } from './simulate/progress';
import { Runners } from './simulate/runners';
import { type Loaded, loadSystems } from './systems';

/** `faultline report`: all that is known of the systems, for a reviewer or to be printed. */
export async function runReport(options: Options): Promise<{ readonly text: string; readonly status: number }> {
  const loaded = loadSystems(options);
  const reports: SystemReport[] = [];
  for (const linked of loaded.systems) reports.push(await reportOn(linked, loaded, options));
  return { text: printed(reports, options), status: 0 };
}

async function reportOn(linked: LinkedSystem, loaded: Loaded, { simulate, format }: Options): Promise<SystemReport> {
  const view = viewOf(linked, loaded);
  const outcomes: Outcomes = simulate ? await outcomesOf(linked.system) : new Map();
  const report = finish(reportSteps(view, outcomes, shown));
  if (format === 'json') return report;
  const { name, graph, picture } = await drawn(view);
  // On a page the drawing takes the page's colours; in a file of its own it brings them.
  return { ...report, picture: figureOf(view, svgDocument(graph, picture, name, format === 'html' ? {} : lightColours)) };
}

async function outcomesOf(system: System): Promise<Outcomes> {
  const progress = new Progress();
  const runners = new Runners(system, { onProgress: (done, of) => progress.update(done, of) });
  try {
    const outcomes = new Map<string, ScenarioVerdict>();
    for (const scenario of system.scenarios.values()) outcomes.set(scenario.name, await runners.ask(scenarioTest(scenario)));
    return outcomes;
  } finally {
    runners.close();
    progress.clear();
  }
}

function printed(reports: readonly SystemReport[], { format, output }: Options): string {
  if (format === 'json') return JSON.stringify({ version: 1, systems: reports.map(reportJson) }, null, 2);
  const title = reportTitle(reports);
  const about = aboutText(manifest.version, new Date());
  const blocks = reportDocument(reports);
  if (format === 'html') return htmlPage(blocks, { title, about, language: 'en' });
  return markdown(title, about, blocks, output);
}

/** Pictures are files beside the one that is written; what goes to standard output has none. */
function markdown(title: string, about: string, blocks: readonly Block[], output: string | undefined): string {
  const head = titleMarkdown(title, about);
  if (output === undefined) return `${head}\n\n${asMarkdown(blocks)}`;
  const names = pictureNames(blocks, basename(output, extname(output)));
  for (const [{ svg }, name] of names) emit({ output: join(dirname(output), name) }, svg);
  return `${head}\n\n${asMarkdown(blocks, (picture) => names.get(picture))}`;
}
