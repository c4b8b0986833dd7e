import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { namesAccount } from '../../../../core/system-prompt/account-ids.ts';
import { checkSystemPrompt, systemPromptSecrets } from '../../../../core/system-prompt/index.ts';
import { timeOf } from '../../../support/time-of.ts';
import { ORDINARY_PROMPTS } from './ordinary-prompts.ts';

test.each(ORDINARY_PROMPTS)('lets an ordinary prompt be: %s', (prompt) => {
  expect(systemPromptSecrets(prompt)).toEqual([]);
  expect(() => checkSystemPrompt(prompt)).not.toThrow();
});

const account = ['3021', '8857', '4410'];
const id = account.join('');
const password = ['k7Gq', 'w29X', 'pL'].join('');
const storageKey = Buffer.from(createHash('sha512').update('a key').digest()).toString('base64');

test.each<[string, string, string]>([
  ['aws-access-token', `Deploy with ${['AKIA', 'QZ7WXKLM', 'N2PDSTVB'].join('')}.`, 'QZ7WXKLM'],
  ['github-pat', `Clone with ${['ghp', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_')}`, '16C7e42F'],
  ['connection-string', `Query postgres://reader:${password}@db.internal:5432/shop for prices.`, password],
  ['connection-string', `Ask ${['mongodb+srv', `//app:${password}@cluster0.example.net`].join(':')}`, password],
  ['generic-password', `Server=tcp:sql.example;Database=shop;User Id=app;Password=${password};`, password],
  [
    'azure-storage-account-key',
    `AccountName=shop;AccountKey=${storageKey};EndpointSuffix=core.windows.net`,
    storageKey,
  ],
  [
    'private-key',
    `Sign with\n${['-----BEGIN', 'PRIVATE KEY-----'].join(' ')}\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n`,
    'MIIEvQ',
  ],
  ['aws-account-id', `Assume arn:aws:iam::${id}:role/support when asked.`, id],
  ['aws-account-id', `Topics are in arn:aws-cn:sns:cn-north-1:${id}:alerts.`, id],
  ['aws-account-id', `We run in account ${id}.`, id],
  ['aws-account-id', `Our AWS account is ${account.join('-')}, in Frankfurt.`, account.join('-')],
  ['aws-account-id', `Bill account ${account.join(' ')} for it.`, account.join(' ')],
  ['aws-account-id', `AWS account number: ${account.join('\u00a0')}`, account.join('\u00a0')],
  ['aws-account-id', `{"awsAccountId": "${id}"}`, id],
  ['aws-account-id', `AWS_ACCOUNT_ID=${id}`, id],
  ['aws-account-id', `Account number: ${id}`, id],
  ['aws-account-id', `Das AWS-Konto der Produktion ist ${id}.`, id],
  ['aws-account-id', `Images: ${id}.dkr.ecr.eu-central-1.amazonaws.com/shop`, id],
  ['aws-account-id', `Jobs: https://sqs.eu-central-1.amazonaws.com/${id}/jobs`, id],
])('names %s, and no value', (kind, prompt, value) => {
  expect(systemPromptSecrets(prompt)).toContain(kind);
  let message = '';
  try {
    checkSystemPrompt(prompt);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    message = (error as Error).message;
  }
  expect(message).toContain(kind);
  expect(message).not.toContain(value);
});

test('names each kind once', () => {
  const prompt = `arn:aws:iam::${id}:role/a arn:aws:iam::${id}:role/b, account ${id}`;
  expect(systemPromptSecrets(prompt)).toEqual(['aws-account-id']);
});

test('takes no number of a card or of a date for an account id', () => {
  for (const text of [`account ${account.join(' ')} 1234`, 'accounts 2019 2020', 'account 1111 2222 3333'])
    expect(namesAccount(text)).toBe(false);
});

test('looks for account ids in linear time', () => {
  for (const piece of [
    'account ',
    'aws ',
    'arn:aws:',
    '123456789012.',
    'account id = "',
    'account 1111 2222 3333 ',
    'arn:aws:iam::111122223333:',
  ]) {
    const [short, long] = [5000, 50_000].map((count) => piece.repeat(count)) as [string, string];
    const limit = 30 * timeOf(() => namesAccount(short)) + 50;
    expect(timeOf(() => namesAccount(long), limit)).toBeLessThan(limit);
  }
});
