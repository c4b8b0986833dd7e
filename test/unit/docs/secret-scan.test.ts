import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url).pathname;
const kit = path.join(root, 'docs/your-repository');

const digits = (...groups: readonly string[]): string => groups.join('');
const KEY_ID = `AKI${'AZ3MHX2QPLWN7RTUV'}`;
const LONG_TERM = `AB${'SK'}${'Qmvkcm9ja0FQSUtleS1'.repeat(4)}=`;
const SHORT_TERM = `bedrock-${'api-key'}-${'YmVkcm9jay5hbWF6'.repeat(6)}`;

/** What must be found, each in a file of its own. */
const PLANTED: Readonly<Record<string, string>> = {
  'access-key-id.ts': `const id = '${KEY_ID}';`,
  'temporary-key-id.txt': `id_AS${'IAZ3MHX2QPLWN7RTUV'}_`,
  'secret-access-key.ini': `aws_secret_access_key = ${'wJalrXUtnFEMIxK7MDENGxbPxRfiCYzA'}${'q3mZ9rTe'}`,
  'long-term.yml': `apiKey: ${LONG_TERM}`,
  'short-term.json': `{ "key": "${SHORT_TERM}" }`,
  'session-token.sh': `export T=IQo${'Jb3JpZ2lu'}${'X2VjEHoaCXVzLWVhc3'.repeat(5)}`,
  'bearer-variable.tf': `AWS_BEARER_TOKEN_${'BEDROCK'} = "${'c2VjcmV0IG9mIHRoZQ'}${'dGVzdA1234567890'}"`,
  '.env': `STRIPE_WEBHOOK_SEC${'RET'}=correct-horse-battery`,
  'deploy/.env.prod': `export DB_PASS${'WORD'}="hunter2hunter2"`,
  'digest-key.yml': `BULWARK_DIGEST_${'KEY'}: ${'0f1e2d3c'.repeat(8)}`,
  'header.http': `Authorization: Bea${'rer'} ${'q7Rt'.repeat(10)}`,
  'serverless.yml': `systemPrompt: You work for account ${digits('9876', '5432', '1098')}.`,
  'id.pem': [
    '-----BEGIN',
    ' PRIVATE KEY-----\n',
    'MIIEvQIBADANBgkqhkiG9w0B\n'.repeat(12),
    '-----END',
    ' PRIVATE KEY-----',
  ].join(''),
  'github.md': `gh${'p_'}${'a1B2c3D4e5F6'.repeat(3)}`,
};

/** What looks like it and is none. */
const CLEAN: Readonly<Record<string, string>> = {
  'example-id.md': `AKI${'AIOSFODNN7EXAMPLE'} stands in AWS's documentation, AKI${'AI44QH8DHBEXAMPLE'} too.`,
  'longer-word.txt': `XAKI${'AZ3MHX2QPLWN7RTUV'}X and AKI${'A-IS-A-PREFIX-OF-KEYS'}`,
  'prefixes.md': 'Keys begin with ABSK or bedrock-api-key-, session tokens with IQoJb3JpZ2lu.',
  'types.ts': 'interface Env { AWS_BEARER_TOKEN_BEDROCK: string; AWS_SESSION_TOKEN: string | undefined }',
  'passed-on.ts': 'const env = { AWS_BEARER_TOKEN_BEDROCK: process.env.AWS_BEARER_TOKEN_BEDROCK };',
  'ci.yml': `env:\n  AWS_SESSION_TOKEN: ${'$'}{{ steps.login.outputs.token }}\n  BULWARK_DIGEST_KEY: ${'$'}{{ secrets.KEY }}`,
  'resolved.yml': `DIGEST_KEY: !Sub '{{resolve:secretsmanager:${'$'}{DigestKey}}}'`,
  'curl.md': 'curl -H "Authorization: Bearer $TOKEN" -H "Authorization: Bearer <id token>"',
  '.env.example': 'DB_PASSWORD=the-password-of-your-database\nSTRIPE_SECRET=',
  'local.env': 'API_TOKEN=$TOKEN_FROM_ELSEWHERE\nAPI_SECRET=<yours>\nTOKEN_LIMIT=\nPORT=3000',
  'prompt.yml': 'systemPrompt: Call 123456789012 an example, and order 20261130120000 a time.',
  'stand-in.md': 'postgres://app:SECRET_…@db and postgres://app:<password>@db',
};

/** Nothing of the machine's own settings, nor of a hook that runs the tests. */
const env = (extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  PATH: `${path.dirname(process.execPath)}:${process.env['PATH']}`,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  ...extra,
});

const write = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), `${text}\n`);
  }
};

