import { defineConfig } from 'vitest/config'

const sourceConditions = ['@counterfoil/source', 'module-sync', 'node', 'import', 'default']
const requireConditions = ['@counterfoil/source', 'node', 'default']
const ssr = { resolve: { conditions: sourceConditions, externalConditions: sourceConditions } }
// Only to end what hangs: coverage and a busy machine make the longest tests ten times as long as they are alone.
const testTimeout = 180_000
const expect = { poll: { timeout: 60_000 } }
// Where lines are counted these are left out: they go over the same lines again and again, at random or in another place,
// and a run without coverage has them. The floor is held by the others.
const repeating = [
  '**/*.model.test.ts',
  '**/*-permutations.test.ts',
  '**/json-rules-engine/differential.test.ts',
  '**/no-code-generation.test.ts',
  '**/browser.test.ts',
]
const isCounting = process.argv.includes('--coverage')
const exclude = ['**/node_modules/**', '**/dist/**', ...(isCounting ? repeating : [])]
const postgres = 'packages/stores/postgres'

export default defineConfig({
  test: {
    // One worker a core: on a small machine the runner would leave half of it idle.
    maxWorkers: '100%',
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
    projects: [
      {
        ssr,
        test: {
          name: 'counterfoil',
          include: [
            'packages/**/{src,test}/**/*.test.ts',
            'examples/**/*.test.ts',
            'bench/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: [...exclude, `${postgres}/**`, '**/*.postgres.test.ts'],
          testTimeout,
          hookTimeout: testTimeout,
          expect,
          // graphql must be one module for host and schema, or it answers "another module or realm".
          server: { deps: { inline: [/graphql/] } },
        },
      },
      {
        // One database server for all of them, which the others need not wait for. The driver requires its parts, which
        // must not be answered with what an import would get.
        ssr: { resolve: { conditions: requireConditions, externalConditions: requireConditions } },
        test: {
          name: 'postgres',
          include: [
            `${postgres}/src/**/*.test.ts`,
            'examples/**/*.postgres.test.ts',
            'faults/src/**/*.test.ts',
          ],
          exclude,
          testTimeout,
          hookTimeout: testTimeout,
          expect,
          globalSetup: `${postgres}/src/test-server.examples.ts`,
        },
      },
      {
        // The same GraphQL tests once more on the other major version a host may have.
        ssr,
        resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql-17' }] },
        test: {
          name: 'graphql-17',
          include: ['packages/graphql/{src,test}/**/*.test.ts'],
          exclude,
          testTimeout,
          hookTimeout: testTimeout,
          expect,
          server: { deps: { inline: true } },
        },
      },
    ],
  },
})
