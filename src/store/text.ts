import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PrimitiveValueListNode,
  type QueryId,
  type ValueNode,
} from 'kysely';

/**
 * Text as both engines keep it. PostgreSQL refuses U+0000, and half of a surrogate pair has no UTF-8; both
 * become U+FFFD, the sign for a character that was lost, so that no engine refuses a message or keeps
 * another text than its neighbour.
 */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

const storableValue = (value: unknown): unknown => (typeof value === 'string' ? storable(value) : value);

class StorableText extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode, queryId?: QueryId): ValueNode {
    return { ...super.transformValue(node, queryId), value: storableValue(node.value) };
  }
  protected override transformPrimitiveValueList(node: PrimitiveValueListNode, queryId?: QueryId) {
    return { ...super.transformPrimitiveValueList(node, queryId), values: node.values.map(storableValue) };
  }
}

const transformer = new StorableText();

/** Makes every text that goes into a query storable, those that are searched for included. */
export const storableText: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
};
