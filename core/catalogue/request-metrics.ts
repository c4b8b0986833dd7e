/** Metrics of what becomes of a request, and of what the controls at the door and at the model decide. */

/** See {@link METRICS}. */
export const REQUEST_METRICS = {
  Requests: { unit: 'Count', scope: 'service', meaning: 'a request reached the chain' },
  RequestsDenied: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a request was refused with a code of the error table below 500 or 503',
  },
  InternalErrors: { unit: 'Count', scope: 'service', meaning: 'a request ended with the code internal' },
  AuthFailures: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a request proved no caller, or a session that is not its own',
  },
  PromptsBlocked: {
    unit: 'Count',
    scope: 'service',
    meaning: 'injection screening refused a prompt or data on its way to the model',
  },
  PromptsFlagged: {
    unit: 'Count',
    scope: 'service',
    meaning: 'injection screening was suspicious, and refused nothing by itself',
  },
  PromptsHeldBack: {
    unit: 'Count',
    scope: 'service',
    meaning: 'injection screening would have flagged or refused a text: a mode or the allow-list kept it from that',
  },
  Strikes: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a rejected prompt was held against its caller (in monitor mode, would have been)',
  },
  DeepScreens: { unit: 'Count', scope: 'service', meaning: 'a flagged text was given to the deep tier' },
  DeepScreenBlocks: { unit: 'Count', scope: 'service', meaning: 'the deep tier called a flagged text an attack' },
  DeepScreenFailures: {
    unit: 'Count',
    scope: 'service',
    meaning: 'the deep tier could not judge a flagged text, or not in time',
  },
  CanariesSeen: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a prompt or data held the canary: somebody has seen the system prompt',
  },
  ConfirmationsRequired: { unit: 'Count', scope: 'service', meaning: 'a large request was asked to confirm' },
  CallersSuspended: { unit: 'Count', scope: 'service', meaning: 'a strikes budget refused a caller' },
  ControlFailures: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a control could not decide, whether it failed closed or open',
  },
  ControlsFailedOpen: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a control could not decide, and the request went on without its decision',
  },
  AuditFailures: {
    unit: 'Count',
    scope: 'service',
    meaning: 'an audit record could not be written to its log group',
  },
  ToolsDenied: {
    unit: 'Count',
    scope: 'service',
    meaning:
      'the model called, or the handler offered, a tool that the policy does not admit, or not with these arguments',
  },
  ToolApprovalsRequired: { unit: 'Count', scope: 'service', meaning: 'a tool call waited for an approval' },
  ToolCalls: { unit: 'Count', scope: 'service', meaning: 'runTools ran a tool that the model called' },
  ToolFailures: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a tool that runTools ran failed, or took too long',
  },
  LoopLimitsReached: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a loop of runTools ended at a bound: turns, time, calls, tokens or money',
  },
  DataPublic: {
    unit: 'Count',
    scope: 'service',
    meaning: 'the highest level of what a request sent to models was public',
  },
  DataInternal: { unit: 'Count', scope: 'service', meaning: 'the same, internal' },
  DataConfidential: { unit: 'Count', scope: 'service', meaning: 'the same, confidential' },
  DataRestricted: { unit: 'Count', scope: 'service', meaning: 'the same, restricted' },
  DataMasked: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a request sent data above what its model may have, with the values masked',
  },
  DataRefused: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a request would have sent data above what its model may have',
  },
  GuardLatency: {
    unit: 'Milliseconds',
    scope: 'service',
    meaning: 'total time less handler and model: what the kit itself cost',
  },
  TotalLatency: { unit: 'Milliseconds', scope: 'service', meaning: 'from the event to the reply' },
} as const;
