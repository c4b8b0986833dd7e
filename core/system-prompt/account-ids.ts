/** Ids of AWS accounts: twelve digits that say whose account it is. Source: AWS Account Management reference guide. */

/** What AWS's own documentation has in the place of an account id: of one digit, of counted digits, of four times three. */
const DOCUMENTED = /^(?:(\d)\1{11}|123456789012|(?:(\d)\2{3}){3})$/; // 123456789012, 111122223333

const ID = String.raw`(?<id>\d{12}|\d{4}-\d{4}-\d{4})(?!\d|[-.]\d)`;

/** 3021 8857 4410; four groups are the number of a card. */
const SPACED_ID = String.raw`(?<spaced>\d{4}(?:[ \u00a0\u202f]\d{4}){2})(?![-.\s]?\d)`;

const PLACES: readonly RegExp[] = [
  /\barn:aws[a-z-]{0,12}:[a-z\d-]{1,40}:[a-z\d-]{0,24}:(?<id>\d{12}):/gi, // arn:aws:iam::123456789012:role/reader
  /\b(?<id>\d{12})\.(?:dkr\.ecr|sqs|[a-z]{2}-[a-z]{3,12}-\d)\b/gi, // 123456789012.dkr.ecr.eu-west-1.amazonaws.com
  /\bsqs\.[a-z\d-]{1,24}\.amazonaws\.com\/(?<id>\d{12})\//gi, // https://sqs.eu-west-1.amazonaws.com/123456789012/jobs
  // account 123456789012, accountId: "123456789012", AWS_ACCOUNT_ID=123456789012, account 1234 5678 9012
  new RegExp(
    String.raw`account(?:s|[ _-]?(?:id|number|no\.?|nr\.?))?["'\x60]?\s{0,3}(?:is|=>|[:=#(])?\s{0,3}["'\x60#(]?(?:${ID}|${SPACED_ID})`,
    'gi',
  ),
  new RegExp(String.raw`\baws\b[^\d\n]{0,32}(?<!\d)${ID}`, 'gi'), // AWS-Konto 123456789012
];

/** Whether a text names an AWS account by its id. Ids that documentation makes up count for nothing. */
export const namesAccount = (text: string): boolean =>
  PLACES.some((place) =>
    [...text.matchAll(place)].some(
      ({ groups }) => !DOCUMENTED.test((groups?.['id'] ?? groups?.['spaced'] ?? '').replace(/\D/g, '')),
    ),
  );
