// Which folder may import which: ARCHITECTURE.md draws it, these rules hold it.
import vitest from '@vitest/eslint-plugin'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import { importX } from 'eslint-plugin-import-x'
import tseslint from 'typescript-eslint'

/** Rooms of src/, each with the rooms that it may import; `contract` and errors.ts are free to all. */
const rooms = {
  contract: [],
  io: [],
  version: ['io'],
  target: ['version'],
  trust: ['io'],
  store: ['io', 'version', 'target'],
  launch: ['io', 'version', 'target', 'store'],
  inspect: [],
  registry: ['io', 'trust', 'store'],
  install: ['io', 'version', 'target', 'trust', 'store', 'launch', 'registry'],
  build: ['io', 'version', 'target', 'store', 'launch', 'registry', 'install'],
  warm: ['io', 'target', 'store', 'launch', 'registry', 'install'],
  ui: ['io', 'version', 'target'],
  cli: ['io', 'version', 'target', 'store', 'launch', 'registry', 'install', 'build', 'warm', 'ui', 'trust'],
  commands: [
    'io',
    'version',
    'target',
    'store',
    'launch',
    'registry',
    'install',
    'build',
    'warm',
    'inspect',
    'ui',
    'cli',
  ],
}

const zones = Object.entries(rooms).map(([room, allowed]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [`./${room}`, ...(room === 'contract' ? [] : ['./contract', './errors.ts']), ...allowed.map((a) => `./${a}`)],
  message: `src/${room} may import only: ${['contract', 'errors', ...allowed].join(', ')}`,
}))

export default tseslint.config(
  { ignores: ['**/dist/**', 'node_modules/**', '.cache/**', 'test/contract/example-plugin/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./src/tsconfig.json', './plugins/*/tsconfig.json', './test/tsconfig.json'] },
    },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.base.json' })] },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 220, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/io/**', 'src/cli/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Take the environment from io.' },
        { object: 'process', property: 'cwd', message: 'Take the directory from io.' },
        { object: 'process', property: 'exit', message: 'Throw a GonativeError.' },
      ],
      'no-console': 'error',
    },
  },
  {
    // A plugin sees the contract's types and nothing else of the core.
    files: ['plugins/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['gonative/*', '!gonative/contract', '**/src/**', '@gonative/*', '@oclif/*'],
              message: 'Plugins import gonative/contract only.',
            },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Take it from the context.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    plugins: { vitest },
    rules: {
      'vitest/expect-expect': 'off',
      'vitest/no-focused-tests': 'error',
      'vitest/no-disabled-tests': 'error',
      'vitest/no-identical-title': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
)
