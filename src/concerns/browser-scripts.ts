import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Modules that the sealing module stands on, by the names under which a browser gets them. */
const libraries: Readonly<Record<string, string>> = {
  'libsodium-wrappers-sumo': 'libsodium-wrappers.js',
  'libsodium-sumo': 'libsodium.js',
};

/**
 * The sealing module as a browser takes it: file names to JavaScript, `sealing.js` the one to import. All
 * imports are relative, so that a page needs no import map; WebAssembly has to be allowed
 * (`'wasm-unsafe-eval'`).
 */
export async function browserScripts(): Promise<ReadonlyMap<string, string>> {
  const [own, theirs] = await Promise.all([ownScripts(), libraryScripts()]);
  return new Map([...own, ...theirs]);
}

async function ownScripts(): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  const waiting = ['mod.ts'];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (sources.has(name)) continue;
    const text = await readFile(new URL(`./sealing/${name}`, import.meta.url), 'utf8');
    sources.set(name, text);
    for (const [, , , path = ''] of text.matchAll(importing))
      if (path.startsWith('./')) waiting.push(path.slice(2));
  }
  const compiled = await compile(sources);
  return new Map([...compiled].map(([name, text]) => [browserName(name), relative(text)]));
}

async function libraryScripts(): Promise<Map<string, string>> {
  const wrapper = fileURLToPath(import.meta.resolve('libsodium-wrappers-sumo'));
  const library = fileURLToPath(import.meta.resolve('libsodium-sumo'));
  const texts = await Promise.all([readFile(wrapper, 'utf8'), readFile(library, 'utf8')]);
  return new Map([
    ['libsodium-wrappers.js', relative(texts[0])],
    ['libsodium.js', texts[1]],
  ]);
}

/**
 * Takes the types out of some files: names to TypeScript in, names to JavaScript out. Node warns whoever uses
 * its own compiler; in a thread of its own that can be switched off.
 */
export async function compile(sources: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const worker = new Worker(new URL('./browser-compiler.ts', import.meta.url), {
    workerData: sources,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [compiled] = (await once(worker, 'message')) as [ReadonlyMap<string, string>];
  return compiled;
}

const importing = /((?:import|export)\b[^'";]*?from\s*)(['"])([^'"]+)\2/g;

function relative(text: string): string {
  return text.replace(importing, (_, start: string, quote: string, path: string) => {
    const name = path.startsWith('./') ? browserName(path.slice(2)) : libraries[path];
    if (name === undefined) throw new Error(`A browser has no "${path}": the sealing module stands alone.`);
    return `${start}${quote}./${name}${quote}`;
  });
}

const browserName = (name: string): string =>
  name === 'mod.ts' ? 'sealing.js' : name.replace(/\.ts$/, '.js');
