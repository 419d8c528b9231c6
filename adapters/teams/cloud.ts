import {
  type Activity as BotActivity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type ConversationReference,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { Bounded } from '../../src/chat/bounded.ts';
import { httpClient } from './http-client.ts';

/** How botbuilder signs what the bot sends. */
export type Credentials = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>;

/** The bot's registration at Microsoft. */
export interface Registration {
  readonly id: string;
  readonly password: string;
  readonly tenantId: string;
}

/** Addresses of Microsoft's, as a school in its public cloud needs them. */
export const microsoft = {
  openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  login: 'https://login.microsoftonline.com',
  tokenIssuer: 'https://api.botframework.com',
  /** Whom the bot's own tokens are for. */
  connector: 'https://api.botframework.com',
} as const;

const channelId = 'msteams';

export interface CloudOptions {
  readonly appId: string;
  readonly credentials: Credentials;
  readonly loginUrl: string;
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
}

/** botbuilder, told every address, and with every fault of a call brought to whoever made it. */
export class Cloud extends CloudAdapter {
  readonly #appId: string;
  readonly #credentials: Credentials;
  readonly #loginUrl: string;

  constructor({ appId, credentials, loginUrl, openIdMetadataUrl, tokenIssuer }: CloudOptions) {
    // One address left out would be taken for none at all: set one, set all.
    const addresses = {
      ToChannelFromBotLoginUrl: loginUrl,
      ToChannelFromBotOAuthScope: microsoft.connector,
      ToBotFromChannelTokenIssuer: tokenIssuer,
      OAuthUrl: microsoft.connector,
      ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
      CallerId: '',
      ValidateAuthority: true,
    };
    super(new KeptClients(addresses, credentials, undefined, undefined, { httpClient }));
    this.#appId = appId;
    this.#credentials = credentials;
    this.#loginUrl = loginUrl;
  }

  /** Runs one turn of an activity whose sender has been looked at; what it answers an invoke with comes out. */
  turn(
    activity: BotActivity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    const claimsIdentity = this.createClaimsIdentity(this.#appId);
    const connectorFactory = this.botFrameworkAuthentication.createConnectorFactory(claimsIdentity);
    return this.processActivity(
      { claimsIdentity, audience: microsoft.connector, connectorFactory, callerId: '' },
      activity,
      logic,
    );
  }

  /** Does something in a conversation that there is. A fault of `logic` comes out, as botbuilder's own way would not have it. */
  async inConversation<Result>(
    place: { readonly serviceUrl: string; readonly conversation: string },
    logic: (context: TurnContext) => Promise<Result>,
  ): Promise<Result> {
    const reference: Partial<ConversationReference> = {
      channelId,
      serviceUrl: place.serviceUrl,
      bot: this.#self,
      conversation: { id: place.conversation, isGroup: false, conversationType: '', name: '' },
    };
    return settled((run) =>
      this.continueConversationAsync(this.createClaimsIdentity(this.#appId), reference, async (context) => {
        // What it makes up for an id is no message that could be replied to.
        delete context.activity.id;
        await run(() => logic(context));
      }),
    );
  }

  /** Opens somebody's chat with the bot; its id. */
  async openChat(person: {
    readonly id: string;
    readonly serviceUrl: string;
    readonly tenantId: string;
  }): Promise<string> {
    const parameters = {
      isGroup: false,
      bot: this.#self,
      members: [{ id: person.id, name: '' }],
      tenantId: person.tenantId,
      channelData: { tenant: { id: person.tenantId } },
    };
    return settled((run) =>
      this.createConversationAsync(
        this.#appId,
        channelId,
        person.serviceUrl,
        microsoft.connector,
        parameters as Parameters<CloudAdapter['createConversationAsync']>[4],
        (context) => run(async () => context.activity.conversation.id),
      ),
    );
  }

  /** Asks Microsoft for a token. Throws what stops it. */
  async logIn(): Promise<void> {
    const credentials = await this.#credentials.createCredentials(
      this.#appId,
      microsoft.connector,
      this.#loginUrl,
      true,
    );
    if ('getToken' in credentials && typeof credentials.getToken === 'function') await credentials.getToken();
  }

  get #self(): { readonly id: string; readonly name: string } {
    return { id: this.#appId === '' ? 'bot' : `28:${this.#appId}`, name: '' };
  }
}

type Authentication = ConfigurationBotFrameworkAuthentication;
type ConnectorFactory = ReturnType<Authentication['createConnectorFactory']>;
type Connector = Awaited<ReturnType<ConnectorFactory['create']>>;
type TokenClient = Awaited<ReturnType<Authentication['createUserTokenClient']>>;
type Identity = Parameters<Authentication['createConnectorFactory']>[0];

/** botbuilder makes the clients that it calls the platform with anew in each turn; one for each address is enough. */
class KeptClients extends ConfigurationBotFrameworkAuthentication {
  readonly #connectors = new Bounded<Connector>(20);
  #tokens: TokenClient | undefined;

  override createConnectorFactory(identity: Identity): ConnectorFactory {
    const factory = super.createConnectorFactory(identity);
    return {
      create: async (serviceUrl, audience) => {
        const known = this.#connectors.get(serviceUrl);
        if (known) return known;
        const connector = await factory.create(serviceUrl, audience);
        this.#connectors.set(serviceUrl, connector);
        return connector;
      },
    };
  }

  /** For signing people in, which this bot never does. */
  override async createUserTokenClient(identity: Identity): Promise<TokenClient> {
    this.#tokens ??= await super.createUserTokenClient(identity);
    return this.#tokens;
  }
}

/** The result of what runs inside a call that returns nothing. */
async function settled<Result>(
  call: (run: (logic: () => Promise<Result>) => Promise<void>) => Promise<void>,
): Promise<Result> {
  let result: { readonly value: Result } | undefined;
  await call(async (logic) => {
    result = { value: await logic() };
  });
  if (!result) throw new Error('nothing was done');
  return result.value;
}

/** Signs in with the registration's password, within the school's own tenant. */
export const passwordCredentials = ({ id, password, tenantId }: Registration): Credentials =>
  new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppId: id,
    MicrosoftAppPassword: password,
    MicrosoftAppTenantId: tenantId,
  });

/** Signs nothing: for a stand-in for Teams on this machine. */
export const noCredentials = (): Credentials => ({
  isValidAppId: async () => true,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({ signRequest: async (request) => request }),
});
