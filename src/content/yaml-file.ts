import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml';
import type * as z from 'zod';
import type { Fault } from './fault.ts';

/** A YAML file read against a schema. Lines can be asked for by path, so that a later check can point at them. */
export interface YamlFile<T> {
  /** Its path as shown to people. */
  readonly file: string;
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
      file,
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
  let json: unknown;
  try {
    json = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { file, value: undefined, lineOf, faults: [aliasFault(document, file, lineAt, error as Error)] };
  }
  const read = schema.safeParse(json ?? {});
  if (read.success) return { file, value: read.data, faults: [], lineOf };
  return {
    file,
    value: undefined,
    lineOf,
    faults: read.error.issues.flatMap((issue) => issueFaults(issue, file, lineOf)),
  };
}

/** YAML that parses and yet makes no value: an alias (`*name`) without its anchor, or aliases of aliases. */
function aliasFault(
  document: Document.Parsed,
  file: string,
  lineAt: (offset: number) => number,
  error: Error,
): Fault {
  let first: number | undefined;
  let unknown: { readonly name: string; readonly offset: number } | undefined;
  visit(document, {
    Alias(_, alias) {
      const offset = alias.range?.[0] ?? 0;
      first ??= offset;
      if (alias.resolve(document)) return undefined;
      unknown = { name: alias.source, offset };
      return visit.BREAK;
    },
  });
  if (unknown)
    return {
      file,
      line: lineAt(unknown.offset),
      what: `"*${unknown.name}" stands for something marked "&${unknown.name}" above, and there is none.`,
      todo: 'Put the text in quotes if it is meant to begin with "*".',
    };
  return {
    file,
    line: lineAt(first ?? 0),
    what: `This can't be read: ${error.message.slice(0, ROOM)}.`,
    todo: 'Write out what "*" stands for instead.',
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
