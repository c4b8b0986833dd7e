/** Redaction: private values out of text, JSON and streams. */

export type { DeepRedaction, DeepRedactionOptions, DeepRedactionVerdict } from './deep-redaction.ts';
export { createFramedRedactor, type FramedRedactor, type Framing } from './framed/index.ts';
export { redactJsonBody } from './framed/json-body.ts';
export { createRedactor, type Redactor, type RedactorOptions } from './redactor.ts';
export type { Transducer } from './transducer.ts';
export { CONTEXT, CONTEXT_BOOST, type Detector, type Finding, MAX_MATCH, MIN_IN_CONTEXT, type Tail } from './types.ts';
