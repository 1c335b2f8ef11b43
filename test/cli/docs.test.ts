import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commands, help } from '../../src/cli/options';
import { rules } from '../../src/rules/registry';
import { severities } from '../../src/rules/rule';
import { configurationFields, readConfiguration } from '../../src/workspace/config';

const known = { rules, severities };

describe('the documentation of the command line and the configuration', () => {
  const commandLine = readFileSync('docs/command-line.md', 'utf8');
  const configuration = readFileSync('docs/configuration.md', 'utf8');

  it('names every command and every option that the help names, and no other', () => {
    for (const command of commands) assert.match(commandLine, new RegExp(`\\| \`faultline ${command}\\b`), command);
    const options = (text: string) => new Set([...text.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option));
    const told = options(help);
    told.delete('--help');
    told.delete('--version');
    assert.deepEqual(
      [...told].filter((option) => !commandLine.includes(option)),
      [],
    );
    const listed = options(commandLine.split('## Options')[1]?.split('\n## ')[0] ?? '');
    assert.deepEqual(
      [...listed].filter((option) => !told.has(option)),
      [],
    );
  });

  it('names every key of the configuration with what holds without it', () => {
    const fields = configurationFields(known);
    for (const key of Object.keys(fields)) assert.ok(configuration.includes(`\`${key}\``), key);
    const rows = new Map(
      [...configuration.matchAll(/^\| `([a-zA-Z-]+)` \|(?:.*\|)? (\S+) \|$/gm)].map(([, key = '', usual = '']) => [key, usual]),
    );
    const documented = [...(fields.availability.type.fields ?? []), ...(fields.limits.type.fields ?? [])];
    assert.deepEqual(rows, new Map(documented.map(([key, field]) => [key, field.default])));
  });

  it('has an example that is right', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(configuration) ?? [];
    const { problems, severities: set, settings } = readConfiguration('/x/faultline.config.yaml', example, known);
    assert.deepEqual(problems, []);
    assert.equal(set.get('single-zone'), 'off');
    assert.equal(settings.restoreAge, 90 * 86_400);
  });

  it('leads to pages that are there', () => {
    for (const [page, text] of [
      ['docs/command-line.md', commandLine],
      ['docs/configuration.md', configuration],
    ] as const) {
      for (const [, link = ''] of text.matchAll(/\]\(([^)#]+)\)/g)) assert.ok(existsSync(join(dirname(page), link)), `${page}: ${link}`);
    }
  });
});
