import { describe, expect, it } from 'vitest'
import { redactCommand, redactUrl } from '../../trainer/redact.ts'

describe('a command line', () => {
  it.each([
    [['train.ts', '--lr', '0.1'], 'train.ts --lr 0.1'],
    [['train.ts', '--name', "it's me"], `train.ts --name 'it'\\''s me'`],
    [['train.ts', '--token', 'abc', '--lr', '1'], 'train.ts --token *** --lr 1'],
    [['train.ts', '--api-key=abc'], 'train.ts --api-key=***'],
    [['train.ts', '-p', 'x', '--db-password', 'y'], 'train.ts -p x --db-password ***'],
    [['train.ts', '--use-auth', '--fast'], 'train.ts --use-auth --fast'],
    [['WANDB_API_KEY=123', 'train.ts'], 'WANDB_API_KEY=*** train.ts'],
    [['--data', 'https://me:pw@host/x?token=abc&v=1'], `--data 'https://***@host/x?token=***&v=1'`],
    [['--tokenizer', 'gpt2', '--max-tokens', '100', '--eos-token', '</s>'], `--tokenizer gpt2 --max-tokens 100 --eos-token '</s>'`],
    [['--hfToken', 'x', '--AWS_SECRET_ACCESS_KEY=y', '--key', 'c#'], `--hfToken *** --AWS_SECRET_ACCESS_KEY=*** --key 'c#'`],
    [['sk-abcdefghijklmnopqrstuvwx'], '***'],
    [['--x=ghp_abcdefghijklmnopqrstuv0123456789'], '--x=***'],
    [['--header', 'Bearer eyJhbGciOiJI.eyJzdWIiOiIx.abc-def'], `--header 'Bearer ***'`],
    [['0123456789abcdef0123456789abcdef01234567'], '***'],
    [
      ['/home/me/experiments/a-very-long-folder-name-for-a-run-2024/train.ts'],
      '/home/me/experiments/a-very-long-folder-name-for-a-run-2024/train.ts',
    ],
    [['--seed=1234567890', '--author', 'me'], '--seed=1234567890 --author me'],
  ])('%j is kept as %s', (args, kept) => {
    expect(redactCommand(args)).toBe(kept)
  })
})

it('an address keeps everything but its secrets', () => {
  expect(redactUrl('git@example.org:a/b.git')).toBe('git@example.org:a/b.git')
  expect(redactUrl('https://token@example.org/a.git')).toBe('https://***@example.org/a.git')
})
