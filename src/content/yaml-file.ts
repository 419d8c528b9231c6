import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
} from 'yaml';
import type * as z from 'zod';
import type { Fault } from './fault.ts';

/** A YAML file read against a schema. Lines can be asked for by path, so that a later check can point at them. */
export interface YamlFile<T> {
  readonly value: T | undefined;
  readonly faults: readonly Fault[];
  /** 1-based line of the value at a path such as `['entries', 3, 'clauses', 0]`, or of the nearest thing above it. */
  lineOf(path: readonly PropertyKey[]): number;
}

const ROOM = 140;

/**
 * Reads YAML and checks it. Never throws for what the text holds: every fault comes back with its line.
 * `firstLine` is where the text begins in its file.
 */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>, firstLine = 1): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line) + firstLine - 1;
  if (document.errors.length > 0) {
    return {
      value: undefined,
      lineOf: () => firstLine,
      faults: document.errors.map((error) => ({
        file,
        line: lineAt(error.pos[0]),
        what: `This is not YAML: ${error.message.split('\n')[0]!.slice(0, ROOM)}`,
        todo: 'Look at this line and the one above: indentation, a missing colon, or a quote that is not closed.',
      })),
    };
  }
  const lineOf = (path: readonly PropertyKey[]): number => lineAt(offsetOf(document.contents, path));
  const json: unknown = document.toJS({ maxAliasCount: 100 });
  const read = schema.safeParse(json ?? {});
  if (read.success) return { value: read.data, faults: [], lineOf };
  return {
    value: undefined,
    lineOf,
    faults: read.error.issues.flatMap((issue) => issueFaults(issue, file, lineOf)),
  };
}

function issueFaults(
  issue: z.core.$ZodIssue,
  file: string,
  lineOf: (path: readonly PropertyKey[]) => number,
): Fault[] {
  const where = issue.path.length > 0 ? `"${issue.path.map(String).join('.')}"` : 'The file';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file,
      line: lineOf([...issue.path, key]),
      what: `"${key}" is not a key that belongs here.`,
      todo: 'Check its spelling and indentation, or take it out.',
    }));
  }
  return [
    {
      file,
      line: lineOf(issue.path),
      what: `${where}: ${issue.message.slice(0, 2 * ROOM)}${/[.!?]$/.test(issue.message) ? '' : '.'}`,
      todo:
        issue.code === 'invalid_type'
          ? 'Fill it in, or take the whole entry out.'
          : 'Put it right and check again.',
    },
  ];
}

function offsetOf(root: ParsedNode | null, path: readonly PropertyKey[]): number {
  let node: Node | null = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node)) {
      node = (node.items[Number(step)] as Node | undefined) ?? null;
      offset = node?.range?.[0] ?? offset;
    } else break;
    if (isAlias(node) || node === null) break;
  }
  return offset;
}
