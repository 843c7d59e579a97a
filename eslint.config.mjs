import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const banned = [
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'ids and keys come from node:crypto through a port; tests draw from a seed',
  },
];

const bannedInSource = [
  ...banned,
  {
    selector: "CallExpression[callee.property.name='raw'][callee.object.name='sql']",
    message: 'SQL is written out or built by kysely, never put together from text',
  },
];

const bannedInCore = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'the time comes from a Clock',
  },
  {
    selector:
      "CallExpression[callee.object.name=/^(Date|performance)$/][callee.property.name='now']",
    message: 'the time comes from a Clock',
  },
];

const randomness = [
  'randomBytes',
  'randomFill',
  'randomFillSync',
  'randomInt',
  'randomUUID',
  'getRandomValues',
  'webcrypto',
  'generateKeyPair',
  'generateKeyPairSync',
  'generateKeySync',
];

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', 'docs/schemas/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers in messages are wanted; objects are not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Typed arrays over checked indices: `array[i]!` is the idiom of the byte loops.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `{ secret: _, ...rest }` is how a member is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', ...banned],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...bannedInSource],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/domain/**/*.ts', 'src/exchange/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...bannedInSource, ...bannedInCore],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'node:crypto',
              importNames: randomness,
              message: 'ids and keys come through a port',
            },
          ],
          patterns: [
            {
              group: ['node:*', '!node:crypto'],
              message: 'domain and exchange touch the world through ports only',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        'process',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'fetch',
        'crypto',
        'console',
      ],
    },
  },
  {
    files: ['tests/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // `expect(() => act()).toThrow()` is how a test says it.
      '@typescript-eslint/no-confusing-void-expression': 'off',
    },
  },
  {
    // These read the JSON that the program prints as a stranger's script would, without types; that what they read is
    // there and right is what they assert.
    files: [
      'tests/journeys/**/*.ts',
      'tests/leaks/**/*.ts',
      'tests/faults/store/**/*.ts',
      'tests/support/cli.ts',
      'tests/support/workspace-kit.ts',
    ],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
