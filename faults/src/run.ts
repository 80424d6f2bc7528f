import { onStage } from './stage.ts'
import { killOnSqlite } from './kill-sqlite.ts'
import { killOnPostgres } from './kill-postgres.ts'
import { printed } from './report.ts'
const mistake = (process.argv[5] ?? null) as never
const [, , a, b, c] = process.argv
await onStage(async (stage) => {
  if (Number(a) > 0)
    console.log(printed(await killOnSqlite(stage, { kills: Number(a), seed: 1, mistake })))
  if (Number(b) > 0)
    console.log(
      printed(
        await killOnPostgres(stage, { kills: Number(b), stops: Number(c), seed: 1, mistake }),
      ),
    )
})
