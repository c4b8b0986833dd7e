import { definePolicy } from 'bedrock-bulwark';

/** Who may ask, and for how much: budgets in the table of `infra/table.yml`, keys of `infra/secrets.yml`. */
export const policy = definePolicy({
  caller: { require: 'user' },
  quota: {
    table: process.env.QUOTA_TABLE,
    budgets: [{ name: 'day-tokens', per: 'user', unit: 'tokens', window: 'day', limit: 20_000 }],
  },
  keys: { digest: process.env.DIGEST_KEY, mac: process.env.MAC_KEY },
});
