import type { MiddlewareObj, Request } from '@middy/core';
import { screenText } from '../../aws/bedrock/screen-turns.ts';
import { BulwarkError, isBulwarkError } from '../../core/errors.ts';
import { createInjectionScreen, type InjectionScreen, segmentKey } from '../../core/injection/index.ts';
import { checkOptions, object, oneOf } from '../../core/options.ts';
import type { HttpEvent } from '../http-event.ts';
import { scopeOf } from '../request-scope.ts';
import { textsOf } from './texts-of.ts';

/** Options of {@link injectionScreen}. */
export interface InjectionScreenMiddlewareOptions {
  /** @default createInjectionScreen() */
  readonly screen?: InjectionScreen;
  /**
   * When the screen itself fails: refuse the request, or let it pass unscreened.
   * @default 'closed'
   */
  readonly onFailure?: 'closed' | 'open';
}

const CHECKS = { screen: object, onFailure: oneOf('closed', 'open') };

/**
 * Screens every text of the body as the caller's words, before a handler or a model sees them. A block costs the
 * caller no tokens and one strike.
 *
 * @throws TypeError at creation for an unknown or invalid option; `prompt_rejected` or `control_unavailable` on a
 * request.
 */
export const injectionScreen = (options: InjectionScreenMiddlewareOptions = {}): MiddlewareObj<HttpEvent> => {
  checkOptions('injectionScreen', options, CHECKS);
  const { screen = createInjectionScreen(), onFailure = 'closed' } = options;

  const injectionScreenBefore = (request: Request<HttpEvent>): void => {
    const scope = scopeOf(request);
    try {
      for (const segment of textsOf(request.event.body)) {
        const key = segmentKey(segment);
        if (!scope.screened.has(key)) screenText(scope, screen, segment, true);
        scope.screened.add(key);
      }
    } catch (error) {
      if (isBulwarkError(error)) throw error;
      scope.record.count('ControlFailures');
      if (onFailure === 'closed') throw new BulwarkError('control_unavailable', { reason: 'injection-screen' });
    }
  };

  return { before: injectionScreenBefore };
};
