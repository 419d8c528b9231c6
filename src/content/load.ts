import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type * as z from 'zod';
import type { Content, Policy } from './content.ts';
import { ContentError, type Fault } from './fault.ts';
import { parsePolicy, splitFrontMatter } from './markdown.ts';
import {
  careSchema,
  elsewhereSchema,
  frontMatterSchema,
  guidanceSchema,
  notesSchema,
  vocabularySchema,
} from './schema/language.ts';
import { defaultSchool, schoolSchema } from './schema/school.ts';
import { shippedContent } from './shipped.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

type Guidance = z.infer<typeof guidanceSchema>;
type Notes = z.infer<typeof notesSchema>;

/** A policy with the files it came from, for checks that point at lines. */
export interface PolicySource {
  readonly policy: Policy;
  readonly files: { readonly policy: string; readonly guidance: string; readonly notes: string };
  readonly frontMatter: YamlFile<unknown>;
  readonly guidance: YamlFile<Guidance> | undefined;
  readonly notes: YamlFile<Notes> | undefined;
}

/** All that could be read, and every fault met on the way. */
export interface ReadContent {
  readonly content: Content;
  readonly sources: readonly PolicySource[];
  readonly faults: readonly Fault[];
}

/**
 * Reads a content folder. @throws ContentError, with every fault, where a file can't be used. Doubts about
 * content that can be used are for `checkContent`.
 */
export function loadContent(directory: string): Content {
  const { content, faults } = readContent(directory);
  if (faults.length > 0) throw new ContentError(faults);
  return content;
}

/** Reads a content folder and keeps every fault. Never throws for what the files hold. */
export function readContent(directory: string): ReadContent {
  const faults: Fault[] = [];
  const read = <T>(folder: string, name: string, schema: z.ZodType<T>): YamlFile<T> | undefined => {
    const path = join(folder, name);
    const text = readText(path, faults);
    if (text === undefined) return undefined;
    const file = readYaml(shown(path), text, schema);
    faults.push(...file.faults);
    return file;
  };
  /** The folder's own file, or the shipped one where the folder has none. */
  const language = <T>(name: string, schema: z.ZodType<T>): T | undefined =>
    read(existsSync(join(directory, name)) ? directory : shippedContent, name, schema)?.value;

  const school = read(directory, 'school.yaml', schoolSchema);
  const vocabulary = language('vocabulary.yaml', vocabularySchema);
  const care = language('care.yaml', careSchema);
  const elsewhere = language('elsewhere.yaml', elsewhereSchema);
  const sources = policyFolders(directory, faults).flatMap((folder) => {
    const source = readPolicy(folder, read, faults);
    return source ? [source] : [];
  });
  for (const [index, { policy, files }] of sources.entries()) {
    const twin = sources.slice(0, index).find((other) => other.policy.id === policy.id);
    if (twin)
      faults.push({
        file: files.policy,
        line: 1,
        what: `The policy id "${policy.id}" is taken by ${twin.files.policy}.`,
        todo: 'Give one of them another "id" in its front matter.',
      });
  }
  const policies = sources.map((source) => source.policy);
  const content: Content = {
    directory,
    school: school?.value ?? defaultSchool,
    vocabulary: vocabulary ?? { spellings: {}, concepts: [], headings: {} },
    care: care ?? {
      safeguarding: {},
      concern: {},
      lookalike_policy: [],
      lookalike_other: [],
      small_talk: [],
    },
    ordinary: resolve(directory) === shippedContent ? [] : shippedQuestions(policies),
    elsewhere: elsewhere ?? [],
    policies,
  };
  return { content, sources, faults };
}

/**
 * The ways of asking that the shipped policies list, those left out that the loaded ones list too: a school
 * may have begun with a copy.
 */
function shippedQuestions(loaded: readonly Policy[]): string[] {
  const questionsOf = ({ guidance, gaps }: Policy): string[] =>
    [...guidance, ...gaps].flatMap(({ phrasings }) => phrasings);
  const own = new Set(loaded.flatMap(questionsOf));
  return readContent(shippedContent)
    .content.policies.filter(
      ({ id }) => !loaded.some((policy) => policy.id === id && policy.guidance.length > 0),
    )
    .flatMap(questionsOf)
    .filter((question) => !own.has(question));
}

function policyFolders(directory: string, faults: Fault[]): string[] {
  const none = (what: string): string[] => {
    faults.push({
      file: shown(directory),
      line: 0,
      what,
      todo: 'Name a folder that holds one folder a policy, each with a policy.md.',
    });
    return [];
  };
  if (!existsSync(directory) || !statSync(directory).isDirectory()) return none('There is no such folder.');
  const folders = readdirSync(directory, { withFileTypes: true })
    .filter((each) => each.isDirectory() && existsSync(join(directory, each.name, 'policy.md')))
    .map((each) => join(directory, each.name))
    .sort();
  // A single policy's own folder is content too.
  if (folders.length === 0 && existsSync(join(directory, 'policy.md'))) return [directory];
  return folders.length > 0 ? folders : none('No policy stands in this folder.');
}

function readPolicy(
  folder: string,
  read: <T>(folder: string, name: string, schema: z.ZodType<T>) => YamlFile<T> | undefined,
  faults: Fault[],
): PolicySource | undefined {
  const path = join(folder, 'policy.md');
  const text = readText(path, faults);
  if (text === undefined) return undefined;
  const file = shown(path);
  const folderName =
    basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-') || 'policy';
  const split = splitFrontMatter(text);
  const frontMatter = readYaml(file, split.frontMatter, frontMatterSchema, 2);
  faults.push(...frontMatter.faults);
  const front = frontMatter.value ?? {};
  const id = front.id ?? folderName;
  const parsed = parsePolicy(id, split.body);
  if (parsed.clauses.length === 0)
    faults.push({
      file,
      line: 0,
      what: 'This policy has no text.',
      todo: 'Put its headings and paragraphs in.',
    });
  const guidance = read(folder, 'guidance.yaml', guidanceSchema);
  const notes = read(folder, 'notes.yaml', notesSchema);
  const policy: Policy = {
    id,
    title: front.title ?? parsed.title ?? basename(folder),
    ...(front.version !== undefined && { version: front.version }),
    ...(front.reviewed !== undefined && { reviewed: front.reviewed }),
    ...(front.review_due !== undefined && { reviewDue: front.review_due }),
    ...(front.owner !== undefined && { owner: front.owner }),
    audience: front.audience ?? [],
    sha256: createHash('sha256').update(text).digest('hex'),
    sections: parsed.sections,
    clauses: parsed.clauses,
    guidance: guidance?.value?.entries ?? [],
    gaps: guidance?.value?.gaps ?? [],
    notes: notes?.value?.notes ?? [],
  };
  const beside = (name: string): string => shown(join(folder, name));
  return {
    policy,
    files: { policy: file, guidance: beside('guidance.yaml'), notes: beside('notes.yaml') },
    frontMatter,
    guidance,
    notes,
  };
}

function readText(path: string, faults: Fault[]): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const notText = error instanceof TypeError;
    faults.push({
      file: shown(path),
      line: 0,
      what: notText
        ? 'This file is not UTF-8 text.'
        : `This file can't be read (${(error as Error).message}).`,
      todo: notText ? 'Save it again as "UTF-8".' : 'Check that it is there and that the bot may read it.',
    });
    return undefined;
  }
}

/** A path as a person at the prompt would type it. */
const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near !== '' && !near.startsWith('..') ? near : path;
};
