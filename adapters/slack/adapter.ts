import type { App } from '@slack/bolt';
import type {
  Adapter,
  AdapterFactory,
  AdapterPorts,
  Bot,
  Card,
  MessageRef,
  Outcome,
  PlatformPerson,
  SendOptions,
} from '../../src/chat/mod.ts';
import { Calls } from './calls.ts';
import { Connection } from './connect.ts';
import { DirectChats } from './direct-chats.ts';
import { Door } from './door.ts';
import { Homes } from './home.ts';
import { realTime, type SlackOptions, type Time } from './options.ts';
import { type Member, PeopleList } from './people.ts';
import { Messages } from './post.ts';
import { receive } from './receive.ts';
import { Screen } from './screen.ts';
import { Sender } from './send.ts';
import { Troubles } from './troubles.ts';
import { Turns } from './turns.ts';
import { Underway } from './underway.ts';
import { ownWorkspace } from './workspace.ts';

const name = 'slack';

/** Slack as a chat platform: one workspace that the app is installed in. */
export function createSlack(options: SlackOptions, time: Time = realTime): AdapterFactory {
  return { name, create: (ports) => new SlackAdapter(options, ports, time) };
}

class SlackAdapter implements Adapter {
  readonly name = name;
  readonly #ports: AdapterPorts;
  readonly #time: Time;
  readonly #closing = new AbortController();
  readonly #troubles: Troubles;
  readonly #underway: Underway;
  readonly #calls: Calls;
  readonly #messages: Messages;
  readonly #chats: DirectChats;
  readonly #sender: Sender;
  readonly #people: PeopleList;
  readonly #connection: Connection;
  #announcing = false;

  constructor(options: SlackOptions, ports: AdapterPorts, time: Time) {
    const { signal: closing } = this.#closing;
    this.#ports = ports;
    this.#time = time;
    this.#troubles = new Troubles(ports.log, time);
    this.#underway = new Underway((error) => this.#failed(error));
    this.#calls = new Calls(options, time, this.#troubles, closing);
    this.#messages = new Messages(this.#calls);
    this.#chats = new DirectChats(ports.memory, this.#calls);
    const { calls, messages, chats } = { calls: this.#calls, messages: this.#messages, chats: this.#chats };
    this.#sender = new Sender({ calls, messages, chats, time, closing });
    this.#people = new PeopleList({ calls, time, troubles: this.#troubles });
    this.#connection = new Connection({
      options,
      time,
      troubles: this.#troubles,
      routes: ports.routes,
      log: ports.log,
      onError: (error) => this.#failed(error),
      onConnected: () => {
        if (!this.#people.listed) this.#announce();
      },
    });
  }

  async start(bot: Bot): Promise<void> {
    await this.#connection.start((app, { team }) => this.#prepare(app, bot, team));
  }

  async stop(): Promise<void> {
    await this.#connection.stop(() => this.#finish());
    this.#closing.abort();
    await this.#underway.done();
  }

  ready(): boolean {
    return this.#connection.ready && !this.#closing.signal.aborted;
  }

  async send(person: string, card: Card, key: string, options: SendOptions = {}): Promise<Outcome> {
    if (this.#closing.signal.aborted) return this.#stopped();
    return this.#sender.send(person, card, key, options);
  }

  async update(message: MessageRef, card: Card): Promise<Outcome> {
    if (this.#closing.signal.aborted) return this.#stopped();
    return this.#sender.update(message, card);
  }

  people(): AsyncIterable<PlatformPerson> {
    return this.#people.all();
  }

  /** What is to be done with what Slack sends. The door stands before all that reads who sent it. */
  #prepare(app: App, bot: Bot, team: string | undefined): void {
    const screen = new Screen({
      calls: this.#calls,
      messages: this.#messages,
      chats: this.#chats,
      troubles: this.#troubles,
    });
    const homes = new Homes({
      bot,
      messages: this.#messages,
      calls: this.#calls,
      time: this.#time,
      troubles: this.#troubles,
      underway: this.#underway,
      closing: this.#closing.signal,
    });
    app.use(ownWorkspace(team, this.#troubles));
    app.use(new Door(bot, this.#time).middleware);
    receive(app, {
      turns: new Turns({ bot, screen, homes, time: this.#time }),
      homes,
      underway: this.#underway,
      nameOf: (id) => this.#people.nameOf(id),
      onDirectChat: (person, channel) => this.#chats.see(person, channel),
      onMember: (member) => this.#heed(member),
      onRemoved: () => this.#connection.removed(),
    });
  }

  #heed(member: Member): void {
    if (this.#people.heed(member)) this.#announce();
  }

  /** Several changes in a row are told of once. */
  #announce(): void {
    if (this.#announcing) return;
    this.#announcing = true;
    this.#underway.run(async () => {
      await this.#time.wait(announceAfter, this.#closing.signal);
      this.#announcing = false;
      if (!this.#closing.signal.aborted) await this.#ports.peopleChanged();
    });
  }

  /** What has been begun is finished while Slack can still be told; nothing is waited for too long. */
  async #finish(): Promise<void> {
    const patience = new AbortController();
    await Promise.race([this.#underway.done(), this.#time.wait(finishWithin, patience.signal)]);
    patience.abort();
  }

  #stopped(): Outcome {
    return { kind: 'wait', until: new Date(this.#time.now() + finishWithin) };
  }

  /** The words of an error may be somebody's: its kind alone is logged. */
  #failed(error: unknown): void {
    this.#ports.log.error(
      `Something of Slack’s could not be handled (${error instanceof Error ? error.name : typeof error}).`,
    );
  }
}

/** Milliseconds. */
const finishWithin = 3_000;
const announceAfter = 200;
