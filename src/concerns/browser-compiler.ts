import { stripTypeScriptTypes } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

/** Takes the types out of some files: names to TypeScript in, names to JavaScript out. */
const files = workerData as ReadonlyMap<string, string>;
parentPort?.postMessage(new Map([...files].map(([name, text]) => [name, stripTypeScriptTypes(text)])));
