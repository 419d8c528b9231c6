import { once } from 'node:events';
import * as z from 'zod';
import { createAnswerer } from '../answers/answerer.ts';
import { replyCard } from '../answers/card.ts';
import { replyLine } from '../answers/line.ts';
import { prepare } from '../answers/prepare.ts';
import type { Answerer } from '../answers/reply.ts';
import { readEnvironment, readSettings } from '../config.ts';
import { createCalendar } from '../school/calendar.ts';
import { systemClock } from '../school/clock.ts';
import { createPeople } from '../school/people.ts';
import { readFlags } from './flags.ts';
import { linesOf } from './lines.ts';
import { type Command, type Output, type Shell, screenOf, UsageError } from './shell.ts';

const usage = `Usage: npm run -s ask -- "question"            prints the answer as a person would see it
       npm run -s ask -- --json "question"     prints it as one line of JSON
       npm run -s ask -- --jsonl < questions   reads lines of {"id":"1","q":"question"} and prints one
                                               line of JSON for each
  --content DIR   answers from another folder of policies`;

const options = {
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  content: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Answers one question, or a stream of them. Exit code 1 where a line of the stream could not be read. */
export const command: Command = async (given, shell) => {
  const { values, positionals } = readFlags(given, options, usage);
  if (values.help) {
    shell.output.write(`${usage}\n`);
    return 0;
  }
  const question = positionals.join(' ');
  if (values.jsonl && (values.json || question !== ''))
    throw new UsageError('--jsonl reads its questions from standard input, and goes alone.', usage);
  if (!values.jsonl && positionals.length === 0) throw new UsageError('What is the question?', usage);

  const settings = readSettings({
    ...readEnvironment(process.cwd(), shell.environment),
    ...(values.content !== undefined && { CONTENT_DIR: values.content }),
  });
  const { content, learnt } = await prepare(settings.contentDir);
  const answerer = createAnswerer(content, learnt);
  if (values.jsonl) return answerLines(answerer, shell.input, shell.output);

  const reply = answerer.answer(question);
  if (values.json) {
    shell.output.write(`${JSON.stringify(replyLine(null, reply))}\n`);
    return 0;
  }
  const today = createCalendar(content.school).dayOf(systemClock.now());
  const people = createPeople(content.school, []);
  const holders = (role: string) => people.holders(role, today);
  const draw = await shell.cardDrawer();
  shell.output.write(
    `${draw(replyCard(reply, { content, today, holders }), screenOf(shell.output, shell.environment))}\n`,
  );
  return 0;
};

const questionLine = z.object({
  id: z.union([z.string(), z.number()], { error: 'needs an "id" that is text or a number' }),
  q: z.string({ error: 'needs a "q" that is text' }),
});

/** Each line is a question of its own: none follows up on the one before. Lines that are empty are passed over. */
async function answerLines(answerer: Answerer, input: Shell['input'], output: Output): Promise<number> {
  let broken = 0;
  let number = 0;
  for await (const line of linesOf(input)) {
    number++;
    if (line.trim() === '') continue;
    const read = readQuestion(line);
    if ('error' in read) broken++;
    const reply = 'error' in read ? { line: number, ...read } : replyLine(read.id, answerer.answer(read.q));
    if (!output.write(`${JSON.stringify(reply)}\n`)) await once(output, 'drain');
  }
  return broken > 0 ? 1 : 0;
}

function readQuestion(line: string): z.infer<typeof questionLine> | { readonly error: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { error: 'This is not JSON. Write one object on one line: {"id":"1","q":"question"}' };
  }
  const read = questionLine.safeParse(json);
  if (read.success) return read.data;
  const what = [
    ...new Set(
      read.error.issues.map(({ message, path }) => (path.length > 0 ? message : 'must be an object')),
    ),
  ];
  return { error: `This line ${what.join(' and ')}, such as {"id":"1","q":"question"}` };
}
