/** What the two processes of a run say to each other. */

import type { TableFault } from '../support/faulty-table.ts';
import type { Books } from './books.ts';
import type { ChaosOptions } from './plan.ts';

/** Where everything is. */
export interface Places {
  readonly bedrock: { readonly url: string; readonly credentials: { accessKeyId: string; secretAccessKey: string } };
  /** The table as the kit reaches it. */
  readonly faultyTable: string;
  /** The table itself. */
  readonly table: string;
}

/** What the world is told. Each is answered once, in its order. */
export type Order =
  | { readonly kind: 'start'; readonly options: ChaosOptions }
  | { readonly kind: 'table'; readonly fault: TableFault | undefined }
  | { readonly kind: 'books' }
  | { readonly kind: 'end' };

/** What it answers. */
export interface Answers {
  readonly start: Places;
  readonly table: true;
  /** With the tokens that the local Bedrock itself counted. */
  readonly books: Books & { readonly billedTokens: number };
  readonly end: true;
}
