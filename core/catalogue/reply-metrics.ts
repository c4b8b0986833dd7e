/** Metrics of what leaves: what was taken out of replies, and what was withheld. */

/** See {@link METRICS}. */
export const REPLY_METRICS = {
  Redactions: { unit: 'Count', scope: 'service', meaning: 'private values replaced in one reply' },
  SecretsRedacted: {
    unit: 'Count',
    scope: 'service',
    meaning: 'of them, what opens a door: credentials, keys, passwords, PINs',
  },
  FinancialRedacted: { unit: 'Count', scope: 'service', meaning: 'of them, cards, accounts and wallets' },
  IdentityRedacted: {
    unit: 'Count',
    scope: 'service',
    meaning: 'of them, what proves who somebody is: numbers of persons, passports, licences, health',
  },
  ContactRedacted: {
    unit: 'Count',
    scope: 'service',
    meaning: 'of them, what leads to a person: names, addresses, telephones, plates, machines',
  },
  OtherRedacted: {
    unit: 'Count',
    scope: 'service',
    meaning: 'of them, anything else, such as what detectors of your own find',
  },
  DeepRedactionChecks: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a text of a reply, or a window of one, was given to the deep tier of redaction',
  },
  DeepRedactions: {
    unit: 'Count',
    scope: 'service',
    meaning: 'private values in replies that the deep tier of redaction found',
  },
  DeepRedactionFailures: {
    unit: 'Count',
    scope: 'service',
    meaning: 'the deep tier of redaction could not judge a text, or not in time',
  },
  ContentRemoved: {
    unit: 'Count',
    scope: 'service',
    meaning: 'code, commands, scripts or control sequences taken out of one reply, or marked in it',
  },
  LinksRemoved: {
    unit: 'Count',
    scope: 'service',
    meaning: 'images, links, tags and addresses taken out of one reply',
  },
  InvisibleRemoved: {
    unit: 'Count',
    scope: 'service',
    meaning: 'runs of characters that show nothing, taken out of one reply',
  },
  CanariesLeaked: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a reply or a tool call held the canary, and was withheld',
  },
  OutputsBlocked: {
    unit: 'Count',
    scope: 'service',
    meaning:
      'a reply was withheld: leak of the system prompt, unreadable body, what the deep tier of redaction says, or content or links that the policy blocks',
  },
  OutputsTruncated: {
    unit: 'Count',
    scope: 'model',
    meaning:
      'a reply broke off: a stream without the end of its message, or a turn that was cut while runTools needed all of it',
  },
  FirstByteLatency: {
    unit: 'Milliseconds',
    scope: 'model',
    meaning: 'of a streamed reply: from the event to the first byte of it that leaves, heartbeats left out',
  },
} as const;
