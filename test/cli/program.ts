// The built program in a folder of its own, with the rules' pages beside it as in the checkout.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export class Program {
  readonly #home = realpathSync(mkdtempSync(join(tmpdir(), 'faultline-cli-')));
  readonly folder = join(this.#home, 'work');

  constructor() {
    buildSync({
      entryPoints: ['src/cli/main.ts'],
      outfile: this.path,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      nodePaths: [resolve('node_modules')],
    });
    cpSync('docs/rules', join(this.#home, 'docs/rules'), { recursive: true });
    mkdirSync(this.folder);
  }

  /** The program itself, for whoever runs it in another way. */
  get path(): string {
    return join(this.#home, 'dist/cli.js');
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** Empties the folder and writes these files. */
  files(files: Readonly<Record<string, string | Uint8Array>>): void {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  run(...args: readonly string[]): Ran {
    return this.runIn('.', ...args);
  }

  runIn(folder: string, ...args: readonly string[]): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.path, ...args], {
      cwd: join(this.folder, folder),
      encoding: 'utf8',
    });
    return { status, out: stdout, err: stderr };
  }
}
