import type { MiddlewareObj, Request } from '@middy/core';
import { screenTexts } from '../../aws/bedrock/screen-texts.ts';
import { sha256 } from '../../aws/sha256.ts';
import { BulwarkError, isBulwarkError } from '../../core/errors.ts';
import { DEEP_CHECKS, type DeepOptions } from '../../core/injection/deep-options.ts';
import { createInjectionScreen, type InjectionScreen } from '../../core/injection/index.ts';
import { checkOptions, object, oneOf } from '../../core/options.ts';
import type { HttpEvent } from '../http-event.ts';
import { scopeOf } from '../request-scope.ts';
import { textsOf } from './texts-of.ts';

/** Options of {@link injectionScreen}. */
export interface InjectionScreenMiddlewareOptions extends DeepOptions {
  /** @default createInjectionScreen() */
  readonly screen?: InjectionScreen;
  /**
   * When the screen itself fails: refuse the request, or let it pass unscreened.
   * @default 'closed'
   */
  readonly onFailure?: 'closed' | 'open';
}

const CHECKS = { ...DEEP_CHECKS, screen: object, onFailure: oneOf('closed', 'open') };

/**
 * Screens every text of the body before a handler or a model sees it, alone and as the body reads on. A block costs the
 * caller no tokens, and where a rule is certain one strike.
 *
 * @throws TypeError at creation for an unknown or invalid option; `prompt_rejected` or `control_unavailable` on a
 * request.
 */
export const injectionScreen = (options: InjectionScreenMiddlewareOptions = {}): MiddlewareObj<HttpEvent> => {
  checkOptions('injectionScreen', options, CHECKS);
  const { onFailure = 'closed', screen = createInjectionScreen({ digest: sha256 }), ...deep } = options;
  const rules = { screen, ...deep };

  /** A promise only where a deep tier is asked, or a refusal waits. */
  const injectionScreenBefore = (request: Request<HttpEvent>): void | Promise<void> => {
    const scope = scopeOf(request);
    scope.screenedAtDoor = true;
    const failed = (error: unknown): void => {
      if (isBulwarkError(error)) throw error;
      scope.record.count('ControlFailures');
      if (onFailure === 'closed') throw new BulwarkError('control_unavailable', { reason: 'injection-screen' });
      scope.record.count('ControlsFailedOpen');
    };
    try {
      return screenTexts(scope, rules, textsOf(request.event.body), true)?.catch(failed);
    } catch (error) {
      return failed(error);
    }
  };

  return { before: injectionScreenBefore };
};
