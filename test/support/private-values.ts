/** Private values for tests, put together from parts: no scanner should find one in this repository. */

const hex = (length: number): string => '0123456789abcdef'.repeat(8).slice(3, 3 + length);
const mixed = (length: number): string => 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xR'.repeat(8).slice(0, length);

/** A value and what finds it. */
export interface PrivateValue {
  readonly entity: string;
  readonly rule?: string;
  readonly value: string;
}

const personal = (entity: string, ...parts: readonly string[]): PrivateValue => ({ entity, value: parts.join('') });
const secret = (rule: string, ...parts: readonly string[]): PrivateValue => ({
  entity: 'SECRET',
  rule,
  value: parts.join(''),
});

/** Values that the default set finds wherever they stand. */
export const PRIVATE_VALUES: readonly PrivateValue[] = [
  personal('EMAIL_ADDRESS', 'ada.lovelace', '@', 'example.com'),
  personal('EMAIL_ADDRESS', "o'brien+news", '@', 'mail.example.co.uk'),
  personal('CREDIT_CARD', '4111 1111', ' 1111 1111'),
  personal('CREDIT_CARD', '5555-5555', '-5555-4444'),
  personal('CREDIT_CARD', '378282', '246310005'),
  personal('CREDIT_CARD', '6011111', '111111117'),
  personal('IBAN_CODE', 'GB82 WEST', ' 1234 5698 7654 32'),
  personal('IBAN_CODE', 'DE8937040', '0440532013000'),
  personal('US_SSN', '536-90', '-4399'),
  personal('PHONE_NUMBER', '+44 20', ' 7946 0958'),
  personal('PHONE_NUMBER', '+1-212', '-555-0123'),
  personal('PHONE_NUMBER', '(212) 555', '-0123'),
  personal('PHONE_NUMBER', '212-555', '-0123'),
  secret('aws-access-token', 'AKIA', 'Q3K7XW2M5TZ4RJ6N'),
  secret('aws-access-token', 'ASIA', 'Q3K7XW2M5TZ4RJ6N'),
  secret('aws-amazon-bedrock-api-key-long-lived', 'ABSK', mixed(60)),
  secret('github-pat', 'ghp', '_', mixed(36)),
  secret('github-fine-grained-pat', 'github', '_pat_', mixed(82)),
  secret('gitlab-pat', 'glpat', '-', mixed(20)),
  secret('slack-legacy-bot-token', 'xoxb', '-', '123456789012-abcdefABCDEF'),
  secret('stripe-access-token', 'sk', '_live_', mixed(24)),
  secret('openai-api-key', 'sk', '-proj-', mixed(40)),
  secret('anthropic-api-key', 'sk', '-ant-api03-', mixed(93), 'AA'),
  secret('gcp-api-key', 'AIza', mixed(35)),
  secret('npm-access-token', 'npm', '_', mixed(36)),
  secret('sendgrid-api-token', 'SG', '.', mixed(22), '.', mixed(43)),
  secret('twilio-api-key', 'SK', hex(32)),
  secret('huggingface-access-token', 'hf', '_', 'aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH'),
  secret('digitalocean-pat', 'dop', '_v1_', hex(64)),
  secret('telegram-bot-api-token', '123456789', ':AA', mixed(33)),
  secret('jwt', 'eyJhbGci', 'OiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxIn0', '.', mixed(43)),
  secret(
    'private-key',
    '-----BEGIN RSA PRIVATE',
    ' KEY-----\n',
    mixed(64),
    '\n',
    mixed(64),
    '\n-----END RSA PRIVATE',
    ' KEY-----',
  ),
];

/** Values within text that announces them, and the part that is replaced. */
export const ANNOUNCED_VALUES: readonly (PrivateValue & { readonly text: string })[] = [
  { ...secret('generic-password', 'hunter2', '-xK9!pq'), text: `password: ${['hunter2', '-xK9!pq'].join('')}` },
  { ...secret('generic-api-key', 'q8Zr', '2Lm5Vx'), text: `API_KEY="${['q8Zr', '2Lm5Vx'].join('')}"` },
  {
    ...secret('connection-string', 's3cr', 'etPw'),
    text: `postgres://app:${['s3cr', 'etPw'].join('')}@db.example.com/app`,
  },
  {
    ...secret('aws-secret-access-key', 'wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY'),
    text: `aws_secret_access_key = ${['wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY'].join('')}`,
  },
];
