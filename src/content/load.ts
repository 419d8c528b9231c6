import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import type * as z from 'zod';
import type { Content, Policy } from './content.ts';
import { ContentError, type Fault } from './fault.ts';
import { type Findings, policyFolders, readText, shown, stands } from './files.ts';
import { beyondLimits, MOST_BYTES } from './limits.ts';
import { hasOpenFrontMatter, type ParsedPolicy, parsePolicy, splitFrontMatter } from './markdown.ts';
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
import { slug, TakenIds } from './slug.ts';
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

/** The files of a content folder's own that hold language for all its policies, where it has them. */
export interface LanguageFiles {
  readonly vocabulary: YamlFile<z.infer<typeof vocabularySchema>> | undefined;
  readonly care: YamlFile<z.infer<typeof careSchema>> | undefined;
  readonly elsewhere: YamlFile<z.infer<typeof elsewhereSchema>> | undefined;
}

/** All that could be read, and everything met on the way. */
export interface ReadContent {
  readonly content: Content;
  readonly sources: readonly PolicySource[];
  readonly own: LanguageFiles;
  /** What makes the content unusable. */
  readonly faults: readonly Fault[];
  /** What leaves it usable, and is hardly as its author meant it. */
  readonly doubts: readonly Fault[];
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

/** Reads a content folder and keeps every fault and doubt. Never throws for what stands there. */
export function readContent(directory: string): ReadContent {
  const findings: Findings = { faults: [], doubts: [] };
  const { faults, doubts } = findings;
  const read: Read = (folder, name, schema) => {
    const path = join(folder, name);
    const text = readText(path, MOST_BYTES.yaml, findings);
    if (text === undefined) return undefined;
    const file = readYaml(shown(path), text, schema);
    faults.push(...file.faults);
    return file;
  };
  /** The folder's own file, and what it says: the shipped one's words where the folder has none. */
  const language = <T>(name: string, schema: z.ZodType<T>) => {
    const has = stands(join(directory, name));
    const file = read(has ? directory : shippedContent, name, schema);
    return { own: has ? file : undefined, value: file?.value };
  };

  const school = read(directory, 'school.yaml', schoolSchema);
  const vocabulary = language('vocabulary.yaml', vocabularySchema);
  const care = language('care.yaml', careSchema);
  const elsewhere = language('elsewhere.yaml', elsewhereSchema);
  const folderIds = new TakenIds();
  const sources = policyFolders(directory, findings).flatMap((folder) => {
    const source = readPolicy(folder, folderIds, read, findings);
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
    vocabulary: vocabulary.value ?? { spellings: {}, concepts: [], headings: {} },
    care: care.value ?? {
      safeguarding: {},
      concern: {},
      lookalike_policy: [],
      lookalike_other: [],
      small_talk: [],
    },
    ordinary: resolve(directory) === shippedContent ? [] : shippedQuestions(policies),
    elsewhere: elsewhere.value ?? [],
    policies,
  };
  const own = { vocabulary: vocabulary.own, care: care.own, elsewhere: elsewhere.own };
  return { content, sources, own, faults, doubts };
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

type Read = <T>(folder: string, name: string, schema: z.ZodType<T>) => YamlFile<T> | undefined;

function readPolicy(
  folder: string,
  folderIds: TakenIds,
  read: Read,
  findings: Findings,
): PolicySource | undefined {
  const { faults, doubts } = findings;
  const path = join(folder, 'policy.md');
  const text = readText(path, MOST_BYTES.policy, findings);
  if (text === undefined) return undefined;
  const file = shown(path);
  const folderName = basename(resolve(folder));
  const split = splitFrontMatter(text);
  if (split.frontMatter === '' && hasOpenFrontMatter(split.body))
    doubts.push({
      file,
      line: 1,
      what: 'The lines at the top are not closed, so they are read as text of the policy.',
      todo: 'Put a line with --- and nothing else after them.',
    });
  const frontMatter = readYaml(file, split.frontMatter, frontMatterSchema, 2);
  faults.push(...frontMatter.faults);
  const front = frontMatter.value ?? frontMatterSchema.parse({});
  const id = front.id ?? folderIds.take(slug(folderName, 'policy'));
  const parsed = parse(id, split.body, file, findings);
  if (!parsed) return undefined;
  const guidance = read(folder, 'guidance.yaml', guidanceSchema);
  const notes = read(folder, 'notes.yaml', notesSchema);
  const policy: Policy = {
    id,
    title: front.title ?? parsed.title ?? folderName,
    ...(front.version !== undefined && { version: front.version }),
    ...(front.reviewed !== undefined && { reviewed: front.reviewed }),
    ...(front.review_due !== undefined && { reviewDue: front.review_due }),
    ...(front.owner !== undefined && { owner: front.owner }),
    audience: front.audience ?? [],
    change: front.change,
    ...(front.acknowledgement !== undefined && { acknowledgement: front.acknowledgement }),
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

/** The policy taken apart; undefined, with a fault, where its text is more than can be read. */
function parse(
  id: string,
  body: string,
  file: string,
  { faults, doubts }: Findings,
): ParsedPolicy | undefined {
  const beyond = beyondLimits(body);
  if (beyond) {
    faults.push({ file, ...beyond });
    return undefined;
  }
  try {
    const parsed = parsePolicy(id, body);
    doubts.push(...parsed.doubts.map((doubt) => ({ file, ...doubt })));
    if (parsed.clauses.length === 0)
      faults.push({
        file,
        line: 0,
        what: 'This policy has no text.',
        todo: 'Put its headings and paragraphs in.',
      });
    return parsed;
  } catch (error) {
    // Brackets or stars within each other by the thousand.
    faults.push({
      file,
      line: 0,
      what: `This policy can't be taken apart (${(error as Error).message}).`,
      todo: 'Look for characters that came in by accident, and take them out.',
    });
    return undefined;
  }
}