// Processes of their own, on a machine that may be busy.
describe('the secret scan for a repository', { timeout: 30_000 }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bulwark-secrets-'));
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    for (const name of ['.githooks', '.secretlintrc.json']) {
      cpSync(path.join(kit, name), path.join(folder, name), { recursive: true });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finds each kind of secret, and takes nothing for one that only looks like it', () => {
    write(path.join(folder, 'planted'), PLANTED);
    write(path.join(folder, 'clean'), CLEAN);
    const { stdout } = spawnSync('node_modules/.bin/secretlint', ['--format', 'json', 'planted/**/*', 'clean/**/*'], {
      cwd: folder,
      env: env(),
    });
    const found = (JSON.parse(String(stdout)) as { filePath: string; messages: unknown[] }[])
      .filter(({ messages }) => messages.length > 0)
      .map(({ filePath }) => path.relative(folder, filePath));
    expect(found.sort()).toEqual(
      Object.keys(PLANTED)
        .map((name) => `planted/${name}`)
        .sort(),
    );
    for (const name of ['planted', 'clean']) rmSync(path.join(folder, name), { recursive: true });
  });

  describe('as a hook', () => {
    const git = (...args: string[]): string =>
      String(execFileSync('git', args, { cwd: folder, env: env(), stdio: 'pipe' }));
    const commit = (
      message: string,
      extra?: Readonly<Record<string, string>>,
    ): { status: number | null; said: string } => {
      const { status, stderr } = spawnSync('git', ['commit', '-q', '-m', message], { cwd: folder, env: env(extra) });
      return { status, said: String(stderr) };
    };
    beforeAll(() => {
      git('init', '-q', '-b', 'main');
      git('config', 'user.email', 'ada@example.com');
      git('config', 'user.name', 'Ada');
      git('config', 'core.hooksPath', '.githooks');
      write(folder, { '.gitignore': 'node_modules\n.env' });
      git('add', '.gitignore', '.githooks', '.secretlintrc.json');
    });

    test('lets a clean commit pass, whatever lies unstaged beside it', () => {
      write(folder, { 'notes.txt': KEY_ID, 'app.ts': 'export {};' });
      git('add', 'app.ts');
      write(folder, { 'app.ts': `// ${KEY_ID}` });
      expect(commit('Begin')).toEqual({ status: 0, said: '' });
    });

    test('refuses staged secrets: cleaned in the working tree, of odd names, forced past .gitignore', () => {
      const names = ['app.ts', '.env', 'a b"*\n[x].txt', '-n'];
      write(folder, { 'app.ts': `// ${KEY_ID}`, '.env': KEY_ID, 'a b"*\n[x].txt': KEY_ID, '-n': KEY_ID });
      git('add', '-f', '--', ...names);
      symlinkSync(KEY_ID, path.join(folder, 'link'));
      git('add', 'link');
      write(folder, { 'app.ts': 'export {};' });
      const { status, said } = commit('Leak');
      expect(status).toBe(1);
      for (const name of [...names, 'link']) expect(said).toContain(`\n${name}\n`);
      expect(said).toContain('nothing was committed');
      expect(said).not.toContain(KEY_ID);
      expect(git('log', '--format=%s')).toBe('Begin\n');
      expect(git('status', '--porcelain', '--ignored')).not.toContain('secret-scan');
    });

    test('refuses them in files that are no plain text: UTF-16, as PowerShell writes it, and binary', () => {
      mkdirSync(path.join(folder, 'utf-16'));
      writeFileSync(
        path.join(folder, 'utf-16/.env'),
        Buffer.from(`\ufeffAPI_TOK${'EN'}=hunter2hunter2\r\n`, 'utf16le'),
      );
      writeFileSync(path.join(folder, 'logo.png'), Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0k=${KEY_ID}\0x\xff`, 'latin1'));
      writeFileSync(path.join(folder, 'clean.bin'), Buffer.from([0, 1, 2, 255]));
      git('add', '-f', '--', 'utf-16/.env', 'logo.png', 'clean.bin');
      const { status, said } = commit('Leak');
      expect(status).toBe(1);
      for (const words of ['utf-16/.env.words', 'logo.png~words']) expect(said).toContain(`\n${words}\n`);
      expect(said).not.toContain('clean.bin');
    });

    test('can be gone round with a reason, which the commit keeps; the scan of its range finds it, though it is gone again', () => {
      expect(commit('Leak', { SKIP_SECRET_SCAN: 'a test\nof the trace' }).status).toBe(0);
      expect(git('log', '-1', '--format=%B')).toContain('Secret-Scan-Skipped: a test of the trace');
      git('rm', '-q', '--cached', '-r', '-f', '.');
      expect(commit('Take it out', { SKIP_SECRET_SCAN: 'no files are left' }).status).toBe(0);
      const scan = (range: string): number | null =>
        spawnSync('.githooks/scan', [range], { cwd: folder, env: env() }).status;
      expect(scan('HEAD~2..HEAD')).toBe(1);
      expect(scan('nowhere..HEAD')).toBeGreaterThan(1);
    });

    test('refuses when it cannot scan', () => {
      rmSync(path.join(folder, 'node_modules'));
      write(folder, { 'b.txt': 'clean' });
      git('add', 'b.txt');
      const { status, said } = commit('Unscanned');
      expect(status).toBe(1);
      expect(said).toContain('secretlint is not installed');
    });
  });
});
