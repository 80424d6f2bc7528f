import { defineConfig } from 'vitest/config'

const sourceConditions = ['@counterfoil/source', 'module-sync', 'node', 'import', 'default']

export default defineConfig({
  ssr: {
    resolve: { conditions: sourceConditions, externalConditions: sourceConditions },
  },
  test: {
    include: [
      'packages/**/{src,test}/**/*.test.ts',
      'examples/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 30_000,
    // graphql must be one module for the host and for the schema, or it answers "another module or realm".
    server: { deps: { inline: [/graphql/] } },
    reporters: ['default', ['json', { outputFile: 'temp/tests.json' }]],
    coverage: {
      provider: 'v8',
      include: ['packages/core/src/**/*.ts', 'packages/rules/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-d.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: {
        'packages/core/src/**/*.ts': { lines: 95 },
        'packages/rules/src/**/*.ts': { lines: 95 },
      },
    },
  },
})
