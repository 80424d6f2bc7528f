export {
  readTableCsv,
  type TableCsv,
  type TableCsvFinding,
  type TableCsvOptions,
} from './table/read-table-csv.ts'
export { writeTableCsv } from './table/write-table-csv.ts'
